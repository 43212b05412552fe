"""The only readers of receivables: accounts, receipts, vouchers. Everything here is money: nothing of it without the power to see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, cast
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from gatepass.approvals.queries import SignatureRow, signatures
from gatepass.customers import queries as customers
from gatepass.customers.models import Customer
from gatepass.journal.reading import all_of, joined
from gatepass.receivables import sql
from gatepass.receivables.labels import told
from gatepass.receivables.models import Account, Clearing, Item, Match, Posting, PostingKind, Receipt, Voucher
from gatepass.receivables.rests import Cover, Rest, Standing, asking, standing
from gatepass.receivables.routes import VOUCHER
from gatepass.receivables.settling import Allotment
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
    why: str
    reversed_at: datetime | None

    @property
    def open(self) -> bool:
        return self.difference_fen != 0 and self.explained_at is None and self.reversed_at is None


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
    """A customer's account: what is not matched, its ledger newest first, the orders that ask, latest receipts, vouchers on their way."""

    customer: UUID
    name: str
    standing: Standing
    ledger: tuple[LedgerRow, ...]
    more: int | None
    asking: tuple[Cover, ...]
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
    lines = _ledger(customer, before or NEWEST, PAGE + 1)
    return AccountPage(
        customer=customer,
        name=who.name,
        standing=standing(customer),
        ledger=tuple(lines[:PAGE]),
        more=lines[PAGE - 1].id if len(lines) > PAGE else None,
        asking=tuple(asking(customer)),
        receipts=tuple(_receipt(r, {customer: who.name}) for r in Receipt.objects.filter(customer=customer).order_by("-id")[:10]),
        vouchers=tuple(_vouchers(_waiting().filter(customer=customer).order_by("id")[:20], {customer: who.name})),
    )


NEWEST: Final = 2**62


def _ledger(customer: UUID, before: int, most: int) -> list[LedgerRow]:
    """Lines older than one, newest first, each with the balance after it: the newest line of all ends in the balance."""
    found = joined((Item,), sql.LEDGER, {"customer": customer, "before": before, "most": most})
    return [_line(item, int(after)) for item, after in found]


def _line(item: Item, after: int) -> LedgerRow:
    return LedgerRow(item.pk, item.at, PostingKind(item.kind).text, told(item.label), item.fen, after, item.document_kind, item.document)


def account_now(sight: Sight, customer: UUID) -> Standing:
    """What is not matched of a customer's items. Raises NotFound outside the scope."""
    sees(sight, customer)
    return standing(customer)


def rest(sight: Sight, item: UUID) -> Rest:
    """What is not matched of one item. Raises NotFound outside the scope."""
    row = Item.objects.filter(uid=item).first()
    if row is None:
        raise NotFound("item")
    sees(sight, row.customer)
    return Rest(row, row.rest_fen, None)


def asked_of(sight: Sight, customer: UUID) -> list[Cover]:
    """The customer's orders that ask for money or of which goods left unpaid. Raises NotFound outside the scope."""
    sees(sight, customer)
    return asking(customer)


def proposed(sight: Sight, customer: UUID, fen: int) -> Allotment:
    """Where so much money would go where nothing is named. Raises NotFound outside the scope."""
    made = Allotment(account_now(sight, customer).rests, asking(customer))
    made.give(fen)
    return made


def documented(sight: Sight, customer: UUID, document: UUID) -> list[LedgerRow]:
    """What a document moved on a customer's account. Raises NotFound outside the scope."""
    sees(sight, customer)
    return [_line(item, 0) for item in all_of(Item, sql.ITEMS_OF_DOCUMENT, {"document": document}) if item.customer == customer]


def _seen(sight: Sight) -> QuerySet[Customer]:
    return customers.scoped(sight) if sight.may(Power.SEE_MONEY) else Customer.objects.none()


def receipts(
    sight: Sight, *, differences: bool = False, needle: str = "", before: int | None = None, most: int = PAGE
) -> list[tuple[int, ReceiptRow]]:
    """Receipts newest first, each with its place for paging; only those with an open difference where asked."""
    rows = Receipt.objects.filter(customer__in=_seen(sight).values("uid"))
    if differences:
        rows = rows.filter(explained_at=None, reversed_at=None).exclude(difference_fen=0)
    if needle:
        named = _seen(sight).filter(customers.matching(needle)).values("uid")
        rows = rows.filter(Q(number__icontains=needle) | Q(reference__icontains=needle) | Q(payer__icontains=needle) | Q(customer__in=named))
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows.order_by("-id")[:most])
    names = _names({r.customer for r in found})
    return [(r.id, _receipt(r, names)) for r in found]


@dataclass(frozen=True, slots=True)
class WentTo:
    """Where a part of a receipt went: to an order, to an old debt (what it is called, and its document), or nowhere: his credit."""

    fen: int
    order: UUID | None = None
    what: Text | None = None
    document_kind: str = ""
    document: UUID | None = None


def receipt(sight: Sight, uid: UUID) -> tuple[ReceiptRow, list[WentTo]]:
    """One receipt with where it went. Raises NotFound outside the scope."""
    row = Receipt.objects.filter(uid=uid, customer__in=_seen(sight).values("uid")).first()
    if row is None:
        raise NotFound("receipt")
    return _receipt(row, _names({row.customer})), list(_went(uid))


def _went(uid: UUID) -> Iterator[WentTo]:
    matched = cast(list[tuple[Match, Item, Item]], joined((Match, Item, Item), sql.MATCHED, {"documents": [uid]}))
    back = set(Posting.objects.filter(document=uid, reverses__isnull=False).values_list("uid", flat=True))
    items = [item for item in all_of(Item, sql.ITEMS_OF_DOCUMENT, {"document": uid}) if item.uid not in back]
    for order in dict.fromkeys(item.order for item in items if item.order is not None):
        if fen := -sum(item.fen for item in items if item.order == order):
            yield WentTo(fen, order)
    for item in items:
        if item.order is not None:
            continue
        debts = [(match.fen, other) for match, mine, other in matched if mine.pk == item.pk and other.document != uid]
        for fen, debt in debts:
            yield WentTo(fen, debt.order, told(debt.label), debt.document_kind, debt.document)
        if left := -item.fen - sum(fen for fen, _ in debts):
            yield WentTo(left)


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


def clearings(sight: Sight, customer: UUID) -> list[Clearing]:
    """Refunds and write-offs of a customer that wait for signatures. Raises NotFound outside the scope."""
    sees(sight, customer)
    return list(Clearing.objects.filter(customer=customer, done_at=None, returned_at=None).order_by("id")[:PAGE])


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
        r.why,
        r.reversed_at,
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


def standing_documents(documents: Iterable[UUID]) -> set[UUID]:
    """Those of these documents whose bookings on customers' accounts were not taken back."""
    summed_ = Item.objects.filter(document__in=set(documents)).values_list("document").annotate(fen=Sum("fen"))
    return {document for document, fen in summed_ if fen}
