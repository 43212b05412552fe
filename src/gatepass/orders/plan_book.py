"""The order plan book (订单计划专用本): lines are appended in order, never overwritten."""

from __future__ import annotations

from gatepass.journal.door import Case
from gatepass.journal.rows import add
from gatepass.orders.models import Note
from gatepass.words import Text, same

LONGEST = 600


def note(case: Case, *, order_id: int, text: Text | str, kind: str = "remark") -> None:
    """Append a line to an order's plan book: what somebody typed as it is, the command's own words in both languages.

    kind: remark, call, change, explanation, system.
    """
    said = text if isinstance(text, Text) else same(text)
    en = said.en[:LONGEST] if said.en != said.zh else ""
    add(Note(order_id=order_id, at=case.at, by=case.actor.person, kind=kind, text=said.zh[:LONGEST], text_en=en, entry=case.entry))
