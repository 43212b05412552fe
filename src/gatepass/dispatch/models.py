"""Shipping notices with their versions, picks, doubts and changes. Their approvals are signatures (gatepass.approvals)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gatepass.catalogue.models import Product
from gatepass.customers.models import BEARERS, Customer
from gatepass.identity import new_id
from gatepass.orders.models import Order
from gatepass.stock.models import Batch
from gatepass.words import Labelled


class Side(Labelled):
    FINANCE = "finance", "财务审批", "finance approval"
    SALES = "sales", "销售审批", "sales approval"


class Notice(models.Model):
    """A shipping notice. `digest` is the hash of what approvals bind (customer, consignee, address, lines, unpaid sum, freight bearer).

    effective_at: the present version has both approvals; handed_over_at: the first time that one had, from when the warehouse knows it.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    number = models.CharField(max_length=20, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    written_by = models.UUIDField()
    written_for = models.UUIDField(null=True)
    written_at = models.DateTimeField()
    ship_on = models.DateField(null=True, db_index=True)
    consignee = models.CharField(max_length=60)
    address = models.CharField(max_length=200)
    destination = models.CharField(max_length=60)
    phone = models.CharField(max_length=40)
    bearer = models.CharField(max_length=10, choices=BEARERS)
    unpaid_fen = models.BigIntegerField(default=0)
    remark = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64)
    effective_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    picking_at = models.DateTimeField(null=True)
    picked_at = models.DateTimeField(null=True)
    loaded_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    voided_why = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["ship_on"], condition=Q(left_at=None, voided_at=None), name="notices_to_leave"),
            models.Index(fields=["left_at"], name="notices_gone"),
        ]


class NoticeVersion(models.Model):
    """Who wrote one version, and why. What it says is bound for approval (gatepass.approvals) under the same `digest`. Written once."""

    append_only = True
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    written_by = models.UUIDField()
    written_for = models.UUIDField(null=True)
    written_at = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True)
    entry = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "version"], name="one_notice_version")]


class NoticeLine(models.Model):
    """What a notice says of one product, from `since_version` until before `until_version`; a changed line ends and another begins.

    `order_line` is the id of the order's line. `change`: the change of goods that made this line.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+")
    order_line = models.BigIntegerField(null=True)
    position = models.PositiveSmallIntegerField()
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    cartons = models.PositiveIntegerField()
    gift = models.PositiveIntegerField(default=0)
    yuan = models.DecimalField(max_digits=18, decimal_places=6)
    since_version = models.PositiveSmallIntegerField(default=1)
    until_version = models.PositiveSmallIntegerField(null=True)
    change = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "position"], condition=Q(until_version=None), name="one_notice_line"),
        ]


class Pick(models.Model):
    """Cartons taken from a batch for a line; negative when put back."""

    append_only = True
    line = models.ForeignKey(NoticeLine, models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    cartons = models.IntegerField()
    by = models.UUIDField()
    at = models.DateTimeField()
    entry = models.UUIDField()


class Doubt(models.Model):
    """The warehouse's question on a line; it stops the notice until the client admin has answered."""

    uid = models.UUIDField(unique=True, default=new_id)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+")
    line = models.ForeignKey(NoticeLine, models.PROTECT, null=True, related_name="+")
    question = models.CharField(max_length=300)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=300, blank=True)
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["notice"], condition=Q(answered_at=None), name="doubts_open"),
        ]


class ChangeKind(Labelled):
    SUBSTITUTE = "substitute", "调换品相", "substitution"
    SHORT = "short", "减少", "shortage"
    EXTRA = "extra", "增加", "extra quantity"


class Change(models.Model):
    """A change of goods after the notice was written: proposed, consented, told to the customer (D8). Who consented and who countersigned
    stands with the signatures."""

    uid = models.UUIDField(unique=True, default=new_id)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k.value, k.text.zh) for k in ChangeKind])
    line = models.ForeignKey(NoticeLine, models.PROTECT, null=True, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, null=True, related_name="+")
    cartons = models.PositiveIntegerField()
    reason = models.CharField(max_length=300)
    proposed_by = models.UUIDField()
    proposed_for = models.UUIDField(null=True)
    proposed_at = models.DateTimeField()
    after_hours = models.BooleanField(default=False)
    consented_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    declined_why = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)
    applied_at = models.DateTimeField(null=True)
    applied_version = models.PositiveSmallIntegerField(null=True)
    value_fen = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    understanding = models.CharField(max_length=300, blank=True)
    relayed_at = models.DateTimeField(null=True)
    relayed_to = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["notice"], condition=Q(consented_at=None, declined_at=None, withdrawn_at=None), name="changes_open"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(consented_at=None) | Q(declined_at=None), name="change_consented_or_declined"),
            models.CheckConstraint(condition=Q(applied_at=None) | ~Q(consented_at=None), name="change_applied_with_consent"),
            models.CheckConstraint(condition=Q(withdrawn_at=None) | Q(applied_at=None), name="change_made_or_withdrawn"),
        ]


class Sample(models.Model):
    """Samples sent out on a notice of their own (C11): who gets them and why, what they cost, who approved, what came of it.

    Cartons come from stock when they are handed out; they leave on a gate pass for samples.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    number = models.CharField(max_length=20, unique=True)
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="+")
    region = models.CharField(max_length=40, blank=True)
    recipient = models.CharField(max_length=120)
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=40)
    purpose = models.CharField(max_length=300)
    cost_fen = models.BigIntegerField()
    written_by = models.UUIDField()
    written_for = models.UUIDField(null=True)
    written_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    follow_up_on = models.DateField()
    outcome = models.CharField(max_length=300, blank=True)
    outcome_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cost_fen__gte=0), name="sample_cost_not_negative"),
            models.CheckConstraint(condition=Q(sent_at=None) | ~Q(approved_at=None), name="sample_sent_when_approved"),
            models.CheckConstraint(condition=Q(approved_at=None) | Q(declined_at=None), name="sample_approved_or_declined"),
        ]


class SampleLine(models.Model):
    """Cartons of one product on a sample notice."""

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    cartons = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "position"], name="one_sample_line"),
            models.CheckConstraint(condition=Q(cartons__gt=0), name="sample_line_has_cartons"),
        ]


class UnpaidSignature(models.Model):
    """What a request to ship before payment is for: who asked, why, and who signed are with its approval (route `unpaid`).

    notice and version: None until there is a notice; then it is for that version alone. fen: what was unpaid when it was asked for;
    covers_fen: of that, what its notice left unpaid; paid_fen: what of the goods was paid then, so that payment uses it up.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="+")
    version = models.PositiveSmallIntegerField(null=True)
    fen = models.BigIntegerField()
    covers_fen = models.BigIntegerField()
    paid_fen = models.BigIntegerField(default=0)
    pay_on = models.DateField(null=True)
    asked_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="unpaid_sum_named"),
            models.CheckConstraint(
                condition=Q(notice=None, version=None) | Q(notice__isnull=False, version__isnull=False), name="unpaid_of_a_version"
            ),
            models.UniqueConstraint(
                fields=["order", "notice"], condition=Q(signed_at=None, returned_at=None, voided_at=None), name="one_open_unpaid_request",
                nulls_distinct=False,
            ),
        ]
