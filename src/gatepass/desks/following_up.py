"""Money that the client admin follows up (D4, C6): part payments, differences, broken promises, as rows of his desk from the first moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils.timezone import localdate

from gatepass.desks import sql_money
from gatepass.journal.prepared import prepared
from gatepass.money import figure
from gatepass.roles import Position, Power, Sight
from gatepass.words import Text, same

MOST: Final = 60
WHAT: Final = {
    "part": Text("货款只到了一部分", "Only a part of the money came"),
    "broken": Text("约定的汇款日过了，款没到", "The promised day passed without the money"),
    "difference": Text("收款有差额，和客户、财务查明", "A receipt differs: find out with customer and finance"),
}
WHY: Final = {
    "part": Text("还差 {sum}", "{sum} still to come"),
    "broken": Text("约定 {day}，还差 {sum}", "promised for {day}, {sum} still to come"),
    "difference": Text("差额 {sum}", "difference {sum}"),
}
VERBS: Final = {
    "part": Text("通知汇款", "Tell to remit"), "broken": Text("再催", "Ask again"), "difference": Text("看收款", "See the receipt"),
}  # fmt: skip
PAGES: Final = {"part": "/do/notify_payment/?order={uid}", "broken": "/do/notify_payment/?order={uid}", "difference": "/receipts/{uid}/"}
CLAUSES: Final = {"part": "D4", "broken": "D4", "difference": "C6"}


@dataclass(frozen=True, slots=True)
class FollowUp:
    """kind: part, broken or difference; fen: what is still to come, or by how much a receipt differs; since: when it began."""

    kind: str
    uid: UUID
    number: str
    who: str
    fen: int
    day: date | None
    since: datetime


def follow_ups(sight: Sight, at: datetime) -> list[FollowUp]:
    """What a client admin follows up in his regions, oldest first; nothing for others."""
    if Position.CLIENT_ADMIN not in sight.positions or not sight.may(Power.SEE_MONEY):
        return []
    regions = None if sight.regions is None else sorted(sight.regions)
    asked = {"everywhere": regions is None, "regions": regions, "today": localdate(at), "most": MOST}
    with prepared() as cursor:
        cursor.execute(sql_money.FOLLOW_UP, asked)
        return [FollowUp(*row) for row in cursor.fetchall()]


def rows(found: list[FollowUp]) -> list[dict[str, Any]]:
    """As look/todo_row.html draws them."""
    return list(_rows(found))


def _rows(found: list[FollowUp]) -> Iterator[dict[str, Any]]:
    for one in found:
        why = WHY[one.kind].fill(sum=figure(one.fen), day=one.day or same(""))
        yield {
            "due": None, "opened": one.since, "provisional": False, "label": None, "explain_url": "", "clause": CLAUSES[one.kind],
            "what": WHAT[one.kind], "why": why, "parts": [], "who": one.who, "who_sub": one.number, "whose": Text("您", "you"),
            "superior": same(""), "note": "" if one.kind == "difference" else f"/orders/{one.uid}/#note", "selected": False,
            "verb": VERBS[one.kind], "href": PAGES[one.kind].format(uid=one.uid),
        }  # fmt: skip
