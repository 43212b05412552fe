"""A company played through the ordinary commands: one seed, one journal; every way to the gate is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest

from databases import Clones
from gatepass.enforcement.models import Fine
from gatepass.journal.models import Entry, Unsealed
from gatepass.orders.models import Order
from gatepass.simulation.play import Play, begin, simulate

MONDAY = date(2026, 11, 2)


def journal(clones: Clones, play: Callable[[], object]) -> list[str]:
    """The journal of a company played in a database of its own, as it is chained."""
    name = clones.clone()
    clones.use(name)
    try:
        play()
        return list(Entry.objects.order_by("id").values_list("text", flat=True))
    finally:
        clones.leave()
        clones.drop(name)


def test_one_seed_plays_one_journal_and_another_seed_another(clones: Clones) -> None:
    first, again = (journal(clones, lambda: simulate(MONDAY, 2, 3, 7, dealers=10)) for _ in range(2))
    other = journal(clones, lambda: begin(MONDAY, seed=8, orders_per_day=3, dealers=10))
    assert len(first) > 500
    assert first == again
    assert first[: len(other)] != other


@pytest.fixture(scope="module")
def weeks(clones: Clones) -> Iterator[Play]:
    """Nine days of a company with thirty customers."""
    name = clones.clone()
    clones.use(name)
    yield simulate(MONDAY, 9, 6, 3, dealers=30)
    clones.leave()
    clones.drop(name)


def test_orders_go_all_the_way_and_come_to_every_end(weeks: Play) -> None:
    assert Order.objects.filter(shipped_at__isnull=False).count() >= 10
    events = set(Entry.objects.values_list("event", flat=True))
    assert events >= {
        "order.taken", "check.answered", "order.sent", "order.confirmed", "demand.handed_over", "receipt.recorded", "notice.issued",
        "notice.approved", "line.picked", "trip.arranged", "load.counted", "carrier.signed", "pass.issued", "vehicle.released",
        "goods.consigned", "waybill.handed_in", "freight.credited", "customer.told", "deadline.missed",
    }  # fmt: skip


def test_what_is_no_orders_goods_leaves_too_and_a_deputy_acts_for_who_is_away(weeks: Play) -> None:
    events = set(Entry.objects.values_list("event", flat=True))
    assert events >= {
        "sample.noticed", "sample.approved", "sample.sent", "sample.followed_up", "pass.issued_for_others", "vehicle.came_back",
        "people.deputy_named",
    }  # fmt: skip
    done_for = Entry.objects.exclude(acting_for=None)
    assert set(done_for.values_list("acting_for", flat=True)) == {weeks.world.people["zhou"]}
    assert set(done_for.values_list("by", flat=True)) == {weeks.world.people["cao"]}


def test_clocks_run_out_at_their_own_time_and_carriers_who_are_late_are_fined(weeks: Play) -> None:
    missed = list(Entry.objects.filter(event="deadline.missed"))
    assert missed
    assert all(timedelta() < entry.at - datetime.fromisoformat(entry.payload["due"]) < timedelta(seconds=10) for entry in missed)
    assert Fine.objects.filter(clause__startswith="D11").exists()


def test_the_journal_is_chained_to_its_end(weeks: Play) -> None:
    assert not Unsealed.objects.exists()
