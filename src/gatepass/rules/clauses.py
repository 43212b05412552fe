"""A clause is one sentence of the rulebook with one of five verbs: owes, requires, forbids, limits, pays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID

from gatepass.roles import Position
from gatepass.rules.events import Event
from gatepass.rules.reasons import Reason
from gatepass.words import Labelled, Text
from gatepass.workdays import Calendar, Deadline


class Unit(Labelled):
    """The unit of a parameter, with how it is said."""

    OFFICE_HOURS = "office_hours", "个工作小时", "office hours"
    WORKING_DAYS = "working_days", "个工作日", "working days"
    CALENDAR_DAYS = "calendar_days", "天", "calendar days"
    PERCENT = "percent", "%", "%"
    YUAN = "yuan", "元", "yuan"
    PEOPLE = "people", "人", "people"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of a clause that the head of the company may change from a date on."""

    name: str
    text: Text
    default: Decimal
    unit: Unit
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(1000)

    def said(self, value: Decimal) -> Text:
        number = format(value.normalize(), "f")
        tight = self.unit is Unit.PERCENT
        unit = self.unit.text
        if number == "1":
            unit = Text(
                unit.zh, {"office hours": "office hour", "working days": "working day", "calendar days": "calendar day"}.get(unit.en, unit.en)
            )
        return Text(f"{number}{'' if tight else ' '}{unit.zh}", f"{number}{'' if tight else ' '}{unit.en}")


class Fact:
    """What a clause needs to know of other modules, as a frozen record; modules declare theirs in facts.py."""


F = TypeVar("F", bound=Fact)


class Facts:
    """The facts loaded for one event, by type."""

    def __init__(self, found: Mapping[type[Fact], Fact]) -> None:
        self._found = found

    def __getitem__(self, kind: type[F]) -> F:
        return cast(F, self._found[kind])


class Law(Protocol):
    """Parameters and calendar, and the moment that is being judged."""

    @property
    def calendar(self) -> Calendar: ...
    @property
    def moment(self) -> datetime: ...

    def value(self, clause: str, name: str, at: datetime) -> Decimal: ...
    def of(self, at: datetime) -> Law:
        """The law with the calendar as it stood at a moment."""
        ...


class Term(Protocol):
    """A length of time with the way it is counted (gatepass.workdays)."""

    @property
    def text(self) -> Text: ...
    @property
    def number(self) -> Decimal | int | None: ...
    def with_number(self, number: Any) -> Any: ...
    def due(self, start: datetime, calendar: Calendar) -> Deadline: ...


class Ahead(Protocol):
    """A number of calendar days before a date in the event, at once where it is nearer."""

    @property
    def text(self) -> Text: ...
    @property
    def number(self) -> Decimal | int | None: ...
    def with_number(self, number: Any) -> Any: ...
    def due_before(self, day: date, now: datetime, calendar: Calendar) -> Deadline: ...


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage of an amount that a fact gives in fen (`.fen`)."""

    percent: Decimal
    of: type[Fact]
    text: Text = Text("罚比例", "share fined")


@dataclass(frozen=True, slots=True)
class Fixed:
    """A fixed amount in yuan."""

    yuan: Decimal
    text: Text = Text("罚款", "fine")


Holder = Position | Callable[[Event], tuple[str, UUID] | None]


@dataclass(frozen=True, kw_only=True)
class Owes:
    """Once `once` happens, `who` owes `owes` within a term, per reference of kind `per`. `ends` closes it without a breach.

    starts: the moment that counts where the event tells it better than the journal (a field of the event); when: whether the event opens
    a clock at all; fulfils: whether an event of `owes` or `ends` closes it;
    ahead_of: the date from which `within` counts back; act: the command that fulfils it;
    signs: where that is a signature, which one (`route.step`, gatepass.approvals);
    what: how a to-do row says it; superior: who sees it when it ran out.
    """

    once: tuple[type[Event], ...]
    owes: tuple[type[Event], ...]
    per: str
    within: Term | Ahead
    who: Holder
    what: Text
    act: str
    signs: str = ""
    ends: tuple[type[Event], ...] = ()
    to: Position | None = None
    superior: Position | None = None
    starts: Callable[[Event], datetime | None] | None = None
    when: Callable[[Event], bool] | None = None
    fulfils: Callable[[Event], bool] | None = None
    ahead_of: Callable[[Event], date | None] | None = None
    fine: Share | Fixed | None = None
    overdue: Text | None = None


Breach = Callable[[Any, Facts, Law], Reason | Iterable[Reason] | None]


@dataclass(frozen=True, kw_only=True)
class Gate:
    """A condition on events that are about to happen. `holds` is what to say when it is met."""

    before: tuple[type[Event], ...]
    breach: Breach
    needs: tuple[type[Fact], ...] = ()
    holds: Text | None = None


class Requires(Gate):
    """A condition or sign-off that must be there before."""


class Forbids(Gate):
    """What must not be: privacy, double use."""


class Limits(Gate):
    """Amounts, discounts, loads."""


@dataclass(frozen=True, kw_only=True)
class Pays:
    """A breach that is recorded, and what it costs, upon an event; when: whether the event is one."""

    upon: tuple[type[Event], ...]
    who: Holder
    fen: Callable[[Any, Law], int]
    per: str
    what: Text
    when: Callable[[Any], bool] | None = None

    def met(self, event: Event) -> bool:
        return isinstance(event, self.upon) and (self.when is None or self.when(event))


Says = Owes | Requires | Forbids | Limits | Pays


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One sentence in force from `since` through `until`. `number` is article.sentence, as in D11.1; None in says: a mere statement."""

    number: str
    zh: str
    en: str
    since: date
    until: date | None = None
    says: Says | None = None
    version: int = 1
    parameters: tuple[Parameter, ...] = ()
    superseded_by: str = ""
    requirement: str = ""

    @property
    def article(self) -> str:
        return self.number.split(".", maxsplit=1)[0]

    def all_parameters(self) -> tuple[Parameter, ...]:
        """Declared parameters plus those that the verb brings with it: the term and the fine."""
        return (*self.parameters, *_of_the_verb(self.says))

    def in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    def sentence(self, law: Law, at: datetime) -> Text:
        """The sentence with the parameters in force at a moment."""
        values = {p.name: p.said(law.value(self.number, p.name, at)) for p in self.all_parameters()}
        return Text(self.zh, self.en).fill(**values)


def _of_the_verb(says: Says | None) -> Iterable[Parameter]:
    if isinstance(says, Owes):
        unit = UNIT_OF_TERM.get(type(says.within).__name__)
        if unit is not None and says.within.number is not None:
            yield Parameter("within", Text("时限", "time limit"), Decimal(says.within.number), unit, Decimal(0), Decimal(60))
        if isinstance(says.fine, Share):
            yield Parameter("fine", says.fine.text, says.fine.percent, Unit.PERCENT, Decimal(0), Decimal(100))
        elif isinstance(says.fine, Fixed):
            yield Parameter("fine", says.fine.text, says.fine.yuan, Unit.YUAN, Decimal(0), Decimal(100000))


UNIT_OF_TERM = {
    "DaysAhead": Unit.CALENDAR_DAYS,
    "OfficeHoursTerm": Unit.OFFICE_HOURS,
    "WorkingDays": Unit.WORKING_DAYS,
    "CalendarDays": Unit.CALENDAR_DAYS,
}


@dataclass(frozen=True, kw_only=True)
class Article:
    """A numbered article of the book: its title and sentences."""

    number: str
    title: Text
    chapter: str
    clauses: tuple[Clause, ...]
    note: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Chapter:
    number: int
    title: Text
    articles: tuple[Article, ...] = field(default=())
