"""A customer is told what was short and why; the answer is kept, on screen, in the API's plan book and printed (D5)."""

from __future__ import annotations

import pytest
from django.test import Client

from company import Staff, paid
from gatepass.journal.clock import clock_at
from gatepass.orders.plan_book import whole
from gatepass.people.models import Person
from gatepass.roles import SYSTEM
from gatepass.rules.reasons import Refused
from test_whole_way import through_the_gate


@pytest.mark.requirement("D5")
def test_what_is_short_is_worked_out_has_to_be_explained_and_stands_with_his_answer(staff: Staff) -> None:
    order = paid(staff)
    _, consignment, _ = through_the_gate(staff, order, lines=[{"product": staff.products["100101"], "cartons": 60, "gift": 3}])
    with pytest.raises(Refused) as found:
        staff.run("tell_customer", "lin", consignment=consignment.uid, how="电话", answer=" ")
    wrong = {reason.field: reason.what.zh for reason in found.value.reasons}
    assert "客户怎么答复" in wrong["answer"] and "郫县豆瓣 一级 订 105 件，已发 63 件" in wrong["why"]
    staff.run("tell_customer", "lin", consignment=consignment.uid, how="电话", answer="知道了，月底前补", why="第二批周五出库")
    consignment.refresh_from_db()
    assert "已发 63 件" in consignment.told_short and consignment.told_why == "第二批周五出库"
    (line,) = [one.said for one in whole(SYSTEM, order) if one.kind.en == "told"]
    for words in ("订 105 件，已发 63 件", "第二批周五出库", "知道了，月底前补"):
        assert words in line.zh
    assert "105 ordered, 63 sent" in line.en
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people["lin"]), "gatepass.people.sign_in.PersonBackend")
    with clock_at(staff.at):
        page = client.get(f"/trips/{consignment.trip.uid}/").content.decode()
    assert "第二批周五出库" in page and "知道了，月底前补" in page
