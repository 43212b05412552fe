"""What makes a customer's file complete (A11), and what is likely the same customer twice. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from gatepass.words import Text

WANTED: Final[dict[str, Text]] = {
    "name": Text("名称", "name"),
    "address": Text("地址", "address"),
    "phone": Text("电话", "phone"),
    "terms": Text("交易条件", "terms of trade"),
    "forwarder": Text("指定托运单位", "designated carrier"),
    "delivery": Text("发货地址", "delivery address"),
    "business": Text("业务联系人", "business contact"),
    "receiving": Text("收货联系人", "goods-receiving contact"),
    "region": Text("片区", "region"),
}
ALIKE: Final = 0.85


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete a file is: whole percent, rounded down, so that 100 means everything; and what is missing, in the file's order."""

    percent: int
    missing: tuple[str, ...]

    @property
    def texts(self) -> tuple[Text, ...]:
        return tuple(WANTED[name] for name in self.missing)


def completeness(**there: object) -> Completeness:
    """From what is there, by the names of WANTED: completeness(name="…", address="", business=True, ...)."""
    missing = tuple(name for name in WANTED if not there.get(name))
    return Completeness(100 * (len(WANTED) - len(missing)) // len(WANTED), missing)


@dataclass(frozen=True, slots=True)
class Alike:
    """A customer that is likely the same one, and why."""

    customer: UUID
    code: str
    name: str
    why: Text


def why_alike(same_name: bool, same_phone: bool, likeness: float) -> Text | None:
    """Why two files are likely one customer; None where they are not."""
    reasons = [
        text
        for holds, text in (
            (same_name, Text("名称相同", "the same name")),
            (same_phone, Text("电话相同", "the same phone")),
            (not same_name and likeness >= ALIKE, Text("读音相近", "sounds alike")),
        )
        if holds
    ]
    if not reasons:
        return None
    return Text("、".join(r.zh for r in reasons), ", ".join(r.en for r in reasons))


def another_forwarder(designated: UUID | None, used: UUID, name: str) -> Text | None:
    """The warning of C21 where another carrier is used than the customer designated; None where none is due."""
    if designated is None or designated == used:
        return None
    return Text("客户指定由{name}承运", "The customer designated {name}").fill(name=name)
