"""What finance books: receipts, reversals, opening balances, refunds and write-offs, vouchers. All amounts in fen."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gatepass.identity import new_id
from gatepass.receivables.models.ledger import Item


class Receipt(models.Model):
    """Money that came in. `matched`: what of it went to debts and orders when it was booked, the rest is the customer's credit; a
    difference stays open until it is explained. why: what the payer named, or why finance led it elsewhere."""

    uid = models.UUIDField(unique=True, default=new_id)
    number = models.CharField(max_length=20, unique=True)
    customer = models.UUIDField(db_index=True)
    fen = models.BigIntegerField()
    account = models.CharField(max_length=20)
    payer = models.CharField(max_length=80, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    paid_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    matched_fen = models.BigIntegerField(default=0)
    difference_fen = models.BigIntegerField(default=0)
    explained_at = models.DateTimeField(null=True)
    explained_by = models.UUIDField(null=True)
    explanation = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=300, blank=True)
    reversed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["customer", "paid_on"]),
            models.Index(fields=["customer"], condition=Q(explained_at=None) & ~Q(difference_fen=0), name="differences_open"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(fen__gt=0, matched_fen__gte=0, matched_fen__lte=F("fen")), name="receipt_sane"),
            models.UniqueConstraint(
                fields=["account", "reference", "paid_on", "fen"],
                condition=~Q(reference="") & Q(reversed_at=None),
                name="one_receipt_of_a_reference",
            ),
        ]


class Reversal(models.Model):
    """A booking that is to be taken back, or was: done when a second person has signed. fen: what it adds to what is owed."""

    uid = models.UUIDField(unique=True, default=new_id)
    customer = models.UUIDField(db_index=True)
    document_kind = models.CharField(max_length=20)
    document = models.UUIDField(db_index=True)
    label = models.CharField(max_length=160)
    fen = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    prepared_by = models.UUIDField()
    prepared_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document"], condition=Q(done_at=None, returned_at=None), name="one_open_reversal"),
        ]


class OpeningList(models.Model):
    """Opening balances of one customer or many, prepared by one person of finance; booked with another's signature, in one act."""

    uid = models.UUIDField(unique=True, default=new_id)
    number = models.CharField(max_length=20, unique=True)
    prepared_by = models.UUIDField()
    prepared_for = models.UUIDField(null=True)
    prepared_at = models.DateTimeField()
    booked_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(booked_at=None) | Q(returned_at=None), name="openings_booked_or_returned"),
        ]


class Opening(models.Model):
    """What a customer owed (positive) or had in credit (negative) when the company began with this program.

    day: of the paper that says so, which may be older than the founding; off_at: sent back, or taken back after it was booked.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    list = models.ForeignKey(OpeningList, models.PROTECT, related_name="+")
    customer = models.UUIDField(db_index=True)
    fen = models.BigIntegerField()
    day = models.DateField(null=True)
    label = models.CharField(max_length=120)
    off_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(fen=0), name="opening_not_zero"),
            models.UniqueConstraint(fields=["customer"], condition=Q(off_at=None), name="one_opening_of_a_customer"),
        ]


class CutOver(models.Model):
    """The head ended the cut-over: the opening balances summed to the totals that he typed in. There is one row, or none."""

    append_only = True
    uid = models.UUIDField(unique=True, default=new_id)
    only = models.BooleanField(default=True, unique=True)
    ended_at = models.DateTimeField()
    ended_by = models.UUIDField()
    owed_fen = models.BigIntegerField()
    credit_fen = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="one_cut_over")]


class Clearing(models.Model):
    """What ends an item without a customer's money: a credit of his that is paid out (refund), a debt that is given up (write_off).

    fen: above zero, at most the item's rest. A credit is held for its refund from the first (Claim), so that no order can use it as well.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10)
    customer = models.UUIDField(db_index=True)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    fen = models.BigIntegerField()
    account = models.CharField(max_length=20)
    payee = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300)
    papers = models.CharField(max_length=200)
    prepared_by = models.UUIDField()
    prepared_for = models.UUIDField(null=True)
    prepared_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    reversed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="clearing_above_zero"),
            models.CheckConstraint(condition=Q(done_at=None) | Q(returned_at=None), name="clearing_done_or_returned"),
            models.UniqueConstraint(fields=["item"], condition=Q(done_at=None, returned_at=None), name="one_open_clearing_of_an_item"),
        ]


class Voucher(models.Model):
    """A fee, discount, support or other item; booked when both signatures (A13) are there. Positive adds to what is owed."""

    uid = models.UUIDField(unique=True, default=new_id)
    number = models.CharField(max_length=20, unique=True)
    customer = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=20)
    fen = models.BigIntegerField()
    label = models.CharField(max_length=120)
    papers = models.CharField(max_length=200)
    prepared_by = models.UUIDField()
    prepared_for = models.UUIDField(null=True)
    prepared_at = models.DateTimeField()
    rejected_at = models.DateTimeField(null=True)
    booked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["customer"], condition=Q(booked_at=None, rejected_at=None), name="vouchers_open"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(fen=0), name="voucher_not_zero"),
            models.CheckConstraint(condition=Q(booked_at=None) | Q(rejected_at=None), name="voucher_booked_or_rejected"),
        ]
