"""A department that declines its work is in breach (D1); a holder is reminded."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from company import Staff
from gatepass.enforcement.models import Obligation, Reminder
from gatepass.enforcement.queries import desk, open_duties
from gatepass.orders.events import AccountChecked, AccountCheckRequested
from gatepass.rules.reasons import NotFound, Refused

from .cases import MONDAY, about, duty, said, sight
from .happening import happen

pytestmark = pytest.mark.requirement("D1")


@pytest.fixture
def check(staff: Staff) -> UUID:
    """An account check that finance owes, on its order."""
    staff.at = MONDAY + timedelta(minutes=5)
    order = uuid4()
    happen(about(AccountCheckRequested, staff, order), at=MONDAY)
    return order


def test_finance_that_declines_the_account_check_is_in_breach_and_still_owes_it(staff: Staff, check: UUID):
    owed = duty("D1.2", check)
    staff.run("refuse_work", "zhou", obligation=owed.uid, reason="手上太多")
    breach = duty("D1.3", owed.uid)
    assert (breach.closed_how, breach.holder_position, breach.holder) == ("breach", "receivables", staff.people["zhou"])
    owed.refresh_from_db()
    assert owed.closed_at is None
    (shown,) = open_duties(sight(staff, "xu", staff.at), at=staff.at, orders=[check])
    assert shown.refused_at == staff.at


def test_declining_is_recorded_once(staff: Staff, check: UUID):
    owed = duty("D1.2", check).uid
    staff.run("refuse_work", "zhou", obligation=owed, reason="手上太多")
    with pytest.raises(Refused) as refused:
        staff.run("refuse_work", "zhou", obligation=owed, reason="还是太多")
    assert said(refused) == ["已经记过拒办"]


def test_a_superior_records_that_a_department_declined_and_no_person_is_presumed(staff: Staff, check: UUID):
    owed = duty("D1.2", check)
    staff.run("refuse_work", "he", obligation=owed.uid, reason="财务说没空核账")
    breach = duty("D1.3", owed.uid)
    assert (breach.closed_how, breach.holder_position, breach.holder, breach.breached_holder) == ("breach", "receivables", None, None)
    with pytest.raises(Refused) as refused:
        staff.run("refuse_work", "zhou", obligation=owed.uid, reason="手上太多")
    assert said(refused) == ["已经记过拒办"]


@pytest.mark.parametrize(("language", "words", "done"), [("zh", "拒办", "已记拒办"), ("en", "Decline", "Declined")])
def test_it_is_declined_from_the_grounds_of_its_row_by_whom_it_concerns(staff: Staff, check: UUID, language: str, words: str, done: str):
    from django.test import Client

    from gatepass.journal.clock import clock_at
    from gatepass.people.models import Person

    def grounds(who: str) -> str:
        client = Client()
        client.force_login(Person.objects.get(uid=staff.people[who]), backend="gatepass.people.sign_in.PersonBackend")
        client.cookies["language"] = language
        with clock_at(staff.at):
            return client.get(f"/enforcement/duties/{owed}/why").content.decode()

    owed = duty("D1.2", check).uid
    assert all(words in grounds(who) and "refuse_work" in grounds(who) for who in ("zhou", "he"))
    assert "refuse_work" not in grounds("lin")
    staff.run("refuse_work", "zhou", obligation=owed, reason="手上太多")
    assert done in grounds("zhou")
    assert "refuse_work" not in grounds("zhou")


def test_nobody_declines_for_another_department(staff: Staff, check: UUID):
    with pytest.raises(Refused) as refused:
        staff.run("refuse_work", "lin", obligation=duty("D1.2", check).uid, reason="财务没空")
    assert said(refused) == ["这不是您岗位上的事"]


def test_what_is_done_can_no_longer_be_declined(staff: Staff, check: UUID):
    happen(about(AccountChecked, staff, check), at=staff.at)
    with pytest.raises(Refused) as refused:
        staff.run("refuse_work", "zhou", obligation=duty("D1.2", check).uid, reason="手上太多")
    assert said(refused) == ["这件事已经了结"]
    assert not Obligation.objects.filter(clause="D1.3").exists()


@pytest.mark.requirement("A17")
def test_a_reminder_shows_on_the_holders_desk_with_its_time(staff: Staff, check: UUID):
    staff.run("remind", "lin", obligation=duty("D1.2", check).uid)
    (shown,) = desk(sight(staff, "zhou", staff.at), at=staff.at).mine
    assert shown.reminded_at == staff.at


@pytest.mark.requirement("A17")
def test_nobody_is_reminded_twice_within_ten_minutes_nor_by_himself(staff: Staff, check: UUID):
    owed = duty("D1.2", check).uid
    staff.run("remind", "lin", obligation=owed)
    with pytest.raises(Refused) as soon:
        staff.run("remind", "he", obligation=owed)
    with pytest.raises(Refused) as own:
        staff.later(minutes=11).run("remind", "zhou", obligation=owed)
    assert (said(soon), said(own)) == (["刚催过，十分钟后再催"], ["这是您自己的事，不用催"])
    assert Reminder.objects.count() == 1


def test_what_one_may_not_see_cannot_be_touched(staff: Staff, check: UUID):
    with pytest.raises(NotFound):
        staff.run("remind", "feng", obligation=duty("D1.2", check).uid)
