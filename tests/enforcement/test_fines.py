"""Fines: a manager confirms, the head waives, once; nobody decides on his own."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import connection

from company import Staff, digest_of
from databases import Clones
from gatepass.enforcement.models import Fine
from gatepass.enforcement.queries import fines
from gatepass.journal.models import Entry
from gatepass.rules.reasons import NotFound, Refused
from gatepass.site import database

from .cases import TUESDAY_MIDNIGHT, fined, handed_in, said, sight

pytestmark = pytest.mark.requirement("R1")


@pytest.fixture
def fine(staff: Staff) -> UUID:
    staff.at = TUESDAY_MIDNIGHT + timedelta(hours=10)
    return fined(staff)


def test_a_manager_confirms_a_fine_once(staff: Staff, fine: UUID):
    staff.run("confirm_fine", "he", fine=fine)
    with pytest.raises(Refused) as refused:
        staff.run("confirm_fine", "liang", fine=fine)
    assert said(refused) == ["这笔罚款已经确认"]
    assert Fine.objects.get(uid=fine).confirmed_by == staff.people["he"]


def test_a_client_admin_cannot_confirm_a_fine(staff: Staff, fine: UUID):
    with pytest.raises(Refused):
        staff.run("confirm_fine", "lin", fine=fine)


def test_a_waiver_is_proposed_by_a_manager_and_given_by_the_head(staff: Staff, fine: UUID):
    staff.run("propose_waiver", "he", fine=fine, reason="高速封路，有通告")
    with pytest.raises(Refused) as refused:
        staff.run("confirm_fine", "he", fine=fine)
    assert said(refused) == ["已提请免罚，等总经理决定"]
    staff.sign_it("chen", "waiver", fine, "head", "不可抗力")
    waived = fines.fine(sight(staff, "he"), fine, at=staff.at)
    assert (waived.row.state, waived.waived and waived.waived[2]) == ("waived", "不可抗力")


def test_only_the_head_waives(staff: Staff, fine: UUID):
    staff.run("propose_waiver", "he", fine=fine, reason="老客户")
    with pytest.raises(Refused):
        staff.sign("liang", "waiver", fine, "head")


def test_a_waiver_without_a_reason_is_refused(staff: Staff, fine: UUID):
    with pytest.raises(Refused) as refused:
        staff.run("propose_waiver", "he", fine=fine, reason="  ")
    assert said(refused) == ["写明原因"]


def test_a_fine_whose_waiver_the_head_declines_is_confirmed_after_all(staff: Staff, fine: UUID):
    staff.run("propose_waiver", "he", fine=fine, reason="老客户")
    staff.send_back("chen", "waiver", fine, "head", "没有依据")
    assert fines.fine(sight(staff, "he"), fine, at=staff.at).row.state == "proposed"
    staff.later(minutes=5).run("propose_waiver", "liang", fine=fine, reason="交警证明随附")  # by another this time
    with pytest.raises(Refused) as refused:
        staff.sign("chen", "waiver", fine, "head", digest_of("waiver", fine, 1))
    assert "已经改版，请看新的一版再签" in said(refused)
    staff.send_back("chen", "waiver", fine, "head", "证明不是那天的")
    staff.run("confirm_fine", "he", fine=fine)
    with pytest.raises(Refused):
        staff.sign("chen", "waiver", fine, "head")


def test_a_waived_fine_cannot_be_confirmed_any_more(staff: Staff, fine: UUID):
    staff.run("propose_waiver", "liang", fine=fine, reason="不可抗力")
    staff.sign("chen", "waiver", fine, "head")
    with pytest.raises(Refused) as refused:
        staff.run("confirm_fine", "he", fine=fine)
    assert said(refused) == ["这笔罚款已经免除"]


def test_nobody_confirms_his_own_fine(staff: Staff, fine: UUID, clones: Clones):
    with psycopg.connect(database.other(clones.url, connection.settings_dict["NAME"])) as owner:  # the program may not change whom a fine is of
        owner.execute("update enforcement_fine set holder_kind = 'person', holder = %s where uid = %s", [staff.people["he"], fine])
    with pytest.raises(Refused) as refused:
        staff.run("confirm_fine", "he", fine=fine)
    assert said(refused) == ["不能确认自己的罚款"]
    staff.run("confirm_fine", "liang", fine=fine)


def test_a_fine_withdrawn_because_it_was_in_time_cannot_be_confirmed(staff: Staff, fine: UUID):
    handed_in(staff, Fine.objects.get(uid=fine).subject, at=TUESDAY_MIDNIGHT - timedelta(minutes=1))
    with pytest.raises(Refused) as refused:
        staff.run("confirm_fine", "he", fine=fine)
    assert said(refused) == ["这笔罚款已撤回：原来是按时办的"]


def test_a_fine_shows_its_facts_and_arithmetic(staff: Staff, fine: UUID):
    shown = fines.fine(sight(staff, "he"), fine, at=staff.at)
    assert (shown.row.base_fen, shown.row.percent, shown.row.fen) == (231_000, 20, 46_200)
    assert shown.row.whose.zh == "川渝顺达货运" or shown.row.whose.zh
    assert [step.what.zh for step in shown.counted.steps] == ["起算", "当日不计", "第 1 个工作日", "到期，24:00"]
    assert "20%" in shown.sentence.zh


def test_the_carrier_sees_his_own_fine_and_the_warehouse_sees_none(staff: Staff, fine: UUID):
    from gatepass.people.models import Person

    Person.objects.filter(uid=staff.people["luo"]).update(carrier=staff.carrier)
    assert fines.fine(sight(staff, "luo"), fine, at=staff.at).row.fen == 46_200
    with pytest.raises(NotFound):
        fines.fine(sight(staff, "deng"), fine, at=staff.at)
    assert fines.to_decide(sight(staff, "deng")) == ()


def test_confirming_is_journalled_with_the_sum(staff: Staff, fine: UUID):
    staff.run("confirm_fine", "he", fine=fine)
    assert Entry.objects.get(event="fine.confirmed").payload["fen"] == 46_200
