"""The administrator cannot be anybody: no command makes him, or somebody he made up, able to approve, sign, waive or read money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from gatepass.identity import new_id
from gatepass.journal.clock import clock_at
from gatepass.journal.declaration import Field
from gatepass.journal.door import COMMANDS
from gatepass.people.links import new_code, new_link
from gatepass.people.models import Appointment, Deputy, Invitation, Person, Post, Token
from gatepass.people.tokens import new_token
from gatepass.roles import WEIGHTY, Position
from gatepass.rules.reasons import NotFound, Refused
from masters import NOW, SECRET, House, assigned, reasons, with_password


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock_at(NOW):
        yield


def strangers_power(house: House) -> dict[str, set[str]]:
    """Weighty powers of the administrator and of everybody whom he made up."""
    own = {"admin", *(name for name in Person.objects.filter(active=True).values_list("username", flat=True) if name.startswith("puppet"))}
    uids = dict(Person.objects.filter(username__in=own).values_list("username", "uid"))
    house.people |= uids
    return {name: {p.value for p in house.sees(name).powers & WEIGHTY} for name in own}


def puppet(house: House, n: int = 0) -> Any:
    made = house.run("add_person", "admin", username=f"puppet{n}", name="李四")
    house.people[f"puppet{n}"] = made
    token, digest = new_link()
    house.run("issue_link", "admin", person=made, digest=digest)
    answer = Client().post(f"/first/{token}/", {"password": SECRET, "again": SECRET})
    assert answer.status_code == 302
    return made


def guesses(house: House, field: Field, who: Any) -> Any:
    """Input that a resourceful administrator would give: people are his own, posts the most powerful ones."""
    named = {
        "person": who, "position": Post.objects.get(kind="head").uid, "deputy": Deputy.objects.values_list("uid", flat=True).first(),
        "appointment": Appointment.objects.filter(confirmed_at=None, declined_at=None).values_list("uid", flat=True).first(),
        "link": Invitation.objects.filter(used_at=None, withdrawn_at=None).values_list("uid", flat=True).first(),
    }  # fmt: skip
    texts = {"kind": "finance_manager", "digest": new_token()[1], "reason": "病假", "since": house.at.isoformat(), "until": "2027-01-01T00:00:00Z"}
    if field.of:
        return [named.get(field.of) or new_id()] if field.many else named.get(field.of) or new_id()
    if field.columns:
        return [{"username": f"puppet{new_id().hex[:8]}", "name": "王五", "position": "sales_director"}]
    return texts.get(field.name, 1 if field.type is int else True if field.type is bool else "x")


@pytest.mark.requirement("M1", "R7")
def test_no_command_gives_the_administrator_or_his_puppets_any_weight(house: House) -> None:
    with_password(house, "lin")
    puppet(house)
    tried = 0
    for by in ("admin", "puppet0"):
        for who in (house.people["puppet0"], house.people["lin"]):
            for name, command in sorted(COMMANDS.items()):
                if command.hidden or name == "deactivate_person":  # takes away only
                    continue
                full = {f.name: guesses(house, f, who) for f in command.declaration.fields}
                few = {f.name: full[f.name] for f in command.declaration.fields if f.required}
                for given in (full, few) if few != full else (full,):
                    tried += 1
                    try:
                        command(by=house.people[by], at=house.at, **given)
                    except (Refused, NotFound):
                        continue
                    held = strangers_power(house)
                    assert not any(held.values()), (name, given, held)
                    assert Person.objects.get(username="lin").check_password(SECRET), name
    assert tried > 400


@pytest.mark.requirement("M1", "R7")
def test_every_way_in_that_was_found_is_closed(house: House) -> None:
    with_password(house, "lin")
    made = puppet(house)
    for kind in Position:
        if kind not in (Position.ADMINISTRATOR,):
            reasons("appoint_person", house, "admin", person=made, kind=kind.value)
    assert strangers_power(house) == {"admin": set(), "puppet0": set()}
    for row in Appointment.objects.filter(confirmed_at=None):
        for by in ("admin", "puppet0", "lin", "he"):
            assert reasons("confirm_appointment", house, by, appointment=row.uid) != []
    token, digest = new_token()
    assert "person" not in {field.name for field in COMMANDS["issue_token"].declaration.fields}
    house.run("issue_token", "admin", name="看板", digest=digest)
    own = Client(headers={"Authorization": f"Bearer {token}"}).get("/api/v1/orders")
    assert Token.objects.get().person.username == "admin" and own.json()["items"] == []
    link, digest = new_link()
    house.run("issue_link", "admin", person=house.people["lin"], digest=digest)
    page = Client().post(f"/first/{link}/", {"password": "entirely new 77", "again": "entirely new 77", "code": "00000000"})
    assert page.status_code == 422 and "总经理" in page.content.decode()
    assert authenticate(username="lin", password=SECRET) is not None and authenticate(username="lin", password="entirely new 77") is None


@pytest.mark.requirement("M1")
def test_the_head_confirms_posts_and_links_on_pages_and_the_code_is_his_alone(house: House) -> None:
    with_password(house, "chen") if not Person.objects.get(username="chen").has_usable_password() else None
    head, admin = Client(), Client()
    head.force_login(Person.objects.get(username="chen"))
    admin.force_login(Person.objects.get(username="admin"))
    made = puppet(house, 7)
    admin.post("/do/appoint_person/", {"person": str(made), "kind": "receivables", "_key": "a"})
    page = head.get("/people/").content.decode()
    assert "李四" in page and "待确认" in page
    appointment = Appointment.objects.get(confirmed_at=None, person__uid=made).uid
    assert admin.post("/do/confirm_appointment/", {"appointment": str(appointment)}).status_code == 422
    assert head.post("/do/confirm_appointment/", {"appointment": str(appointment)}).status_code == 302
    assert authenticate(username="puppet7", password=SECRET) is None, "whoever knew the password before the post came does not come with it"
    shown = admin.post(f"/people/{made}/link/").content.decode()
    address = re.search(r"data-link>http://testserver(/first/[^<]+)<", shown)
    assert address is not None
    link = Invitation.objects.get(person__uid=made, used_at=None, withdrawn_at=None)
    assert link.needs_code and link.digest not in shown
    assert admin.post(f"/people/links/{link.uid}/code/").status_code == 404
    code = re.search(r"data-code>(\d{8})<", head.post(f"/people/links/{link.uid}/code/").content.decode())
    assert code is not None
    new = {"password": "十里长亭 2031", "again": "十里长亭 2031"}
    person = Client()
    assert person.post(address[1], new | {"code": "12345678"}).status_code == 422
    assert person.post(address[1], new | {"code": code[1]}).status_code == 302
    assert authenticate(username="puppet7", password="十里长亭 2031") is not None
    assert person.get(address[1]).status_code == 410


@pytest.mark.requirement("M1")
def test_five_wrong_codes_end_a_link_and_weak_passwords_are_refused_in_words(house: House) -> None:
    token, digest = new_link()
    link = house.run("issue_link", "admin", person=house.people["lin"], digest=digest)
    code, hashed = new_code()
    house.run("confirm_link", "chen", link=link, digest=hashed)
    visitor = Client()
    for weak, why in (("12345678", "太常见"), ("蜀塘2026!!", "公司名"), ("linxiaoyan88", "公司名"), ("short", "至少 8 个字符")):
        answer = visitor.post(f"/first/{token}/", {"password": weak, "again": weak, "code": code})
        assert answer.status_code == 422 and why in answer.content.decode(), weak
    for _ in range(5):
        assert visitor.post(f"/first/{token}/", {"password": "十里长亭 2031", "again": "十里长亭 2031", "code": "1"}).status_code == 422
    assert visitor.post(f"/first/{token}/", {"password": "十里长亭 2031", "again": "十里长亭 2031", "code": "1"}).status_code == 410


@pytest.mark.requirement("M1")
def test_a_token_ends_by_itself_and_does_only_what_it_is_for(house: House) -> None:
    assigned(house, "sun", "lin")
    token, digest = new_token()
    house.run("issue_token", "lin", name="看板", digest=digest, days=30, reads=False, commands=["add_product"])
    api = Client(headers={"Authorization": f"Bearer {token}"})
    made = {"data": {"code": "9", "name": "新品", "spec": "1", "pieces": 1, "weight_g": 1, "volume_cm3": 1, "shelf_life_days": 1},
            "content_type": "application/json"}  # fmt: skip
    assert api.get("/api/v1/orders").status_code == 403
    assert api.post("/api/v1/commands/add_department", {"name": "x"}, content_type="application/json").status_code == 403
    assert api.post("/api/v1/commands/add_product", **made).status_code in (200, 422)
    Token.objects.update(expires_at=house.at)
    assert api.get("/api/v1/orders").status_code == 401
    assert "There are no such commands: no_such" in reasons("issue_token", house, "lin", name="x", digest=new_token()[1], commands=["no_such"])
    assert "It lasts 1 to 366 days" in reasons("issue_token", house, "lin", name="x", digest=new_token()[1], days=999)
