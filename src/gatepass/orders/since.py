"""The account check that a sending rests on, and what was booked since finance answered it, line by line (D1, D2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gatepass.money import figure
from gatepass.orders.models import AccountCheck
from gatepass.receivables.labels import told
from gatepass.receivables.models import PostingKind
from gatepass.receivables.rests import Rest
from gatepass.words import Text

CAME = Text("核账后新增：{kind} {label}，{day}，{now}", "booked since the check: {kind} {label}, {day}, {now}")
WENT = Text("核账后已不在：{kind} {label}，{day}，{before}", "gone since the check: {kind} {label}, {day}, {before}")
MOVED = Text("核账后变动：{kind} {label}，{day}，{before} 变为 {now}", "changed since the check: {kind} {label}, {day}, from {before} to {now}")


@dataclass(frozen=True, slots=True)
class Booked:
    """An item that is not as finance verified it: what it was then and is now, in fen; 0 where it was not, or is no more, open."""

    item: Mapping[str, Any]
    before: int
    now: int

    @property
    def said(self) -> Text:
        one = self.item
        sentence = CAME if not self.before else WENT if not self.now else MOVED
        return sentence.fill(
            kind=PostingKind(one["kind"]).text, label=told(one["label"]), day=one["day"], before=figure(self.before), now=figure(self.now)
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """An answered check: when it was answered, the balance verified, and what of the account has changed since."""

    uid: UUID
    at: datetime
    balance_fen: int
    since: tuple[Booked, ...]

    def frozen(self) -> dict[str, Any]:
        """As the composition that rests on it keeps it."""
        return {
            "uid": str(self.uid), "at": self.at.isoformat(), "balance_fen": self.balance_fen,
            "since": [{"item": one.item["item"], "before": one.before, "now": one.now} for one in self.since],
        }  # fmt: skip


def checked(checks: Sequence[AccountCheck], free: Sequence[Rest]) -> Checked | None:
    """The last answered of an order's checks, held against what no order holds of the account now; None before the first answer."""
    answered = [check for check in checks if check.answered_at is not None]
    if not answered:
        return None
    last = max(answered, key=lambda check: (check.answered_at, check.pk))
    before = {part["item"]: part for part in last.parts}
    now = {part["item"]: part for part in (rest.frozen() for rest in free)}
    changed = [
        Booked(now.get(item) or before[item], int(before[item]["fen"]) if item in before else 0, int(now[item]["fen"]) if item in now else 0)
        for item in {**before, **now}
        if (before[item]["fen"] if item in before else 0) != (now[item]["fen"] if item in now else 0)
    ]
    at = last.answered_at
    return Checked(last.uid, at, last.balance_fen or 0, tuple(changed)) if at is not None else None
