"""The rest of a partly shipped order ends: by a shortage of its last cartons or cancelled; money, clocks, folders and stock follow."""

from __future__ import annotations

from uuid import UUID

import pytest

from agreeing import agrees
from company import Staff, confirmed, paid, ready
from databases import Clones
from gatepass.desks.folders import folder_orders, sums
from gatepass.dispatch.models import Notice, NoticeLine
from gatepass.enforcement.models import Obligation
from gatepass.journal.who import sight_of
from gatepass.orders.models import Order
from gatepass.receivables.models import Item
from gatepass.receivables.rests import cover_of, standing
from gatepass.rules.reasons import Refused
from gatepass.stock.models import Reservation
from test_whole_way import effective_notice, through_the_gate


def some(staff: Staff, cartons: int, gift: int = 0) -> list[dict[str, object]]:
    return [{"product": staff.products["100101"], "cartons": cartons, "gift": gift}]


def reasons(staff: Staff, command: str, by: str, **given: object) -> list[tuple[str, dict[str, str]]]:
    with pytest.raises(Refused) as refused:
        staff.run(command, by, **given)
    return [(reason.command, dict(reason.given or {})) for reason in refused.value.reasons]


def ended(staff: Staff, clones: Clones, order: UUID, free: int, goods: int) -> None:
    row = Order.objects.get(uid=order)
    assert (row.shipped_at, row.rest_ended_at, row.goods_fen) == (staff.at, staff.at, goods)
    assert standing(staff.customer).balance == -free
    assert sum(rest.fen for rest in standing(staff.customer).free) == -free
    assert Obligation.objects.filter(clause="D4.3", subject=order, closed_at=None).count() == 0
    assert not Reservation.objects.filter(order=order, cartons__gt=0).exists()
    assert order not in {one.uid for key in ("paid", "unpaid") for one in folder_orders(sight_of(staff.people["lin"]), key)}
    agrees(clones)


@pytest.mark.requirement("D4", "D8", "C19")
def test_a_shortage_of_the_last_cartons_completes_the_order_and_frees_what_was_paid_for_them(staff: Staff, clones: Clones) -> None:
    order = paid(staff, cartons=9)
    through_the_gate(staff, order, lines=some(staff, 5))
    notice = effective_notice(staff, order)
    line = NoticeLine.objects.get(notice__uid=notice).uid
    change = staff.run("propose_change", "lin", notice=notice, kind="short", line=line, cartons=4, reason="断货").uid
    staff.sign_it("he", "change", change, "consent")
    staff.run("tell_change", "lin", change=change, how="电话", understanding="不要了")
    staff.later(minutes=5).run("apply_change", "lin", change=change)
    assert Notice.objects.get(uid=notice).voided_at == staff.at
    ended(staff, clones, order, free=4 * 12_800, goods=5 * 12_800)
    item = standing(staff.customer).free[0].item.uid
    assert staff.run("prepare_refund", "zhou", item=item, amount="512.00", payee="客户", reason="不再发", papers="申请")


@pytest.mark.requirement("D4", "D2")
def test_the_rest_is_cancelled_after_its_notices_are_void_and_what_left_has_its_part_of_the_discount(staff: Staff, clones: Clones) -> None:
    staff.run(
        "add_promotion", "sun", name="九五折", kind="discount", percent="5", since=staff.today(), from_cartons=1, product=staff.products["100101"]
    )
    order = confirmed(staff, cartons=7)
    due = Order.objects.get(uid=order).remit_fen
    assert due == 7 * 12_800 - 4_480
    staff.later(minutes=5).run("record_receipt", "zhou", customer=staff.customer, amount=due, paid_on=staff.today())
    through_the_gate(staff, order, lines=some(staff, 4))
    item = standing(staff.customer).rests[0].item.uid
    held = {"item": item, "amount": "1.00", "payee": "客户", "reason": "不再发", "papers": "申请"}
    assert reasons(staff, "prepare_refund", "zhou", **held) == [("cancel_order", {"order": str(order)})]
    fewer = [{"product": staff.products["100101"], "cartons": 4}]
    assert reasons(staff, "change_order", "lin", order=order, lines=fewer)[0] == ("cancel_order", {"order": str(order)})
    desk = sight_of(staff.people["lin"])
    assert [one.sum_fen for one in folder_orders(desk, "paid")] == [sums(desk, staff.today())["goods"]] == [3 * 12_800 - 4_480]
    waits = effective_notice(staff, order)
    assert reasons(staff, "cancel_order", "lin", order=order, reason="客户不要了") == [("void_notice", {"notice": str(waits)})]
    staff.run("void_notice", "lin", notice=waits, reason="不发了")
    staff.run("cancel_order", "lin", order=order, reason="客户不要了")
    ended(staff, clones, order, free=3 * 12_800 - 3 * 640, goods=4 * 12_800)
    assert sum(Item.objects.filter(order=order, document_kind="consignment").values_list("fen", flat=True)) == 4 * 12_800 - 4 * 640
    assert staff.run("prepare_refund", "zhou", **held | {"item": standing(staff.customer).free[0].item.uid})


@pytest.mark.requirement("D4", "C4")
def test_money_for_the_rest_pays_for_what_left_unpaid_and_what_is_still_owed_stays(staff: Staff, clones: Clones) -> None:
    order = ready(staff, cartons=9)
    staff.unpaid_signed(order)
    through_the_gate(staff, order, lines=some(staff, 5))
    staff.run("cancel_order", "lin", order=order, reason="余货不要了")
    cover = cover_of(order)
    assert cover and cover.open_fen == 5 * 12_800
    assert [one.uid for one in folder_orders(sight_of(staff.people["lin"]), "unpaid")] == [order]
    staff.later(minutes=5).run("record_receipt", "zhou", customer=staff.customer, amount=5 * 12_800, paid_on=staff.today())
    assert standing(staff.customer).balance == 0
    agrees(clones)
