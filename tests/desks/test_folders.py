"""The daily folders and my desk: always complete, most urgent first, nothing shown to who may not see it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from company import Staff, checked, confirmed, paid, ready, sent, taken
from gatepass.desks.floor import floor
from gatepass.desks.folders import day_notices, folder_orders, folders, matters
from gatepass.desks.my_desk import desk_of
from gatepass.dispatch.models import Notice
from gatepass.enforcement.models import Obligation
from gatepass.journal.who import sight_of
from gatepass.orders.models import Order
from gatepass.people.models import Person
from gatepass.receivables.models import Commitment
from gatepass.receivables.rests import unpaid_fen
from gatepass.rules.reasons import Refused
from test_whole_way import effective_notice, loaded, picked, through_the_gate


def counted(staff: Staff, short: str = "lin") -> dict[str, int]:
    return {one.key: one.count for one in folders(sight_of(staff.people[short]), staff.today())}


@pytest.mark.requirement("C19")
def test_every_confirmed_order_under_way_lies_in_exactly_one_of_paid_and_unpaid(staff: Staff) -> None:
    taken(staff)
    sent(staff)
    unpaid, cleared = confirmed(staff, code="200101"), paid(staff)
    through_the_gate(staff)
    sight = sight_of(staff.people["lin"])
    found = {key: [row.uid for row in folder_orders(sight, key)] for key in ("paid", "unpaid")}
    assert (found["paid"], found["unpaid"]) == ([cleared], [unpaid])
    under_way = Order.objects.filter(confirmed_at__isnull=False, shipped_at=None, cancelled_at=None)
    assert {*found["paid"], *found["unpaid"]} == set(under_way.values_list("uid", flat=True))
    assert (counted(staff)["paid"], counted(staff)["unpaid"]) == (1, 1)


@pytest.mark.requirement("C19")
def test_a_notice_of_today_waits_in_todays_folder_until_its_truck_has_left(staff: Staff) -> None:
    order = paid(staff)
    effective_notice(staff, order)
    Notice.objects.update(ship_on=staff.today())
    assert counted(staff)["today"] == 1
    Notice.objects.update(left_at=staff.at)
    assert counted(staff)["today"] == 0


@pytest.mark.requirement("C19", "D2")
def test_an_order_to_be_sent_and_one_that_the_customer_objected_to_are_found_from_the_desk(staff: Staff) -> None:
    objected = sent(staff)
    staff.run("object_to_order", "lin", order=objected, note="数量不对")
    to_send = checked(staff, code="200101")
    taken(staff)
    sight = sight_of(staff.people["lin"])
    assert [(one.count, one.href) for one in matters(sight, staff.today()) if one.count] == [(2, "/orders/?show=unsent")]
    assert counted(staff)["other"] == 2
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people["lin"]), "gatepass.people.sign_in.PersonBackend")
    page = client.get("/orders/?show=unsent").content.decode()
    for order in (objected, to_send):
        assert f"/orders/{order}/" in page
    assert page.count("DH-2026-") == 2


@pytest.mark.requirement("C19")
def test_a_salesman_of_another_region_has_empty_folders(staff: Staff) -> None:
    paid(staff)
    assert counted(staff, "yang")["paid"] == 1
    assert set(counted(staff, "qin").values()) == {0}


@pytest.mark.requirement("A17", "C19")
def test_the_desk_and_the_folders_answer_in_both_languages(staff: Staff) -> None:
    paid(staff)
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people["lin"]), "gatepass.people.sign_in.PersonBackend")
    for language, word in (("zh", "已打款待发货"), ("en", "Paid, to be shipped")):
        client.cookies["language"] = language
        assert word in client.get("/").content.decode()
        for key in ("paid", "unpaid", "today", "other"):
            assert client.get(f"/folders/{key}/").status_code == 200


@pytest.mark.requirement("A17")
def test_what_one_action_fulfils_is_one_row_on_the_desk_with_all_its_clauses(staff: Staff) -> None:
    order = ready(staff)
    desk = desk_of(sight_of(staff.people["lin"]), staff.at)
    rows = [row for section in desk.sections for row in section.rows if row["href"].startswith(f"/do/notify_payment/?order={order}")]
    assert [row["clause"] for row in rows] == [["D4"]]


@pytest.mark.requirement("C4")
def test_the_customer_is_told_that_goods_are_ready_only_when_they_are(staff: Staff) -> None:
    order = confirmed(staff)
    with pytest.raises(Refused) as refused:
        staff.run("notify_payment", "lin", order=order, claims_ready=True)
    assert [reason.clause for reason in refused.value.reasons] == ["C4"]
    staff.later(minutes=5).run("hand_over_demand", "lin", order=order)
    staff.run("notify_payment", "lin", order=order, claims_ready=True, promised_on=staff.today())
    assert Order.objects.get(uid=order).promised_on == staff.today()


@pytest.mark.requirement("C4")
def test_each_order_has_its_own_sum_due_received_and_open(staff: Staff) -> None:
    first, second = ready(staff), ready(staff, code="200101", cartons=50)
    due = Commitment.objects.get(order=first)
    staff.run("record_receipt", "zhou", customer=staff.customer, amount=due.remit_fen + 1000, paid_on=staff.today())
    assert unpaid_fen(first, due.fen) == 0
    other = Commitment.objects.get(order=second)
    assert (other.received_fen, unpaid_fen(second, other.fen)) == (1000, other.fen - 1000)


@pytest.mark.requirement("D7", "D9", "D10")
def test_warehouse_driver_and_guard_find_their_work_on_their_desk(staff: Staff) -> None:
    notice = effective_notice(staff, paid(staff))
    work = {short: floor(sight_of(staff.people[short]), staff.at) for short in ("deng", "luo", "feng")}
    assert {short: [(one.count, one.href) for one in found] for short, found in work.items()} == {
        "deng": [(1, "/picking/"), (0, "/loading/"), (0, "/notices/samples/")], "luo": [(0, "/drive/")], "feng": [(0, "/gate/")],
    }  # fmt: skip
    picked(staff, notice)
    loaded(staff, notice)
    assert [one.count for short in ("deng", "luo") for one in floor(sight_of(staff.people[short]), staff.at)] == [0, 1, 0, 1]
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people["feng"]), "gatepass.people.sign_in.PersonBackend")
    assert 'href="/gate/"><b>0</b>' in client.get("/").content.decode()
    client.force_login(Person.objects.get(uid=staff.people["deng"]), "gatepass.people.sign_in.PersonBackend")
    assert 'href="/notices/samples/"' in client.get("/notices/").content.decode()


def page_of(staff: Staff, short: str) -> str:
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people[short]), "gatepass.people.sign_in.PersonBackend")
    return client.get("/").content.decode()


@pytest.mark.requirement("A17", "D7")
def test_a_desk_is_done_only_when_none_of_its_counters_waits_for_who_looks_at_it(staff: Staff) -> None:
    assert "今天的都办完了" in page_of(staff, "deng")
    notice = effective_notice(staff, paid(staff))
    assert "今天的都办完了" not in page_of(staff, "deng")
    picked(staff, notice)
    loaded(staff, notice)
    assert "今天的都办完了" in page_of(staff, "deng")


@pytest.mark.requirement("D2", "A17")
def test_a_customers_objection_is_owed_until_the_order_is_sent_again_or_cancelled(staff: Staff) -> None:
    def clocks(order: UUID) -> list[str]:
        return list(Obligation.objects.filter(clause="D2.4", subject=order).order_by("id").values_list("closed_how", flat=True))

    order = sent(staff)
    assert clocks(order) == []
    staff.run("object_to_order", "lin", order=order, note="数量不对")
    duty = Obligation.objects.get(clause="D2.4", subject=order)
    assert (duty.holder_position, duty.due_at - staff.at) == ("client_admin", timedelta(hours=5, minutes=30))  # noon is no office hour
    page = page_of(staff, "lin")
    assert f"/orders/{order}/send/" in page
    assert "今天的都办完了" not in page
    staff.later(minutes=5).run("record_contact", "lin", order=order, outcome="quantity", note="客户要主管来谈")
    assert clocks(order) == [""]
    staff.run("send_order", "lin", order=order)
    assert clocks(order) == ["kept"]
    staff.run("object_to_order", "lin", order=order, note="还是不对")
    staff.later(minutes=5).run("cancel_order", "lin", order=order, reason="谈不拢")
    assert clocks(order) == ["kept", "ended"]


@pytest.mark.requirement("C19", "D4")
def test_todays_folder_has_all_that_must_leave_today_with_or_without_a_day_that_was_typed(staff: Staff) -> None:
    def today() -> list[tuple[str, bool]]:
        rows = day_notices(sight_of(staff.people["lin"]), staff.today())
        assert counted(staff)["today"] == sum(row.left_at is None for row in rows)
        return [(row.order_number, bool(row.number)) for row in rows]

    aboard, waits = paid(staff, cartons=10), paid(staff, cartons=20)
    notice = effective_notice(staff, aboard)
    assert today() == []
    picked(staff, notice)
    loaded(staff, notice)  # a truck of today
    first, second = (Order.objects.get(uid=order).number for order in (aboard, waits))
    assert today() == [(first, True)]
    staff.later(days=2)  # the last day of D4.3 for what was paid two working days ago
    assert today() == [(second, False), (first, True)]
    effective_notice(staff, waits)
    assert today() == [(first, True), (second, True)]
