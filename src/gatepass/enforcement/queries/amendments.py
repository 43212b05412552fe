"""What the head amended: announced, in effect, over, withdrawn or replaced; newest first. Everybody inside may read the book, and this with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Q

from gatepass.enforcement.items import Item
from gatepass.enforcement.law import OFF, ON
from gatepass.enforcement.models import Amendment
from gatepass.journal import clock
from gatepass.look.moments import here
from gatepass.people.models import Person
from gatepass.regulations import rulebook
from gatepass.roles import Position, Sight
from gatepass.rules.reasons import NotFound
from gatepass.words import Text, same

MOST: Final = 200
STATES: Final = {
    "announced": Text("已宣布", "announced"),
    "in_effect": Text("已生效", "in effect"),
    "over": Text("已到期", "over"),
    "withdrawn": Text("已撤回", "withdrawn"),
    "replaced": Text("已被代替", "replaced"),
}


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """until: the first moment at which it holds no more. why_not: the reason of the withdrawal."""

    uid: UUID
    key: int
    clause: str
    item: Item
    name: str
    what: Text
    value: Text
    since: datetime
    until: datetime | None
    reason: str
    by: str
    at: datetime
    state: str
    set_by: Position
    proposal: UUID | None
    why_not: str = ""

    @property
    def state_text(self) -> Text:
        return STATES[self.state]


def amendments(sight: Sight, article: str = "", *, shows: str = "all", before: int | None = None, most: int = MOST) -> list[AmendmentRow]:
    """Of an article, or of the whole book; newest first. shows: all, or announced."""
    rows = Amendment.objects.exclude(item="")
    if article:
        rows = rows.filter(clause__startswith=f"{article}.")
    if before is not None:
        rows = rows.filter(id__lt=before)
    if shows == "announced":
        ended = Amendment.objects.exclude(instead_of=None).values("instead_of")
        rows = rows.filter(since__gt=clock.now()).exclude(uid__in=ended)
    return _rows(rows.order_by("-id")[:most])


def amendment(sight: Sight, uid: UUID) -> AmendmentRow:
    """One of them. Raises NotFound."""
    found = _rows(Amendment.objects.exclude(item="").filter(uid=uid))
    if not found:
        raise NotFound("amendment")
    return found[0]


def cursor(sight: Sight, uid: UUID | None) -> int | None:
    """Where a list goes on after this one; None at its beginning."""
    return Amendment.objects.filter(uid=uid).values_list("pk", flat=True).first() if uid else None


def _rows(rows: Iterable[Amendment]) -> list[AmendmentRow]:
    listed, now = list(rows), clock.now()
    ends = {one.instead_of_id: one for one in Amendment.objects.filter(Q(instead_of__in=[row.uid for row in listed]))}
    names = dict(Person.objects.filter(uid__in=[row.by for row in listed]).values_list("uid", "name"))
    return [_row(one, ends.get(one.uid), names.get(one.by, ""), now) for one in listed]


def _row(one: Amendment, end: Amendment | None, by: str, now: datetime) -> AmendmentRow:
    item = Item(one.item)
    return AmendmentRow(
        one.uid, one.pk, one.clause, item, one.name, _what(one, item), said(one.clause, item, one.name, one.value), one.since, one.until,
        one.reason, by, one.at, _state(one, end, now), Position(one.set_by), one.proposal, end.reason if end and not end.item else "",
    )  # fmt: skip


def _state(one: Amendment, end: Amendment | None, now: datetime) -> str:
    if end is not None:
        return "replaced" if end.item else "withdrawn"
    if one.since > now:
        return "announced"
    return "over" if one.until is not None and one.until <= now else "in_effect"


def _what(one: Amendment, item: Item) -> Text:
    if item is Item.CHAPTER:
        return Text("第 {n} 章施行日期", "effect of chapter {n}").fill(n=one.name)
    parameter = next((found for version in reversed(rulebook.versions(one.clause)) if (found := version.parameter(one.name))), None)
    return parameter.text if parameter else item.text


def said(clause: str, item: Item, name: str, value: str) -> Text:
    """A value as people read it."""
    if item is Item.PARAMETER:
        parameter = next((found for version in reversed(rulebook.versions(clause)) if (found := version.parameter(name))), None)
        return parameter.said(Decimal(value)) if parameter else same(value)
    if item is Item.FORCE:
        known = {ON: Text("施行", "in force"), OFF: Text("停用", "out of force")}
        return known.get(value) or Text("停用，由 {by} 取代", "out of force, superseded by {by}").fill(by=value)
    return Position(value).text if item in (Item.HOLDER, Item.SUPERIOR) else same(value)


def announcement(row: AmendmentRow) -> Text:
    """What, from when, by whom: 罚比例 15%，12月1日起."""
    said = Text("{what} {value}，{since} 起", "{what} {value} from {since}")
    return said.fill(what=row.what, value=row.value, since=here(row.since))
