"""What a page says of a deadline is the law in force, not a word of its own."""

from __future__ import annotations

import pytest
from django.test import Client

from company import Staff, checked
from gatepass.journal.clock import clock_at
from gatepass.people.models import Person


def page(staff: Staff, path: str, language: str = "zh") -> str:
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people["lin"]), "gatepass.people.sign_in.PersonBackend")
    client.cookies["language"] = language
    with clock_at(staff.at):
        return client.get(path).content.decode()


@pytest.mark.requirement("D2", "D18")
def test_the_send_page_says_how_long_the_customer_has_by_the_parameter_in_force(staff: Staff) -> None:
    order = checked(staff)
    assert "发出后 4 个工作小时内由客户确认" in page(staff, f"/orders/{order}/send/")
    staff.run("change_parameter", "chen", clause="D2.2", name="within", value="6", since=staff.today(), reason="春节前")
    staff.later(minutes=1)
    assert "发出后 6 个工作小时内由客户确认" in page(staff, f"/orders/{order}/send/")
    assert "The customer has 6 office hours to confirm" in page(staff, f"/orders/{order}/send/", "en")
