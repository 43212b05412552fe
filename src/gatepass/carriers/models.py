"""Carriers, their vehicles, drivers and rates."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gatepass.identity import new_id
from gatepass.people.models import Person
from gatepass.words import Labelled


class PricingUnit(Labelled):
    """How freight is priced."""

    CARTON = "carton", "件", "carton"
    TON = "ton", "吨", "ton"
    CUBIC_METRE = "m3", "立方米", "cubic metre"


class Carrier(models.Model):
    """own: the company's or a customer's own vehicles, which carry without freight."""

    uid = models.UUIDField(unique=True, default=new_id)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80, unique=True)
    pinyin = models.CharField(max_length=200, blank=True)
    company = models.BooleanField(default=True)
    own = models.BooleanField(default=False)
    contact = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    destinations = models.CharField(max_length=200, blank=True)
    papers = models.CharField(max_length=200, blank=True)
    active = models.BooleanField(default=True)


class Vehicle(models.Model):
    """A vehicle with its load in kilograms and its space in cubic decimetres (litres)."""

    uid = models.UUIDField(unique=True, default=new_id)
    carrier = models.ForeignKey(Carrier, models.PROTECT, related_name="+")
    plate = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=40)
    colour = models.CharField(max_length=20, blank=True)
    load_kg = models.PositiveIntegerField()
    space_dm3 = models.PositiveIntegerField()
    container = models.BooleanField(default=False)
    active = models.BooleanField(default=True)


class Driver(models.Model):
    uid = models.UUIDField(unique=True, default=new_id)
    carrier = models.ForeignKey(Carrier, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=40)
    active = models.BooleanField(default=True)
    blanked_at = models.DateTimeField(null=True)


class Rate(models.Model):
    """Freight in yuan a unit to a destination, from a day through a day, with a minimum charge in fen."""

    uid = models.UUIDField(unique=True, default=new_id)
    carrier = models.ForeignKey(Carrier, models.PROTECT, related_name="+")
    destination = models.CharField(max_length=60)
    unit = models.CharField(max_length=8, choices=[(u.value, u.text.zh) for u in PricingUnit])
    yuan = models.DecimalField(max_digits=18, decimal_places=6)
    minimum_fen = models.BigIntegerField(default=0)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["carrier", "destination", "unit", "since"], name="one_rate"),
            models.CheckConstraint(condition=Q(yuan__gte=0) & Q(minimum_fen__gte=0), name="rate_not_negative"),
        ]
