"""Customer files: dealers, their contacts and delivery addresses with history."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from gatepass.identity import new_id
from gatepass.words import Labelled


class Bearer(Labelled):
    """Who bears the freight (D11)."""

    ADVANCED = "advanced", "客户代垫", "advanced by the customer"
    COMPANY = "company", "公司承担", "paid by the company"
    SUBSIDY = "subsidy", "运补", "freight subsidy"


class ContactKind(Labelled):
    BUSINESS = "business", "业务联系人", "business contact"
    RECEIVING = "receiving", "收货联系人", "goods-receiving contact"


BEARERS = [(b.value, b.text.zh) for b in Bearer]


class Customer(models.Model):
    """A dealer. `forwarder` is the carrier he designated; `subsidy_yuan` the agreed rate a `subsidy_unit` where he is on subsidy.

    `heart` is the name without its legal form, `heart_pinyin` its pinyin, `digits` the phone's digits: by these duplicates are found.
    `grams` are the pairs of characters of the names, for search.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    pinyin = models.CharField(max_length=300, blank=True, db_index=True)
    initials = models.CharField(max_length=80, blank=True, db_index=True)
    heart = models.CharField(max_length=120, blank=True, db_index=True)
    heart_pinyin = models.CharField(max_length=300, blank=True)
    digits = models.CharField(max_length=40, blank=True, db_index=True)
    grams = ArrayField(models.CharField(max_length=2), default=list)
    address = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=40, blank=True, db_index=True)
    grade = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    terms = models.CharField(max_length=200, blank=True)
    bearer = models.CharField(max_length=10, choices=BEARERS, default=Bearer.ADVANCED.value)
    subsidy_unit = models.CharField(max_length=8, blank=True)
    subsidy_yuan = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    forwarder = models.UUIDField(null=True)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(bearer="subsidy") | (Q(subsidy_yuan__isnull=False) & ~Q(subsidy_unit="")), name="subsidy_has_a_rate"
            )
        ]
        indexes = [
            GinIndex(fields=["grams"], name="customer_grams"),
            GinIndex(fields=["pinyin"], opclasses=["gin_trgm_ops"], name="customer_pinyin"),
            GinIndex(fields=["heart_pinyin"], opclasses=["gin_trgm_ops"], name="customer_heart_pinyin"),
            models.Index(fields=["pinyin", "id"], name="customer_list"),
        ]


class Edition(models.Model):
    """The file of a customer as it stood from a moment on, with the journal entry that made it so. Never overwritten."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+")
    entry = models.UUIDField()
    since = models.DateTimeField()
    file = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["customer", "since"], name="customer_editions")]


class Contact(models.Model):
    """Business or goods-receiving contact; an old one gets an end, never disappears."""

    uid = models.UUIDField(unique=True, default=new_id)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k.value, k.text.zh) for k in ContactKind])
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=40)
    digits = models.CharField(max_length=40, blank=True, db_index=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    blanked_at = models.DateTimeField(null=True)


class Address(models.Model):
    """A delivery address; a change ends this row and begins another, so that papers keep theirs. entry: the act that wrote it.

    salt: goes into the hash of street, consignee and phone that a signature binds; destroyed when these are blanked.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+")
    label = models.CharField(max_length=40)
    destination = models.CharField(max_length=60)
    address = models.CharField(max_length=200)
    consignee = models.CharField(max_length=60)
    phone = models.CharField(max_length=40)
    preferred = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    entry = models.UUIDField(null=True)
    salt = models.UUIDField(null=True, default=uuid4)
    blanked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer"], condition=Q(preferred=True, until=None), name="one_preferred_address"),
            models.UniqueConstraint(fields=["customer", "label"], condition=Q(until=None), name="one_address_of_a_label"),
        ]
