"""The pure judge and the stored obligations agree on any history; and what the judge says of some that a manager would tell."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatepass.enforcement import clocks
from gatepass.enforcement.facts import SOURCES, SOURCES_OF_MANY
from gatepass.enforcement.law import current
from gatepass.enforcement.models import Obligation
from gatepass.enforcement.replay import history_of
from gatepass.gate.events import VehicleCameBack
from gatepass.journal import clock
from gatepass.journal.door import COMMANDS
from gatepass.journal.models import Entry
from gatepass.orders.events import CustomerContacted, OrderCancelled, OrderConfirmed, OrderObjected, OrderSent
from gatepass.production.events import ShippingDayPlanned, ShortReported, StockupPlanHandedOver
from gatepass.regulations import rulebook
from gatepass.roles import SYSTEM
from gatepass.rules.clauses import Clause, Owes
from gatepass.rules.events import Event
from gatepass.rules.happenings import DeadlineMissed, DeadlineWithdrawn, WorkRefused
from gatepass.rules.judging import Verdict, judge
from gatepass.rules.reasons import Refused
from gatepass.transport.events import GoodsConsigned, GoodsLeft, WaybillHandedIn
from gatepass.transport.facts import BatchFreight
from gatepass.workdays import Calendar

from .happening import happen
from .samples import sample

MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)  # 9:00 in Shanghai


@dataclass
class FixedLaw:
    """The numbers of the book and a plain calendar."""

    calendar: Calendar = Calendar()  # noqa: RUF009 (frozen)
    moment: datetime = MONDAY

    def value(self, clause: str, name: str, at: datetime) -> Decimal:
        found = in_book(clause).parameter(name)
        assert found is not None
        return found.default

    def in_force(self, clause: Clause, at: datetime) -> bool:
        return clause.by_its_dates(self.calendar.local(at).date())

    def holder(self, clause: Clause, at: datetime) -> None:
        return None

    superior = holder

    def of(self, at: datetime) -> FixedLaw:
        return self


def told(clause: str, *history: tuple[float, Event], until: float = 1000) -> tuple[Verdict, ...]:
    """What the judge says of events so many hours after Monday 9:00."""
    hours = [(MONDAY + timedelta(hours=after), event) for after, event in history]
    return judge(in_book(clause), hours, law=FixedLaw(), as_of=MONDAY + timedelta(hours=until))


def in_book(number: str) -> Clause:
    return max((c for c in rulebook.every_clause() if c.number == number), key=lambda c: c.version)


ORDER = uuid4()
SENT, CONFIRMED = sample(OrderSent, order=ORDER), sample(OrderConfirmed, order=ORDER)


@pytest.mark.requirement("D2", "R9")
@pytest.mark.parametrize(
    ("closing", "how", "broken"),
    [(3.9, "kept", False), (6, "late", True)],
    ids=["confirmed within four office hours is kept", "confirmed at 15:00 of a term that ended at 14:30 is late"],
)
def test_a_confirmation_is_judged_by_its_moment(closing: float, how: str, broken: bool):
    (verdict,) = told("D2.2", (0, SENT), (closing, CONFIRMED))
    assert (verdict.how, verdict.breached_at is not None) == (how, broken)


@pytest.mark.requirement("D2")
def test_what_is_no_longer_owed_ends_without_a_breach_before_its_time_and_with_one_after():
    cancelled = sample(OrderCancelled, order=ORDER)
    before, after = told("D2.2", (0, SENT), (1, cancelled)), told("D2.2", (0, SENT), (9, cancelled))
    assert [(v.how, v.breached_at) for v in (*before, *after)] == [("ended", None), ("ended", after[0].due)]


@pytest.mark.requirement("D3", "D8")
def test_the_end_of_an_order_ends_what_is_owed_about_its_parts_and_of_no_other_order():
    mine, other = (sample(ShortReported, demand=uuid4(), order=order) for order in (ORDER, uuid4()))
    verdicts = told("D3.3", (0, mine), (0, other), (1, sample(OrderCancelled, order=ORDER)), until=2)
    assert [(v.subject, v.how) for v in verdicts] == [(mine.demand, "ended"), (other.demand, "")]


@pytest.mark.requirement("D2")
def test_an_order_objected_to_and_sent_again_has_two_clocks():
    verdicts = told("D2.2", (0, SENT), (1, sample(OrderObjected, order=ORDER)), (2, SENT), until=3)
    assert [v.how for v in verdicts] == ["ended", ""]


@pytest.mark.requirement("D11")
def test_a_consignment_recorded_on_its_day_replaces_the_clock_that_the_gate_started():
    waybill = uuid4()
    yard = sample(GoodsConsigned, waybill=waybill, same_day=True, moment=MONDAY + timedelta(hours=30))
    first, second = told("D11.1", (0, sample(GoodsLeft, waybill=waybill)), (30, yard))
    assert (first.how, first.breached_at) == ("moved", None)
    assert second.due - first.due == timedelta(days=1)


@pytest.mark.requirement("C12")
@pytest.mark.parametrize(
    ("days", "how", "broken"),
    [(6, "kept", False), (8, "late", True)],
    ids=["a plan handed over three days ahead is kept", "a plan handed over two days ahead is late"],
)
def test_a_stockup_plan_is_owed_three_days_before_its_shipping_day(days: int, how: str, broken: bool):
    plan, ships_on = uuid4(), (MONDAY + timedelta(days=10)).date()
    planned = sample(ShippingDayPlanned, plan=plan, day=ships_on)
    (verdict,) = told("C12.1", (0, planned), (24 * days, sample(StockupPlanHandedOver, plan=plan)))
    assert (verdict.how, verdict.breached_at is not None) == (how, broken)


@pytest.mark.requirement("D18")
def test_a_clause_judges_nothing_that_happened_before_it_was_in_force():
    early = MONDAY.replace(year=2025)
    assert judge(in_book("D2.2"), [(early, SENT)], law=FixedLaw(), as_of=MONDAY) == ()


@pytest.mark.requirement("D1")
def test_work_that_is_refused_is_a_breach_and_a_gate_gives_no_verdict():
    refused = sample(WorkRefused, obligation=uuid4(), position_code="receivables")
    (verdict,) = told("D1.3", (5, refused))
    assert (verdict.how, verdict.breached_at) == ("breach", MONDAY + timedelta(hours=5))
    assert told("D1.1", (0, SENT)) == ()


def of_order(order: UUID, waybill: UUID) -> st.SearchStrategy[Event]:
    """Every event that matters to the clauses under test, about one order and one waybill."""
    ends: list[Callable[[], Event]] = [
        lambda: sample(OrderSent, order=order),
        lambda: sample(OrderConfirmed, order=order),
        lambda: sample(OrderObjected, order=order),
        lambda: sample(CustomerContacted, order=order),
        lambda: sample(GoodsLeft, order=order, waybill=waybill),
        lambda: sample(GoodsConsigned, order=order, waybill=waybill, same_day=True),
        lambda: sample(GoodsConsigned, order=order, waybill=waybill, same_day=False),
        lambda: sample(VehicleCameBack, order=order, waybill=waybill),
        lambda: sample(WaybillHandedIn, order=order, waybill=waybill),
    ]
    return st.sampled_from(ends).map(lambda make: make())


moments = st.integers(min_value=0, max_value=5 * 24 * 4).map(lambda quarters: MONDAY + timedelta(minutes=15 * quarters))
CLAUSES = ("D2.2", "D2.3", "D3.2", "D11.1", "D4.1")


@dataclass(frozen=True)
class Amended:
    """The head sets something of a sentence, from this moment on or from a later day."""

    command: str
    clause: str
    days: int
    given: tuple[tuple[str, str], ...] = ()


Step = tuple[datetime, list[Event] | Amended]  # a sweep where nothing happens


def amend(what: Amended, at: datetime) -> None:
    """What cannot be is refused, as anything else is; the property is about what went through."""
    since = (at + timedelta(hours=8, days=what.days)).date()
    with suppress(Refused), clock.clock_at(at):
        COMMANDS[what.command](by=SYSTEM.person, at=at, clause=what.clause, since=since, reason="试", **dict(what.given))


def agree(order: UUID, waybill: UUID, steps: list[Step]) -> None:
    """Live through the steps, then hold the stored rows against what the judge makes of the journal."""
    for at, events in steps:
        if isinstance(events, Amended):
            amend(events, at)
        elif events:
            happen(*events, at=at)
        else:
            clocks.sweep(at)
    last = max(at for at, _ in steps)
    clocks.sweep(last)
    for number in CLAUSES:
        clause = in_book(number)
        assert isinstance(clause.says, Owes)
        subject = waybill if clause.says.per == "waybill" else order
        assert stored(number, subject) == judge(clause, history_of(subject), law=current(last), as_of=last), number


def hard_history(order: UUID, waybill: UUID) -> list[Step]:
    """A breach withdrawn by a late commit, one that stands, a replaced clock, an end, a reopening."""
    sent, confirmed = sample(OrderSent, order=order), sample(OrderConfirmed, order=order)
    objected, left = sample(OrderObjected, order=order), sample(GoodsLeft, order=order, waybill=waybill)
    yard = sample(GoodsConsigned, order=order, waybill=waybill, same_day=True, moment=hour(60))
    handed_in = sample(WaybillHandedIn, order=order, waybill=waybill)
    return [
        (hour(0), [sent]), (hour(7), []), (hour(5), [confirmed]), (hour(8), [sent]), (hour(8.5), [objected]), (hour(9), [sent]),
        (hour(10), [left]), (hour(50), []), (hour(60), [yard]), (hour(100), [handed_in]), (hour(101), []), (hour(102), [confirmed]),
    ]  # fmt: skip


def hour(after: float) -> datetime:
    return MONDAY + timedelta(hours=after)


@pytest.fixture
def freight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every batch's freight is a hundred yuan."""
    monkeypatch.setitem(SOURCES, BatchFreight, lambda event: BatchFreight(100_00))
    monkeypatch.delitem(SOURCES_OF_MANY, BatchFreight, raising=False)


@pytest.mark.requirement("D18", "R9", "D2", "D11")
@pytest.mark.usefixtures("fresh", "no_gates", "freight")
def test_the_judge_and_the_stored_obligations_agree_on_a_hard_history():
    order, waybill = uuid4(), uuid4()
    agree(order, waybill, hard_history(order, waybill))
    assert {DeadlineMissed.code, DeadlineWithdrawn.code} <= set(Entry.objects.values_list("event", flat=True))
    assert {"kept", "late", "ended", "moved"} <= set(Obligation.objects.values_list("closed_how", flat=True))


@pytest.mark.requirement("D18", "R9", "D2", "D11")
@pytest.mark.usefixtures("fresh", "no_gates", "freight")
def test_the_judge_and_the_stored_obligations_agree_on_any_history():
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def any_history(data: st.DataObject) -> None:
        order, waybill = uuid4(), uuid4()
        happenings = st.lists(of_order(order, waybill), max_size=2)
        agree(order, waybill, data.draw(st.lists(st.tuples(moments, happenings), min_size=1, max_size=14)))

    any_history()


amendments = st.builds(
    Amended,
    command=st.sampled_from(["put_out_of_force", "put_in_force"]),
    clause=st.sampled_from(CLAUSES),
    days=st.integers(min_value=0, max_value=3),
) | st.builds(
    lambda clause, days, value: Amended("change_parameter", clause, days, (("name", "end" if ":" in value else "within"), ("value", value))),
    clause=st.sampled_from(CLAUSES),
    days=st.integers(min_value=0, max_value=3),
    value=st.sampled_from(["1", "2", "3", "6", "15:00", "24:00"]),
)


@pytest.mark.requirement("D18", "R9", "D2", "D11")
@pytest.mark.usefixtures("fresh", "no_gates", "freight")
def test_the_judge_and_the_stored_obligations_agree_on_any_history_in_which_the_head_amends_the_book():
    """In the order of time: an amendment holds for what the journal records after it."""

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def any_history(data: st.DataObject) -> None:
        order, waybill = uuid4(), uuid4()
        happenings = st.lists(of_order(order, waybill), max_size=2) | amendments
        steps = data.draw(st.lists(st.tuples(moments, happenings), min_size=1, max_size=14))
        agree(order, waybill, sorted(steps, key=lambda step: step[0]))  # what earlier histories amended is law for this one too

    any_history()


def stored(number: str, subject: UUID) -> tuple[Verdict, ...]:
    rows = Obligation.objects.filter(clause=number, subject=subject).order_by("id")
    return tuple(Verdict(r.subject, r.opened_at, r.due_at, r.breached_at, r.closed_at, r.closed_how) for r in rows)  # type: ignore[arg-type]
