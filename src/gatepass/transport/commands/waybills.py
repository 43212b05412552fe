"""Filling in waybills."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final
from uuid import UUID

from gatepass.carriers.models import PricingUnit
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import label, name_fields
from gatepass.money import Money
from gatepass.roles import Position, Power
from gatepass.rules.reasons import Reason, refusal
from gatepass.transport import steps
from gatepass.transport.events import WaybillFilled
from gatepass.transport.locking import lock_waybill
from gatepass.transport.models import CarrierSignature, Waybill
from gatepass.transport.sheets import keep_waybill
from gatepass.words import Text

LONGEST = {"carrier_name": 60, "carrier_company": 80, "consignee": 60, "address": 200, "phone": 40, "destination": 60}
BOUND: Final = frozenset({"consignee", "address", "phone", "destination"})
"""What the approval of a notice binds of its waybill: it changes by a correction that somebody else agrees to."""
name_fields(
    carrier_name=("承运人", "carrier"), carrier_company=("承运单位", "the carrier's company"), quantity=("数量", "quantity"),
    unit=("计价单位", "pricing unit"), yuan=("单价（元）", "unit price (yuan)"), freight=("运费合计", "total freight"),
    consignee=("收货人", "consignee"), destination=("到站", "destination"),
)  # fmt: skip


@command(may=Power.KEEP_WAYBILL, title=Text("填托运单", "Fill in a waybill"))
def fill_waybill(
    case: Case,
    *,
    waybill: Annotated[UUID, Of("waybill")],
    quantity: Decimal | None = None,
    unit: PricingUnit | None = None,
    yuan: Decimal | None = None,
    freight: Money | None = None,
    consignee: str | None = None,
    address: Annotated[str | None, Called(Text("收货人详细地址", "the consignee's full address"))] = None,
    phone: Annotated[str | None, Called(Text("收货人电话", "the consignee's phone"))] = None,
    destination: str | None = None,
    carrier_name: str | None = None,
    carrier_company: str | None = None,
) -> Ref:
    """What is given replaces what stands there, until the carrier signed it; what is still blank may be filled until the pass, and he
    signs again. Who bears the freight and where the goods go was approved with the notice."""
    row = lock_waybill(case, waybill)
    given = {
        "consignee": consignee, "address": address, "phone": phone, "destination": destination, "carrier_name": carrier_name,
        "carrier_company": carrier_company, "quantity": quantity, "unit": unit.value if unit else None, "yuan": yuan,
        "freight_fen": freight.fen if freight is not None else None,
    }  # fmt: skip
    signed = signed_as_it_stands(row)
    changed = [name for name, value in given.items() if value is not None and value != getattr(row, name)]
    written_over = [name for name in changed if getattr(row, name) not in (None, "")]
    closed = _closed(row, signed, written_over) or _approved(row, [name for name in written_over if name in BOUND])
    for name in changed:
        setattr(row, name, given[name])
    steps.price(row)
    case.decide(
        WaybillFilled(
            waybill=waybill, consignment=row.consignment.uid, order=row.consignment.order, carrier=row.carrier,
            freight_fen=row.freight_fen, agreed_fen=row.agreed_fen, bearer=row.bearer,
        ),
        reasons=[*closed, *_wrong(given)],
    )  # fmt: skip
    row.written_at = case.at if changed else row.written_at
    row.save(update_fields=[*given, "agreed_fen", "flagged", "written_at"])
    if row.consignment.trip.loaded_at:
        keep_waybill(case, row)
    return Ref("waybill", row.uid, row.number)


def signed_as_it_stands(row: Waybill) -> bool:
    """Whether the carrier signed what stands on the paper now."""
    latest = CarrierSignature.objects.filter(consignment=row.consignment).order_by("-id").values_list("at", flat=True).first()
    return latest is not None and (row.written_at is None or latest >= row.written_at)


def is_closed(row: Waybill) -> bool:
    """Whether the paper takes no edit any more, only a correction."""
    out = row.handed_in_at or row.consignment.left_at or row.consignment.trip.pass_issued_at
    return bool(out) or signed_as_it_stands(row)


def _closed(row: Waybill, signed: bool, written_over: list[str]) -> list[Reason]:
    """A paper closes when it is signed, when its pass is issued, when it left and when it is handed in (D9, D10, D11)."""
    trip = row.consignment.trip
    if row.voided_at:
        return [refusal("这张托运单已作废", "This waybill is void")]
    if row.handed_in_at:
        return [_stays(row, Text("托运单已交财务，不能再改", "It was handed in to finance and stays as it is"), "D11")]
    if row.consignment.left_at:
        return [_stays(row, Text("货已出门，托运单不能再改", "The goods have left: the waybill stays as it is"), "D11")]
    if trip.pass_issued_at:
        return [_stays(row, Text("出门条已开，托运单不能再改", "Its gate pass is issued: the waybill stays as it is"), "D10")]
    if signed and written_over:
        said = Text("承运人已签字，不能改已写的：{names}", "The carrier signed it; what is written stays: {names}")
        return [_stays(row, said.fill(names=[label(name.removesuffix("_fen")) for name in written_over]), "D9")]
    return []


def _approved(row: Waybill, names: list[str]) -> list[Reason]:
    """Where the goods go was approved with the notice (D6): nobody sends them elsewhere by its waybill."""
    said = Text("{names} 随发货通知审批过，不在托运单上改", "{names}: approved with the shipping notice, not changed on the waybill")
    return [_stays(row, said.fill(names=[label(name) for name in names]), "D6")] if names else []


def _stays(row: Waybill, what: Text, clause: str) -> Reason:
    cure = Text("写错了请开更正单，由另一人同意", "If it is wrong, write a correction that somebody else agrees to")
    given = {"waybill": str(row.uid)}
    return Reason(what=what, clause=clause, cure=cure, who=Position.CLIENT_ADMIN, command="correct_waybill", given=given)


def _wrong(given: dict[str, object]) -> list[Reason]:
    found = [
        refusal("数字不能小于零", "Not below zero", field="freight" if name == "freight_fen" else name)
        for name in ("quantity", "yuan", "freight_fen")
        if isinstance(value := given[name], int | Decimal) and value < 0
    ]
    return found + [
        refusal(f"不能超过 {most} 个字", f"At most {most} characters", field=name)
        for name, most in LONGEST.items()
        if isinstance(value := given[name], str) and len(value) > most
    ]
