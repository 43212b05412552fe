"""Attempts to come in: counted by name, address and device in the database, for every process; seen by whom they concern. One company."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.test import Client

from databases import Clones
from gatepass.journal.clock import clock_at
from gatepass.journal.models import Entry
from gatepass.journal.watch import _set
from gatepass.people.links import new_link
from gatepass.people.models import Attempt, TokenUse
from gatepass.people.tokens import new_token
from gatepass.people.visitors import COOKIE, browser_of
from gatepass.site import database
from gatepass.site.checking.everything import check
from masters import NOW, SECRET, House, found, with_password

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(scope="module")
def house(clones: Clones) -> Iterator[House]:
    name = clones.clone()
    clones.use(name)
    made = found()
    for who in ("lin", "sun", "he"):
        with_password(made, who)
    yield made
    clones.leave()
    clones.drop(name)


def stranger(address: str = "198.51.100.1") -> Client:
    return Client(REMOTE_ADDR=address, HTTP_USER_AGENT=FIREFOX)


WRONG = "not it"


def tried(visitor: Client, name: str, password: str = WRONG, at: datetime | None = None) -> Any:
    with clock_at(at or NOW):
        return visitor.post("/sign-in/", {"name": name, "password": password})


def waits(answer: Any) -> int:
    """The minutes that the page says, 0 where it names none."""
    said = answer.content.decode()
    return int(said.split("试错太多次，")[1].split(" ")[0]) if "试错太多次" in said else 0


@pytest.mark.requirement("M1")
def test_waits_grow_for_strangers_and_a_device_that_was_used_is_never_kept_out(house: House) -> None:
    own = stranger("192.0.2.10")
    assert tried(own, "lin", SECRET).status_code == 302
    assert own.cookies[COOKIE]["httponly"] and own.cookies[COOKIE]["samesite"] == "Lax"
    attacker = stranger()
    assert [waits(tried(attacker, "lin")) for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    assert waits(tried(stranger("198.51.100.99"), "lin", SECRET)) == 1, "another address is no way around it"
    at = NOW + timedelta(seconds=61)
    assert waits(tried(attacker, "lin", at=at)) == 0
    assert waits(tried(attacker, "lin", at=at)) == 2
    assert tried(own, "lin", SECRET, at).status_code == 302, "her own device"
    assert waits(tried(attacker, "lin", at=at)) == 2, "and that ends nobody's wait"
    at += timedelta(minutes=3)
    assert tried(stranger("192.0.2.11"), "lin", SECRET, at).status_code == 302, "a new device after the wait"
    series = Entry.objects.filter(event="people.attempts_failed", payload__person=str(house.people["lin"]))
    assert [entry.payload["failed"] for entry in series] == [5]


def test_a_known_device_that_guesses_waits_for_itself(house: House) -> None:
    own, at = stranger("192.0.2.20"), NOW + timedelta(hours=2)
    assert tried(own, "he", SECRET, at).status_code == 302
    assert [waits(tried(own, "he", at=at)) for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    assert waits(tried(own, "he", SECRET, at)) == 1
    assert tried(stranger("192.0.2.21"), "he", SECRET, at).status_code == 302


@pytest.mark.requirement("M1")
def test_many_names_from_one_address_are_seen_and_slowed(house: House) -> None:
    sprayer, at = stranger("203.0.113.5"), NOW + timedelta(hours=4)
    assert [waits(tried(sprayer, f"nobody{n}", at=at)) for n in range(20)] == [0] * 20
    assert waits(tried(sprayer, "sun", SECRET, at)) == 1
    assert tried(stranger("203.0.113.6"), "sun", SECRET, at).status_code == 302
    entry = Entry.objects.filter(event="people.attempts_failed", payload__near=20).get()
    assert entry.payload["person"] is None and "203.0.113.5" not in entry.text
    assert not Attempt.objects.filter(subject__startswith="nobody").exists(), "what is nobody's name may be a password: it is not kept"
    with clock_at(at):
        admin, sun = Client(), Client()
        admin.force_login(house_person("admin"))
        sun.force_login(house_person("sun"))
        page = admin.get("/people/sign-ins/?shows=wrong").content.decode()
        assert "地址 203.0.113.5 一周内试错 20 次，涉及 20 个名字" in page
        own = sun.get("/people/sign-ins/").content.decode()
        assert "203.0.113.6" in own and "203.0.113.5" not in own and "Firefox/Linux" in own
        assert sun.get("/people/sign-ins/?shows=all").status_code == 404
        assert sun.get("/api/v1/attempts?shows=all").status_code == 404
        assert {row["good"] for row in sun.get("/api/v1/attempts").json()["items"]} == {True}
        assert any(row["address"] == "203.0.113.5" for row in admin.get("/api/v1/attempts?shows=wrong").json()["items"])


def house_person(username: str) -> Any:
    from gatepass.people.models import Person

    return Person.objects.get(username=username)


def test_a_hundred_at_once_are_counted_one_by_one(house: House) -> None:
    def one(_: int) -> int:
        try:
            return int(stranger("203.0.113.77").post("/sign-in/", {"name": "feng", "password": "not it"}).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as many:
        assert set(many.map(one, range(16))) == {422}
    assert Attempt.objects.filter(person=house.people["feng"]).count() == 5


@pytest.mark.requirement("M1")
def test_a_one_time_link_vouches_for_the_device_that_used_it(house: House) -> None:
    at = NOW + timedelta(hours=6)
    for _ in range(6):
        tried(stranger(), "wu", at=at)
    token, digest = new_link()
    link = house.run("issue_link", "admin", person=house.people["wu"], digest=digest)
    from gatepass.people.models import Invitation

    assert not Invitation.objects.get(uid=link).needs_code
    with clock_at(NOW + timedelta(hours=6)):
        visitor = stranger("192.0.2.30")
        assert visitor.post(f"/first/{token}/", {"password": "十里长亭 2031", "again": "十里长亭 2031"}).status_code == 302
    for _ in range(6):
        tried(stranger(), "wu", at=at)
    assert waits(tried(stranger("192.0.2.31"), "wu", "十里长亭 2031", at)) == 1
    assert tried(visitor, "wu", "十里长亭 2031", at).status_code == 302


def test_links_that_are_nobodys_count_against_the_address(house: House) -> None:
    guesser, at = stranger("203.0.113.9"), NOW + timedelta(hours=8)
    with clock_at(at):
        assert {guesser.get(f"/first/guess{n}/").status_code for n in range(10)} == {404}
        assert {guesser.get(f"/c/guess{n}/").status_code for n in range(14)} == {404}
    assert Attempt.objects.filter(address="203.0.113.9").count() == 20
    assert waits(tried(guesser, "sun", at=at)) == 1


def test_the_present_password_is_no_place_to_guess(house: House) -> None:
    visitor, at = stranger("192.0.2.40"), NOW + timedelta(hours=10)
    assert tried(visitor, "sun", SECRET, at).status_code == 302
    form = {"current": "guess", "password": "十里长亭 2032", "again": "十里长亭 2032"}
    with clock_at(at):
        said = [visitor.post("/me/password/", form).content.decode() for _ in range(6)]
        assert ["现在的密码不对" in one for one in said] == [True] * 5 + [False] and "1 分钟后再试" in said[5]
        assert visitor.post("/api/v1/commands/change_password", form, content_type="application/json").status_code == 404
    with clock_at(at + timedelta(minutes=2)):
        assert visitor.post("/me/password/", form | {"current": SECRET}).status_code == 302
    assert authenticate(username="sun", password="十里长亭 2032") is not None


def test_sign_ins_are_journalled_also_while_the_clock_is_not_believed(house: House) -> None:
    before = Entry.objects.filter(event="people.signed_in", by=house.people["he"]).count()
    _set(stopped=True)
    try:
        assert stranger("192.0.2.50").post("/sign-in/", {"name": "he", "password": SECRET}).status_code == 302
    finally:
        _set(stopped=False)
    entries = list(Entry.objects.filter(event="people.signed_in", by=house.people["he"]).order_by("id"))
    assert len(entries) == before + 1
    assert entries[-1].payload == {"person": str(house.people["he"]), "way": "sign_in", "known": False}


def test_old_attempts_go_and_nothing_of_it_is_an_untold_change(house: House, clones: Clones) -> None:
    from gatepass.people.attempts import forget_old

    token, digest = new_token()
    house.at = datetime.now(UTC)
    house.run("issue_token", "lin", name="看板", digest=digest)
    assert Client(headers={"Authorization": f"Bearer {token}"}).get("/api/v1/orders").status_code == 200
    assert TokenUse.objects.count() == 1
    forget_old(NOW + timedelta(days=100))
    assert {row.good for row in Attempt.objects.filter(at__lt=NOW + timedelta(days=1))} == {True}
    name = connection.settings_dict["NAME"]
    assert [finding.plain() for finding in check(database.other(clones.url, name))] == []


def test_browsers_by_name() -> None:
    assert browser_of(FIREFOX) == "Firefox/Linux"
    assert browser_of("curl/8.0") == ""
