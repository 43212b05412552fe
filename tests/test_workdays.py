"""Deadlines: the examples of the rulebook, then a comparison with a calculator that walks the clock."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from gatepass import workdays
from gatepass.words import say
from gatepass.workdays import CLOSE, MIDNIGHT, Calendar, Deadline, OfficeHours

pytestmark = pytest.mark.requirement("R9")
SHANGHAI = ZoneInfo("Asia/Shanghai")
GOLDEN_WEEK = {date(2026, 10, day): False for day in range(1, 8)} | {date(2026, 9, 20): True, date(2026, 10, 10): True}
CALENDAR = Calendar(exceptions=GOLDEN_WEEK, provisional_years=frozenset({2027}))


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def lines(deadline: Deadline) -> list[str]:
    return [" ".join((say(step.at, "zh"), step.what.zh, step.amount.zh)).strip() for step in deadline.steps]


@pytest.mark.requirement("D4")
def test_a_receipt_of_friday_means_goods_leave_by_the_end_of_monday():
    deadline = workdays.working_days(2, MIDNIGHT).due(at(11, 20, 15), CALENDAR)
    assert deadline.due == at(11, 24)
    assert lines(deadline) == [
        "2026-11-20 15:00 起算",
        "2026-11-20 当日不计 0",
        "2026-11-21 第 1 个工作日 1",
        "2026-11-22 休息日，不计 0",
        "2026-11-23 第 2 个工作日 2",
        "2026-11-23 到期，24:00",
    ]


@pytest.mark.requirement("D11")
@pytest.mark.parametrize(
    ("handed_in", "in_time"),
    [(at(11, 19, 23, 59), True), (at(11, 20), False), (at(11, 20, 9), False)],
    ids=["Thursday 23:59 is in time", "Friday 00:00 is late", "Friday morning is late"],
)
def test_a_waybill_consigned_on_wednesday_is_due_through_thursday(handed_in: datetime, in_time: bool):
    due = workdays.working_days(1, MIDNIGHT).due(at(11, 18, 10), CALENDAR).due
    assert (handed_in < due) is in_time


@pytest.mark.requirement("D5")
def test_two_working_days_for_the_office_end_with_its_close():
    assert workdays.working_days(2, CLOSE).due(at(11, 18, 10), CALENDAR).due == at(11, 20, 18)


def test_a_holiday_does_not_count_and_a_make_up_day_does():
    assert workdays.working_days(2, MIDNIGHT).due(at(9, 30, 10), CALENDAR).due == at(10, 10)
    assert workdays.working_days(1, CLOSE).due(at(9, 19, 10), CALENDAR).due == at(9, 20, 18)


@pytest.mark.requirement("D1", "D2")
@pytest.mark.parametrize(
    ("hours", "start", "due"),
    [
        (1, at(11, 18, 9), at(11, 18, 10)),
        (1, at(11, 18, 11, 40), at(11, 18, 14, 10)),
        (4, at(11, 18, 10, 5), at(11, 18, 15, 35)),
        (4, at(11, 18, 17, 30), at(11, 19, 12)),
        (4, at(11, 21, 18), at(11, 23, 14)),
        (4, at(11, 22, 11), at(11, 23, 14)),
        (4, at(9, 30, 16, 30), at(10, 8, 11)),
        (Decimal("0.5"), at(11, 18, 7), at(11, 18, 9)),
    ],
    ids=lambda value: f"{value:%m-%d-%H%M}" if isinstance(value, datetime) else str(value),
)
def test_hours_run_only_while_the_office_is_open(hours: int | Decimal, start: datetime, due: datetime):
    assert workdays.office_hours(hours).due(start, CALENDAR).due == due


@pytest.mark.requirement("D3")
@pytest.mark.parametrize(
    ("start", "due"),
    [
        (at(11, 18, 7), at(11, 18, 18)),
        (at(11, 18, 18), at(11, 19, 18)),
        (at(11, 21, 19), at(11, 23, 18)),
        (at(11, 22, 9), at(11, 23, 18)),
    ],
    ids=["before opening", "at close", "Saturday night", "Sunday"],
)
def test_the_same_day_of_the_office_is_the_next_working_day_after_close(start: datetime, due: datetime):
    assert workdays.same_day(CLOSE).due(start, CALENDAR).due == due


@pytest.mark.requirement("D12")
def test_money_of_the_day_is_due_until_midnight_also_on_a_sunday():
    assert workdays.same_day(MIDNIGHT).due(at(11, 22, 21), CALENDAR).due == at(11, 23)


@pytest.mark.requirement("D4")
def test_a_payment_notice_due_on_a_sunday_moves_to_monday():
    deadline = workdays.calendar_days(2, CLOSE).due(at(11, 20, 9), CALENDAR)
    assert deadline.due == at(11, 23, 18)
    assert "2026-11-22 到期日休息，顺延" in lines(deadline)


@pytest.mark.requirement("D8", "D10")
def test_the_next_morning_is_a_calendar_morning_unless_a_working_one_is_asked_for():
    saturday_night = at(11, 21, 22)
    assert workdays.morning_after(time(9, 30)).due(saturday_night, CALENDAR).due == at(11, 22, 9, 30)
    assert workdays.morning_after(time(9, 30), working=True).due(saturday_night, CALENDAR).due == at(11, 23, 9, 30)


@pytest.mark.requirement("D8")
def test_a_change_at_two_in_the_night_is_relayed_the_morning_that_follows():
    assert workdays.morning_after(time(9, 30)).due(at(11, 19, 2), CALENDAR).due == at(11, 19, 9, 30)
    assert workdays.morning_after(time(9, 30)).due(at(11, 19, 9), CALENDAR).due == at(11, 20, 9, 30)


@pytest.mark.requirement("C12")
@pytest.mark.parametrize(
    ("shipping", "now", "due"),
    [
        (date(2026, 11, 27), at(11, 18, 9), at(11, 24, 18)),
        (date(2026, 11, 25), at(11, 18, 9), at(11, 21, 18)),
        (date(2026, 11, 20), at(11, 18, 9), at(11, 18, 18)),
    ],
    ids=["far off", "third day before is a Sunday", "nearer than three days"],
)
def test_a_stock_up_plan_is_handed_over_three_days_ahead_or_at_once(shipping: date, now: datetime, due: datetime):
    assert workdays.days_ahead(3).due_before(shipping, now, CALENDAR).due == due


def test_a_deadline_counted_through_a_year_without_its_notice_is_provisional():
    december = at(12, 31, 10)
    assert workdays.working_days(1, CLOSE).due(december, CALENDAR).provisional
    assert workdays.office_hours(9).due(december, CALENDAR).provisional
    assert not workdays.same_day(CLOSE).due(december, CALENDAR).provisional
    assert not workdays.same_day(MIDNIGHT).due(at(12, 31, 23) + timedelta(days=9), CALENDAR).provisional
    assert not workdays.working_days(2, CLOSE).due(at(9, 30, 10), CALENDAR).provisional


def test_office_hours_change_from_their_date_on():
    hours = (
        OfficeHours(date(2020, 1, 1), ((time(8, 30), time(12)), (time(13, 30), time(18)))),
        OfficeHours(date(2026, 11, 23), ((time(9), time(17)),)),
    )
    calendar = Calendar(hours=hours)
    assert workdays.same_day(CLOSE).due(at(11, 21, 9), calendar).due == at(11, 21, 18)
    assert workdays.same_day(CLOSE).due(at(11, 23, 9), calendar).due == at(11, 23, 17)
    assert workdays.office_hours(2).due(at(11, 21, 17), calendar).due == at(11, 23, 10)


def test_an_amended_number_gives_a_new_term():
    term = workdays.working_days(1, MIDNIGHT).with_number(2)
    assert (term.text.zh, term.text.en) == ("2 个工作日", "2 working days")
    assert workdays.office_hours(1).text.en == "1 office hour"
    assert workdays.office_hours(1).with_number(Decimal("2.50")).text.zh == "2.5 个工作小时"
    assert workdays.morning_after().with_end(time(8)).text.en == "08:00 the next morning"


@pytest.mark.parametrize("number", [0, -1, Decimal("1.5")])
def test_days_are_whole_and_at_least_one(number: int | Decimal):
    with pytest.raises(ValueError, match="counts upwards"):
        workdays.working_days(1, CLOSE).with_number(number)


@pytest.mark.parametrize(
    "wrong",
    [{"week": frozenset()}, {"week": frozenset({7})}, {"hours": ()}, {"zone": "Nowhere/At_All"}],
    ids=["no working day", "an eighth day", "no hours", "no such zone"],
)
def test_a_calendar_that_cannot_be_is_refused(wrong: dict[str, object]):
    with pytest.raises((ValueError, KeyError)):
        Calendar(**wrong)  # type: ignore[arg-type]


def test_office_hours_out_of_order_are_refused():
    with pytest.raises(ValueError, match="in order"):
        OfficeHours(date(2026, 1, 1), ((time(13), time(18)), (time(8), time(12))))


def test_a_company_closed_for_ever_has_no_next_working_day():
    closed = {date(2026, 1, 1) + timedelta(days=n): False for n in range(900)}
    with pytest.raises(ValueError, match="no working day"):
        Calendar(exceptions=closed).next_working_day(date(2026, 1, 5))


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (174, "2 小时 54 分", "2 h 54 min"),
        (54, "54 分", "54 min"),
        (-31, "超时 31 分", "31 min overdue"),
        (-1266, "超时 21 小时 06 分", "21 h 06 min overdue"),
        (3065, "2 天 3 小时 05 分", "2 d 3 h 05 min"),
        (0, "超时 不到 1 分", "under 1 min overdue"),
    ],
    ids=["hours left", "minutes left", "minutes over", "hours over", "days left", "just over"],
)
def test_time_left_is_said_in_both_languages(minutes: int, zh: str, en: str):
    now = at(11, 24, 14, 36)
    said = workdays.left(now, now + timedelta(minutes=minutes))
    assert (said.zh, said.en) == (zh, en)


def test_time_left_is_true_across_a_night_in_which_clocks_are_set_back():
    berlin = ZoneInfo("Europe/Berlin")
    before, after = datetime(2026, 10, 24, 18, tzinfo=berlin), datetime(2026, 10, 25, 18, tzinfo=berlin)
    assert workdays.left(before, after).en == "1 d 1 h 00 min"


ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago")
QUARTER = timedelta(minutes=15)


class Walker:
    """Walks quarter by quarter through real time and asks only what the wall shows. Shares nothing with the program."""

    def __init__(self, seed: int, zone: str) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.zone = ZoneInfo(zone)
        self.week = set(self.random.sample(range(7), self.random.randint(4, 7)))
        three = ((240, 600), (615, 900), (1200, 1365))
        self.shifts = self.random.choice([((510, 720), (810, 1080)), ((480, 1020),), three])
        self.first = date(2026, self.random.choice([3, 4, 9, 10, 11, 12]), 1)
        days = [self.first + timedelta(days=n) for n in range(60)]
        self.exceptions = {day: self.random.random() < 0.3 for day in self.random.sample(days, 14)}
        offset = timedelta(days=self.random.randrange(20), minutes=15 * self.random.randrange(96))
        self.start = datetime.combine(self.first, time(), UTC) + offset

    def calendar(self) -> Calendar:
        def wall(minutes: int) -> time:
            return time(minutes // 60, minutes % 60)

        intervals = tuple((wall(a), wall(b)) for a, b in self.shifts)
        hours = (OfficeHours(date(2020, 1, 1), intervals),)
        return Calendar(7, str(self.zone), frozenset(self.week), self.exceptions, hours)

    def works(self, day: date) -> bool:
        if day in self.exceptions:
            return self.exceptions[day]
        return day.weekday() in self.week

    def wall(self, moment: datetime) -> tuple[date, int]:
        here = moment.astimezone(self.zone)
        return here.date(), here.hour * 60 + here.minute

    def after_hours(self, quarters: int) -> datetime:
        moment = self.start
        while quarters:
            day, minute = self.wall(moment)
            quarters -= self.works(day) and any(a <= minute < b for a, b in self.shifts)
            moment += QUARTER
        return moment

    def end_of(self, last: date, *, close: bool) -> datetime:
        moment = self.start - timedelta(days=2)
        wanted = (last, self.shifts[-1][1]) if close else (last + timedelta(days=1), 0)
        while self.wall(moment) < wanted:
            moment += QUARTER
        return moment

    def working_day(self, number: int) -> date:
        day = self.wall(self.start)[0]
        while number:
            day = date.fromordinal(day.toordinal() + 1)
            number -= self.works(day)
        return day

    def same_office_day(self) -> date:
        day, minute = self.wall(self.start)
        if self.works(day) and minute < self.shifts[-1][1]:
            return day
        return self.working_day(1)

    def moved(self, number: int) -> date:
        last = date.fromordinal(self.wall(self.start)[0].toordinal() + number)
        while not self.works(last):
            last = date.fromordinal(last.toordinal() + 1)
        return last


@pytest.mark.parametrize("zone", ZONES)
def test_every_term_agrees_with_a_calculator_that_walks_the_clock(zone: str):
    for seed in range(150):
        walker = Walker(seed, zone)
        calendar, start = walker.calendar(), walker.start
        number = walker.random.randint(1, 5)
        hours = Decimal(walker.random.randint(1, 60)) / 4
        today = walker.wall(start)[0]
        expected = {
            workdays.office_hours(hours): walker.after_hours(int(hours * 4)),
            workdays.working_days(number, MIDNIGHT): walker.end_of(walker.working_day(number), close=False),
            workdays.working_days(number, CLOSE): walker.end_of(walker.working_day(number), close=True),
            workdays.same_day(CLOSE): walker.end_of(walker.same_office_day(), close=True),
            workdays.same_day(MIDNIGHT): walker.end_of(today, close=False),
            workdays.calendar_days(number, CLOSE): walker.end_of(walker.moved(number), close=True),
            workdays.calendar_days(number, MIDNIGHT): walker.end_of(today + timedelta(days=number), close=False),
        }
        found = {term: term.due(start, calendar).due for term in expected}
        assert found == expected, (zone, seed)
