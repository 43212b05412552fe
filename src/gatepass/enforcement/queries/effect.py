"""What another number would have made of last month: the pure judge over one sentence, by the law as it is and as it would be (R8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from gatepass.enforcement import law as law_of
from gatepass.enforcement.facts import load_each
from gatepass.enforcement.law import CompanyLaw
from gatepass.enforcement.queries import statistics
from gatepass.enforcement.replay import revived
from gatepass.journal.models import Entry
from gatepass.money import figure, share
from gatepass.regulations import rulebook
from gatepass.roles import Sight
from gatepass.rules.clauses import Clause, Gate, Owes, Share
from gatepass.rules.events import Event
from gatepass.rules.happenings import DeadlineMissed, DeadlineMoved, DutyWaived
from gatepass.rules.judging import Verdict, judge
from gatepass.words import Text
from gatepass.workcalendar.queries import current

History = Sequence[tuple[datetime, Event]]
NOW: Final = Text("上月，当时实际", "Last month, as it was")
THEN: Final = Text("上月，若是 {value}", "Last month, with {value}")
SUMMED: Final = Text("{n} 件：按时 {kept}，违反 {broken}，未到期 {running}", "{n}: {kept} kept, {broken} broken, {running} running")
FINED: Final = Text("，拟罚 {sum} 元", ", {sum} yuan of fines")


@dataclass(frozen=True, slots=True)
class Effect:
    """What began in a month under one sentence: as judged now, and what it would cost; in fen."""

    applied: int
    kept: int
    broken: int
    fen: int

    @property
    def said(self) -> Text:
        running = self.applied - self.kept - self.broken
        summed = SUMMED.fill(n=self.applied, kept=self.kept, broken=self.broken, running=running)
        return summed + FINED.fill(sum=figure(self.fen)) if self.fen else summed


def effect_said(sight: Sight, number: str, name: str, typed: str, *, at: datetime) -> list[tuple[Text, Text]]:
    """Last month by the law as it is, and as it would have been with what is typed; of a gate, how often it refused and let through."""
    law = law_of.current(at)
    clause = next((one for one in reversed(rulebook.versions(number)) if law.in_force(one, at)), None)
    parameter = clause.parameter(name) if clause else None
    if clause is None or parameter is None:
        return []
    if isinstance(clause.says, Gate):
        return [(NOW, _gate(sight, clause, at))]
    if not isinstance(clause.says, Owes):
        return []
    since, until = last_month(at)
    history = _history(clause, clause.says, since)
    found = [(NOW, effect(clause, history, law, since=since, until=until, at=at).said)]
    try:
        value = parameter.read(typed)
    except ValueError:
        return found
    if parameter.fits(value) and parameter.whole(value):
        then = effect(clause, history, law.with_value(number, name, value), since=since, until=until, at=at)
        found.append((THEN.fill(value=parameter.said(value)), then.said))
    return found


def last_month(at: datetime) -> tuple[datetime, datetime]:
    """The first instants of the month before and of this one."""
    first, _ = statistics.month_of(current().local(at).date())
    before, _ = statistics.month_of((current().local(first) - timedelta(days=1)).date())
    return before, first


def effect(clause: Clause, history: History, law: CompanyLaw, *, since: datetime, until: datetime, at: datetime) -> Effect:
    """The verdicts of what began between two moments, as they stand at a third."""
    verdicts = [one for one in judge(clause, history, law=law, as_of=at) if since <= one.opened_at < until and _counts(one)]
    broken = [one for one in verdicts if one.breached_at is not None]
    kept = sum(one.how == "kept" for one in verdicts)
    return Effect(len(verdicts), kept, len(broken), _fines(clause, broken, law))


def _counts(one: Verdict) -> bool:
    """As the statistics count: neither what another clock replaced, nor what ended in time."""
    return one.how != "moved" and not (one.how in ("ended", "waived") and one.breached_at is None)


def _history(clause: Clause, owes: Owes, since: datetime) -> History:
    """Everything since the month began that opens, closes, moves or waives a duty of the sentence, in the order of the journal."""
    kinds: set[type[Event]] = {*owes.once, *owes.owes, *owes.ends, DeadlineMoved, DutyWaived}
    rows = Entry.objects.filter(event__in=[kind.code for kind in kinds], at__gte=since).order_by("id")
    return [(at, revived(code, payload)) for at, code, payload in rows.values_list("at", "event", "payload").iterator()]


def _fines(clause: Clause, broken: Sequence[Verdict], law: CompanyLaw) -> int:
    owes = clause.says
    if not isinstance(owes, Owes) or owes.fine is None or not broken:
        return 0
    percents = [law.value(clause.number, "fine", one.opened_at) for one in broken]
    if not isinstance(owes.fine, Share):
        return sum(int(yuan * 100) for yuan in percents)
    missed = [_missed(clause, owes, one) for one in broken]
    return sum(share(base, percent) for base, percent in zip(_bases(owes.fine, missed), percents, strict=True))


def _bases(fine: Share, missed: Sequence[Event]) -> list[int]:
    return [int(getattr(fact, "fen", 0)) for fact in load_each(fine.of, missed)]


def _missed(clause: Clause, owes: Owes, one: Verdict) -> DeadlineMissed:
    return DeadlineMissed(
        obligation=UUID(int=0), clause_number=clause.number, subject_kind=owes.per, subject=one.subject, due=one.due, order=one.order
    )


def _gate(sight: Sight, clause: Clause, at: datetime) -> Text:
    since, until = last_month(at)
    blocked = next(iter(statistics.blocked(sight, since=since, until=until, article=clause.article)), None)
    passed = statistics.passed(clause.article, since=since, until=until)
    said = Text("{article} 放行 {n} 次，挡住 {m} 次", "{article} let through {n} times, refused {m} times")
    return said.fill(article=clause.article, n=passed, m=blocked.times if blocked else 0)
