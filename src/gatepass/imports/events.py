"""What happens to import layouts."""

from __future__ import annotations

from gatepass.rules.events import Event, event
from gatepass.words import Text


@event("imports.layout_remembered", Text("记住表格的列", "Layout of a file remembered"))
class LayoutRemembered(Event):
    sheet: str
    fingerprint: str
    columns: tuple[str, ...]
