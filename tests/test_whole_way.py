"""The main job, end to end by commands: a dealer calls, and some days later a truck passes the gate with the right goods, papers and money."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from company import Staff, paid
from gatepass.dispatch.models import NoticeLine
from gatepass.enforcement.clocks import sweep
from gatepass.enforcement.models import Fine, Obligation
from gatepass.journal.chaining import chain
from gatepass.journal.models import Entry, Seal
from gatepass.orders.models import Order
from gatepass.receivables.models import Posting
from gatepass.receivables.rests import standing
from gatepass.rules.reasons import Refused
from gatepass.stock.models import Batch
from gatepass.transport.models import Consignment, Waybill

pytestmark = pytest.mark.requirement("D1", "D4", "D6", "D7", "D9", "D10", "D11")


def effective_notice(staff: Staff, order: UUID, lines: list[dict[str, Any]] | None = None) -> UUID:
    """Over everything that is open, or over the goods named."""
    notice = staff.run("issue_notice", "lin", order=order, lines=lines).uid
    staff.later(minutes=10).sign("zhou", "notice", notice, "finance")
    staff.later(minutes=10).sign("he", "notice", notice, "sales")
    return notice


def picked(staff: Staff, notice: UUID) -> None:
    """Every line, first expired first."""
    staff.later(minutes=10).run("start_picking", "deng", notice=notice)
    for line in NoticeLine.objects.filter(notice__uid=notice, until_version=None).order_by("position"):
        wanted, batches = line.cartons + line.gift, []
        for batch in Batch.objects.filter(product=line.product, on_hand__gt=0).order_by("expires_on"):
            taken = min(wanted, batch.on_hand)
            wanted -= taken
            if taken:
                batches.append({"batch": batch.uid, "cartons": taken})
        staff.run("pick_line", "deng", notice=notice, line=line.uid, batches=batches)
    staff.later(minutes=10).run("finish_picking", "deng", notice=notice)


def loaded(staff: Staff, notice: UUID) -> tuple[UUID, Consignment]:
    trip = staff.run("arrange_trip", "lin", vehicle=staff.vehicle, driver=staff.driver, day=staff.today(), notices=[notice]).uid
    consignment = Consignment.objects.get(trip__uid=trip)
    staff.later(minutes=20).run("count_load", "deng", trip=trip, cartons=consignment.cartons)
    staff.run("finish_loading", "deng", trip=trip, seals="CD-0042")
    return trip, consignment


def through_the_gate(
    staff: Staff, order: UUID | None = None, *, freight: int | None = None, lines: list[dict[str, Any]] | None = None
) -> tuple[UUID, Consignment, Waybill]:
    """An order, paid unless another is given, out of the gate in one go, or the goods named of it; freight: on its waybill, in fen."""
    order = order or paid(staff)
    notice = effective_notice(staff, order, lines)
    picked(staff, notice)
    trip, consignment = loaded(staff, notice)
    waybill = Waybill.objects.get(consignment=consignment)
    staff.run("fill_waybill", "lin", waybill=waybill.uid, freight=freight or waybill.agreed_fen)
    staff.later(minutes=5).run("sign_as_carrier", "luo", consignment=consignment.uid, name="罗建平", cartons=consignment.cartons, image="")
    gate_pass = staff.later(minutes=5).run("issue_gate_pass", "lin", trip=trip, sales_copy=True, finance_copy=True, customer_copy=True)
    staff.later(minutes=5).run(
        "release_vehicle", "feng", gate_pass=gate_pass.uid, plate="川A·8F213", cartons=consignment.cartons, seals="CD-0042"
    )
    waybill.refresh_from_db()
    consignment.refresh_from_db()
    return order, consignment, waybill


def test_from_the_call_to_the_gate_goods_papers_and_money_agree(staff: Staff) -> None:
    order, consignment, waybill = through_the_gate(staff)
    row = Order.objects.get(uid=order)
    assert row.shipped_at is not None
    assert consignment.cartons == row.cartons + row.gifts == 105
    debt = Posting.objects.get(kind="goods", document=consignment.uid)
    assert (debt.debit, debt.debit_party, debt.fen) == ("customer", staff.customer, row.goods_fen)
    assert standing(staff.customer).rests == ()
    assert sum(batch.on_hand for batch in Batch.objects.filter(product__uid=staff.products["100101"])) == 400 - 105
    assert Obligation.objects.get(clause="D4.3", subject=order).closed_how == "kept"
    assert waybill.freight_fen is not None


def test_the_waybill_handed_in_in_time_credits_the_freight_and_fines_nobody(staff: Staff) -> None:
    _, _, waybill = through_the_gate(staff)
    staff.later(days=1).run("hand_in_waybill", "zhou", waybill=waybill.uid)
    staff.run("credit_freight", "zhou", waybill=waybill.uid)
    sweep(staff.at + timedelta(days=5))
    assert Obligation.objects.get(clause="D11.1", subject=waybill.uid).closed_how == "kept"
    assert not Fine.objects.exists()
    assert standing(staff.customer).balance == -int(waybill.freight_fen or 0)


def test_a_late_waybill_is_proposed_a_fifth_of_its_freight_once(staff: Staff) -> None:
    _, _, waybill = through_the_gate(staff)
    for _ in range(2):
        sweep(staff.at + timedelta(days=3))
    fine = Fine.objects.get(clause="D11.1")
    assert (fine.fen, fine.holder) == (round(int(waybill.freight_fen or 0) * 0.2), staff.carrier)


def test_the_pass_is_refused_with_everything_that_is_missing_at_once(staff: Staff) -> None:
    order = paid(staff)
    notice = effective_notice(staff, order)
    picked(staff, notice)
    trip, _ = loaded(staff, notice)
    with pytest.raises(Refused) as refused:
        staff.run("issue_gate_pass", "lin", trip=trip, sales_copy=False)
    assert {"D9", "D10"} <= {reason.clause for reason in refused.value.reasons}
    assert {"D4", "D6", "D7"} <= {clause for clause, _ in refused.value.holds}


def test_everything_is_in_the_journal_and_the_chain_holds(staff: Staff) -> None:
    through_the_gate(staff)
    while chain():
        pass
    assert Seal.objects.count() == Entry.objects.count()
    assert {"order.taken", "pass.issued", "vehicle.released", "goods.left", "order.shipped"} <= set(Entry.objects.values_list("event", flat=True))
