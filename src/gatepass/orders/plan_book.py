"""The order plan book (订单计划专用本): lines are appended in order, never overwritten, never cut; searched and read by who sees the orders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from gatepass.journal.door import Case
from gatepass.journal.rows import add, rows
from gatepass.money import figure
from gatepass.orders.locking import seen_by
from gatepass.orders.models import Note, Order
from gatepass.people.visits import names_of
from gatepass.roles import Sight
from gatepass.words import Text, same

KINDS: Final = {
    "remark": Text("备注", "remark"), "call": Text("告知", "told"), "change": Text("变动", "change"), "explanation": Text("说明", "explanation"),
    "contact": Text("联系", "contact"), "payment": Text("催款", "payment"), "receipt": Text("到账", "receipt"), "sent": Text("发单", "sent"),
    "confirmation": Text("确认", "confirmation"), "objection": Text("异议", "objection"), "withdrawn": Text("撤回", "withdrawn"),
    "signature": Text("签批", "signature"), "account": Text("核账", "account"), "system": Text("系统", "system"),
    "doubt": Text("疑问", "doubt"), "shortage": Text("缺货", "shortage"),
}  # fmt: skip


def note(case: Case, *, order_id: int, text: Text | str, kind: str = "remark") -> None:
    """Append a line to an order's plan book: what somebody typed as it is, the command's own words in both languages.

    kind: one of KINDS.
    """
    add(_line(case, order_id, text, kind))


def _line(case: Case, order_id: int, text: Text | str, kind: str) -> Note:
    said = text if isinstance(text, Text) else same(text)
    en = said.en if said.en != said.zh else ""
    return Note(order_id=order_id, at=case.at, by=case.actor.person, kind=kind, text=said.zh, text_en=en, entry=case.entry)


def listed(said: Text, figures: Iterable[tuple[Text, int]]) -> Text:
    """A line with the figures that it is made of: what each is, and its fen."""
    parts = [(what, figure(fen)) for what, fen in figures]
    if not parts:
        return said
    return Text(f"{said.zh}：" + "；".join(f"{w.zh} {s}" for w, s in parts), f"{said.en}: " + "; ".join(f"{w.en} {s}" for w, s in parts))


def of_money(case: Case, said: Mapping[UUID, Text]) -> None:
    """Money came for these orders, or was taken back."""
    if said:
        add(*(_line(case, one.pk, said[one.uid], "receipt") for one in rows(Order, uid=list(said))))


@dataclass(frozen=True, slots=True)
class BookLine:
    """A line of the plan book with its order."""

    id: int
    order: UUID
    number: str
    customer_name: str
    at: datetime
    by: str
    kind: Text
    said: Text


def lines(sight: Sight, *, needle: str = "", order: UUID | None = None, before: int | None = None, most: int = 60) -> list[BookLine]:
    """Lines of the orders in sight, the newest first: by what they say, by number or customer, of one order; before the line of that id."""
    found = _searched(sight, needle, order)
    found = found.filter(id__lt=before) if before is not None else found
    return list(_lines(found.order_by("-id")[:most]))


def whole(sight: Sight, order: UUID) -> list[BookLine]:
    """All of an order's lines, the oldest first."""
    return list(_lines(_searched(sight, "", order).order_by("id")))


def _searched(sight: Sight, needle: str, order: UUID | None) -> QuerySet[Note]:
    found = Note.objects.filter(order__in=seen_by(sight) if order is None else seen_by(sight).filter(uid=order))
    said = Q(text__icontains=needle) | Q(text_en__icontains=needle) | Q(order__number__icontains=needle)
    named = Q(order__customer__name__icontains=needle) | Q(order__customer__initials__icontains=needle.lower())
    return found.filter(said | named) if needle else found


def _lines(found: QuerySet[Note]) -> Iterator[BookLine]:
    notes = list(found.select_related("order__customer"))
    names = names_of({one.by for one in notes})
    for one in notes:
        order = one.order
        kind = KINDS.get(one.kind, same(one.kind))
        yield BookLine(one.pk, order.uid, order.number, order.customer.name, one.at, names.get(one.by, ""), kind, one.said)
