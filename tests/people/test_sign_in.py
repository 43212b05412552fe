"""Signing in and out, the account page, tokens: through the web as a browser would."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from gatepass.journal.models import Entry, Key
from gatepass.people.models import Token
from gatepass.people.tokens import digest_of
from masters import SECRET, House, with_password


@pytest.fixture
def lin(house: House) -> Client:
    with_password(house, "lin")
    visitor = Client()
    assert visitor.post("/sign-in/", {"name": "lin", "password": SECRET, "next": "/people/"}).headers["Location"] == "/people/"
    return visitor


def test_name_and_password_open_the_house_and_signing_out_closes_it(lin: Client) -> None:
    assert lin.get("/people/").status_code == 200
    assert lin.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert lin.get("/people/").headers["Location"].startswith("/sign-in/")


def test_nobody_is_led_away_after_signing_in(house: House) -> None:
    with_password(house, "lin")
    answer = Client().post("/sign-in/", {"name": "lin", "password": SECRET, "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


def test_one_click_signs_in_in_the_demo_only(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor, person = Client(), {"person": str(house.people["lin"])}
    assert "林晓燕" not in visitor.get("/sign-in/").content.decode()
    assert visitor.post("/sign-in/", person).status_code == 404
    monkeypatch.setattr(settings, "DEMO", True)
    assert "林晓燕" in visitor.get("/sign-in/").content.decode()
    assert visitor.post("/sign-in/", person).status_code == 302
    assert visitor.post("/sign-in/", {"person": "nonsense"}).status_code == 404


def test_ones_own_password_changes_with_the_present_one_and_other_sessions_end(lin: Client) -> None:
    other = Client()
    other.post("/sign-in/", {"name": "lin", "password": SECRET})
    wrong = lin.post("/me/password/", {"current": "not it", "password": "short", "again": "short"})
    assert wrong.status_code == 422
    assert {"现在的密码不对", "密码至少 8 个字符"} <= set(wrong.content.decode().replace("</b>", "<b>").split("<b>"))
    new = "an entirely new one"
    assert lin.post("/me/password/", {"current": SECRET, "password": new, "again": new}).status_code == 302
    assert lin.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302
    assert not any(new in entry.text for entry in Entry.objects.all())


def test_language_and_theme_are_kept_for_the_person(lin: Client, house: House) -> None:
    lin.post("/me/preferences/", {"language": "en", "theme": "dark", "_key": "once"})
    page = lin.get("/me/").content.decode()
    assert 'lang="en"' in page and 'data-theme="dark"' in page


def test_a_token_is_shown_once_works_for_its_person_and_can_be_revoked(lin: Client, house: House) -> None:
    page = lin.post("/me/token/", {"name": "看板", "reads": "1"}).content.decode()
    token = page.split("data-token>")[1].split("<")[0]
    row = Token.objects.get()
    assert row.digest == digest_of(token) and token not in lin.get("/me/").content.decode()
    assert not any(token in str(vars(one)) for model in (Entry, Key) for one in model.objects.all())
    api = Client(headers={"Authorization": f"Bearer {token}"})
    assert api.get("/api/v1/orders").status_code == 200
    lin.post("/me/revoke/", {"token": str(row.uid)})
    assert api.get("/api/v1/orders").status_code == 401


def test_nobody_revokes_another_ones_token(lin: Client, house: House) -> None:
    lin.post("/me/token/", {"name": "看板"})
    with_password(house, "sun")
    other = Client()
    other.post("/sign-in/", {"name": "sun", "password": SECRET})
    assert other.post("/me/revoke/", {"token": str(Token.objects.get().uid)}).status_code == 404
    assert Token.objects.get().revoked_at is None


@pytest.mark.requirement("M1")
def test_the_chart_and_a_persons_page_are_for_everybody_inside(lin: Client, house: House) -> None:
    chart = lin.get("/people/").content.decode()
    assert "何志远" in chart and "新增人员" not in chart
    assert "客户内勤" in lin.get(f"/people/{house.people['lin']}/").content.decode()


def test_an_absent_person_is_a_page_that_does_not_exist(lin: Client, house: House) -> None:
    assert lin.get(f"/people/{house.posts['lin']}/").status_code == 404
