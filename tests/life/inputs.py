"""The model's acts as the program's commands take them: things by their ids, and what the model does not care about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from company import Staff
from life.proposing import Act
from life.world import World

SEALS = "CD-0042"
HOURS = timedelta(hours=8)
PLATES = {"big": "川A·8F213", "small": "川A·1T001", "container": "川A·6X901"}
CODES = {"A": "100101", "B": "200101"}
REASON = {
    "object_to_order": {"note": "数量不对"}, "withdraw_order": {"reason": "改单"}, "cancel_order": {"reason": "客户不要了"},
    "record_contact": {"outcome": "checking", "note": "在核对"}, "change_notice": {"reason": "改版"},
    "request_unpaid": {"reason": "节前急用"}, "void_notice": {"reason": "重开"}, "send_back": {"why": "地址不对"},
    "put_back": {"reason": "多拿了"}, "raise_doubt": {"question": "批次对吗"}, "answer_doubt": {"answer": "对"},
    "propose_change": {"reason": "缺货"}, "withdraw_change": {"reason": "不要了", "understanding": "同意"},
    "tell_change": {"how": "电话", "understanding": "同意"},
    "void_trip": {"reason": "车坏了"}, "void_gate_pass": {"reason": "开错"}, "record_came_back": {"reason": "路断了"},
    "tell_customer": {"how": "电话", "answer": "收到", "why": "余下的下一车发"},
    "reverse_freight_credit": {"reason": "记错"}, "sign_as_carrier": {"name": "罗建平"},
    "report_short": {"kind": "short", "reason": "缺料"}, "take_up_shortage": {"outcome": "等两天"},
    "record_receipt": {"why": "附言写明", "again": True},
}  # fmt: skip


def inputs(staff: Staff, world: World, act: Act) -> dict[str, Any]:
    """Everything that the program wants for this act."""
    given: dict[str, Any] = dict(REASON.get(act.command, {}))
    for key, value in act.given.items():
        special = SPECIAL.get((act.command, key)) or SPECIAL.get(key)
        given |= special(staff, act, value) if special else {key: getattr(value, "uid", value)}
    more = MORE.get(act.command)
    return given | (more(staff, world, act) if more else {})


Made = Callable[[Staff, Act, Any], dict[str, Any]]


def _left_out(staff: Staff, act: Act, value: Any) -> dict[str, Any]:
    return {}


def _waybill(staff: Staff, act: Act, part: Any) -> dict[str, Any]:
    return {"waybill": part.waybill}


def _of_demand(staff: Staff, act: Act, order: Any) -> dict[str, Any]:
    return {"demand": _demand(order.uid, act.given["product"])}


def _wanted(staff: Staff, act: Act, lines: dict[str, int]) -> dict[str, Any]:
    return {"lines": [{"product": staff.products[CODES[product]], "cartons": cartons} for product, cartons in lines.items()]}


def _goods(staff: Staff, act: Act, lines: dict[str, tuple[int, int]] | None) -> dict[str, Any]:
    return {"lines": lines and [{"product": staff.products[CODES[p]], "cartons": paid, "gift": gift} for p, (paid, gift) in lines.items()]}


def _on_line(staff: Staff, act: Act, product: str) -> dict[str, Any]:
    return {"line": _line(act.given["notice"].uid, product)}


def _batches(staff: Staff, act: Act, taken: dict[int, int]) -> dict[str, Any]:
    return {"batches": [{"batch": _batch(act.given["product"], number), "cartons": cartons} for number, cartons in taken.items()]}


def _digest(staff: Staff, act: Act, version: int) -> dict[str, Any]:
    """The hash of that version; of one that never was, another."""
    from gatepass.approvals.models import Version

    found = Version.objects.filter(route=act.given["route"], subject=act.given["subject"].uid, version=version).first()
    return {"digest": found.digest if found else "0" * 64}


SPECIAL: dict[Any, Made] = {
    "part": lambda staff, act, part: {"consignment": part.uid},
    **{(name, "part"): _waybill for name in ("fill_waybill", "hand_in_waybill", "credit_freight", "reverse_freight_credit")},
    **{(name, "order"): _of_demand for name in ("report_ready", "report_short", "take_up_shortage")},
    **{(name, "product"): _left_out for name in ("report_ready", "report_short", "take_up_shortage")},
    **{(name, "lines"): _wanted for name in ("take_order", "change_order")},
    "lines": _goods, "product": _on_line, "batches": _batches, "plate": _left_out, "seals": _left_out, "blank": _left_out,
    ("release_vehicle", "cartons"): _left_out,
    "matches": lambda staff, act, found: {"matches": found and [{"order": order.uid, "amount": fen} for order, fen in found]},
    "vehicle": lambda staff, act, kind: {"vehicle": {"big": staff.vehicle, "small": staff.small_vehicle, "container": staff.container}[kind]},
    "notices": lambda staff, act, notices: {"notices": [one.uid for one in notices]},
    "parts": lambda staff, act, parts: {"lines": [
        {"line": _line(notice.uid, product), "cartons": cartons, "gift": gift}
        for notice, some in parts.items() for product, (cartons, gift) in some.items()
    ]},
    "wrong": _left_out,
    "promised": lambda staff, act, days: {} if days is None else {"promised_on": staff.today() + timedelta(days=days)},
    ("sign", "version"): _digest, ("send_back", "version"): _digest,
    "guard": lambda staff, act, guard: {"guard": staff.people[guard]}, "to": lambda staff, act, to: {"to": staff.people[to]},
    ("issue_sample_notice", "product"): _left_out, ("issue_sample_notice", "cartons"): _left_out, ("send_sample", "cartons"): _left_out,
    "batch": lambda staff, act, number: {"batch": _batch(act.given["product"], number)},
    "other": lambda staff, act, other: {"product": staff.products[CODES[other]] if other else None},
}  # fmt: skip


def _at_the_gate(staff: Staff, world: World, act: Act) -> dict[str, Any]:
    gate_pass = act.given["gate_pass"]
    plate = PLATES[gate_pass.trip.vehicle] if act.given["plate"] else "川B·00000"
    return {"plate": plate, "cartons": gate_pass.cartons + (not act.given["cartons"]), "seals": SEALS if act.given["seals"] else "?"}


def _at_night(staff: Staff, world: World, act: Act) -> dict[str, Any]:
    trip, wrong = act.given["trip"], act.given["wrong"]
    cartons = sum(paid + gift for part in trip.aboard for paid, gift in part.stored.values()) + (wrong == "cartons")
    plate, seals = "川B·00000" if wrong == "plate" else PLATES[trip.vehicle], "?" if wrong == "seals" else SEALS
    return {"plate": plate, "cartons": cartons, "seals": seals, "copies_collected": wrong != "copies"}


def _tonight(staff: Staff, world: World, act: Act) -> dict[str, Any]:
    since = max(world.now, datetime.combine(world.now.date(), time(18)))
    until = datetime.combine(world.now.date() + timedelta(days=1), time(8))
    return {"since": (since - HOURS).replace(tzinfo=UTC), "until": (until - HOURS).replace(tzinfo=UTC)}


def _sampled(staff: Staff, world: World, act: Act) -> dict[str, Any]:
    lines = [{"product": staff.products[CODES[act.given["product"]]], "cartons": act.given["cartons"]}]
    return {
        "lines": lines, "customer": staff.customer, "recipient": "味研所", "address": "成都市锦江区", "phone": "13800001111",
        "purpose": "试用", "cost": 100, "follow_up_on": world.now.date() + timedelta(days=7),
    }  # fmt: skip


def _looked_at(staff: Staff, world: World, act: Act) -> dict[str, Any]:
    order = act.given["order"].uid
    return {"accepts_changes": True} | staff.looked_at({"order": order})


MORE: dict[str, Callable[[Staff, World, Act], dict[str, Any]]] = {
    "record_receipt": lambda staff, world, act: {
        "customer": staff.customer, "paid_on": world.now.date(), "reference": f"R{world.receipts}"},
    "take_order": lambda staff, world, act: {"customer": staff.customer},
    "send_order": _looked_at,
    # every report makes a batch of its own, the last to expire
    "report_ready": lambda staff, world, act: {"produced_on": world.now.date(), "code": f"N{len(world.stock[act.given['product']])}"},
    "arrange_trip": lambda staff, world, act: {"driver": staff.driver, "day": world.now.date()},
    "finish_loading": lambda staff, world, act: {"seals": SEALS},
    "claim_consigned": lambda staff, world, act: {"moment": staff.at},
    "record_consigned": lambda staff, world, act: {"how": "货场来电"}, "refuse_claim": lambda staff, world, act: {"reason": "还没有到"},
    "fill_waybill": lambda staff, world, act: {"phone": "" if act.given["blank"] else "13800004412"},
    "release_vehicle": _at_the_gate, "release_on_authority": _at_night, "give_authority": _tonight, "issue_sample_notice": _sampled,
    "send_sample": lambda staff, world, act: {"batches": [{
        "batch": _batch(act.given["sample"].product, len(world.stock[act.given["sample"].product]) - 1), "cartons": act.given["cartons"]}]},
    "follow_up_sample": lambda staff, world, act: {"outcome": "想订"},
}  # fmt: skip


def _demand(order: UUID, product: str) -> UUID:
    from gatepass.production.models import Demand

    return Demand.objects.get(order=order, product__code=CODES[product]).uid


def _line(notice: UUID, product: str) -> UUID:
    from gatepass.dispatch.models import NoticeLine

    return NoticeLine.objects.get(notice__uid=notice, product__code=CODES[product], until_version=None).uid


def _batch(product: str, number: int) -> UUID:
    from gatepass.stock.models import Batch

    return Batch.objects.filter(product__code=CODES[product]).order_by("expires_on", "id")[number].uid
