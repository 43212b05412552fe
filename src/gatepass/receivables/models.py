"""The ledger and what hangs on it: items, matches, claims, commitments of orders, receipts, vouchers. All amounts in fen."""

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
        constraints = [models.CheckConstraint(condition=Q(received_fen__gte=0, gone_fen__gte=0), name="commitment_not_negative")]


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
                fields=["account", "reference", "paid_on", "fen"], condition=~Q(reference="") & Q(reversed_at=None),
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
