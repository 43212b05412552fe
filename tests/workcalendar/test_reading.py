"""What people type: stretches of a holiday notice, office hours, the question of a trial."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gatepass.workcalendar.notices import read_days
from gatepass.workcalendar.openings import Opening, problems, read
from gatepass.workcalendar.trial import NO_NUMBER, NO_START, try_deadline
from gatepass.workdays import Calendar

pytestmark = pytest.mark.requirement("R9")
NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("10月1日（周五）至7日（周四）放假调休，共7天", [date(2027, 10, day) for day in range(1, 8)]),
        ("2027-02-05 to 02-07", [date(2027, 2, day) for day in (5, 6, 7)]),
        ("2026年12月31日至2027年1月1日", [date(2026, 12, 31), date(2027, 1, 1)]),
        ("9月26日、10月9日上班", [date(2027, 9, 26), date(2027, 10, 9)]),
        ("5/1", [date(2027, 5, 1)]),
    ],
    ids=["as the notice writes", "in digits", "across the year", "two single days", "with a slash"],
)
def test_stretches_of_a_notice_are_read(text: str, days: list[date]):
    assert read_days(text, 2027).days == tuple(days)


def test_a_stretch_longer_than_any_holiday_or_running_backwards_is_named():
    found = read_days("1月1日至3月1日\n1月9日至3日", 2027)
    assert found.days == ()
    assert [problem.en for problem in found.problems] == [
        "line 1 has no such date: 1月1日至3月1日",
        "line 2 has no such date: 1月9日至3日",
    ]


def test_office_hours_are_read_with_either_colon():
    assert read([Opening("8:30", "12：00")]) == ((510, 720),)
    assert not problems([Opening("8:30", "12：00"), Opening("13:30", "18:00")])
    assert problems([])


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "1e9", "NaN", "Infinity"])
def test_a_number_that_no_term_can_have_is_a_problem(number: str):
    trial = try_deadline({"term": "working_days_close", "number": number}, NOW, Calendar())
    assert trial.problem == NO_NUMBER
    assert trial.number == number


@pytest.mark.parametrize("start", ["yesterday", "2026-13-01T00:00", "2026-11-24T25:00", "0001-01-01T00:00"])
def test_a_start_that_cannot_be_is_a_problem(start: str):
    assert try_deadline({"start": start}, NOW, Calendar()).problem == NO_START


def test_without_a_question_four_office_hours_from_now_are_shown():
    trial = try_deadline({}, NOW, Calendar())
    assert trial.start == "2026-11-24T10:00"
    assert trial.deadline is not None
    assert trial.deadline.due == datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
