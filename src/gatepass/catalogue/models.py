"""Products, price lists and promotion policies."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from gatepass.identity import new_id
from gatepass.words import Labelled


class Product(models.Model):
    """What is sold, in cartons: weight in grams and volume in cubic centimetres a carton."""

    uid = models.UUIDField(unique=True, default=new_id)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    spec = models.CharField(max_length=40)
    family = models.CharField(max_length=40, blank=True)
    pieces = models.PositiveIntegerField()
    weight_g = models.PositiveIntegerField()
    volume_cm3 = models.PositiveIntegerField()
    shelf_life_days = models.PositiveIntegerField()
    location = models.CharField(max_length=20, blank=True)
    pinyin = models.CharField(max_length=300, blank=True, db_index=True)
    initials = models.CharField(max_length=80, blank=True, db_index=True)
    grams = ArrayField(models.CharField(max_length=2), default=list)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weight_g__gt=0, volume_cm3__gt=0, pieces__gt=0), name="product_has_size")
        ]
        indexes = [GinIndex(fields=["grams"], name="product_grams")]


class PriceList(models.Model):
    """Prices for a customer grade and region (blank: all), from a day through a day."""

    uid = models.UUIDField(unique=True, default=new_id)
    name = models.CharField(max_length=80)
    grade = models.CharField(max_length=20, blank=True)
    region = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "since"], name="one_price_list_of_a_name_and_day")]


class Price(models.Model):
    """Yuan a carton of one product on one list."""

    list = models.ForeignKey(PriceList, models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    yuan = models.DecimalField(max_digits=18, decimal_places=6)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "product"], name="one_price_on_a_list"),
            models.CheckConstraint(condition=Q(yuan__gte=0), name="price_not_negative"),
        ]


class PromotionKind(Labelled):
    GIVEAWAY = "giveaway", "本品搭赠", "same-product giveaway"
    DISCOUNT = "discount", "折扣", "discount"


class Promotion(models.Model):
    """A policy of a period: for every `buy` cartons `get` of the same product free, or `percent` off from `from_cartons` on.

    Several rows with rising `from_cartons` are tiers: the highest reached counts.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=[(k.value, k.text.zh) for k in PromotionKind])
    product = models.ForeignKey(Product, models.PROTECT, null=True, related_name="+")
    family = models.CharField(max_length=40, blank=True)
    grade = models.CharField(max_length=20, blank=True)
    region = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    from_cartons = models.PositiveIntegerField(default=0)
    buy = models.PositiveIntegerField(default=0)
    get = models.PositiveIntegerField(default=0)
    percent = models.DecimalField(max_digits=7, decimal_places=3, default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="giveaway", buy__gt=0, get__gt=0) | Q(kind="discount", percent__gt=0, percent__lte=100)),
                name="promotion_gives_something",
            )
        ]
