"""The ledger: postings, balances, items, matches, claims, commitments of orders. All amounts in fen."""

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
    BAD_DEBT = "bad_debt", "坏账", "bad debts"


class PostingKind(Labelled):
    OPENING = "opening", "期初余额", "opening balance"
    GOODS = "goods", "货款", "goods"
    RECEIPT = "receipt", "收款", "receipt"
    FREIGHT_ADVANCED = "freight_advanced", "代垫运费入账", "advanced freight"
    FREIGHT_CREDIT = "freight_credit", "应付账款转货款", "freight turned into goods money"
    FREIGHT_CHARGED = "freight_charged", "运费", "freight"
    SUBSIDY = "subsidy", "运补", "freight subsidy"
    DISCOUNT = "discount", "优惠", "discount"
    PROMOTION = "promotion", "政策折扣", "discount by policy"
    FEE = "fee", "手续费", "service fee"
    SUPPORT = "support", "市场支持", "market support"
    OTHER = "other", "其他", "other"
    FINE = "fine", "罚款", "fine"
    PAYOUT = "payout", "退款", "refund"
    WRITE_OFF = "write_off", "坏账核销", "bad debt written off"
    PRICE = "price", "价格更正", "price correction"


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
    label = models.CharField(max_length=160)
    reverses = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="posting_above_zero"),
            models.CheckConstraint(condition=~Q(debit=F("credit")) | ~Q(debit_party=F("credit_party")), name="posting_between_two"),
            models.UniqueConstraint(fields=["kind", "document"], condition=Q(kind="freight_credit", reverses=None), name="freight_credited_once"),
        ]
        indexes = [models.Index(fields=["debit_party", "at"]), models.Index(fields=["credit_party", "at"])]


class Balance(models.Model):
    """The running balance of a customer or carrier: debits minus credits, kept in the transaction of every posting.

    rests_fen: of a customer, what is not matched of all his items, kept by the database from the items; at commit it is the balance.
    """

    account = models.CharField(max_length=20)
    party = models.UUIDField()
    fen = models.BigIntegerField(default=0)
    rests_fen = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "party"], name="one_balance")]


class Item(models.Model):
    """Everything that a customer owes (positive) or has to his credit (negative): one row for every posting to his account, of its id.

    Written once; only its rest moves: what of it is not matched. order: whose goods, freight or money it is; aged: since when it counts
    as owed (goods in the order of their notices).
    """

    uid = models.UUIDField(unique=True, default=new_id)
    entry = models.UUIDField()
    customer = models.UUIDField()
    kind = models.CharField(max_length=20)
    fen = models.BigIntegerField()
    rest_fen = models.BigIntegerField()
    at = models.DateTimeField()
    day = models.DateField()
    aged = models.DateTimeField()
    label = models.CharField(max_length=160)
    document_kind = models.CharField(max_length=20)
    document = models.UUIDField(db_index=True)
    order = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fen__gt=0, rest_fen__gte=0, rest_fen__lte=F("fen")) | Q(fen__lt=0, rest_fen__lte=0, rest_fen__gte=F("fen")),
                name="rest_within_the_item",
            ),
        ]
        indexes = [
            models.Index(fields=["customer"], condition=~Q(rest_fen=0), name="items_with_a_rest"),
            models.Index(fields=["order"], condition=~Q(rest_fen=0), name="rests_of_an_order"),
            models.Index(fields=["customer", "id"]),
        ]


class Match(models.Model):
    """A debit matched with a credit, so far; undone only by a row that names it."""

    append_only = True
    uid = models.UUIDField(unique=True, default=new_id)
    debit = models.ForeignKey(Item, models.PROTECT, related_name="+")
    credit = models.ForeignKey(Item, models.PROTECT, related_name="+")
    fen = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    entry = models.UUIDField()
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(fen__gt=0), name="match_above_zero")]


class Claim(models.Model):
    """The whole rest of an item held for one order: by the composition that names it, or by what was paid on it."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    order = models.UUIDField()
    at = models.DateTimeField()
    freed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(freed_at=None), name="one_open_claim_of_an_item"),
        ]
        indexes = [models.Index(fields=["order"], condition=Q(freed_at=None), name="open_claims_of_an_order")]


class Commitment(models.Model):
    """What a sent order promises and asks for, until its last goods have left or it is taken back.

    fen: goods, freight and subsidy of this order less its discounts (off); gone: what of it passed the gate and became items; remit: what
    the customer is asked for, with changes of goods since; received: what of receipts went to it. What is open follows from rests
    (receivables.rests.Cover).
    """

    order = models.UUIDField(unique=True)
    customer = models.UUIDField(db_index=True)
    fen = models.BigIntegerField()
    off_fen = models.BigIntegerField(default=0)
    gone_fen = models.BigIntegerField(default=0)
    remit_fen = models.BigIntegerField()
    received_fen = models.BigIntegerField(default=0)
    sent_at = models.DateTimeField()
    covered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(received_fen__gte=0), name="commitment_not_negative")]
