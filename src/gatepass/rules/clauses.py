"""A clause is one sentence of the rulebook with one of five verbs: owes, requires, forbids, limits, pays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID

from gatepass.roles import Position, Power
from gatepass.rules.events import Event
from gatepass.rules.parameters import Parameter, Unit
from gatepass.rules.reasons import Reason
from gatepass.words import Text
from gatepass.workdays import MIDNIGHT, Calendar, Deadline, MorningAfter, Until, minutes_of


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
    def in_force(self, clause: Clause, at: datetime) -> bool:
        """Whether this version was in force on the company's day of a moment."""
        ...
    def holder(self, clause: Clause, at: datetime) -> Position | None:
        """The position that owes it: the clause's own, or the one that the head put in its place; None where no position does."""
        ...
    def superior(self, clause: Clause, at: datetime) -> Position | None: ...
    def of(self, at: datetime) -> Law:
        """The law with the calendar as it stood at a moment."""
        ...


class Term(Protocol):
    """A length of time with the way it is counted (gatepass.workdays)."""

    @property
    def text(self) -> Text: ...
    @property
    def number(self) -> Decimal | int | None: ...
    @property
    def end(self) -> Until | None: ...
    def with_number(self, number: Any) -> Any: ...
    def with_end(self, end: Any) -> Any: ...
    def due(self, start: datetime, calendar: Calendar) -> Deadline: ...


class Ahead(Protocol):
    """A number of calendar days before a date in the event, at once where it is nearer."""

    @property
    def text(self) -> Text: ...
    @property
    def number(self) -> Decimal | int | None: ...
    @property
    def end(self) -> Until | None: ...
    def with_number(self, number: Any) -> Any: ...
    def with_end(self, end: Any) -> Any: ...
    def due_before(self, day: date, now: datetime, calendar: Calendar) -> Deadline: ...


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage of an amount that a fact gives in fen (`.fen`)."""

    percent: Decimal
    of: type[Fact]
    text: Text = Text("罚比例", "share fined")
    most: Decimal = Decimal(50)


@dataclass(frozen=True, slots=True)
class Fixed:
    """A fixed amount in yuan."""

    yuan: Decimal
    text: Text = Text("罚款", "fine")
    most: Decimal = Decimal(10000)


Holder = Position | Callable[[Event], tuple[str, UUID] | None]


@dataclass(frozen=True, kw_only=True)
class Owes:
    """Once `once` happens, `who` owes `owes` within a term, per reference of kind `per`. `ends` closes it without a breach.

    starts: the moment that counts where the event tells it better than the journal (a field of the event); when: whether the event opens
    a clock at all; no_later: the moment after which the parameter `road` lets at most so many days pass until the start;
    fulfils: whether an event of `owes` or `ends` closes it;
    ahead_of: the date from which `within` counts back; act: the command that fulfils it;
    signs: where that is a signature, which one (`route.step`, gatepass.approvals);
    what: how a to-do row says it; superior: who sees it when it ran out.
    between: the least and the most that the number of `within` may be set to; power: what its holder must have, where the act's own
    power does not tell (one act for two sides).
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
    no_later: Callable[[Event], datetime | None] | None = None
    when: Callable[[Event], bool] | None = None
    fulfils: Callable[[Event], bool] | None = None
    ahead_of: Callable[[Event], date | None] | None = None
    fine: Share | Fixed | None = None
    between: tuple[int, int] = (0, 0)
    power: Power | None = None
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
    """One sentence in force from `since` through `until`. `number` is article.sentence, as in D11.1; None in says: a mere statement.

    lasting: the database keeps it as well, so it holds from the first day on and is not put out of force.
    """

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
    lasting: bool = False

    @property
    def article(self) -> str:
        return self.number.split(".", maxsplit=1)[0]

    def all_parameters(self) -> tuple[Parameter, ...]:
        """Declared parameters plus those that the verb brings with it: the term, the time at which its last day ends, and the fine."""
        return (*self.parameters, *_of_the_verb(self.says))

    def parameter(self, name: str) -> Parameter | None:
        return next((one for one in self.all_parameters() if one.name == name), None)

    def by_its_dates(self, day: date) -> bool:
        """Whether its own dates have it in force on a day; founding and amendments may say otherwise (`Law.in_force`)."""
        return self.since <= day and (self.until is None or day <= self.until)

    def sentence(self, law: Law, at: datetime) -> Text:
        """The sentence with the parameters in force at a moment."""
        values = {p.name: p.said(law.value(self.number, p.name, at)) for p in self.all_parameters()}
        return Text(self.zh, self.en).fill(**values)


def _of_the_verb(says: Says | None) -> Iterator[Parameter]:
    if not isinstance(says, Owes):
        return
    term, (least, most) = says.within, says.between
    if term.number is not None:
        unit = UNIT_OF_TERM[type(term).__name__]
        yield Parameter("within", Text("时限", "time limit"), Decimal(term.number), unit, Decimal(least), Decimal(most))
    if term.end is not None:
        yield _end(term)
    if isinstance(says.fine, Share):
        yield Parameter("fine", says.fine.text, says.fine.percent, Unit.PERCENT, Decimal(0), says.fine.most)
    elif isinstance(says.fine, Fixed):
        yield Parameter("fine", says.fine.text, says.fine.yuan, Unit.YUAN, Decimal(0), says.fine.most)


def _end(term: Term | Ahead) -> Parameter:
    """When its last day ends: of a morning from 6 to 12, else from noon to 24:00, or at close of office."""
    default = minutes_of(term.end or MIDNIGHT)
    if isinstance(term, MorningAfter):
        return Parameter("end", Text("几点前", "by what time"), default, Unit.CLOCK, Decimal(6 * 60), Decimal(12 * 60))
    return Parameter("end", Text("末日止于", "the last day ends"), default, Unit.CLOCK, Decimal(12 * 60), Decimal(24 * 60), close=True)


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
