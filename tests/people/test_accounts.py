"""People and their sign-ins: who may do what follows from the post, and ends when the person is deactivated."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from gatepass.journal.models import Entry
from gatepass.journal.who import sight_of
from gatepass.people.accounts import add_person, appoint_person, deactivate_person, found_company
from gatepass.people.appointments import confirm_appointment
from gatepass.people.links import issue_link, new_link
from gatepass.people.models import Holding, Person
from gatepass.people.posts import end_assignment
from gatepass.roles import SYSTEM, Position, Power
from gatepass.rules.reasons import NotFound, Refused

SECRET = "a long enough one"


@pytest.fixture
def administrator(fresh: str) -> UUID:
    """The administrator of a newly founded company."""
    found_company(
        by=SYSTEM.person, name="测试纸业有限公司", short_name="测试", name_en="Test Paper", head="王总",
        head_username="wang", administrator="李管", administrator_username="li", head_password=f"{SECRET} of the head",
        administrator_password=SECRET,
    )  # fmt: skip
    return Person.objects.get(username="li").uid


def chen(administrator: UUID) -> UUID:
    """A person who has set his password with a link; he holds no post yet."""
    made = add_person(by=administrator, username="chen", name="陈单")
    assert made is not None
    token, digest = new_link()
    issue_link(by=administrator, person=made.uid, digest=digest)
    assert Client().post(f"/first/{token}/", {"password": SECRET, "again": SECRET}).headers["Location"] == "/sign-in/"
    return made.uid


def head() -> UUID:
    return Person.objects.get(username="wang").uid


@pytest.mark.requirement("M1")
def test_powers_come_with_the_post_and_not_before(administrator: UUID) -> None:
    person = chen(administrator)
    assert sight_of(person).powers == frozenset()
    made = appoint_person(by=administrator, person=person, kind=Position.CLIENT_ADMIN)
    assert made is not None and sight_of(person).powers == frozenset()
    confirm_appointment(by=head(), appointment=made.uid)
    assert sight_of(person).may(Power.TAKE_ORDER)
    appoint_person(by=administrator, person=person, kind=Position.WAREHOUSE)
    assert sight_of(person).may(Power.PICK)


@pytest.mark.requirement("M1")
def test_who_has_not_the_power_may_not_add_people(administrator: UUID) -> None:
    person = chen(administrator)
    with pytest.raises(Refused, match="M1"):
        add_person(by=person, username="friend", name="友")
    assert not Person.objects.filter(username="friend").exists()


def test_the_head_and_the_administrator_hold_different_posts(administrator: UUID) -> None:
    head = sight_of(Person.objects.get(username="wang").uid)
    assert head.positions == {Position.HEAD}
    assert sight_of(administrator).positions == {Position.ADMINISTRATOR}
    assert not sight_of(administrator).may(Power.SEE_ORDERS)


def test_head_and_administrator_have_a_way_in_each_of_his_own(fresh: str) -> None:
    given = {"name": "测试纸业有限公司", "short_name": "测试", "name_en": "Test Paper", "head": "王总", "head_username": "wang",
             "administrator": "李管", "administrator_username": "li"}  # fmt: skip
    for ways, wrong in (
        ({"head_password": SECRET, "administrator_password": SECRET}, "Head and administrator need different passwords"),
        ({"head_password": SECRET}, "Each needs a password of his own or a one-time link"),
        ({"head_password": "测试纸业有限公司2026", "administrator_password": SECRET}, "more than the company's"),
        ({"head_password": "12345678", "administrator_password": SECRET}, "one of the commonest"),
    ):
        with pytest.raises(Refused, match=wrong):
            found_company(by=SYSTEM.person, **given, **ways)
    links = [new_link(), new_link()]
    found_company(by=SYSTEM.person, **given, head_link=links[0][1], administrator_link=links[1][1])
    assert authenticate(username="wang", password="") is None
    assert Client().post(f"/first/{links[0][0]}/", {"password": SECRET, "again": SECRET}).status_code == 302
    assert authenticate(username="wang", password=SECRET) is not None


def test_a_company_is_founded_once(administrator: UUID) -> None:
    with pytest.raises(Refused, match="already a company"):
        found_company(
            by=SYSTEM.person, name="二", short_name="二", name_en="Two", head="甲", head_username="jia",
            administrator="乙", administrator_username="yi", head_password=f"{SECRET} of the head",
            administrator_password=SECRET,
        )  # fmt: skip
    assert Person.objects.count() == 2


def test_everything_wrong_with_a_new_person_is_said_at_once(administrator: UUID) -> None:
    with pytest.raises(Refused) as refused:
        add_person(by=administrator, username="li", name=" ", phone="1" * 41)
    assert len(refused.value.reasons) == 3


def test_a_deactivated_person_is_out_at_once(administrator: UUID) -> None:
    person = chen(administrator)
    visitor = Client()
    assert visitor.login(username="chen", password=SECRET)
    deactivate_person(by=administrator, person=person)
    assert authenticate(username="chen", password=SECRET) is None
    assert visitor.get("/there-is-no-such-page").wsgi_request.user.is_anonymous
    with pytest.raises(NotFound):
        sight_of(person)
    with pytest.raises(Refused, match="deactivated"):
        issue_link(by=administrator, person=person, digest=new_link()[1])


def test_nobody_deactivates_himself(administrator: UUID) -> None:
    with pytest.raises(Refused, match="himself"):
        deactivate_person(by=administrator, person=administrator)


@pytest.mark.requirement("M1")
def test_the_administrator_does_not_take_the_head_away(administrator: UUID) -> None:
    """Only the head hands on his powers: without one nobody could ever confirm another."""
    post = Holding.objects.get(person__uid=head(), post__kind=Position.HEAD.value).post.uid
    for take in (lambda: deactivate_person(by=administrator, person=head()), lambda: end_assignment(by=administrator, post=post, person=head())):
        with pytest.raises(Refused, match="appoint another first"):
            take()
    other = chen(administrator)
    made = appoint_person(by=administrator, person=other, kind=Position.HEAD)
    assert made is not None
    with pytest.raises(Refused, match="appoint another first"):  # who waits for a confirmation holds nothing
        deactivate_person(by=administrator, person=head())
    confirm_appointment(by=head(), appointment=made.uid)
    deactivate_person(by=administrator, person=head())
    with pytest.raises(Refused, match="appoint another first"):
        deactivate_person(by=administrator, person=other)


def test_a_new_password_signs_out_who_used_the_old_one_and_is_kept_nowhere_in_the_journal(administrator: UUID) -> None:
    person = chen(administrator)
    visitor = Client()
    assert visitor.login(username="chen", password=SECRET)
    token, digest = new_link()
    issue_link(by=administrator, person=person, digest=digest)
    new = "an entirely new one"
    assert Client().post(f"/first/{token}/", {"password": new, "again": new}).status_code == 302
    assert visitor.get("/there-is-no-such-page").wsgi_request.user.is_anonymous
    assert authenticate(username="chen", password="an entirely new one") is not None
    assert not [entry for entry in Entry.objects.all() if "one" in entry.text]
