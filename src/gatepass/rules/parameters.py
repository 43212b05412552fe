"""A number or a time of day in a sentence that may be set to another: with its unit, and the bounds that the clause itself states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from gatepass.money import plain
from gatepass.roles import Position
from gatepass.words import Labelled, Text
from gatepass.workdays import CLOSE, end_of, minutes_of, said_end


class Unit(Labelled):
    """The unit of a parameter, with how it is said."""

    OFFICE_HOURS = "office_hours", "个工作小时", "office hours"
    WORKING_DAYS = "working_days", "个工作日", "working days"
    CALENDAR_DAYS = "calendar_days", "天", "calendar days"
    PERCENT = "percent", "%", "%"
    YUAN = "yuan", "元", "yuan"
    PEOPLE = "people", "人", "people"
    CLOCK = "clock", "时刻", "time of day"


WHOLE: Final = (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.PEOPLE, Unit.CLOCK)
ONE: Final = {"office hours": "office hour", "working days": "working day", "calendar days": "calendar day"}
WALL: Final = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
NUMBER: Final = re.compile(r"-?\d{1,9}(\.\d{1,6})?", re.ASCII)
CLOSING: Final = ("下班", "close", "close of office")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be set from a date on; a time of day is kept as minutes after midnight, close of office as -1.

    close: whether close of office is among the times; set_by: the position that may set it.
    """

    name: str
    text: Text
    default: Decimal
    unit: Unit
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(1000)
    close: bool = False
    set_by: Position = Position.HEAD

    def said(self, value: Decimal) -> Text:
        if self.unit is Unit.CLOCK:
            return said_end(end_of(value))
        number = format(value.normalize(), "f")
        tight = self.unit is Unit.PERCENT
        unit = self.unit.text
        if number == "1":
            unit = Text(unit.zh, ONE.get(unit.en, unit.en))
        return Text(f"{number}{'' if tight else ' '}{unit.zh}", f"{number}{'' if tight else ' '}{unit.en}")

    @property
    def bounds(self) -> Text:
        """From which to which value it may be set."""
        said = Text("{least} 到 {most}", "{least} to {most}").fill(least=self.said(self.least), most=self.said(self.most))
        return said + Text("，或下班", ", or close of office") if self.close else said

    def read(self, typed: str) -> Decimal:
        """A value as people write it: 15, 15%, 09:30, 24:00, 下班. Raises ValueError for what is no such value."""
        text = plain(typed.strip().replace("：", ":"))
        if self.unit is Unit.CLOCK:
            return _time(text)
        number = NUMBER.fullmatch(text.removesuffix("%").strip())
        if number is None:
            raise ValueError(f"no number: {typed}")
        return Decimal(number[0])

    def fits(self, value: Decimal) -> bool:
        return self.least <= value <= self.most or (self.close and value == minutes_of(CLOSE))

    def whole(self, value: Decimal) -> bool:
        """Whether it has no fraction where its unit allows none."""
        return self.unit not in WHOLE or value == int(value)


def _time(text: str) -> Decimal:
    if text.casefold() in CLOSING:
        return minutes_of(CLOSE)
    found = WALL.fullmatch(text)
    if found is None or (minutes := int(found[1]) * 60 + int(found[2])) > 24 * 60:
        raise ValueError(f"no time of day: {text}")
    return Decimal(minutes)
