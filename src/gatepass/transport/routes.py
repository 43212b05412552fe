"""What of waybills is signed: the correction of a closed one, and the freight that the forwarder wrote (D10, D11)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from gatepass.approvals.routes import Data, Given, Line, Step, Subject, route
from gatepass.journal.door import Case
from gatepass.journal.labels import label
from gatepass.journal.rows import update
from gatepass.orders.plan_book import note as plan_note
from gatepass.roles import Position, Power, Sight
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.transport import steps
from gatepass.transport.events import WaybillCorrected
from gatepass.transport.locking import lock_waybill
from gatepass.transport.models import Waybill, WaybillCorrection
from gatepass.transport.rows import visible
from gatepass.transport.sheets import keep_waybill
from gatepass.words import Text, same

SUMS: Final = ("freight", "printed", "yuan")
PRIVATE: Final = ("phone", "address")
CHANGE: Final = Text("{old} → {new}", "{old} → {new}")
BLANK: Final = Text("（空）", "(blank)")
NOTED: Final = Text("{number}：托运单 {waybill} 已更正：{why}", "{number}: waybill {waybill} corrected: {why}")


def _subject(case: Case, uid: UUID) -> Subject:
    """The correction with its waybill, the waybill's customer locked before it."""
    known = WaybillCorrection.objects.filter(uid=uid).values_list("waybill__uid", flat=True).first()
    if known is None:
        raise NotFound("correction")
    waybill = lock_waybill(case, known)
    row = WaybillCorrection.objects.select_for_update(no_key=True).get(uid=uid)
    row.waybill = waybill
    return Subject(uid=uid, row=row, reasons=[_over(row)])


def _over(row: WaybillCorrection) -> Reason | None:
    if row.waybill.voided_at:
        return refusal("这张托运单已作废", "This waybill is void")
    if row.printed and row.waybill.credited_at:
        return refusal("运费已入账，先冲回", "The freight is posted: reverse it first", clause="D11")
    return None


def _sees(sight: Sight, uid: UUID) -> bool:
    found = WaybillCorrection.objects.filter(uid=uid, waybill__consignment__trip__in=visible(sight))
    return sight.carrier is None and (sight.may(Power.KEEP_WAYBILL) or sight.may(Power.RECEIVE_WAYBILL)) and found.exists()


def _said(sight: Sight, data: Data) -> list[Line]:
    return [
        Line("waybill", Text("托运单", "waybill"), same(str(data["number"]))),
        *(Line(one["field"], label(one["field"]), _change(sight, one)) for one in data["changes"]),
        Line("reason", Text("原因", "reason"), same(str(data["reason"]))),
    ]


def _change(sight: Sight, one: dict[str, str]) -> Text | None:
    """Sums and contacts only for whom they are."""
    if (one["field"] in SUMS and not sight.may(Power.SEE_MONEY)) or (one["field"] in PRIVATE and not sight.may(Power.SEE_CONTACTS)):
        return None
    return CHANGE.fill(old=same(one["old"]) if one["old"] else BLANK, new=same(one["new"]) if one["new"] else BLANK)


def _headline(sight: Sight, data: Data) -> Text:
    return Text("{number}：{fields}", "{number}: {fields}").fill(number=data["number"], fields=[label(one["field"]) for one in data["changes"]])


def _signed(case: Case, given: Given) -> Sequence[Event]:
    row: WaybillCorrection = given.subject.row
    return [WaybillCorrected(**about(row.waybill), correction=row.uid, signer=given.person, represented=given.represented)]


def about(waybill: Waybill) -> dict[str, UUID]:
    """What the events of a correction are about."""
    part = waybill.consignment
    return {"waybill": waybill.uid, "consignment": part.uid, "order": part.order, "carrier": waybill.carrier}


def _apply(case: Case, given: Given) -> None:
    """What is right stands on the paper now; the sheet is printed anew, the plan book says so. The base of a fine stays."""
    row: WaybillCorrection = given.subject.row
    waybill = row.waybill
    values = {COLUMNS.get(one["field"], one["field"]): typed(one["field"], one["new"]) for one in row.changes}
    for name, value in values.items():
        setattr(waybill, name, value)
    steps.price(waybill)
    inside = waybill.consignment.left_at is None and waybill.consignment.trip.pass_issued_at is None
    more: dict[str, Any] = {"written_at": case.at} if inside else {}
    update(waybill, **values, agreed_fen=waybill.agreed_fen, flagged=waybill.flagged, **more)
    update(row, applied_at=case.at)
    keep_waybill(case, waybill)
    said = NOTED.fill(number=row.number, waybill=waybill.number, why=row.reason)
    plan_note(case, order_id=waybill.consignment.notice.order_id, kind="system", text=said)


def _back(case: Case, given: Given) -> None:
    """What was sent back never counts; another correction is written instead."""
    update(given.subject.row, returned_at=case.at)


COLUMNS: Final = {"freight": "freight_fen", "printed": "printed_fen"}


def typed(field: str, text: str) -> Any:
    """A value as its column keeps it; sums are told in yuan."""
    if field in ("freight", "printed"):
        return int(Decimal(text.replace(",", "")) * 100)
    return Decimal(text) if field in ("quantity", "yuan") else text


WAYBILL_CORRECTION: Final = route(
    code="correction", kind="correction", title=Text("托运单更正单", "correction of a waybill"), article="D10",
    steps=(Step(code="second", power=Power.APPROVE_SALES, text=Text("另一人同意", "somebody else agrees"), position=Position.SALES_MANAGER),),
    subject=_subject, sees=_sees, said=_said, headline=_headline, page="/waybills/corrections/{subject}/", signed=_signed, then=_apply,
    sent_back=_back,
)  # fmt: skip
PRINTED_FREIGHT: Final = route(
    code="printed", kind="correction", title=Text("票面运费与约定不符", "freight other than frozen"), article="D11",
    steps=(Step(code="second", power=Power.RECEIVE_WAYBILL, text=Text("财务另一人同意", "a second person of finance agrees"),
                position=Position.FINANCE_MANAGER),),
    subject=_subject, sees=_sees, said=_said, headline=_headline, page="/waybills/corrections/{subject}/", signed=_signed, then=_apply,
    sent_back=_back,
)  # fmt: skip
