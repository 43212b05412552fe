"""A company played through the ordinary commands: one seed, one journal; every way to the gate is gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from figures import Walker, fen, listed

from databases import Clones
from gatepass.desks.folders import folder_orders as opened
from gatepass.desks.folders import sums
from gatepass.enforcement.models import Fine
from gatepass.journal.models import Entry, Unsealed
from gatepass.journal.who import sight_of
from gatepass.orders.models import Composition, Order
from gatepass.papers.models import Paper
from gatepass.people.models import Person
from gatepass.receivables.models import Commitment, Item
from gatepass.receivables.rests import covers
from gatepass.simulation.play import Play, begin, simulate

MONDAY = date(2026, 11, 2)
SHAPES = 11


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
    yield simulate(MONDAY, 9, 6, 4, dealers=30)
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


@pytest.mark.requirement("D2", "D17", "C19")
def test_every_figure_opens_to_entries_that_add_up_to_it_and_the_list_of_them_is_whole(weeks: Play) -> None:
    walker = Walker("zhou", weeks.world.at)
    sent = Composition.objects.filter(withdrawn_at=None).order_by("-id").values_list("order__uid", flat=True)[:40]
    for order in sent:
        walker.walk(f"/orders/{order}/")
    customers = Item.objects.order_by("customer").values_list("customer", flat=True).distinct()
    for customer in customers[:15]:
        walker.walk(f"/customers/{customer}/account/")
        _ledger_ends_in_the_balance(walker.read(f"/customers/{customer}/account/"))
    assert walker.wrong == []
    assert set(walker.opened) == set(listed())
    assert len(listed()) >= SHAPES, "the list of figures that open does not get shorter"


def _ledger_ends_in_the_balance(page: str) -> None:
    """Each line's balance is the one below it and its own change; the newest is what the account says."""
    cells = re.findall(r'data-label="(增减|余额)"><span class="[^"]*">([^<]*)</span>', page)
    changes, balances = ([fen(text) for label, text in cells if label == name] for name in ("增减", "余额"))
    assert balances and len(changes) == len(balances)
    assert all(later - change == earlier for later, change, earlier in zip(balances, changes, balances[1:], strict=False))
    (shown,) = [text for address, text in Walker.figures(page) if address.endswith("/balance/entries")]
    assert fen(shown) == balances[0]


@pytest.mark.requirement("D2")
def test_every_part_of_every_document_is_the_sum_of_the_items_printed_under_it(weeks: Play) -> None:
    papers = list(Paper.objects.filter(kind="order"))
    assert papers
    for paper in papers:
        parts = paper.data["composition"]
        assert sum(part["amount"]["fen"] for part in parts) == paper.data["remit"]["fen"], paper.number
        for part in parts:
            if part["items"] or part["what"]["zh"].startswith(("原欠", "余款")):
                assert sum(item["amount"]["fen"] for item in part["items"]) == part["amount"]["fen"], paper.number


@pytest.mark.requirement("C19", "D4")
def test_the_folders_with_what_is_settled_are_all_dues(weeks: Play) -> None:
    """Every order that asked for money stands in one folder, is done with, or waits for its customer; the sums of the folders are its rows'."""
    sight, day = sight_of(Person.objects.get(username="zhou").uid, weeks.world.at), weeks.world.today()
    paid, unpaid = ({one.uid: one for one in opened(sight, key)} for key in ("paid", "unpaid"))
    assert not paid.keys() & unpaid.keys()
    all_dues = {cover.asked.order: cover for cover in covers(list(Commitment.objects.values_list("order", flat=True))).values()}
    told = Order.objects.in_bulk(list(all_dues), field_name="uid")
    for uid, cover in all_dues.items():
        order = told[uid]
        settled = (order.shipped_at is not None and not cover.owed) or order.cancelled_at is not None
        before = order.confirmed_at is None
        assert (uid in paid) + (uid in unpaid) + (settled or before) == 1, order.number
    shown = sums(sight, day)
    assert (shown["paid"], shown["unpaid"]) == (len(paid), len(unpaid))
    assert shown["goods"] == sum(one.sum_fen or 0 for one in paid.values())
    assert shown["awaited"] == sum(max(0, one.open_fen or 0) for one in unpaid.values())
