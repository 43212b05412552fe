"""Each consignment has its own sum due, received and open; what is paid covers the old balance first, then the notices in their order (C4)."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from company import Staff, ready
from gatepass.journal.clock import clock_at
from gatepass.journal.who import sight_of
from gatepass.people.models import Person
from gatepass.receivables.models import Commitment
from gatepass.receivables.rests import unpaid_fen
from gatepass.rules.reasons import NotFound
from gatepass.transport.consignment_accounts import entries, shares, shares_of
from gatepass.transport.models import Consignment

pytestmark = pytest.mark.requirement("C4", "D4")
OLD, CARTON = 500_00, 128_00


def split(staff: Staff, received: int, first: int = 40) -> UUID:
    """100 cartons at 128 yuan and 500 from before; part of it received, the rest signed for; `first` cartons on a truck, the rest noticed."""
    staff.opening(OLD)
    order = ready(staff)
    if received:
        staff.run("record_receipt", "zhou", customer=staff.customer, amount=received, paid_on=staff.today(), reference="R1",
            matches=[{"order": order, "amount": received}])  # fmt: skip
    for cartons in (first, 100 - first):
        if received < OLD + 100 * CARTON:
            staff.unpaid_signed(order, reason="老客户")
        goods = [{"product": staff.products["100101"], "cartons": cartons}]
        notice = staff.run("issue_notice", "lin", order=order, lines=goods).uid
        staff.later(minutes=5).sign("zhou", "notice", notice, "finance")
        staff.sign("he", "notice", notice, "sales")
        if cartons == first:
            staff.run("arrange_trip", "lin", vehicle=staff.vehicle, driver=staff.driver, day=staff.today(), notices=[notice])
    return order


def rows(staff: Staff, order: UUID, who: str = "lin") -> list[tuple[str, int, int, int]]:
    return [(one.name.zh, one.due_fen, one.received_fen, one.open_fen) for one in shares(sight_of(staff.people[who], staff.at), order)]


def test_a_receipt_covers_the_old_balance_first_then_the_first_consignment(staff: Staff) -> None:
    order = split(staff, 3_000_00)
    consignment = Consignment.objects.get()
    first, second = 40 * CARTON, 60 * CARTON
    assert rows(staff, order) == [
        ("原欠及并入项目", OLD, OLD, 0),
        (consignment.number, first, 3_000_00 - OLD, first - 2_500_00),
        (rows(staff, order)[2][0], second, 0, second),
    ]
    due = Commitment.objects.get(order=order)
    assert sum(row[1] for row in rows(staff, order)) == due.remit_fen
    assert sum(row[2] for row in rows(staff, order)) == due.received_fen
    assert unpaid_fen(order, first) == rows(staff, order)[1][3]


@pytest.mark.parametrize("received", [0, 200_00, 500_00, 5_620_00, 6_000_00, 13_300_00])
def test_the_shares_always_add_up_to_what_was_asked_and_received(staff: Staff, received: int) -> None:
    order = split(staff, received)
    found, due = rows(staff, order), Commitment.objects.get(order=order)
    assert sum(row[1] for row in found) == due.remit_fen == 100 * CARTON + OLD
    assert sum(row[2] for row in found) == due.received_fen == received
    assert all(0 <= row[2] <= row[1] for row in found)


def test_a_receipt_that_is_larger_than_one_share_stands_behind_both(staff: Staff) -> None:
    order, sight = split(staff, 6_000_00), sight_of(staff.people["lin"], staff.at)
    keys = [one.key for one in shares(sight, order)]
    behind = [[(entry.fen, entry.href[:10]) for entry in entries(sight, order, key, "received")] for key in keys]
    assert behind == [[(OLD, "/receipts/")], [(40 * CARTON, "/receipts/")], [(6_000_00 - OLD - 40 * CARTON, "/receipts/")]]
    assert [entry.fen for entry in entries(sight, order, keys[1], "due")] == [40 * CARTON]


def test_the_order_page_shows_the_shares_and_opens_their_entries(staff: Staff) -> None:
    order = split(staff, 3_000_00)
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people["lin"]), "gatepass.people.sign_in.PersonBackend")
    key = shares(sight_of(staff.people["lin"], staff.at), order)[1].key
    with clock_at(staff.at):
        page = client.get(f"/orders/{order}/").content.decode()
        opened = client.get(f"/orders/{order}/shares/{key}/received/entries").content.decode()
    assert "按当批" in page
    assert "2,500.00" in page
    assert "2,500.00" in opened
    assert client.get(f"/orders/{order}/shares/{key}/nonsense/entries").status_code == 404


def opened(client: Client, page: str) -> dict[str, str]:
    """What each figure of a page opens, by its address."""
    return {href: client.get(href).content.decode() for href in sorted(set(re.findall(r'href="(/orders/[^"]+/entries)"', page)))}


def test_the_customers_account_shows_the_same_shares_under_each_order_and_every_figure_opens(staff: Staff) -> None:
    order = split(staff, 3_000_00)
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people["zhou"]), "gatepass.people.sign_in.PersonBackend")
    with clock_at(staff.at):
        page = client.get(f"/customers/{staff.customer}/account/").content.decode()
        behind = opened(client, page)
    number = Consignment.objects.get().number
    assert number in page
    for key in (one.key for one in shares(sight_of(staff.people["zhou"], staff.at), order)):
        for what in ("due", "received"):
            assert f"/orders/{order}/shares/{key}/{what}/entries" in behind, (key, what)
    both = behind[f"/orders/{order}/shares/{Consignment.objects.get().uid}/open/entries"]
    assert "5,120.00" in both
    assert "\N{MINUS SIGN}2,500.00" in both
    assert "3,000.00" in behind[f"/orders/{order}/parts/received/entries"]


def test_the_account_asks_no_more_of_the_database_for_more_orders(staff: Staff) -> None:
    with_one, sight = [split(staff, 3_000_00)], sight_of(staff.people["lin"], staff.at)
    more = [*with_one, ready(staff, code="200101"), ready(staff, code="200101", cartons=20)]
    counts = []
    for orders in (with_one, more):
        with CaptureQueriesContext(connection) as ran:
            found = shares_of(sight, orders)
        counts.append(len(ran))
        assert list(found) == [one for one in orders if one in found]
    assert found[with_one[0]] == shares(sight, with_one[0])
    assert counts[0] == counts[1] <= 6


@pytest.mark.requirement("A14")
def test_who_sees_no_money_or_not_the_region_gets_no_shares(staff: Staff) -> None:
    order = split(staff, 0)
    with pytest.raises(NotFound):
        shares(sight_of(staff.people["qin"], staff.at), order)
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people["deng"]), "gatepass.people.sign_in.PersonBackend")
    assert client.get(f"/orders/{order}/shares/previous/due/entries").status_code == 404
