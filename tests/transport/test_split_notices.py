"""One notice on several trips: what one vehicle carries off is gone, whatever becomes of the others (D6, D7, D10, C4)."""

from __future__ import annotations

from uuid import UUID

import pytest

from company import Staff, paid
from databases import Clones
from desks.test_my_desk import as_
from gatepass.dispatch.models import Notice, NoticeLine
from gatepass.journal.clock import clock_at
from gatepass.journal.door import Ref
from gatepass.orders.models import Order
from gatepass.receivables.models import Posting
from gatepass.rules.reasons import Refused
from gatepass.stock.models import Batch
from gatepass.transport.models import Consignment, Trip
from test_whole_way import effective_notice, picked

pytestmark = pytest.mark.requirement("D10", "D7", "C18")


def put_on(staff: Staff, notice: UUID, cartons: int, gift: int = 0, vehicle: UUID | None = None) -> UUID:
    """So many cartons of a notice on a trip of their own, loaded, signed for."""
    line = NoticeLine.objects.get(notice__uid=notice, until_version=None).uid
    lines = [{"line": line, "cartons": cartons, "gift": gift}]
    given = {"vehicle": vehicle or staff.vehicle, "driver": staff.driver, "day": staff.today(), "notices": [notice], "lines": lines}
    trip = staff.later(minutes=5).run("arrange_trip", "lin", **given).uid
    for who in ("deng", "gao"):
        staff.run("count_load", who, trip=trip, cartons=cartons + gift)
    staff.run("finish_loading", "deng", trip=trip, seals="CD-0042")
    part = Consignment.objects.get(trip__uid=trip)
    staff.run("sign_as_carrier", "luo", consignment=part.uid, name="罗建平", cartons=cartons + gift)
    return trip


def passed(staff: Staff, trip: UUID) -> Ref:
    return staff.later(minutes=5).run("issue_gate_pass", "lin", trip=trip, sales_copy=True)


def out(staff: Staff, trip: UUID) -> None:
    held = Trip.objects.select_related("vehicle").get(uid=trip)
    cartons = Consignment.objects.get(trip=held).cartons
    gate_pass = passed(staff, trip).uid
    staff.run("release_vehicle", "feng", gate_pass=gate_pass, plate=held.vehicle.plate, cartons=cartons, seals="CD-0042")


@pytest.fixture
def notice(staff: Staff) -> UUID:
    """A hundred cartons and five free ones, paid, approved, picked in full."""
    made = effective_notice(staff, paid(staff))
    picked(staff, made)
    return made


def test_while_a_part_is_out_nothing_of_the_notice_is_put_back_changed_or_voided(staff: Staff, notice: UUID) -> None:
    out(staff, put_on(staff, notice, 60))
    second = put_on(staff, notice, 40, 5, staff.container)
    staff.run("void_trip", "lin", trip=second, reason="车坏了")
    line = NoticeLine.objects.get(notice__uid=notice, until_version=None)
    batch = Batch.objects.order_by("expires_on").filter(product=line.product)[0].uid
    attempts = [
        ("deng", "put_back", {"line": line.uid, "batch": batch, "cartons": 100, "reason": "退回"}),
        ("lin", "change_notice", {"reason": "减", "lines": [{"product": line.product.uid, "cartons": 40}]}),
        ("lin", "void_notice", {"reason": "重开"}),
    ]
    for who, command, given in attempts:
        with pytest.raises(Refused):
            staff.run(command, who, notice=notice, **given)
    out(staff, put_on(staff, notice, 40, 5, staff.container))
    assert Order.objects.get().shipped_at is not None
    assert Notice.objects.get(uid=notice).left_at is not None


def test_a_part_whose_pass_is_in_force_leaves_with_what_was_loaded_when_the_other_part_is_taken_off(staff: Staff, notice: UUID) -> None:
    first = put_on(staff, notice, 60)
    given = {"vehicle": staff.container, "driver": staff.driver, "day": staff.today(), "notices": [notice]}
    second = staff.later(minutes=5).run("arrange_trip", "lin", **given).uid  # the rest, without naming lines
    for who in ("deng", "gao"):
        staff.run("count_load", who, trip=second, cartons=45)
    staff.run("finish_loading", "deng", trip=second, seals="CD-0042")
    part = Consignment.objects.get(trip__uid=second)
    staff.run("sign_as_carrier", "luo", consignment=part.uid, name="罗建平", cartons=45)
    gate_pass = passed(staff, second).uid
    staff.run("void_trip", "lin", trip=first, reason="车坏了")
    staff.run("release_vehicle", "feng", gate_pass=gate_pass, plate="川A·6X901", cartons=45, seals="CD-0042")
    assert Posting.objects.get(kind="goods").fen == 40 * 128_00
    assert Order.objects.get().shipped_at is None
    out(staff, put_on(staff, notice, 60))
    assert sum(Posting.objects.filter(kind="goods").values_list("fen", flat=True)) == 100 * 128_00
    assert Order.objects.get().shipped_at is not None


def test_a_part_that_is_the_whole_again_is_loaded_anew_before_it_gets_a_pass(staff: Staff, notice: UUID) -> None:
    first = put_on(staff, notice, 60)
    given = {"vehicle": staff.container, "driver": staff.driver, "day": staff.today(), "notices": [notice]}
    second = staff.later(minutes=5).run("arrange_trip", "lin", **given).uid
    for who in ("deng", "gao"):
        staff.run("count_load", who, trip=second, cartons=45)
    staff.run("finish_loading", "deng", trip=second, seals="CD-0042")
    part = Consignment.objects.get(trip__uid=second)
    staff.run("void_trip", "lin", trip=first, reason="车坏了")
    staff.run("sign_as_carrier", "luo", consignment=part.uid, name="罗建平", cartons=105)
    with pytest.raises(Refused) as refused:
        passed(staff, second)
    assert "D10" in {reason.clause for reason in refused.value.reasons}  # it is not loaded: 105 cartons are to be counted again


def test_a_part_that_came_back_leaves_the_other_part_out(staff: Staff, notice: UUID, clones: Clones, fresh: str) -> None:
    from gatepass.site import database
    from gatepass.site.checking.everything import check

    first = put_on(staff, notice, 60)
    out(staff, first)
    out(staff, put_on(staff, notice, 40, 5, staff.container))
    staff.later(minutes=5).run("record_came_back", "lin", trip=first, reason="路断了")
    row = Notice.objects.get(uid=notice)
    assert (row.left_at, row.loaded_at is not None) == (None, True)
    with pytest.raises(Refused):
        staff.run("void_notice", "lin", notice=notice, reason="重开")
    out(staff, put_on(staff, notice, 60))
    assert Order.objects.get().shipped_at is not None
    assert [one for one in check(database.other(clones.url, fresh)) if "no journal entry" not in one.what.en and one.where != "chain"] == []


@pytest.mark.requirement("C19")
def test_what_of_a_notice_is_on_no_vehicle_yet_is_offered_on_its_order(staff: Staff, notice: UUID) -> None:
    order = Notice.objects.select_related("order").get(uid=notice).order.uid
    out(staff, put_on(staff, notice, 60))
    offered = f'href="/trips/?notice={notice}#n-{notice}"'
    with clock_at(staff.at):
        assert offered in as_(staff, "lin").get(f"/orders/{order}/").content.decode()
    put_on(staff, notice, 40, 5, staff.container)
    with clock_at(staff.at):
        assert offered not in as_(staff, "lin").get(f"/orders/{order}/").content.decode()
