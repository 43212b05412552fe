"""What the rulebook says about itself: applied, kept, broken, how late, by whom, what it cost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from company import Staff
from gatepass.enforcement import clocks
from gatepass.enforcement.queries import statistics
from gatepass.rules.reasons import Refused

from .cases import MONDAY, TUESDAY_MIDNIGHT, handed_in, left, sight

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
    month.run("propose_waiver", "he", fine=second.uid, reason="高速封路")
    month.sign("chen", "waiver", second.uid, "head")
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


def test_a_refusal_counts_for_its_article_with_who_tried(staff: Staff):
    from company import taken

    order = taken(staff)
    for _ in range(2):
        with pytest.raises(Refused):
            staff.run("send_order", "lin", order=order)
    since, until = statistics.month_of(staff.today())
    (blocked,) = statistics.blocked(sight(staff, "he"), since=since, until=until, article="D1")
    assert (blocked.times, blocked.people, blocked.tried) == (2, 1, (("林晓燕", 2),))
    (unnamed,) = statistics.blocked(sight(staff, "lin"), since=since, until=until, article="D1")
    assert unnamed.tried == ()
