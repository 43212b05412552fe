"""Wrong files where photos and lists are asked for: one clear answer, nothing stored, no error of the program."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from company import Staff, paid
from gatepass.gate.models import Mismatch
from gatepass.journal.clock import clock_at
from gatepass.people.models import Person
from gatepass.transport.models import CarrierSignature
from test_whole_way import effective_notice, loaded, picked


def as_(staff: Staff, short: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people[short]), "gatepass.people.sign_in.PersonBackend")
    return client


def no_picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("photo.png", b"this is no picture", content_type="image/png")


@pytest.mark.requirement("D10")
def test_the_guard_photographs_something_that_is_no_picture(staff: Staff) -> None:
    guard = as_(staff, "feng")
    with clock_at(staff.at):
        looked = guard.post("/gate/", {"photo": no_picture()})
        assert looked.status_code == 422
        assert "照片里没有读出二维码" in looked.content.decode()
        stopped = guard.post("/gate/stop/", {"what": "车牌不对", "plate": "川A·00000", "photo": no_picture()})
    assert stopped.status_code == 422
    assert "车牌不对" in stopped.content.decode()
    assert not Mismatch.objects.exists()


@pytest.mark.requirement("D9")
def test_a_signature_on_paper_without_a_picture_of_it_does_not_count(staff: Staff) -> None:
    notice = effective_notice(staff, paid(staff))
    picked(staff, notice)
    trip, consignment = loaded(staff, notice)
    given = {"do": "paper", "consignment": str(consignment.uid), "cartons": str(consignment.cartons), "name": "罗大勇", "image": no_picture()}
    with clock_at(staff.at):
        answer = as_(staff, "deng").post(f"/loading/{trip}/", given)
    assert answer.status_code == 422
    assert 'value="罗大勇"' in answer.content.decode()
    assert not CarrierSignature.objects.exists()


def test_a_list_that_is_neither_excel_nor_csv_is_refused_with_its_reason(staff: Staff) -> None:
    wrong = SimpleUploadedFile("customers.xlsx", b"\x00\x01 this is no workbook", content_type="application/vnd.ms-excel")
    with clock_at(staff.at):
        answer = as_(staff, "lin").post("/import/customers/", {"file": wrong})
    assert answer.status_code == 422
    assert "Excel" in answer.content.decode()
