"""What the rulebook says about itself (R8): how often a clause applied, was kept, broken, how late, by whom, what it cost, the trend."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import connection

from gatepass.enforcement import sql
from gatepass.regulations import rulebook
from gatepass.roles import Position, Power, Sight
from gatepass.rules.clauses import Gate
from gatepass.words import Text, same
from gatepass.workcalendar.queries import current
from gatepass.workdays import duration

TREND: Final = 6  # months, the present one included


@dataclass(frozen=True, slots=True)
class Figures:
    """One clause (or article) in one month, by the month of opening; money in fen, 0 for who may not see sums.

    late, lates, latest: seconds of lateness of what was done too late, how much of it there was, and the longest.
    """

    kept: int = 0
    broken: int = 0
    running: int = 0
    still_open: int = 0
    late: int = 0
    lates: int = 0
    latest: int = 0
    proposed: int = 0
    confirmed: int = 0
    waived: int = 0
    fines: int = 0

    @property
    def applied(self) -> int:
        return self.kept + self.broken + self.running

    @property
    def undecided(self) -> int:
        """Proposed and neither confirmed nor waived."""
        return self.proposed - self.confirmed - self.waived

    @property
    def decided(self) -> int:
        """What every percentage is of: kept or broken; what still runs is neither."""
        return self.kept + self.broken

    @property
    def share(self) -> int | None:
        """Kept of what is decided, in whole percent; None when nothing is."""
        return share_of(self.kept, self.broken)

    @property
    def late_words(self) -> Text | None:
        """The average lateness of what came too late, as people say it; None when nothing did."""
        return duration(timedelta(seconds=self.late // self.lates)) if self.lates else None

    @property
    def latest_words(self) -> Text | None:
        return duration(timedelta(seconds=self.latest)) if self.latest else None

    def __add__(self, other: Figures) -> Figures:
        """Sums; of the longest lateness the longer."""
        summed = {f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)}
        return Figures(**summed | {"latest": max(self.latest, other.latest)})


@dataclass(frozen=True, slots=True)
class Keeper:
    """A person, carrier or position with what it kept and broke; money in fen. key: under which its entries are asked for."""

    name: Text
    kind: str
    key: str
    kept: int
    broken: int
    running: int
    proposed: int
    confirmed: int
    waived: int

    @property
    def applied(self) -> int:
        return self.kept + self.broken + self.running

    @property
    def share(self) -> int | None:
        return share_of(self.kept, self.broken)


@dataclass(frozen=True, slots=True)
class Blocked:
    """How often an article refused something in a time, and who answers for it (not who met it), most often first."""

    article: str
    title: Text
    times: int
    people: int
    answering: tuple[tuple[Text, int], ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """An article over the months, oldest first, the present one last."""

    article: str
    title: Text
    months: tuple[tuple[date, Figures], ...]

    @property
    def now(self) -> Figures:
        return self.months[-1][1]

    @property
    def before(self) -> Figures:
        return self.months[-2][1]

    @property
    def change(self) -> int | None:
        """Points of kept share against the month before; None where either decided nothing."""
        now, before = self.now.share, self.before.share
        return None if now is None or before is None else now - before


def share_of(kept: int, broken: int) -> int | None:
    """The one way in which a percentage is made: of what is decided, rounded down; None when nothing is."""
    return 100 * kept // (kept + broken) if kept + broken else None


def month_of(day: date) -> tuple[datetime, datetime]:
    """The first instants of a month and of the next, in the company's zone."""
    calendar = current()
    first = day.replace(day=1)
    return calendar.midnight_after(first - timedelta(days=1)), calendar.midnight_after(_next(first) - timedelta(days=1))


def months_back(day: date, count: int = TREND) -> list[date]:
    """The first days of the last months, the present one last."""
    found = [day.replace(day=1)]
    while len(found) < count:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def trends(sight: Sight, *, day: date, article: str = "") -> tuple[Trend, ...]:
    """Articles that applied in the months up to `day`, in the book's order. One statement. Everybody sees how the book is kept;
    sums only who may see money or confirms fines; who works for a carrier sees its own record and nobody else's."""
    if sight.carrier is not None:
        return own(sight, day=day, article=article)
    months = months_back(day)
    since, until = month_of(months[0])[0], month_of(months[-1])[1]
    return _trends(months, [(clause, month, _shown(sight, Figures(*rest))) for clause, month, *rest in _rows(sql.STATISTICS, since, until, article)])


def own(sight: Sight, *, day: date, article: str = "") -> tuple[Trend, ...]:
    """The same of what this person, or his carrier, owed himself; his own fines are his to see. One statement."""
    months = months_back(day)
    since, until = month_of(months[0])[0], month_of(months[-1])[1]
    rows = _rows(sql.OWN, since, until, article, whose=sight.carrier or sight.person)
    return _trends(months, [(clause, month, Figures(*rest)) for clause, month, *rest in rows])


def _trends(months: list[date], rows: Iterable[tuple[str, date, Figures]]) -> tuple[Trend, ...]:
    found: dict[str, dict[date, Figures]] = defaultdict(lambda: defaultdict(Figures))
    for clause, month, figures in rows:
        found[clause.split(".", maxsplit=1)[0]][month] += figures
    return tuple(
        Trend(one.number, one.title, tuple((month, found[one.number][month]) for month in months))
        for one in rulebook.every_article()
        if one.number in found
    )


def _shown(sight: Sight, figures: Figures) -> Figures:
    if sees_sums(sight):
        return figures
    plain = {f.name: getattr(figures, f.name) for f in fields(figures)}
    return Figures(**plain | {"proposed": 0, "confirmed": 0, "waived": 0})


def sees_sums(sight: Sight) -> bool:
    return sight.may(Power.SEE_MONEY) or sight.may(Power.CONFIRM_FINE)


def sees_people(sight: Sight) -> bool:
    """Who kept what by name is for those who lead; departments see their own figures on their own pages."""
    return sight.may(Power.SEE_COMPANY) or sight.may(Power.CONFIRM_FINE)


def keepers(sight: Sight, *, since: datetime, until: datetime, article: str = "") -> tuple[Keeper, ...]:
    """Persons, carriers and positions with what they kept and broke, most broken first; nothing for who leads nobody. One statement."""
    if not sees_people(sight):
        return ()
    return tuple(
        Keeper(_named(kind, name, position), kind, key, *figures)
        for kind, key, name, position, *figures in _rows(sql.WHO_KEPT, since, until, article)
    )


def _named(kind: str, name: str, position: str) -> Text:
    return Position(position).text if kind == "position" and position else same(name)


def blocked(sight: Sight, *, since: datetime, until: datetime, article: str = "") -> tuple[Blocked, ...]:
    """Refusals by article, most often first; persons by name only for those who lead, positions for everybody. One statement."""
    if sight.carrier is not None:
        return ()
    titles = {one.number: one.title for one in rulebook.every_article()}
    names = sees_people(sight)
    return tuple(
        Blocked(number, titles.get(number, same("")), times, people, _answering(told, names=names))
        for number, times, people, told in _rows(sql.REFUSALS, since, until, article)
    )


def _answering(told: Any, *, names: bool) -> tuple[tuple[Text, int], ...]:
    listed = json.loads(told) if isinstance(told, str) else told or []
    return tuple(
        (Position(position).text if position else same(name), times) for position, name, times in listed if position or (names and name)
    )


def passed(article: str, *, since: datetime, until: datetime) -> int:
    """How often the gates of an article let something through: the events that they stand before. One statement."""
    gates = (one.says for one in rulebook.article(article).clauses if isinstance(one.says, Gate))
    codes = sorted({kind.code for gate in gates for kind in gate.before})
    with connection.cursor() as cursor:
        cursor.execute(sql.PASSED, [codes, since, until])
        return sum(times for _, times in cursor.fetchall())


def _rows(statement: str, since: datetime, until: datetime, article: str, **more: Any) -> Iterable[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"since": since, "until": until, "article": article, "zone": settings.TIME_ZONE, **more})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
