"""The ledger and what hangs on it: balances, open items, dues of orders, receipts, vouchers. All amounts in fen."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gatepass.identity import new_id
from gatepass.words import Labelled


class Account(Labelled):
    """Accounts; those of customers and carriers have a party."""

    CUSTOMER = "customer", "应收账款", "receivable from customers"
    CUSTOMER_FREIGHT = "customer_freight", "应付客户代垫运费", "freight owed to customers"
    CARRIER = "carrier", "应付承运单位", "payable to carriers"
    BANK = "bank", "银行存款", "bank"
    CASH = "cash", "现金", "cash"
    SALES = "sales", "销售收入", "sales"
    DISCOUNT = "discount", "优惠", "discounts"
    SUPPORT = "support", "市场支持", "market support"
    FEE = "fee", "手续费", "service fees"
    OTHER = "other", "其他", "other"
    FREIGHT = "freight", "运费", "freight"
    SUBSIDY = "subsidy", "运补", "freight subsidy"
    OPENING = "opening", "期初", "opening balances"
    FINES = "fines", "罚款", "fines"


class PostingKind(Labelled):
    OPENING = "opening", "期初余额", "opening balance"
    GOODS = "goods", "货款", "goods"
    RECEIPT = "receipt", "收款", "receipt"
    FREIGHT_ADVANCED = "freight_advanced", "代垫运费入账", "advanced freight"
    FREIGHT_CREDIT = "freight_credit", "应付账款转货款", "freight turned into goods money"
    FREIGHT_CHARGED = "freight_charged", "运费", "freight"
    SUBSIDY = "subsidy", "运补", "freight subsidy"
    DISCOUNT = "discount", "优惠", "discount"
    FEE = "fee", "手续费", "service fee"
    SUPPORT = "support", "市场支持", "market support"
    OTHER = "other", "其他", "other"
    FINE = "fine", "罚款", "fine"


class Posting(models.Model):
    """One movement of money: debit, credit, amount above zero. It cannot be out of balance and is never changed."""

    append_only = True
    uid = models.UUIDField(unique=True, default=new_id)
    entry = models.UUIDField(db_index=True)
    at = models.DateTimeField()
    day = models.DateField(db_index=True)
    debit = models.CharField(max_length=20)
    debit_party = models.UUIDField(null=True)
    credit = models.CharField(max_length=20)
    credit_party = models.UUIDField(null=True)
    fen = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    document_kind = models.CharField(max_length=20)
    document = models.UUIDField()
    label = models.CharField(max_length=60)
    reverses = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="posting_above_zero"),
            models.CheckConstraint(condition=~Q(debit=F("credit")) | ~Q(debit_party=F("credit_party")), name="posting_between_two"),
            models.UniqueConstraint(fields=["kind", "document"], condition=Q(kind="freight_credit", reverses=None), name="freight_credited_once"),
        ]
        indexes = [models.Index(fields=["debit_party", "at"]), models.Index(fields=["credit_party", "at"])]


class Balance(models.Model):
    """The running balance of a customer or carrier: debits minus credits, kept in the transaction of every posting."""

    account = models.CharField(max_length=20)
    party = models.UUIDField()
    fen = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "party"], name="one_balance")]


class OpenItem(models.Model):
    """Something already in the customer's balance that the next composition must name: positive adds to what he owes.

    reserved_by: the order whose sent composition names it; settled_at: when that order was paid for or ended.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    customer = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=20)
    fen = models.BigIntegerField()
    label = models.CharField(max_length=120)
    document_kind = models.CharField(max_length=20)
    document = models.UUIDField()
    opened_at = models.DateTimeField()
    reserved_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)
    reversed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(fen=0), name="item_not_zero")]
        indexes = [models.Index(fields=["customer"], condition=Q(settled_at=None, reversed_at=None), name="unsettled_items")]


class Due(models.Model):
    """What a sent composition asks of a customer, until the order is settled or ended.

    remit: to be paid this time; committed: goods, freight and subsidy of this order; debited: what of it has passed the gate.
    """

    order = models.UUIDField(unique=True)
    customer = models.UUIDField(db_index=True)
    remit_fen = models.BigIntegerField()
    committed_fen = models.BigIntegerField()
    received_fen = models.BigIntegerField(default=0)
    debited_fen = models.BigIntegerField(default=0)
    sent_at = models.DateTimeField()
    covered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(received_fen__gte=0, debited_fen__gte=0), name="due_not_negative"),
            models.CheckConstraint(
                condition=Q(received_fen__lte=F("remit_fen")) | Q(received_fen=0), name="no_more_matched_than_due"
            ),
        ]


class Receipt(models.Model):
    """Money that came in. `matched` sums what was matched with dues; a difference stays open until explained."""

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

    class Meta:
        indexes = [
            models.Index(fields=["customer"], condition=Q(explained_at=None) & ~Q(difference_fen=0), name="differences_open"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(fen__gt=0, matched_fen__gte=0, matched_fen__lte=F("fen")), name="receipt_sane"),
            models.UniqueConstraint(fields=["account", "reference", "paid_on", "fen"], condition=~Q(reference=""), name="one_receipt_of_a_reference"),
        ]


class Match(models.Model):
    """How much of a receipt was matched with an order's due."""

    append_only = True
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="+")
    order = models.UUIDField(db_index=True)
    fen = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(fen__gt=0), name="match_above_zero")]


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
