"""Orders from a list: looked at as a whole, then one command whose orders are taken by the same rules as a call's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from gatepass.journal.door import Case, Ref, command
from gatepass.journal.lines import Found, in_lines, out_of_lines
from gatepass.journal.numbers import take_numbers
from gatepass.orders.listed import Draft, OrderedLine, Reader
from gatepass.orders.models import AccountCheck, Note, Order, OrderLine
from gatepass.orders.taking import add_up, lines_of, taken, today
from gatepass.roles import Power, Sight
from gatepass.rules.events import Event
from gatepass.rules.reasons import refusal
from gatepass.words import Text

MOST_ORDERS: Final = 2_000
BATCH: Final = 2_000
TOO_MANY: Final = refusal("一次最多 2000 张订单", "At most 2,000 orders at once", field="rows")
Made = list[tuple[Draft, UUID, UUID]]


@command(may=Power.TAKE_ORDER, title=Text("导入订单", "Import orders"))
def import_orders(case: Case, *, rows: list[OrderedLine]) -> Ref:
    """Lines with the same mark are one order. Every order is taken at the prices of the day and its account check asked for at
    once (D1). Nothing is taken where one line is wrong."""
    drafts, found = Reader(case.actor, dict(enumerate(rows)), today(case), lock=not case.trial).drafts()
    made: Made = [(draft, case.new_id(), case.new_id()) for draft in drafts]
    events: list[Event] = []
    places: list[tuple[int, str]] = []
    for draft, uid, check in made:
        if draft.who is not None:
            events += taken(uid, check, draft.who, draft.where, draft.goods)
            places += [(draft.first, "customer")] * 2
    case.decide(*events, reasons=[TOO_MANY if len(drafts) > MOST_ORDERS else None, *in_lines(found)], places=places)
    _write(case, made)
    return Ref("import_", case.entry, str(len(made)))


def _write(case: Case, made: Made) -> None:
    numbers = take_numbers(case.at, DH=len(made)).get("DH", [])
    orders = [_order(case, draft, uid, number) for (draft, uid, _), number in zip(made, numbers, strict=True)]
    lines = [lines_of(order, draft.goods) for order, (draft, *_) in zip(orders, made, strict=True)]
    for order, those in zip(orders, lines, strict=True):
        add_up(order, those)
    Order.objects.bulk_create(orders, batch_size=BATCH)
    OrderLine.objects.bulk_create((line for those in lines for line in those), batch_size=BATCH)
    AccountCheck.objects.bulk_create(
        (AccountCheck(uid=check, order=order, requested_at=case.at) for order, (_, _, check) in zip(orders, made, strict=True)),
        batch_size=BATCH,
    )
    Note.objects.bulk_create(
        Note(order=order, at=case.at, by=case.actor.person, kind="remark", text=draft.note, entry=case.entry)
        for order, (draft, *_) in zip(orders, made, strict=True)
        if draft.note
    )


def _order(case: Case, draft: Draft, uid: UUID, number: str) -> Order:
    if draft.who is None or draft.where is None:
        raise RuntimeError("an order without a customer or an address was let through")
    return Order(
        uid=uid, number=number, customer=draft.who, address=draft.where, region=draft.who.region, bearer=draft.who.bearer,
        channel=draft.channel.value, note=draft.note, taken_at=case.at, taken_by=case.actor.person, wanted_on=draft.wanted_on,
    )  # fmt: skip


def in_parts(lines: Sequence[OrderedLine], most: int = MOST_ORDERS) -> list[list[OrderedLine]]:
    """The lines of at most so many orders at a time; one part where there are no more. Lines of one order stay together."""
    groups: dict[str, list[OrderedLine]] = {}
    for line in lines:
        groups.setdefault(line.reference, []).append(line)
    orders = list(groups.values())
    return [[line for order in orders[n : n + most] for line in order] for n in range(0, len(orders), most)]


def one_by_one(lines: Sequence[OrderedLine]) -> list[list[OrderedLine]]:
    """As they are taken: together up to 2,000 orders, beyond that each order by a command of its own, so that it can go on later."""
    parts = in_parts(lines)
    return parts if len(parts) <= 1 else in_parts(lines, 1)


def wrong_orders(lines: Mapping[int, OrderedLine], sight: Sight) -> Found:
    """Everything for which the import would be refused now, the clauses' reasons too, line by line."""
    found: Found = []
    numbers: dict[str, list[int]] = {}
    for n, line in lines.items():
        numbers.setdefault(line.reference, []).append(n)
    orders = list(numbers.values())
    for start in range(0, len(orders), MOST_ORDERS):
        part = [n for order in orders[start : start + MOST_ORDERS] for n in order]
        refused = import_orders.reasons(by=sight.person, rows=[lines[n] for n in part])
        found += out_of_lines(refused, part)
    return sorted(found, key=lambda one: one[0])


@dataclass(frozen=True, slots=True)
class ListedOrder:
    """An order that is about to be taken: amounts None for who may not see money."""

    reference: str
    customer: str
    place: str
    wanted_on: date | None
    lines: int
    cartons: int
    fen: int | None


def preview(lines: Sequence[OrderedLine], sight: Sight, day: date) -> list[ListedOrder]:
    """What a list without faults would make, order by order."""
    drafts, _ = Reader(sight, dict(enumerate(lines)), day, lock=False).drafts()
    money = sight.may(Power.SEE_MONEY)
    return [
        ListedOrder(
            draft.reference, draft.who.name if draft.who else "", draft.where.label if draft.where else "", draft.wanted_on,
            len(draft.goods), sum(line.cartons for line, *_ in draft.goods), sum(fen for *_, fen in draft.goods) if money else None,
        )
        for draft in drafts
    ]  # fmt: skip
