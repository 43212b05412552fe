"""The customer says through his signed link whether the goods are there; a driver's word waits for it (D11)."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from company import Staff, paid
from gatepass.enforcement.models import Obligation
from gatepass.journal.clock import clock_at
from gatepass.orders.models import Note
from gatepass.orders.sending import token_digest
from gatepass.transport.models import Consignment
from test_whole_way import through_the_gate

TOKEN = "a-customers-own-address"
pytestmark = pytest.mark.requirement("D11")


@pytest.fixture
def left(staff: Staff) -> Consignment:
    """An order with a link, out of the gate an hour ago."""
    order = paid(staff)
    staff.run("make_link", "lin", order=order, token_digest=token_digest(TOKEN))
    _, consignment, _ = through_the_gate(staff, order)
    staff.later(hours=1)
    return Consignment.objects.get(pk=consignment.pk)


def opened(staff: Staff, **given: str) -> tuple[int, str]:
    """The page as the customer's phone has it, after an answer if one is given."""
    with clock_at(staff.at):
        client = Client()
        page = client.post(f"/c/{TOKEN}/goods/", given, follow=True) if given else client.get(f"/c/{TOKEN}/goods/")
        assert page.headers["Cache-Control"] == "no-store, private"
        return page.status_code, page.content.decode()


def duty(consignment: UUID) -> Obligation:
    return Obligation.objects.get(clause="D11.4", subject=consignment)


def test_the_customer_confirms_what_the_driver_said_and_the_desk_owes_nothing_more(staff: Staff, left: Consignment) -> None:
    staff.run("claim_consigned", "luo", consignment=left.uid, moment=staff.at, direct=True)
    assert duty(left.uid).closed_at is None
    status, page = opened(staff)
    assert status == 200 and left.number in page and "司机说" in page
    staff.later(minutes=20)
    status, page = opened(staff, goods=str(left.uid), answer="there")
    assert status == 200 and "已到" in page and "货已收到" not in page
    row = Consignment.objects.get(pk=left.pk)
    assert (row.consigned_at, row.direct) == (staff.at, True)
    assert duty(left.uid).closed_how == "kept"
    assert "客户在链接上确认收到" in Note.objects.latest("id").text
    assert opened(staff, goods=str(left.uid), answer="there")[0] == 200


def test_what_the_customer_has_not_got_is_not_delivered_and_his_words_reach_the_plan_book(staff: Staff, left: Consignment) -> None:
    staff.run("claim_consigned", "luo", consignment=left.uid, moment=staff.at)
    status, page = opened(staff, goods=str(left.uid), answer="not", note="")
    assert status == 422 and "请写一句现在怎样" in page
    status, page = opened(staff, goods=str(left.uid), answer="not", note="仓库今天没有人收过货")
    assert status == 200 and "司机说" not in page and "货已收到" in page
    assert "仓库今天没有人收过货" in Note.objects.latest("id").text
    assert Consignment.objects.get(pk=left.pk).consigned_at is None
    staff.later(minutes=30).run("claim_consigned", "luo", consignment=left.uid, moment=staff.at)
    assert "司机说" in opened(staff)[1]


def test_a_link_answers_for_the_goods_of_its_own_order_only(staff: Staff, left: Consignment) -> None:
    other = paid(staff, code="200101", cartons=20)
    _, foreign, _ = through_the_gate(staff, other)
    assert opened(staff, goods=str(foreign.uid), answer="there")[0] == 404
    assert opened(staff, goods="nothing", answer="there")[0] == 404
    assert Consignment.objects.get(pk=foreign.pk).consigned_at is None
    with clock_at(staff.at):
        assert Client().get("/c/somebody-elses/goods/").status_code == 404
