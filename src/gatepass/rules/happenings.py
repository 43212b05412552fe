"""What enforcement itself records: kept below the regulations, because clauses wait for it too."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from gatepass.rules.events import Event, event
from gatepass.words import Text


class OfObligation(Event):
    """An event about an obligation is also about what the obligation was about: its subject, of the kind it names."""

    subject_kind: str
    subject: UUID

    def concerns(self) -> tuple[tuple[str, UUID], ...]:
        return tuple(dict.fromkeys((*super().concerns(), (self.subject_kind, self.subject))))

    def reference(self, kind: str) -> UUID | None:
        return self.subject if kind == self.subject_kind else super().reference(kind)


@event("deadline.missed", Text("超过时限", "Deadline missed"))
class DeadlineMissed(OfObligation):
    """A clock ran out. `fen` is the fine proposed, 0 for none; `fulfilled`: what was owed came meanwhile, too late."""

    obligation: UUID
    clause_number: str
    subject_kind: str
    subject: UUID
    due: datetime
    fen: int = 0
    fulfilled: bool = False
    customer: UUID | None = None
    order: UUID | None = None
    carrier: UUID | None = None


@event("deadline.withdrawn", Text("撤回超时", "Missed deadline withdrawn"))
class DeadlineWithdrawn(OfObligation):
    """What was owed had been done in time, or its clock was replaced: the breach and its fine are taken back."""

    obligation: UUID
    clause_number: str
    subject_kind: str
    subject: UUID
    due: datetime
    customer: UUID | None = None
    order: UUID | None = None
    carrier: UUID | None = None


@event("deadline.moved", Text("暂定时限顺延", "Provisional deadline moved"))
class DeadlineMoved(OfObligation):
    """The holiday notice of a year that the deadline was counted in was entered: it falls due later, never earlier.

    `revision`: of the calendar with the notice.
    """

    obligation: UUID
    clause_number: str
    subject_kind: str
    subject: UUID
    was: datetime
    due: datetime
    revision: int
    customer: UUID | None = None
    order: UUID | None = None
    carrier: UUID | None = None


@event("fine.confirmed", Text("罚款确认", "Fine confirmed"))
class FineConfirmed(Event):
    fine: UUID
    fen: int
    carrier: UUID | None = None
    order: UUID | None = None


@event("fine.waiver_proposed", Text("提请免罚", "Waiver of a fine proposed"))
class WaiverProposed(Event):
    fine: UUID


@event("fine.waiver_declined", Text("不同意免罚", "Waiver declined"))
class WaiverDeclined(Event):
    fine: UUID


@event("fine.waived", Text("罚款免除", "Fine waived"))
class FineWaived(Event):
    """Why stands with the proposal and the signature."""

    fine: UUID


@event("clause.amended", Text("修订条文", "Clause amended"))
class ClauseAmended(Event):
    """A number, a date, a holder ... of a sentence is another from a moment on. item: what is amended; name: which number of it.

    until: up to which moment, None for good; replaces: the announced amendment in whose place it stands.
    """

    amendment: UUID
    clause_number: str
    item: str
    name: str
    old: str
    new: str
    since: datetime
    until: datetime | None
    reason: str
    replaces: UUID | None = None
    proposal: UUID | None = None


@event("amendment.withdrawn", Text("撤回已宣布的修订", "Announced amendment withdrawn"))
class AmendmentWithdrawn(Event):
    """Before it took effect: nothing was ever judged by it."""

    amendment: UUID
    clause_number: str
    reason: str


@event("duty.waived", Text("免办", "Duty waived"))
class DutyWaived(OfObligation):
    """The head releases from what is still open under a sentence that is no longer in force."""

    obligation: UUID
    clause_number: str
    subject_kind: str
    subject: UUID
    reason: str
    customer: UUID | None = None
    order: UUID | None = None
    carrier: UUID | None = None


@event("clock.confirmed", Text("确认时钟", "Clock confirmed"))
class ClockConfirmed(Event):
    """After a jump the administrator says that the clock is right. `expected`: what it should have shown by the machine's own count."""

    expected: datetime
    reason: str


@event("amendment.proposed", Text("提出修订建议", "Amendment proposed"))
class AmendmentProposed(Event):
    proposal: UUID
    clause_number: str
    wording: str


@event("amendment.answered", Text("答复修订建议", "Proposed amendment answered"))
class AmendmentAnswered(Event):
    proposal: UUID
    clause_number: str
    accepted: bool
    words: str


@event("rule.laid_down", Text("订立细则", "Detailed rule laid down"))
class RuleLaidDown(Event):
    """A department's own rule under an article (D18)."""

    rule: UUID
    clause_number: str
    since: date
    wording: str


@event("rule.ended", Text("细则废止", "Detailed rule ended"))
class RuleEnded(Event):
    rule: UUID
    clause_number: str
    reason: str


@event("work.refused", Text("部门拒办", "Department refused its work"))
class WorkRefused(Event):
    """A department declined its part of a work; recorded as a breach (D1). found: a superior records it, nobody of the department."""

    obligation: UUID
    position_code: str
    reason: str
    order: UUID | None = None
    customer: UUID | None = None
    found: bool = False


@event("breach.found", Text("查实违反", "Breach found"))
class BreachFound(Event):
    """A superior found it, no clock: who is answerable, and the sum within the clause's range. Of the facts only their hash is journalled."""

    finding: UUID
    clause_number: str
    person: UUID
    fen: int
    facts_digest: str
    order: UUID | None = None
    customer: UUID | None = None


@event("desk.tidied", Text("整理桌面", "Desk tidied"))
class DeskTidied(Event):
    """Somebody went through his desk at the end of a day: how many duties he leaves open, how many of them overdue."""

    person: UUID
    day: date
    left: int
    overdue: int


@event("holder.reminded", Text("催办", "Reminded"))
class HolderReminded(Event):
    obligation: UUID
    clause_number: str
    order: UUID | None = None
    customer: UUID | None = None
    carrier: UUID | None = None
