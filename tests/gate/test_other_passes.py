"""D10, rule 32: what is not an order's goods leaves by its source too: returned to a supplier, samples, materials; and the copies that are owed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from company import Staff, paid
from desks.test_my_desk import as_ as as_person
from gatepass.catalogue.models import Product
from gatepass.enforcement.models import Obligation
from gatepass.gate import commands as gate
from gatepass.gate.models import GatePass, Material
from gatepass.journal.clock import clock_at
from gatepass.rules.reasons import Refused
from gatepass.stock import commands as stock
from gatepass.stock import returning
from gatepass.stock.models import Batch
from gatepass.stock.reserving import available
from test_whole_way import effective_notice, loaded, picked

from .stage import NOW, Stage, release
from .test_pages import as_
from .test_passes import clauses, said

pytestmark = pytest.mark.requirement("D10")


@pytest.mark.requirement("C16")
def test_a_return_to_a_supplier_leaves_by_its_batch_and_is_out_of_stock(made: Stage):
    product = made.product.uid
    stock.receive_stock(by=made.who("warehouse"), at=NOW, product=product, cartons=60, produced_on=NOW.date(), code="YL-1")
    batch = Batch.objects.get(code="YL-1")
    given = {"batch": batch.uid, "supplier": "郫都椒业", "reason": "含水超标"}
    with pytest.raises(Refused, match="has only 60"):
        returning.return_to_supplier(by=made.who("warehouse"), at=NOW, cartons=61, **given)
    back = returning.return_to_supplier(by=made.who("warehouse"), at=NOW, cartons=20, **given).uid
    assert Batch.objects.get(uid=batch.uid).on_hand == 40
    with clock_at(NOW):
        assert "郫都椒业" in as_(made, "client_admin").get("/passes/").content.decode()
    row = GatePass.objects.get(uid=gate.issue_return_pass(by=made.who("client_admin"), at=NOW, supplier_return=back, plate="川A·55555").uid)
    with pytest.raises(Refused, match="There is a pass for it"):
        gate.cancel_supplier_return(by=made.who("warehouse"), at=NOW, supplier_return=back, reason="不退了")
    with pytest.raises(Refused) as refused:
        release(made, row, cartons=19)
    assert clauses(refused) == ["D10"]
    release(made, row)
    for again in (lambda: release(made, row), lambda: gate.issue_return_pass(
        by=made.who("client_admin"), at=NOW, supplier_return=back, plate="川A·55555")):
        with pytest.raises(Refused):
            again()
    other = returning.return_to_supplier(by=made.who("warehouse"), at=NOW, cartons=5, **given).uid
    gate.cancel_supplier_return(by=made.who("warehouse"), at=NOW, supplier_return=other, reason="不退了")
    assert Batch.objects.get(uid=batch.uid).on_hand == 40


@pytest.mark.requirement("C16", "D3")
def test_what_orders_wait_for_is_not_returned_to_a_supplier_unless_it_failed(staff: Staff):
    paid(staff, cartons=100)
    batch = Batch.objects.filter(product__uid=staff.products["100101"]).order_by("-on_hand")[0]
    free = available([batch.product.pk], staff.today())[batch.product.pk]
    assert 0 <= free < batch.on_hand
    given = {"batch": batch.uid, "supplier": "郫都椒业", "reason": "错发"}
    with pytest.raises(Refused, match=f"Only {free} cartons"):
        staff.run("return_to_supplier", "deng", cartons=free + 1, **given)
    staff.run("decide_quality", "wu", batch=batch.uid, quality="failed", reason="含水超标")
    assert staff.run("return_to_supplier", "deng", cartons=free + 1, **given)


@pytest.mark.requirement("C11", "C16")
def test_a_sample_leaves_only_when_it_was_handed_out_of_stock(staff: Staff):
    lines = [{"product": staff.products["100101"], "cartons": 1}]
    sample = staff.run(
        "issue_sample_notice", "lin", lines=lines, customer=staff.customer, recipient="味研所", address="成都市锦江区", phone="13800001111",
        purpose="试用", cost="100", follow_up_on=staff.today() + timedelta(days=7),
    ).uid  # fmt: skip
    with pytest.raises(Refused) as refused:
        staff.run("issue_sample_pass", "lin", sample=sample, plate="川A·55555")
    assert clauses(refused) == ["C11"] and "审批" in said(refused)


@pytest.mark.requirement("C16")
def test_materials_leave_from_what_was_counted_on_a_second_signature(staff: Staff):
    pallets = staff.run("count_material", "deng", name="旧托盘", unit="个", pieces=30).uid
    given = {"plate": "川A·55555", "reason": "退托盘厂换新"}
    with pytest.raises(Refused, match="has only 30"):
        staff.run("ask_for_materials", "lin", lines=[{"material": pallets, "pieces": 300}], **given)
    asked = staff.run("ask_for_materials", "lin", lines=[{"material": pallets, "pieces": 24}], **given).uid
    assert not GatePass.objects.exists()
    with pytest.raises(Refused):
        staff.sign("lin", "materials", asked, "second")
    with clock_at(staff.at):
        assert "旧托盘" in as_person(staff, "he").get(f"/approvals/materials/{asked}/").content.decode()
    staff.sign("he", "materials", asked, "second")
    row = GatePass.objects.get(source=asked)
    assert (row.kind, row.cartons, Material.objects.get().on_hand) == ("material", 24, 6)
    staff.run("release_vehicle", "feng", gate_pass=row.uid, plate="555", cartons=24)
    with pytest.raises(Refused, match="somebody else asks"):  # who counted them does not ask for them
        staff.run("ask_for_materials", "deng", lines=[{"material": pallets, "pieces": 6}], **given)
    second = staff.run("ask_for_materials", "lin", lines=[{"material": pallets, "pieces": 6}], **given).uid
    staff.sign("he", "materials", second, "second")
    staff.run("void_gate_pass", "lin", gate_pass=GatePass.objects.get(source=second).uid, reason="车没来")
    assert Material.objects.get().on_hand == 6


@pytest.mark.requirement("C16", "D10")
@pytest.mark.parametrize("written", ["{name}", "{code}", " {name} 500g×24", "旧{name}（退）"])
def test_no_product_leaves_as_a_material_however_its_name_is_written(staff: Staff, written: str):
    product = Product.objects.get(uid=staff.products["100101"])
    with pytest.raises(Refused, match="is a product"):
        staff.run("count_material", "deng", name=written.format(name=product.name, code=product.code), unit="箱", pieces=300)
    assert not Material.objects.exists()


def test_the_other_copies_are_owed_where_their_tick_stays_open(staff: Staff):
    notice_of = effective_notice(staff, paid(staff))
    picked(staff, notice_of)
    trip, consignment = loaded(staff, notice_of)
    staff.run("sign_as_carrier", "luo", consignment=consignment.uid, name="罗建平", cartons=consignment.cartons, image="")
    issued = staff.run("issue_gate_pass", "lin", trip=trip, sales_copy=True, finance_copy=True).uid
    duty = Obligation.objects.get(clause="D10.5")
    assert (duty.closed_at, duty.holder_position) == (None, "client_admin")
    staff.later(minutes=9).run("collect_copies", "lin", gate_pass=issued)
    assert Obligation.objects.get(clause="D10.5").closed_how == "kept"
    with pytest.raises(Refused):
        staff.run("collect_copies", "lin", gate_pass=issued)
