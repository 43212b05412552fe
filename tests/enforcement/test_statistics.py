"""What the rulebook says about itself: applied, kept, broken, how late, by whom, what it cost."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest

from company import Staff
from gatepass.enforcement import clocks
from gatepass.enforcement.queries import statistics
from gatepass.journal import clock
from gatepass.orders.events import OrderSent
from gatepass.rules.reasons import Refused

from .cases import MONDAY, TUESDAY_MIDNIGHT, about, handed_in, left, sight
from .happening import happen
from .test_pages import visitor

pytestmark = [pytest.mark.requirement("R8")]
DAY = date(2026, 11, 25)
LATER = TUESDAY_MIDNIGHT + timedelta(hours=24)


@pytest.fixture
def month(staff: Staff) -> Staff:
    """Four waybills: one kept, one 10 hours late and fined, one still out and fined, one running."""
    kept, late, out = left(staff), left(staff), left(staff)
    handed_in(staff, kept, at=MONDAY + timedelta(hours=3))
    clocks.sweep(TUESDAY_MIDNIGHT + timedelta(seconds=5))
    handed_in(staff, late, at=TUESDAY_MIDNIGHT + timedelta(hours=10))
    left(staff, at=TUESDAY_MIDNIGHT + timedelta(hours=1))
    assert out
    staff.at = LATER
    return staff


def test_a_month_adds_up(month: Staff):
    (trend,) = statistics.trends(sight(month, "he"), day=DAY, article="D11")
    now = trend.now
    assert (trend.article, now.applied, now.kept, now.broken, now.running, now.still_open) == ("D11", 4, 1, 2, 1, 1)
    assert (now.late_words and now.late_words.zh, now.share) == ("10 小时 00 分", 33)
    assert (now.proposed, now.confirmed, now.waived, now.undecided, now.fines) == (92_400, 0, 0, 92_400, 2)


@pytest.mark.requirement("R1")
def test_confirmed_and_waived_sums_are_told_apart(month: Staff):
    from gatepass.enforcement.queries import fines

    first, second = fines.to_decide(sight(month, "he"))
    month.run("confirm_fine", "he", fine=first.uid)
    month.run("waive_fine", "chen", fine=second.uid, reason="高速封路")
    (trend,) = statistics.trends(sight(month, "he"), day=DAY, article="D11")
    assert (trend.now.confirmed, trend.now.waived, trend.now.undecided) == (46_200, 46_200, 0)


def test_who_leads_sees_who_kept_it_and_a_clerk_sees_no_names(month: Staff):
    since, until = statistics.month_of(DAY)
    (carrier,) = statistics.keepers(sight(month, "he"), since=since, until=until, article="D11")
    assert (carrier.kind, carrier.kept, carrier.broken, carrier.running, carrier.proposed) == ("carrier", 1, 2, 1, 92_400)
    assert statistics.keepers(sight(month, "lin"), since=since, until=until) == ()


def test_who_may_not_see_money_sees_the_counts_without_sums(month: Staff):
    (trend,) = statistics.trends(sight(month, "deng"), day=DAY, article="D11")
    assert (trend.now.broken, trend.now.proposed) == (2, 0)


def test_a_month_without_anything_has_no_rows(staff: Staff):
    assert statistics.trends(sight(staff, "he"), day=DAY) == ()


def test_a_refusal_counts_for_its_article_and_for_whoever_answers_for_it_not_for_who_met_it(staff: Staff):
    from company import taken

    order = taken(staff)
    for _ in range(2):
        with pytest.raises(Refused):
            staff.run("send_order", "lin", order=order)
    since, until = statistics.month_of(staff.today())
    (blocked,) = statistics.blocked(sight(staff, "he"), since=since, until=until, article="D1")
    assert (blocked.times, blocked.people, [(one.zh, times) for one, times in blocked.answering]) == (2, 1, [("应收会计", 2)])


def shown(staff: Staff, who: str, path: str) -> str:
    with clock.clock_at(LATER):
        answer = visitor(staff, who).get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_one_percentage_has_one_denominator_on_every_page_and_its_figures_open_the_entries(month: Staff):
    """One kept of three decided; the one that runs is in no percentage."""
    for who, path in (("he", "/rulebook/D11/"), ("he", "/enforcement/"), ("luo", "/enforcement/own/"), ("luo", "/rulebook/D11/")):
        page = shown(month, who, path)
        assert "33%" in page, path
        assert "25%" not in page, path
    assert "1 / 3 · 33%" in shown(month, "he", "/rulebook/D11/")
    for shows, number in (("applied", 4), ("kept", 1), ("broken", 2), ("running", 1), ("still_open", 1)):
        for who in ("he", "luo"):
            page = shown(month, who, f"/enforcement/entries/?article=D11&month=2026-11&shows={shows}")
            assert f"11 月开始计时，{number} 件" in page, (shows, who)
            assert page.count("川渝顺达货运") == number, (shows, who)
    hidden = shown(month, "deng", "/enforcement/entries/?article=D11&month=2026-11&shows=broken")
    assert "2 件，其中 2 件不在您的范围内，没有列出" in hidden


@pytest.mark.usefixtures("no_gates")
def test_a_driver_sees_his_own_record_and_nobody_elses(month: Staff):
    happen(about(OrderSent, month, uuid4()), at=MONDAY)
    own = shown(month, "luo", "/enforcement/own/")
    assert ("462.00" in own, "D11" in own, "D2 " in own) == (True, True, False)
    with clock.clock_at(LATER):
        assert visitor(month, "luo").get("/enforcement/")["Location"] == "/enforcement/own/"
    assert "被挡住" not in shown(month, "luo", "/rulebook/D6/")
    everything = shown(month, "luo", "/enforcement/entries/?month=2026-11&shows=applied")
    assert "11 月开始计时，4 件" in everything
    asked_for = shown(month, "lin", f"/enforcement/entries/?month=2026-11&shows=applied&whose={month.carrier}")
    assert "川渝顺达货运" not in asked_for
