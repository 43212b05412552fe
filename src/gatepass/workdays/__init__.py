"""Working days, office hours and deadlines (R9). Pure: no clock, no database.

A `Calendar` says when the company's office is open; a term (`office_hours(4)`, `working_days(2, MIDNIGHT)`) says
how long somebody has; `term.due(start, calendar)` gives the moment with the arithmetic that is shown for it. A
fact at `due` or later is late: "24:00 of a day" is the first instant of the next day in the company's zone.
Moments that come out are in UTC, so that differences between them are true when clocks are set back;
`Calendar.local` and the moments in a `Step` are in the company's zone, for showing.
"""

from gatepass.workdays.arithmetic import CLOSE, MIDNIGHT, Deadline, End, Step, Until, closing, end_of, minutes_of, said_end
from gatepass.workdays.calendar import DEFAULT_HOURS, DEFAULT_WEEK, Calendar, OfficeHours, OfficeWeek
from gatepass.workdays.spans import duration, left
from gatepass.workdays.terms import (
    CalendarDays,
    Counted,
    DaysAhead,
    MorningAfter,
    OfficeHoursTerm,
    SameDay,
    Term,
    WorkingDays,
    calendar_days,
    days_ahead,
    morning_after,
    office_hours,
    same_day,
    working_days,
)

__all__ = [
    "CLOSE",
    "DEFAULT_HOURS",
    "DEFAULT_WEEK",
    "MIDNIGHT",
    "Calendar",
    "CalendarDays",
    "Counted",
    "DaysAhead",
    "Deadline",
    "End",
    "MorningAfter",
    "OfficeHours",
    "OfficeHoursTerm",
    "OfficeWeek",
    "SameDay",
    "Step",
    "Term",
    "Until",
    "WorkingDays",
    "calendar_days",
    "closing",
    "days_ahead",
    "duration",
    "end_of",
    "left",
    "minutes_of",
    "morning_after",
    "office_hours",
    "said_end",
    "same_day",
    "working_days",
]
