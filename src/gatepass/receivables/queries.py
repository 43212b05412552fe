"""The only readers of receivables: accounts, receipts, vouchers. Everything here is money: nothing of it without the power to see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Sum, When

from gatepass.approvals.queries import SignatureRow, signatures
from gatepass.customers import queries as customers
from gatepass.customers.models import Customer
from gatepass.receivables.dues import Piece, Standing, pieces, standing
from gatepass.receivables.labels import told
from gatepass.receivables.models import Account, Due, Match, OpenItem, Posting, PostingKind, Receipt, Voucher
from gatepass.receivables.routes import VOUCHER
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.words import Text

PAGE = 40


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A line of a customer's ledger: positive fen are to his debit. `after` is his balance after it."""

    id: int
    at: datetime
    kind: Text
    label: Text
    fen: int
    after: int
    document_kind: str
    document: UUID


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An open item: positive adds to what he owes. `order` is the one whose sent composition names it."""

    kind: Text
    label: Text
    fen: int
    opened_at: datetime
    order: UUID | None
    document_kind: str
    document: UUID


@dataclass(frozen=True, slots=True)
class DueRow:
    """What a sent order asks for, what of it came, and when it was covered."""

    order: UUID
    customer: UUID
    remit_fen: int
    received_fen: int
    committed_fen: int
    debited_fen: int
    sent_at: datetime
    covered_at: datetime | None

    @property
    def open_fen(self) -> int:
        return max(0, self.remit_fen - self.received_fen)

    @property
    def inside_fen(self) -> int:
        """Goods, freight and subsidy that are promised and have not left."""
        return self.committed_fen - self.debited_fen


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    uid: UUID
    number: str
    customer: UUID
    customer_name: str
    fen: int
    matched_fen: int
    difference_fen: int
    account: Text
    payer: str
    reference: str
    paid_on: date
    recorded_at: datetime
    recorded_by: UUID
    explained_at: datetime | None
    explained_by: UUID | None
    explanation: str

    @property
    def open(self) -> bool:
        return self.difference_fen != 0 and self.explained_at is None


@dataclass(frozen=True, slots=True)
class VoucherRow:
    uid: UUID
    number: str
    customer: UUID
    customer_name: str
    kind: Text
    fen: int
    label: str
    papers: str
    prepared_by: UUID
    prepared_at: datetime
    signatures: tuple[SignatureRow, ...]
    rejected_at: datetime | None
    booked_at: datetime | None

    @property
    def waiting(self) -> bool:
        return self.booked_at is None and self.rejected_at is None

    @property
    def missing(self) -> list[Text]:
        """The signatures that it still waits for."""
        given = {one.step for one in self.signatures if one.given}
        return [step.text for step in VOUCHER.steps if step.code not in given]

    @property
    def returned(self) -> SignatureRow | None:
        return next((one for one in self.signatures if not one.given), None)


@dataclass(frozen=True, slots=True)
class AccountPage:
    """A customer's account: where it stands, its ledger newest first, open items, dues, latest receipts, vouchers on their way."""

    customer: UUID
    name: str
    standing: Standing
    ledger: tuple[LedgerRow, ...]
    more: int | None
    items: tuple[ItemRow, ...]
    dues: tuple[DueRow, ...]
    receipts: tuple[ReceiptRow, ...]
    vouchers: tuple[VoucherRow, ...]


def sees(sight: Sight, customer: UUID) -> Customer:
    """The customer whose account this viewer may see. Raises NotFound."""
    row = customers.scoped(sight).filter(uid=customer).first() if sight.may(Power.SEE_MONEY) else None
    if row is None:
        raise NotFound("customer")
    return row


def account(sight: Sight, customer: UUID, *, before: int | None = None) -> AccountPage:
    """One account. `before`: the ledger from this line on, older. A constant number of statements. Raises NotFound outside the scope."""
    who = sees(sight, customer)
    now = standing(customer)
    rows = list(_ledger(customer).filter(Q(id__lt=before) if before else Q()).order_by("-id")[: PAGE + 1])
    newer = _ledger(customer).filter(id__gte=before).aggregate(fen=Sum("signed"))["fen"] if before else 0
    return AccountPage(
        customer=customer,
        name=who.name,
        standing=now,
        ledger=tuple(_lines(rows[:PAGE], now.balance - int(newer or 0))),
        more=rows[PAGE - 1].id if len(rows) > PAGE else None,
        items=tuple(items(customer)),
        dues=dues(customer),
        receipts=tuple(_receipt(r, {customer: who.name}) for r in Receipt.objects.filter(customer=customer).order_by("-id")[:10]),
        vouchers=tuple(_vouchers(_waiting().filter(customer=customer).order_by("id")[:20], {customer: who.name})),
    )


def _ledger(customer: UUID) -> QuerySet[Posting]:
    mine = Q(debit=Account.CUSTOMER.value, debit_party=customer) | Q(credit=Account.CUSTOMER.value, credit_party=customer)
    sign = Case(When(debit_party=customer, then=F("fen")), default=-F("fen"), output_field=BigIntegerField())
    return Posting.objects.filter(mine).annotate(signed=sign)


def _lines(rows: Iterable[Posting], balance: int) -> Iterable[LedgerRow]:
    for row in rows:
        fen: int = vars(row)["signed"]
        kind = PostingKind(row.kind).text
        yield LedgerRow(row.id, row.at, kind, told(row.label), fen, balance, row.document_kind, row.document)
        balance -= fen


def items(customer: UUID) -> list[ItemRow]:
    """Open items, free ones and those that a sent composition names, oldest first."""
    rows = OpenItem.objects.filter(customer=customer, settled_at=None, reversed_at=None).order_by("opened_at", "id")
    return [ItemRow(PostingKind(r.kind).text, told(r.label), r.fen, r.opened_at, r.reserved_by, r.document_kind, r.document) for r in rows]


def dues(customer: UUID) -> tuple[DueRow, ...]:
    """Dues of sent orders that have not ended, oldest first: in this order a receipt covers them."""
    rows = Due.objects.filter(customer=customer, ended_at=None).order_by("sent_at", "id")
    return tuple(
        DueRow(r.order, r.customer, r.remit_fen, r.received_fen, r.committed_fen, r.debited_fen, r.sent_at, r.covered_at) for r in rows
    )


def open_dues(sight: Sight, customer: UUID) -> tuple[DueRow, ...]:
    """Dues that still ask for money, for the form of a receipt. Raises NotFound outside the scope."""
    sees(sight, customer)
    return tuple(row for row in dues(customer) if row.open_fen > 0)


def made_of(sight: Sight, customer: UUID) -> list[Piece]:
    """The latest ledger lines that make up the balance. Raises NotFound outside the scope."""
    sees(sight, customer)
    return pieces(customer)


def documented(sight: Sight, customer: UUID, document: UUID) -> list[LedgerRow]:
    """What a document moved on a customer's account. Raises NotFound outside the scope."""
    sees(sight, customer)
    rows = list(_ledger(customer).filter(document=document).order_by("id"))
    return list(_lines(rows, 0))


def _seen(sight: Sight) -> QuerySet[Customer]:
    return customers.scoped(sight) if sight.may(Power.SEE_MONEY) else Customer.objects.none()


def receipts(
    sight: Sight, *, differences: bool = False, needle: str = "", before: int | None = None, most: int = PAGE
) -> list[tuple[int, ReceiptRow]]:
    """Receipts newest first, each with its place for paging; only those with an open difference where asked."""
    rows = Receipt.objects.filter(customer__in=_seen(sight).values("uid"))
    if differences:
        rows = rows.filter(explained_at=None).exclude(difference_fen=0)
    if needle:
        named = _seen(sight).filter(customers.matching(needle)).values("uid")
        rows = rows.filter(
            Q(number__icontains=needle) | Q(reference__icontains=needle) | Q(payer__icontains=needle) | Q(customer__in=named)
        )
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows.order_by("-id")[:most])
    names = _names({r.customer for r in found})
    return [(r.id, _receipt(r, names)) for r in found]


@dataclass(frozen=True, slots=True)
class MatchRow:
    order: UUID
    fen: int
    at: datetime


def receipt(sight: Sight, uid: UUID) -> tuple[ReceiptRow, list[MatchRow]]:
    """One receipt with what it was matched with. Raises NotFound outside the scope."""
    row = Receipt.objects.filter(uid=uid, customer__in=_seen(sight).values("uid")).first()
    if row is None:
        raise NotFound("receipt")
    matched = [MatchRow(m.order, m.fen, m.at) for m in Match.objects.filter(receipt=row).order_by("id")]
    return _receipt(row, _names({row.customer})), matched


def _waiting() -> QuerySet[Voucher]:
    return Voucher.objects.filter(booked_at=None, rejected_at=None)


def vouchers(sight: Sight, *, waiting: bool = True, most: int = PAGE) -> list[VoucherRow]:
    """Vouchers that wait for a signature, oldest first; or the latest of all."""
    rows = (_waiting().order_by("id") if waiting else Voucher.objects.order_by("-id")).filter(customer__in=_seen(sight).values("uid"))
    found = list(rows[:most])
    names = _names({v.customer for v in found})
    return _vouchers(found, names)


def voucher(sight: Sight, uid: UUID) -> VoucherRow:
    """One voucher. Raises NotFound outside the scope."""
    row = Voucher.objects.filter(uid=uid, customer__in=_seen(sight).values("uid")).first()
    if row is None:
        raise NotFound("voucher")
    return _vouchers([row], _names({row.customer}))[0]


def pick_receipt(sight: Sight, needle: str) -> list[ReceiptRow]:
    """The dozen that a picker offers."""
    return [row for _, row in receipts(sight, needle=needle, most=12)]


def pick_voucher(sight: Sight, needle: str) -> list[VoucherRow]:
    """The waiting vouchers that a picker offers."""
    return [row for row in vouchers(sight) if needle.lower() in f"{row.number} {row.label} {row.customer_name}".lower()][:12]


def _names(uids: set[UUID]) -> dict[UUID, str]:
    return dict(Customer.objects.filter(uid__in=uids).values_list("uid", "name"))


def _receipt(r: Receipt, names: dict[UUID, str]) -> ReceiptRow:
    return ReceiptRow(
        r.uid,
        r.number,
        r.customer,
        names.get(r.customer, ""),
        r.fen,
        r.matched_fen,
        r.difference_fen,
        Account(r.account).text,
        r.payer,
        r.reference,
        r.paid_on,
        r.recorded_at,
        r.recorded_by,
        r.explained_at,
        r.explained_by,
        r.explanation,
    )


def _vouchers(found: Iterable[Voucher], names: dict[UUID, str]) -> list[VoucherRow]:
    rows = list(found)
    said = signatures(VOUCHER.code, [v.uid for v in rows])
    return [_voucher(v, names, said.get(v.uid, ())) for v in rows]


def _voucher(v: Voucher, names: dict[UUID, str], said: Iterable[SignatureRow]) -> VoucherRow:
    return VoucherRow(
        v.uid,
        v.number,
        v.customer,
        names.get(v.customer, ""),
        PostingKind(v.kind).text,
        v.fen,
        v.label,
        v.papers,
        v.prepared_by,
        v.prepared_at,
        tuple(said),
        v.rejected_at,
        v.booked_at,
    )
