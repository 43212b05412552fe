"""What manager and head decide: fines confirmed or waived (D11, R1), numbers of the rulebook amended (D18), who stands in for whom (R7)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from gatepass.enforcement.models import Fine
from gatepass.receivables.openings import sums
from gatepass.simulation.deals import Trade
from gatepass.simulation.world import Story

AMENDMENTS = (
    (3, "D2.2", "within", Decimal(5), "月初业务量大，客户来不及核对，暂放宽到五小时"),
    (9, "D2.2", "within", Decimal(4), "恢复四小时"),
    (12, "D11.1", "fine", Decimal(15), "承运单位反映油价，先降到一成半"),
)


def undecided() -> QuerySet[Fine]:
    """Fines that nobody has done anything about, oldest first."""
    rows = Fine.objects.filter(confirmed_at=None, waived_at=None, withdrawn_at=None, waiver_proposed_at=None)
    return rows.order_by("proposed_at", "id")


def deciding(trade: Trade) -> Story:
    """Every afternoon the manager goes through the fines that were proposed: most stand, some he asks the head to waive."""
    world = trade.world
    while True:
        yield world.clock(world.today(), 16, 30)
        for fine in undecided():
            if world.happens(0.45):
                if world.happens(0.75):
                    world.tries("confirm_fine", "he", fine=fine.uid)
                elif world.tries("propose_waiver", "he", fine=fine.uid, reason="高速封路，有路政证明") is not None:
                    world.start(_waiver(trade, fine.uid), world.on(world.working_day(1), 9, 12))
        yield world.clock(world.calendar.next_working_day(world.today()), 9)


def _waiver(trade: Trade, fine: UUID) -> Story:
    if trade.world.happens(0.8):
        trade.world.signs("chen", "waiver", fine, "head", "情况属实，下不为例")
    yield from ()


def amending(trade: Trade) -> Story:
    """The head amends a number now and then; it holds from the next morning."""
    world, first = trade.world, trade.world.today()
    for after, clause, name, value, reason in AMENDMENTS:
        day = world.calendar.at_or_after(first + timedelta(days=after))
        yield world.on(day, 9, 11)
        since = world.calendar.next_working_day(day)
        world.tries("change_parameter", "chen", clause=clause, name=name, value=value, since=since, reason=reason)
    ahead = world.today() + timedelta(days=14)
    world.tries("change_parameter", "chen", clause="D8.4", name="end", value="10:00", since=ahead, reason="冬季夜里装车晚，转告放宽到十点")


def ending_the_cut_over(trade: Trade) -> Story:
    """After some days the old books are closed: the head types their totals in, and nobody enters an opening balance any more."""
    world = trade.world
    yield world.on(world.working_day(3), 14, 16)
    booked = sums()
    world.tries("end_cut_over", "chen", owed=booked.owed, credit=booked.credit)


def proposing(trade: Trade) -> Story:
    """Departments propose how an article should read (D18); the head answers some."""
    world = trade.world
    yield world.on(world.working_day(2), 14, 16)
    made = world.do("propose_amendment", "deng", clause="D9", text="集装箱清点，建议夜里也必须两人，现在有时只有一人当班")
    world.do("propose_amendment", "qin", clause="D2", text="新疆客户有时差，建议确认时限放宽到五个工作小时")
    yield world.on(world.working_day(3), 9, 11)
    world.do("answer_amendment", "chen", proposal=made.uid, accepted=True, words="同意，下月修订")
    doubt = world.do("propose_amendment", "tang", clause="D7", text="疑问常要问过客户才答得上，建议答复时限放宽到两个工作小时")
    yield world.on(world.working_day(4), 9, 11)
    world.do("answer_amendment", "chen", proposal=doubt.uid, accepted=True, words="同意，明天起试行")
    world.do(
        "change_parameter", "chen", clause="D7.3", name="within", value=2, since=world.calendar.next_working_day(world.today()),
        reason="客户内勤建议：要先问客户", proposal=doubt.uid,
    )  # fmt: skip
