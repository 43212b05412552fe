"""A batch that fails after it was picked: not loaded, no pass, no release; who holds it is told, what left is listed (D7)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from company import Staff, paid
from desks.test_my_desk import as_
from gatepass.catalogue.models import Product
from gatepass.dispatch.models import Pick
from gatepass.enforcement.models import Obligation
from gatepass.gate.models import GatePass
from gatepass.journal.clock import clock_at
from gatepass.orders.models import Note
from gatepass.rules.reasons import Refused
from gatepass.stock.models import Batch
from test_whole_way import effective_notice, loaded, picked

pytestmark = pytest.mark.requirement("D7")


def clauses(staff: Staff, command: str, by: str, **given: object) -> set[str]:
    with pytest.raises(Refused) as refused:
        staff.run(command, by, **given)
    return {reason.clause for reason in refused.value.reasons if "没有检验合格" in reason.what.zh}


def first_batch(notice: UUID) -> Batch:
    return Pick.objects.filter(line__notice__uid=notice).select_related("batch").order_by("id")[0].batch


def test_a_batch_that_fails_after_picking_is_not_loaded_until_it_is_changed_for_another(staff: Staff) -> None:
    order = paid(staff)
    notice = effective_notice(staff, order)
    picked(staff, notice)
    batch = first_batch(notice)
    held = sum(Pick.objects.filter(line__notice__uid=notice, batch=batch).values_list("cartons", flat=True))
    trip = staff.run("arrange_trip", "lin", vehicle=staff.vehicle, driver=staff.driver, day=staff.today(), notices=[notice]).uid
    staff.later(minutes=5).run("decide_quality", "deng", batch=batch.uid, quality="failed", reason="化验不合格")
    assert clauses(staff, "finish_loading", "deng", trip=trip) == {"D7"}
    duty = Obligation.objects.get(clause="D7.6", closed_at=None)
    assert (duty.subject, duty.holder_position) == (notice, "warehouse")
    with clock_at(staff.at):
        assert "已配的批次停发" in as_(staff, "deng").get("/").content.decode()
        page = as_(staff, "deng").get(f"/stock/batches/{batch.uid}/").content.decode()
    assert "这一批还没有出门的" in page and f"<b>{held}</b>" in page
    assert "判为不合格" in Note.objects.latest("id").text
    staff.later(minutes=5).run("put_back", "deng", notice=notice, batch=batch.uid, cartons=held, reason="批次不合格")
    duty.refresh_from_db()
    assert duty.closed_how == "kept"


def test_a_batch_that_fails_when_the_vehicle_has_its_pass_voids_it_and_one_that_passes_again_leaves_on_another(staff: Staff) -> None:
    notice = effective_notice(staff, paid(staff))
    picked(staff, notice)
    trip, part = loaded(staff, notice)
    batch = first_batch(notice)
    staff.later(minutes=5).run("sign_as_carrier", "luo", consignment=part.uid, name="罗建平", cartons=part.cartons, image="")
    issued = staff.run("issue_gate_pass", "lin", trip=trip, sales_copy=True).uid
    staff.later(minutes=5).run("decide_quality", "deng", batch=batch.uid, quality="held", reason="客户投诉同批")
    seen = {"gate_pass": issued, "plate": "213", "cartons": part.cartons, "seals": "CD-0042"}
    assert GatePass.objects.get(uid=issued).voided_why == "所配批次不再合格"
    with pytest.raises(Refused):
        staff.run("release_vehicle", "feng", **seen)
    assert clauses(staff, "issue_gate_pass", "lin", trip=trip, sales_copy=True) == {"D7"}
    staff.later(minutes=5).run("decide_quality", "deng", batch=batch.uid, quality="passed", reason="复检合格")
    assert not Obligation.objects.filter(clause="D7.6", closed_at=None).exists()
    again = staff.run("issue_gate_pass", "lin", trip=trip, sales_copy=True).uid
    staff.run("release_vehicle", "feng", **seen | {"gate_pass": again})
    staff.later(minutes=5).run("decide_quality", "deng", batch=batch.uid, quality="failed", reason="再次复检不合格")
    assert not Obligation.objects.filter(clause="D7.6", closed_at=None).exists()
    with clock_at(staff.at):
        page = as_(staff, "deng").get(f"/stock/batches/{batch.uid}/").content.decode()
    assert "川A·8F213" in page and "没有通知单配了这一批" in page


def test_a_batch_near_its_end_is_said_while_picking_and_one_that_expired_since_does_not_leave(staff: Staff) -> None:
    product = Product.objects.get(code="100101")
    made = staff.today() - timedelta(days=product.shelf_life_days - 1)
    staff.run("receive_stock", "deng", product=product.uid, cartons=500, produced_on=made)
    notice = effective_notice(staff, paid(staff))
    with clock_at(staff.at):
        assert "还有 1 天到期" in as_(staff, "deng").get(f"/picking/{notice}/").content.decode()
    picked(staff, notice)
    trip, part = loaded(staff, notice)
    staff.run("sign_as_carrier", "luo", consignment=part.uid, name="罗建平", cartons=part.cartons, image="")
    with pytest.raises(Refused, match="has expired"):
        staff.later(days=1).run("issue_gate_pass", "lin", trip=trip, sales_copy=True)
