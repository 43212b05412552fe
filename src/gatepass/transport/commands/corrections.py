"""Corrections of a closed waybill: what stood there, what is right, why, and a second person who signs it (rule of D9, D10, D11)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from gatepass.approvals.binding import bind, numbered
from gatepass.approvals.routes import Route
from gatepass.carriers.models import PricingUnit
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.journal.numbers import take_number
from gatepass.journal.rows import add
from gatepass.money import Money, figure
from gatepass.people.rows import empty, too_long
from gatepass.roles import Power
from gatepass.rules.reasons import Reason, refusal
from gatepass.transport.commands.waybills import BOUND, LONGEST, is_closed
from gatepass.transport.events import CorrectionWritten
from gatepass.transport.freight import freight_fen
from gatepass.transport.locking import lock_waybill
from gatepass.transport.models import Waybill, WaybillCorrection
from gatepass.transport.routes import PRINTED_FREIGHT, WAYBILL_CORRECTION, about
from gatepass.words import Text

name_fields(printed=("票面运费", "freight as the forwarder wrote it"), correction=("更正单", "correction"))
ONE_AT_A_TIME = refusal("已有一张更正单在等签", "A correction waits for its signature already", clause="D10")
once("one_correction_at_a_time", ONE_AT_A_TIME)
Why = Annotated[str, Called(Text("哪里写错了", "what is wrong"), long=True)]
Change = dict[str, str]


@command(may=Power.KEEP_WAYBILL, title=Text("写托运单更正单", "Correct a closed waybill"))
def correct_waybill(
    case: Case,
    *,
    waybill: Annotated[UUID, Of("waybill")],
    reason: Why,
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
    """A document with old and new value; the paper changes when somebody else has signed it. Freight only before the gate."""
    row = lock_waybill(case, waybill)
    given = {
        "quantity": None if quantity is None else f"{quantity:f}", "unit": unit.value if unit else None,
        "yuan": None if yuan is None else f"{yuan:f}",
        "freight": None if freight is None else figure(freight.fen), "consignee": consignee, "address": address, "phone": phone,
        "destination": destination, "carrier_name": carrier_name, "carrier_company": carrier_company,
    }  # fmt: skip
    now = {name: _stands(row, name) for name in given}
    changes = [{"field": name, "old": now[name], "new": new} for name, new in given.items() if new is not None and new != now[name]]
    open_still = refusal(
            "托运单还没有签字，直接改", "It is not signed yet: change it directly", command="fill_waybill", given={"waybill": str(row.uid)}
        )
    wrong = [
        None if is_closed(row) or {one["field"] for one in changes} <= BOUND else open_still,
        refusal("这张托运单已作废", "This waybill is void") if row.voided_at else None,
        _gone(freight, row),
        *(_below(name, value) for name, value in (("quantity", quantity), ("yuan", yuan)) if value is not None and value < 0),
        refusal("数字不能小于零", "Not below zero", field="freight") if freight is not None and freight.fen < 0 else None,
        *too_long(**{name: (text, LONGEST[name]) for name, text in given.items() if text is not None and name in LONGEST}),
    ]
    return _written(case, row, WAYBILL_CORRECTION, changes, reason, wrong)


@command(may=Power.RECEIVE_WAYBILL, title=Text("记票面运费", "Record the freight as printed"))
def record_printed_freight(case: Case, *, waybill: Annotated[UUID, Of("waybill")], printed: Money, reason: Why) -> Ref:
    """What the forwarder wrote, beside the frozen figure; another person of finance agrees before it is posted. A fine's base stays."""
    row = lock_waybill(case, waybill)
    frozen = row.printed_fen if row.printed_fen is not None else freight_fen(row)
    wrong = [
        None if row.handed_in_at else refusal(
            "先收托运单", "Receive the waybill first", clause="D11", command="hand_in_waybill", given={"waybill": str(row.uid)}
        ),
        refusal(
            "运费已入账，先冲回", "The freight is posted: reverse it first", clause="D11",
            command="reverse_freight_credit", given={"waybill": str(row.uid)},
        ) if row.credited_at else None,
        None if printed.fen > 0 else refusal("金额要大于零", "The amount must be above zero", field="printed"),
    ]
    changes = [{"field": "printed", "old": figure(frozen), "new": figure(printed.fen)}] if printed.fen != frozen else []
    return _written(case, row, PRINTED_FREIGHT, changes, reason, wrong)


def _written(case: Case, row: Waybill, way: Route, changes: list[Change], reason: str, wrong: list[Reason | None]) -> Ref:
    waits = WaybillCorrection.objects.filter(waybill=row, applied_at=None, returned_at=None).exists()
    uid = case.new_id()
    case.decide(
        CorrectionWritten(**about(row), correction=uid, fields=tuple(one["field"] for one in changes)),
        reasons=[
            *wrong, None if changes else refusal("没有改动", "Nothing is different"), ONE_AT_A_TIME if waits else None, *empty(reason=reason),
            *too_long(reason=(reason, 300)),
        ],
    )  # fmt: skip
    made = WaybillCorrection(
        uid=uid, number=take_number("GZ", case.at), waybill=row, printed=way is PRINTED_FREIGHT, changes=changes, reason=reason,
        written_by=case.actor.person, written_at=case.at,
    )  # fmt: skip
    add(made)
    bind(case, way, uid, number=made.number, data=numbered(1, {"number": row.number, "changes": changes, "reason": reason}))
    return Ref("correction", uid, made.number)


def _stands(row: Waybill, name: str) -> str:
    if name == "freight":
        return "" if row.freight_fen is None else figure(row.freight_fen)
    value = getattr(row, name)
    return "" if value is None else f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _below(name: str, value: Decimal) -> Reason:
    return refusal("数字不能小于零", "Not below zero", field=name)


def _gone(freight: Money | None, row: Waybill) -> Reason | None:
    """After the gate the frozen freight stays: what the forwarder wrote is entered by finance beside it."""
    if freight is None or row.consignment.left_at is None:
        return None
    return Reason(
        what=Text("货已出门，运费按出门时的", "The goods have left: the freight stays as it was at the gate"), clause="D11", field="freight",
        cure=Text("票面写的由财务收单后记", "What is printed is recorded by finance once it has the paper"),
    )  # fmt: skip
