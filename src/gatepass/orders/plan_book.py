"""The order plan book (订单计划专用本): lines are appended in order, never overwritten."""

from __future__ import annotations

from gatepass.journal.door import Case
from gatepass.orders.models import Note


def note(case: Case, *, order_id: int, text: str, kind: str = "remark") -> None:
    """Append a line to an order's plan book. kind: remark, call, change, explanation, system."""
    Note.objects.create(order_id=order_id, at=case.at, by=case.actor.person, kind=kind, text=text[:600], entry=case.entry)
