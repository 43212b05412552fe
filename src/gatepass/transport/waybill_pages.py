"""Waybills as pages show them: the list with its filters, one waybill with its money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from gatepass.carriers.models import PricingUnit
from gatepass.customers.models import Bearer
from gatepass.journal.labels import label
from gatepass.money import figure
from gatepass.people.models import Person
from gatepass.receivables.labels import told
from gatepass.receivables.models import Posting, PostingKind, Reversal
from gatepass.receivables.undoing import used
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.transport.commands.waybills import is_closed
from gatepass.transport.freight import base_fen, missing, subsidy_deducted, unit_of
from gatepass.transport.models import Waybill, WaybillCorrection
from gatepass.transport.rows import visible
from gatepass.words import Labelled, Text

PAGE = 100


class Filter(Labelled):
    """What is looked for among waybills."""

    OPEN = "open", "未交财务", "not at finance"
    INCOMPLETE = "incomplete", "没填齐", "incomplete"
    FLAGGED = "flagged", "运费不符", "freight differs"
    TO_CREDIT = "to_credit", "待入账", "to be posted"
    ALL = "all", "全部", "all"


@dataclass(frozen=True, slots=True)
class Line:
    """A waybill in the list; freight None where the viewer sees no sums."""

    uid: UUID
    number: str
    customer: str
    carrier: str
    plate: str
    destination: str
    bearer: Text
    freight_fen: int | None
    flagged: str
    missing: tuple[Text, ...]
    left_at: datetime | None
    handed_in_at: datetime | None
    credited_at: datetime | None
    voided: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A posting of the waybill's freight."""

    at: datetime
    kind: Text
    label: Text
    fen: int
    reverses: bool


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction of a closed waybill: what it changes, and how far it is."""

    uid: UUID
    number: str
    route: str
    fields: tuple[Text, ...]
    reason: str
    at: datetime
    state: Text


@dataclass(frozen=True, slots=True)
class WaybillPage:
    """Everything on the paper, what it lacks, and what became of its freight. `deducted`: the order took the subsidy off already."""

    line: Line
    trip: UUID
    trip_number: str
    consignment: str
    order: UUID
    order_number: str
    cartons: int
    quantity: str
    unit: Text | None
    yuan: str
    agreed_fen: int | None
    base_fen: int | None
    carrier_name: str
    consignee: str
    phone: str
    address: str
    received_by: str
    postings: tuple[Moved, ...]
    used: bool
    reversal: UUID | None
    deducted: bool
    subsidy: bool
    printed_fen: int | None
    corrections: tuple[Correction, ...]
    may_correct: bool
    may_fill: bool
    may_receive: bool


def scoped(sight: Sight) -> QuerySet[Waybill]:
    about = ("consignment__trip__vehicle", "consignment__notice__order__customer")
    return Waybill.objects.filter(consignment__trip__in=visible(sight)).select_related(*about)


def listed(sight: Sight, wanted: Filter, needle: str = "") -> list[Line]:
    """Newest first, the longest out first where they are not at finance."""
    found = scoped(sight)
    left = Q(consignment__left_at__isnull=False, voided_at=None)
    match wanted:
        case Filter.OPEN:
            found = found.filter(left, handed_in_at=None).order_by("consignment__left_at")
        case Filter.FLAGGED:
            found = found.filter(voided_at=None).exclude(flagged="").order_by("-id")
        case Filter.TO_CREDIT:
            found = found.filter(left, handed_in_at__isnull=False, credited_at=None).order_by("handed_in_at")
        case Filter.INCOMPLETE:
            found = found.filter(voided_at=None, handed_in_at=None).order_by("-id")
        case _:
            found = found.order_by("-id")
    if needle:
        here = Q(number__icontains=needle) | Q(consignment__trip__vehicle__plate__icontains=needle)
        found = found.filter(here | Q(consignment__notice__order__customer__name__icontains=needle))
    lines = [_line(sight, row) for row in found[: PAGE * (5 if wanted is Filter.INCOMPLETE else 1)]]
    return [one for one in lines if one.missing] if wanted is Filter.INCOMPLETE else lines


def waybill_page(sight: Sight, uid: UUID) -> WaybillPage:
    """Raises NotFound outside the viewer's scope."""
    row = scoped(sight).filter(uid=uid).first()
    if row is None:
        raise NotFound("waybill")
    consignment, money = row.consignment, sight.may(Power.SEE_MONEY)
    posted = list(Posting.objects.filter(document=row.uid).order_by("id")) if money else []
    contacts = sight.may(Power.SEE_CONTACTS) or sight.carrier is not None
    unit, closed = unit_of(row.unit), is_closed(row)
    return WaybillPage(
        line=_line(sight, row), trip=consignment.trip.uid, trip_number=consignment.trip.number, consignment=consignment.number,
        order=consignment.order, order_number=consignment.notice.order.number, cartons=consignment.cartons,
        quantity=f"{row.quantity.normalize():f}" if row.quantity is not None else "", unit=unit.text if unit else None,
        yuan=f"{row.yuan.normalize():f}" if row.yuan is not None and money else "",
        agreed_fen=row.agreed_fen if money else None, base_fen=base_fen(row) if money else None, carrier_name=row.carrier_name,
        consignee=row.consignee, phone=row.phone if contacts else "", address=row.address if contacts else "",
        received_by=Person.objects.filter(uid__in=[row.received_by]).values_list("name", flat=True).first() or "",
        postings=tuple(_moved(one) for one in posted), used=used(row.uid),
        reversal=Reversal.objects.filter(document=row.uid, done_at=None, returned_at=None).values_list("uid", flat=True).first(),
        deducted=row.bearer == Bearer.SUBSIDY.value and subsidy_deducted(consignment.order),
        subsidy=row.bearer == Bearer.SUBSIDY.value,
        printed_fen=row.printed_fen if money else None,
        corrections=tuple(_corrections(row)) if sight.carrier is None else (),
        may_correct=sight.may(Power.KEEP_WAYBILL) and row.voided_at is None and closed,
        may_fill=sight.may(Power.KEEP_WAYBILL) and row.voided_at is None and (not closed or _fillable(row)),
        may_receive=sight.may(Power.RECEIVE_WAYBILL) and consignment.left_at is not None and row.voided_at is None,
    )  # fmt: skip


def waybill_of(sight: Sight, correction: UUID) -> UUID:
    """The waybill that a correction is about. Raises NotFound outside the scope."""
    found = scoped(sight).filter(id__in=WaybillCorrection.objects.filter(uid=correction).values("waybill")).first()
    if found is None:
        raise NotFound("correction")
    return found.uid


def _fillable(row: Waybill) -> bool:
    """Signed, no pass yet, and something on it is blank still."""
    return bool(missing(row)) and row.consignment.left_at is None and row.consignment.trip.pass_issued_at is None


def _corrections(row: Waybill) -> Iterator[Correction]:
    waits, done, back = Text("等签", "waits"), Text("已更正", "done"), Text("已退回", "sent back")
    for one in WaybillCorrection.objects.filter(waybill=row).order_by("-id"):
        state = done if one.applied_at else back if one.returned_at else waits
        fields = tuple(label(change["field"]) for change in one.changes)
        yield Correction(one.uid, one.number, "printed" if one.printed else "correction", fields, one.reason, one.written_at, state)


def form_values(sight: Sight, uid: UUID) -> dict[str, str]:
    """What stands on a waybill, as its form is filled."""
    row = scoped(sight).filter(uid=uid).first()
    if row is None:
        raise NotFound("waybill")
    freight = "" if row.freight_fen is None else figure(row.freight_fen).replace(",", "")
    return {
        "waybill": str(row.uid), "quantity": _plain(row.quantity), "unit": row.unit, "yuan": _plain(row.yuan), "freight": freight,
        "consignee": row.consignee, "address": row.address, "phone": row.phone, "destination": row.destination,
        "carrier_name": row.carrier_name, "carrier_company": row.carrier_company,
    }  # fmt: skip


def _plain(value: object) -> str:
    return "" if value is None else f"{value:f}".rstrip("0").rstrip(".")


def _moved(one: Posting) -> Moved:
    kind = next(kind for kind in PostingKind if kind.value == one.kind)
    return Moved(one.at, kind.text, told(one.label), one.fen, one.reverses is not None)


def _line(sight: Sight, row: Waybill) -> Line:
    trip, notice = row.consignment.trip, row.consignment.notice
    bearer = next(kind for kind in Bearer if kind.value == row.bearer)
    return Line(
        uid=row.uid, number=row.number, customer=notice.order.customer.short_name, carrier=row.carrier_company,
        plate=trip.vehicle.plate, destination=row.destination, bearer=bearer.text,
        freight_fen=row.freight_fen if sight.may(Power.SEE_MONEY) else None, flagged=row.flagged if sight.may(Power.SEE_MONEY) else "",
        missing=missing(row) if row.voided_at is None else (), left_at=row.consignment.left_at, handed_in_at=row.handed_in_at,
        credited_at=row.credited_at, voided=row.voided_at is not None,
    )  # fmt: skip


UNITS = tuple(PricingUnit)
