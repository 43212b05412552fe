"""The company's bank accounts and every change of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gatepass.identity import new_id


class BankAccount(models.Model):
    """An account of the company to which customers pay. It counts from `since`, when the head confirmed it, until `until`; the one that
    papers name is `named`, since `named_at`. What it says is never changed: another account takes its place."""

    uid = models.UUIDField(unique=True, default=new_id)
    bank = models.CharField(max_length=80)
    holder = models.CharField(max_length=80)
    number = models.CharField(max_length=34)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    named = models.BooleanField(default=False, db_default=False)
    named_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["named"], condition=Q(named=True), name="papers_name_one_account"),
            models.UniqueConstraint(fields=["number"], condition=Q(until=None, since__isnull=False), name="one_account_of_a_number"),
            models.CheckConstraint(condition=Q(named=False) | Q(since__isnull=False, until=None, named_at__isnull=False), name="named_in_force"),
            models.CheckConstraint(condition=Q(until=None) | Q(since__isnull=False), name="ended_after_it_counted"),
        ]


class BankChange(models.Model):
    """A change of the company's accounts: asked for by one, signed by another of finance, confirmed by the head. act: add, name, end.

    replaces: the account that ends when this one is added. The first account, entered with the founding, has no change.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    account = models.ForeignKey(BankAccount, models.PROTECT, related_name="+")
    act = models.CharField(max_length=4)
    naming = models.BooleanField(default=False)
    replaces = models.ForeignKey(BankAccount, models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=300)
    prepared_by = models.UUIDField()
    prepared_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(done_at=None, returned_at=None), name="one_open_change_of_an_account"
            ),
            models.CheckConstraint(condition=Q(act__in=["add", "name", "end"]), name="bank_change_act"),
        ]
