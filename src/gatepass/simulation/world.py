"""The company's time while it is played: its clock, its ids, its chance, and the stories that are under way.

A story is a generator: it runs commands and yields the moment at which it goes on. Stories are resumed in the order of their moments,
one at a time, and clocks that ran out before are run out first; so one seed plays one company.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from django.db import connection

from gatepass.approvals.models import Matter
from gatepass.enforcement.clocks import sweep
from gatepass.identity import ids_from, uuid7
from gatepass.journal.chaining import chain
from gatepass.journal.clock import clock_at
from gatepass.journal.door import COMMANDS, Ref
from gatepass.roles import SYSTEM
from gatepass.rules.reasons import Refused
from gatepass.simulation import sql
from gatepass.workcalendar.queries import current
from gatepass.workdays import Calendar

Story = Generator[datetime, None, None]
AFTER: Final = timedelta(seconds=4)  # what a clock is late when the worker runs it out
NO_ONE: Final = UUID(int=0)


@dataclass
class World:
    """One company being played."""

    seed: int
    at: datetime
    calendar: Calendar = field(default_factory=current)
    people: dict[str, UUID] = field(default_factory=lambda: {"system": SYSTEM.person})
    said: Callable[[int], None] = lambda commands: None
    away: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    commands: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    _under_way: list[tuple[datetime, int, Story]] = field(default_factory=list)
    _count: int = 0

    def __post_init__(self) -> None:
        self.random = Random(f"{self.seed} what people do")  # noqa: S311 (chance, not secrets)
        self._ids = Random(f"{self.seed} identifiers")  # noqa: S311
        self._swept = self.at

    # -- commands ---------------------------------------------------------------------------------------------------

    def do(self, command: str, by: str, **given: Any) -> Ref:
        """Run a command now; who is away is stood in for. Raises Refused."""
        self.commands += 1
        self.said(self.commands)
        made = COMMANDS[command](by=self.people[self.acting(by)], at=self.at, **given)
        return made or Ref("nothing", NO_ONE)

    def acting(self, name: str) -> str:
        """Himself, or his deputy while he is away."""
        until, deputy = self.away.get(name, (self.at, name))
        return deputy if self.at < until else name

    def tries(self, command: str, by: str, **given: Any) -> Ref | None:
        """Run a command that may be refused; None when it was."""
        try:
            return self.do(command, by, **given)
        except Refused as refused:
            for reason in refused.reasons:
                self.refused[f"{command} {reason.clause} {reason.what.zh}"] += 1
            return None

    def signs(self, by: str, route: str, subject: UUID, step: str) -> Ref | None:
        """Give a step of the version that stands; None when it was refused."""
        return self.tries("sign", by, route=route, subject=subject, step=step, digest=self._digest(route, subject))

    def sends_back(self, by: str, route: str, subject: UUID, step: str, why: str) -> Ref | None:
        return self.tries("send_back", by, route=route, subject=subject, step=step, digest=self._digest(route, subject), why=why)

    @staticmethod
    def _digest(route: str, subject: UUID) -> str:
        return Matter.objects.get(route=route, subject=subject).digest

    @contextmanager
    def alive(self) -> Iterator[None]:
        """Within, every identifier comes from the seed."""
        with ids_from(self._new_id):
            yield

    def _new_id(self) -> UUID:
        return uuid7(int(self.at.timestamp() * 1000), self._ids.randbytes(10))

    # -- stories ----------------------------------------------------------------------------------------------------

    def start(self, story: Story, at: datetime | None = None) -> None:
        """Begin a story, now or at a moment."""
        self._count += 1
        heapq.heappush(self._under_way, (max(at or self.at, self.at), self._count, story))

    def run(self, until: datetime) -> None:
        """Play on to a moment; what lies after it is left under way."""
        while self._under_way and self._under_way[0][0] <= until:
            moment, _, story = heapq.heappop(self._under_way)
            self._run_out(moment)
            self.at = moment
            with clock_at(moment):
                following = next(story, None)
            if following is not None:
                self.start(story, following)
        self._run_out(until)
        self.at = until

    def _run_out(self, moment: datetime) -> None:
        """Clocks that ran out before a moment, each at its own time."""
        while True:
            with connection.cursor() as cursor:
                cursor.execute(sql.NEXT_DUE)
                (due,) = cursor.fetchone()
            if due is None or max(due, self._swept) + AFTER > moment:
                return
            self.at = max(self.at, due + AFTER)
            self._swept = due
            with clock_at(self.at):
                sweep(self.at)

    def seal(self) -> None:
        """Chain what was journalled so far."""
        while chain():
            pass

    # -- time -------------------------------------------------------------------------------------------------------

    def today(self) -> date:
        return self.calendar.local(self.at).date()

    def clock(self, day: date, hour: int, minute: int = 0) -> datetime:
        return self.calendar.moment(day, time(hour, minute))

    def soon(self, least: float, most: float) -> datetime:
        """Some minutes from now, whatever the hour."""
        return self.at + timedelta(seconds=round(self.random.uniform(least, most) * 60))

    def office(self, least: float, most: float) -> datetime:
        """Some minutes from now that fall in office hours: what somebody at a desk gets done."""
        left = timedelta(seconds=round(self.random.uniform(least, most) * 60))
        day, since = self.today(), self.at
        for _ in range(60):
            for opens, closes in self.calendar.intervals(day):
                begins = max(opens, since)
                if closes > begins:
                    if begins + left <= closes:
                        return begins + left
                    left -= closes - begins
            day += timedelta(days=1)
        raise ValueError("the office never opens")

    def working_day(self, days: int) -> date:
        """The working day so many working days from today; 0 is today, or the next one."""
        day = self.calendar.at_or_after(self.today())
        for _ in range(days):
            day = self.calendar.next_working_day(day)
        return day

    def on(self, day: date, first: int, last: int) -> datetime:
        """A moment of a day between two hours, not before now."""
        begins = self.clock(day, first)
        return max(self.at, begins + timedelta(seconds=self.random.randrange((last - first) * 3600)))

    def happens(self, chance: float) -> bool:
        return self.random.random() < chance
