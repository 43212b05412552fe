"""A clock that leaps breaks no duty: clocks and commands stop until it is right again, or until the administrator says that it is."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from company import Staff
from gatepass.enforcement import clocks
from gatepass.enforcement.models import Obligation
from gatepass.journal import clock, watch
from gatepass.journal.door import COMMANDS
from gatepass.orders.events import OrderSent
from gatepass.rules.reasons import Refused

from .cases import about
from .happening import happen
from .test_pages import visitor

pytestmark = pytest.mark.requirement("R9")
YEAR = 365 * 24 * 3600


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEPASS_CLOCK_OFFSET", "0")
    clock.leapt()


def ahead(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    monkeypatch.setenv("GATEPASS_CLOCK_OFFSET", str(seconds))


def take(staff: Staff) -> object:
    return COMMANDS["take_order"](
        by=staff.people["lin"], customer=staff.customer, lines=[{"product": staff.products["100101"], "cartons": 5}]
    )


@pytest.mark.usefixtures("no_gates")
def test_a_clock_one_year_ahead_breaks_no_duty_and_everything_goes_on_when_it_is_right_again(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    happen(about(OrderSent, staff, uuid4()), at=datetime.now(UTC))
    assert clocks.sweep() == 0
    ahead(monkeypatch, YEAR)
    with pytest.raises(Refused) as between:  # nobody has swept since: the process itself sees it
        take(staff)
    assert [reason.what.zh for reason in between.value.reasons] == ["时钟不对，暂停办理；页面照常可看"]
    assert [clocks.sweep() for _ in range(3)] == [0, 0, 0]
    page = visitor(staff, "lin").get("/rulebook/D2/")
    words = re.sub(r"<[^>]+>", " ", page.content.decode())
    assert (page.status_code, "时钟不对，暂停办理" in words, "请管理员确认" in words) == (200, True, True)
    assert "/do/confirm_clock/" in visitor(staff, "admin").get("/people/").content.decode()
    with pytest.raises(Refused):
        take(staff)
    ahead(monkeypatch, 0)
    clocks.sweep()
    assert take(staff)
    assert not Obligation.objects.exclude(breached_at=None).exists()
    assert "时钟不对" not in visitor(staff, "lin").get("/rulebook/D2/").content.decode()


def test_the_administrator_alone_confirms_a_clock_and_only_one_that_is_in_doubt(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    clocks.sweep()
    with pytest.raises(Refused) as fine:
        COMMANDS["confirm_clock"](by=staff.people["admin"], reason="没错")
    assert [reason.what.zh for reason in fine.value.reasons] == ["时钟没有问题，不用确认"]
    ahead(monkeypatch, 3600)
    clocks.sweep()
    for who in ("chen", "lin"):
        with pytest.raises(Refused):
            COMMANDS["confirm_clock"](by=staff.people[who], reason="没错")
    COMMANDS["confirm_clock"](by=staff.people["admin"], reason="原来的时钟慢了一小时，已对表")
    assert not watch.is_stopped()
    assert take(staff)
    ahead(monkeypatch, 0)
    clocks.sweep()
    assert watch.is_stopped()
    COMMANDS["confirm_clock"](by=staff.people["admin"], reason="刚才对错了")
    clocks.sweep()
    assert not watch.is_stopped()


def test_a_time_before_the_last_entry_stops_too_and_a_few_minutes_do_not(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    clocks.sweep()
    ahead(monkeypatch, 500)
    clocks.sweep()
    assert not watch.is_stopped()
    take(staff)
    ahead(monkeypatch, 400)
    clocks.sweep()
    assert watch.is_stopped()


def test_having_been_off_is_no_leap_and_a_demo_that_is_opened_says_what_time_it_is(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    clocks.sweep()
    monkeypatch.setattr(clock, "boot", lambda: "the machine was started again")
    ahead(monkeypatch, YEAR)
    clocks.sweep()
    assert not watch.is_stopped()
    opening = datetime.now(UTC) + timedelta(days=900)
    watch.announce(opening)
    ahead(monkeypatch, (opening - datetime.now(UTC)).total_seconds())
    clocks.sweep()
    assert not watch.is_stopped()
