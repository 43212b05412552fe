"""Orders with their account checks, frozen compositions, links, plan book and director's signatures."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gatepass.catalogue.models import Product
from gatepass.customers.models import BEARERS, Address, Customer
from gatepass.identity import new_id
from gatepass.words import Text


class Order(models.Model):
    """An order from the call to its last carton. Facts with their moments, no status word; `noticed` counts its notices in force.

    rest_ended_at: complete with what had left by then, less than was ordered.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    number = models.CharField(max_length=20, unique=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+")
    address = models.ForeignKey(Address, models.PROTECT, related_name="+")
    region = models.CharField(max_length=40, db_index=True)
    bearer = models.CharField(max_length=10, choices=BEARERS)
    channel = models.CharField(max_length=10, default="phone")
    note = models.CharField(max_length=1000, blank=True)
    taken_at = models.DateTimeField(db_index=True)
    taken_by = models.UUIDField()
    wanted_on = models.DateField(null=True)
    cartons = models.PositiveIntegerField(default=0)
    gifts = models.PositiveIntegerField(default=0)
    goods_fen = models.BigIntegerField(default=0)
    weight_g = models.BigIntegerField(default=0)
    volume_cm3 = models.BigIntegerField(default=0)
    remit_fen = models.BigIntegerField(null=True)
    checked_at = models.DateTimeField(null=True)
    allocated_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_how = models.CharField(max_length=10, blank=True)
    confirmed_by = models.UUIDField(null=True)
    objected_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    notified_at = models.DateTimeField(null=True)
    promised_on = models.DateField(null=True)
    noticed = models.PositiveSmallIntegerField(default=0)
    shipped_at = models.DateTimeField(null=True)
    rest_ended_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sent_at=None) | Q(checked_at__isnull=False), name="sent_after_the_check"),
            models.CheckConstraint(condition=Q(confirmed_at=None) | Q(sent_at__isnull=False), name="confirmed_after_sent"),
            models.CheckConstraint(condition=Q(shipped_at=None) | Q(cancelled_at=None), name="shipped_or_cancelled"),
        ]
        indexes = [
            models.Index(fields=["customer", "-taken_at"]),
            models.Index(fields=["-taken_at", "-id"]),
            models.Index(fields=["taken_at"], condition=Q(shipped_at=None, cancelled_at=None), name="orders_under_way"),
        ]


class OrderLine(models.Model):
    """Cartons ordered and given away; the unit price in yuan a carton is frozen when the order is taken.

    A line that a substitution emptied stays, and its remark says why.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    cartons = models.PositiveIntegerField()
    gift = models.PositiveIntegerField(default=0)
    gift_why = models.CharField(max_length=300, blank=True)
    yuan = models.DecimalField(max_digits=18, decimal_places=6)
    fen = models.BigIntegerField()
    remark = models.CharField(max_length=300, blank=True)
    shipped = models.PositiveIntegerField(default=0)
    shipped_gift = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="one_line_at_a_position"),
            models.CheckConstraint(condition=Q(cartons__gt=0) | Q(gift__gt=0) | ~Q(remark=""), name="line_has_cartons"),
        ]


class AccountCheck(models.Model):
    """Finance's answer: the verified balance and the rests that it is made of, as they stood at that moment."""

    uid = models.UUIDField(unique=True, default=new_id)
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    balance_fen = models.BigIntegerField(null=True)
    parts = models.JSONField(default=list)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order"], condition=Q(answered_at=None), name="one_open_check")
        ]


class Composition(models.Model):
    """The account composition as it was sent: frozen, hashed. A later version replaces it; it never changes."""

    uid = models.UUIDField(unique=True, default=new_id)
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    remit_fen = models.BigIntegerField()
    committed_fen = models.BigIntegerField()
    data = models.JSONField()
    digest = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "version"], name="one_composition_of_a_version"),
            models.UniqueConstraint(fields=["order"], condition=Q(withdrawn_at=None), name="one_composition_in_force"),
        ]


class Part(models.Model):
    """One line of a composition: its kind, amount in fen (positive adds), and the document behind it; entries: the rests that it sums."""

    append_only = True
    composition = models.ForeignKey(Composition, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    fen = models.BigIntegerField()
    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=200)
    source_kind = models.CharField(max_length=20)
    source = models.UUIDField(null=True)
    entries = models.JSONField(default=list)


class Link(models.Model):
    """A signed link on which the customer sees the document and answers. Only the hash of its token is kept."""

    uid = models.UUIDField(unique=True, default=new_id)
    composition = models.ForeignKey(Composition, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_how = models.CharField(max_length=12, blank=True)
    opened_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)


class Note(models.Model):
    """A line of the order plan book: appended in order, never overwritten. text_en: the same in English, "" where it was typed by hand."""

    append_only = True
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.UUIDField()
    kind = models.CharField(max_length=16, default="remark")
    text = models.TextField()
    text_en = models.TextField(default="")
    entry = models.UUIDField()

    @property
    def said(self) -> Text:
        return Text(self.text, self.text_en or self.text)
