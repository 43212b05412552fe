"""The pages of customers as a browser gets them."""

from __future__ import annotations

import pytest
from django.test import Client

from gatepass.people.models import Person
from masters import House, complete, customer


def visitor(house: House, who: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(uid=house.people[who]), backend="gatepass.people.sign_in.PersonBackend")
    return client


@pytest.mark.requirement("A11")
def test_the_list_shows_the_percentage_and_what_is_missing(house: House) -> None:
    customer(house)
    page = visitor(house, "lin").get("/customers/").content.decode()
    assert "22%" in page and "收货联系人" in page
    found = visitor(house, "lin").get("/customers/?q=cqyw&missing=1").content.decode()
    assert "渝味" in found


@pytest.mark.requirement("A11")
def test_a_file_links_to_the_form_that_fills_in_what_is_missing(house: House) -> None:
    uid = customer(house)
    page = visitor(house, "sun").get(f"/customers/{uid}/").content.decode()
    assert f"/do/add_address/?customer={uid}" in page and f"/do/designate_forwarder/?customer={uid}" in page
    complete(house, uid)
    assert "还缺" not in visitor(house, "sun").get(f"/customers/{uid}/").content.decode()


@pytest.mark.requirement("A11")
def test_outside_ones_region_a_customer_is_absent(house: House) -> None:
    uid = customer(house, "K002", "西安秦味坊食品有限公司", region="西北")
    assert visitor(house, "yang").get(f"/customers/{uid}/").status_code == 404
    assert visitor(house, "lin").get(f"/customers/{uid}/").status_code == 200


def test_the_form_of_a_change_holds_what_stands_there_now(house: House) -> None:
    uid = customer(house, phone="02368001122")
    page = visitor(house, "sun").get(f"/do/change_customer/?customer={uid}").content.decode()
    assert 'value="02368001122"' in page and "补改客户资料" in page


def test_the_picker_answers_to_two_characters(house: House) -> None:
    uid = customer(house)
    assert visitor(house, "lin").get("/pick/customer?q=渝味").json()[0]["value"] == str(uid)
    assert visitor(house, "feng").get("/pick/customer?q=渝味").json() == []


def test_pages_are_whole_in_english_too(house: House) -> None:
    uid = customer(house)
    client = visitor(house, "sun")
    client.cookies["language"] = "en"
    assert "Missing:" in client.get(f"/customers/{uid}/").content.decode()
    for address in ("/customers/", "/people/", "/products/", "/products/prices/", "/products/promotions/", "/carriers/", "/import/"):
        assert client.get(address).status_code == 200
