"""Blanking: who asks by law to be forgotten is, in every row and every proof; what he did stays, and the check still agrees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from company import Staff, taken
from gatepass.approvals.models import Version
from gatepass.carriers.models import Driver
from gatepass.customers.models import Address, Contact
from gatepass.journal.clock import clock_at
from gatepass.journal.models import Entry, Proof
from gatepass.orders.models import Order
from gatepass.people.models import Attempt, Person
from gatepass.rules.reasons import Refused
from gatepass.site import database
from gatepass.site.checking.everything import check
from masters import NOW, SECRET, House, complete, customer, reasons, with_password
from test_whole_way import through_the_gate

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from databases import Clones

TELLS = "The reason names what is to be blanked, and the journal would keep it for ever"
GROUND = "本人 2026-11-10 来函要求"


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock_at(NOW):
        yield


@pytest.fixture
def url(clones: Clones, house: House) -> str:
    """The database of the house, as its owner."""
    return database.other(clones.url, connection.settings_dict["NAME"])


def left(house: House, name: str = "王小明", username: str = "wang") -> UUID:
    """Somebody who worked here, signed in once, and has left."""
    made = house.run("add_person", "admin", key="as a browser sends it", username=username, name=name, phone="13812345678", extension="806")
    house.people[username] = made
    with_password(house, username, SECRET)
    Client().post("/sign-in/", {"name": username, "password": SECRET})
    house.run("deactivate_person", "admin", person=made)
    return made


def blank(house: House, kind: str, uid: UUID, name: str, by: str = "chen", reason: str = GROUND) -> list[str]:
    return reasons(f"blank_{kind}", house, by, **{kind: uid}, typed_name=name, reason=reason)


def everywhere(url: str, text: str) -> list[str]:
    """Every table in which a text stands, read as the owner, whatever the column."""
    with psycopg.connect(url) as owner:
        tables = [str(name) for (name,) in owner.execute("select tablename from pg_tables where schemaname = 'public' order by 1")]
        asked = [(name, psycopg.sql.SQL("select count(*) from {} t where t::text like %s").format(psycopg.sql.Identifier(name))) for name in tables]
        return [name for name, statement in asked if (owner.execute(statement, [f"%{text}%"]).fetchone() or [0])[0]]


@pytest.mark.requirement("R7", "D18")
def test_a_person_who_left_is_forgotten_and_what_he_did_stays(house: House, url: str) -> None:
    uid = left(house)
    row = Person.objects.get(uid=uid)
    acts = Entry.objects.filter(by=uid).count()
    salts = Proof.objects.filter(name="people_person", key=str(row.pk), salt__isnull=False).count()
    assert acts and salts > 2 and Attempt.objects.filter(person=uid).exists()
    assert blank(house, "person", uid, "王 小明") == []
    row.refresh_from_db()
    assert (row.name, row.phone, row.extension, row.pinyin, row.active) == (f"#{uid.hex[-6:].upper()}", "", "", "", False)
    assert not row.has_usable_password() and not Attempt.objects.filter(person=uid).exists()
    proofs = list(Proof.objects.filter(name="people_person", key=str(row.pk)).order_by("id").values_list("salt", "hash"))
    assert [salt is None for salt, _ in proofs] == [True] * (len(proofs) - 1) + [False] and all(stays for _, stays in proofs)
    others = Proof.objects.filter(name="people_person").exclude(key=str(row.pk))
    assert others.exists() and not others.filter(salt=None).exists()
    assert Entry.objects.filter(by=uid).count() == acts
    (act,) = Entry.objects.filter(event="people.data_blanked")
    assert act.by == house.people["chen"] and act.payload["thing"] == str(uid) and act.payload["reason"] == GROUND
    assert list(check(url)) == []
    assert [name for text in ("13812345678", "王小明", "wang") for name in everywhere(url, text)] == []
    assert blank(house, "person", uid, row.name) == ["The personal data here were blanked already"]
    assert reasons("change_person", house, "admin", person=uid, name="王小明") == ["The personal data here were blanked already"]


@pytest.mark.requirement("R7")
def test_it_is_refused_while_something_is_open_and_by_everybody_else(house: House) -> None:
    sun = house.people["sun"]
    assert blank(house, "person", sun, "孙悦", reason="") == [
        "This person is not deactivated yet", "This person still holds a post", "This must be filled in",
    ]  # fmt: skip
    uid = left(house)
    assert blank(house, "person", uid, "王大明") == ["The name typed in is not the one that is kept"]
    assert blank(house, "person", uid, "王小明", reason="王 小明来函") == [TELLS]
    assert blank(house, "person", uid, "王小明", reason="来电 138-1234 5678") == [TELLS]
    for who in ("admin", "he", "sun", "lin"):
        assert blank(house, "person", uid, "王小明", by=who) == [
            "Your position does not have the power to decide what the head alone decides"
        ]
    assert Person.objects.get(uid=uid).name == "王小明"
    by = house.run("add_carrier", code="C07", name="蜀运")
    other = house.run("add_person", "admin", username="luo", name="罗建平")
    driver = house.run("add_driver", carrier=by, name="罗建平", phone="13900002765", person=other)
    house.run("deactivate_person", "admin", person=other)
    assert blank(house, "person", other, "罗建平") == ["This person still stands in a carrier's file as a driver"]
    assert blank(house, "driver", driver, "罗建平") == ["This driver is still in use"]
    house.run("change_driver", driver=driver, name="罗建平", phone="13900002765", active=False)
    assert blank(house, "driver", driver, "罗建平") == []
    assert Driver.objects.get(uid=driver).phone == ""
    assert reasons("change_driver", house, driver=driver, name="罗建平", phone="1", active=True) == [
        "The personal data here were blanked already"
    ]
    assert blank(house, "person", other, "罗建平") == []


@pytest.mark.requirement("C17", "D6")
def test_contacts_and_addresses_are_blanked_and_the_signature_on_an_address_stays(house: House, url: str, client: Client) -> None:
    uid = customer(house)
    complete(house, uid)
    address, contact = Address.objects.get(customer__uid=uid), Contact.objects.filter(customer__uid=uid).earliest("id")
    bound = Version.objects.get(route="address", subject=address.uid)
    house.run("sign", "he", route="address", subject=address.uid, step="confirm", digest=bound.digest)
    assert blank(house, "address", address.uid, "赵学敏") == ["This one is still in use"]
    assert blank(house, "contact", contact.uid, "赵学敏") == ["This one is still in use"]
    house.run("end_address", address=address.uid)
    for one in Contact.objects.filter(customer__uid=uid):
        house.run("end_contact", contact=one.uid)
        assert blank(house, "contact", one.uid, "赵学敏") == []
    assert blank(house, "address", address.uid, "赵学敏") == []
    assert [name for text in ("13800004412", "赵学敏", "华岩路") for name in everywhere(url, text)] == []
    kept = Version.objects.get(route="address", subject=address.uid)
    assert (kept.digest, kept.data) == (bound.digest, bound.data) and kept.data["destination"] == "重庆"
    assert list(check(url)) == []
    client.force_login(Person.objects.get(username="he"))
    page = client.get(f"/approvals/address/{address.uid}/").content.decode()
    assert "赵学敏" not in page and "重庆" in page and f"#{address.uid.hex[-6:].upper()}" in page
    assert blank(house, "address", address.uid, "") == ["The personal data here were blanked already"]


@pytest.mark.requirement("D18")
def test_a_salt_goes_by_an_act_of_blanking_alone(house: House, url: str) -> None:
    """Neither the program nor, unseen, the owner destroys or keeps one."""
    uid = left(house)
    key = str(Person.objects.get(uid=uid).pk)
    with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("update journal_proof set salt = null where name = 'people_person'")
    with psycopg.connect(url) as owner, pytest.raises(psycopg.Error, match="append-only"):
        owner.execute("update journal_proof set salt = null, hash = 'x' where name = 'people_person'")
    with psycopg.connect(url) as owner:
        owner.execute("""update journal_proof p set salt = null where name = 'people_person' and key = %s
            and exists (select from journal_proof q where q.name = p.name and q.key = p.key and q.id > p.id)""", [key])
    said = {finding.what.en for finding in check(url)}
    assert said == {f"people_person, row {key}: the salt of a proof is gone, and no act in the journal blanked the row"}
    assert blank(house, "person", uid, "王小明") == []
    assert list(check(url)) == []
    with psycopg.connect(url) as owner:
        owner.execute("set session_replication_role = replica")
        owner.execute("update journal_proof set salt = gen_random_uuid() where name = 'people_person' and key = %s and salt is null", [key])
    assert f"people_person, row {key}: blanked, yet the salt of an earlier proof is still there" in {f.what.en for f in check(url)}


@pytest.mark.requirement("C17", "C20")
def test_who_is_still_needed_on_the_way_is_not_forgotten_yet(staff: Staff) -> None:
    def refused(kind: str, uid: UUID, name: str) -> list[str]:
        given = {kind: uid, "typed_name": name, "reason": GROUND}
        try:
            staff.run(f"blank_{kind}", "chen", **given)
        except Refused as error:
            return [reason.what.en for reason in error.reasons]
        return []

    _, consignment, _ = through_the_gate(staff)
    trip = consignment.trip
    staff.run("change_driver", "sun", driver=staff.driver, name="罗建平", phone="13900002765", active=False)
    assert refused("driver", staff.driver, "罗建平") == [f"His trip {trip.number} is still under way"]
    staff.later(hours=3).run("record_arrival", "lin", trip=trip.uid)
    assert refused("driver", staff.driver, "罗建平") == []
    number = Order.objects.get(uid=(order := taken(staff))).number
    staff.run("end_address", "sun", address=staff.address)
    assert refused("address", staff.address, "赵学敏") == [f"Order {number} still goes to this address"]
    staff.later(minutes=5).run("cancel_order", "lin", order=order, reason="客户不要了")
    assert refused("address", staff.address, "赵学敏") == []
    assert consignment.notice.consignee == "赵学敏"  # the paper that took effect stays


@pytest.mark.browser
@pytest.mark.requirement("R7")
def test_the_head_blanks_from_the_page_and_nothing_typed_is_lost(house: House, live: str, page: Page) -> None:
    uid = left(house)
    client = Client()
    client.force_login(Person.objects.get(username="chen"))
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key or "", "url": live}])
    page.goto(f"{live}/people/{uid}/")
    page.get_by_role("link", name="抹去个人资料").click()
    page.locator("[name=typed_name]").fill("王小")
    page.locator("[name=reason]").fill(GROUND)
    page.locator("main form button.btn-primary, main form button[data-act]").first.click()
    page.get_by_text("抄写的姓名和资料上的不一样").first.wait_for()
    assert page.locator("[name=reason]").input_value() == GROUND
    page.locator("[name=typed_name]").fill("王小明")
    page.locator("main form button.btn-primary, main form button[data-act]").first.click()
    page.get_by_text("已抹去，不能恢复").wait_for()
    assert "王小明" not in page.content()
    assert Person.objects.get(uid=uid).blanked_at is not None


