"""The pages of trips, waybills and the gate, through the browser's door."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from gatepass.gate import commands as gate
from gatepass.gate.codes import ending, plate_seen
from gatepass.gate.models import GatePass, Mismatch, Release
from gatepass.gate.reading import code_in
from gatepass.journal.clock import clock_at
from gatepass.papers.models import Paper
from gatepass.people.models import Person
from gatepass.transport.models import CarrierSignature, Count, Trip

from .stage import NOW, Stage, arrange, gone, load, notice, order, part, passed, when

PNG = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="


def as_(made: Stage, name: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(uid=made.who(name)))
    return client


@pytest.mark.requirement("D10")
def test_the_guard_types_a_code_sees_green_and_releases_once(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    load(made, trip)
    row = passed(made, trip)
    guard = as_(made, "guard")
    with clock_at(NOW):
        found = guard.post("/gate/", {"code": f"{row.code[:5].lower()} {row.code[5:]}"})
        page = guard.get(found["Location"]).content.decode()
        assert "出门条有效" in page and row.plate not in page and "8F213" not in page
        assert guard.post(found["Location"], {}).status_code == 422
        assert guard.post(found["Location"], {"plate": "213"}).status_code == 422
        wrong = guard.post(found["Location"], {"plate": "218", "cartons": row.cartons})
        assert wrong.status_code == 422 and row.plate not in wrong.content.decode()
        assert not Release.objects.exists()
        assert guard.post(found["Location"], {"plate": "２１３", "cartons": row.cartons}).status_code == 302
        again = guard.post(found["Location"], {"plate": row.plate, "cartons": row.cartons})
        assert again.status_code == 422
        assert "用过了" in again.content.decode()
        assert "不能放行" in guard.get(found["Location"]).content.decode()
    assert Release.objects.get().plate == row.plate


def test_the_end_of_a_plate_is_what_is_read_off_it():
    assert [ending(one) for one in ("川A·8F213", "川A·6X90挂", "粤Z·12A4港", "川A·D12345")] == ["213", "X90", "2A4", "345"]
    assert plate_seen("x90", "川A·6X90挂") == "川A·6X90挂" and plate_seen("90挂", "川A·6X90挂") == "90挂"


@pytest.mark.requirement("D10", "A14")
def test_the_red_page_says_whom_to_call_inside_the_company_and_shows_no_mobile_number(made: Stage):
    Person.objects.filter(uid=made.who("client_admin")).update(phone="13600002222")
    trip = arrange(made, notice(made, order(made)))
    load(made, trip)
    row = passed(made, trip)
    guard = as_(made, "guard")
    with clock_at(NOW):
        for extension, called in (("", False), ("8006", True)):
            Person.objects.filter(uid=made.who("client_admin")).update(extension=extension)
            red = guard.post(f"/gate/{row.code}/", {"plate": "川A·00000", "cartons": row.cartons}).content.decode()
            assert ("tel:8006" in red) is called
            assert "13600002222" not in red


@pytest.mark.requirement("D10")
def test_a_vehicle_whose_pass_has_expired_waits_for_another_one_on_the_desk(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    load(made, trip)
    row = passed(made, trip)
    desk = as_(made, "client_admin")
    with clock_at(NOW):
        assert str(trip.uid) not in desk.get("/passes/").content.decode().split("已开，车还在厂里")[0]
    with clock_at(when(26, 9)):
        waiting = desk.get("/passes/").content.decode().split("已开，车还在厂里")[0]
        assert "出门条过期了，要重开" in waiting
        given = {"trip": str(trip.uid), "sales_copy": "true"}
        assert desk.post("/do/issue_gate_pass/", given).status_code == 302
    assert GatePass.objects.filter(trip__uid=trip.uid, voided_at=None).exclude(uid=row.uid).count() == 1


@pytest.mark.requirement("D10")
def test_one_vehicle_of_the_desk_is_in_focus_the_first_that_is_loaded(made: Stage):
    waiting = arrange(made, notice(made, order(made, 10)))
    with clock_at(NOW):
        page = as_(made, "client_admin").get("/passes/").content.decode()
    assert f'class="ready sel" id="{waiting.uid}"' in page
    load(made, waiting)
    with clock_at(NOW):
        page = as_(made, "client_admin").get("/passes/").content.decode()
    assert page.count('class="ready sel"') == page.count('data-row tabindex="-1" aria-current="true"') == 1


@pytest.mark.requirement("D10")
def test_a_photo_of_the_code_is_equal_to_typing_it(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    load(made, trip)
    row = passed(made, trip)
    picture = BytesIO()
    segno.make(row.code, error="m", micro=False).save(picture, kind="png", scale=6, border=4)
    assert code_in(picture.getvalue()) == row.code
    with clock_at(NOW):
        found = as_(made, "guard").post("/gate/", {"photo": SimpleUploadedFile("p.png", picture.getvalue())})
    assert found["Location"] == f"/gate/{row.code}/"
    assert code_in(b"\x89PNG no picture") == ""


@pytest.mark.requirement("D10")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_reads_a_wrong_seal_off_the_doors_is_not_told_the_right_one(made: Stage, language: str):
    trip = arrange(made, notice(made, order(made)))
    load(made, trip, seals="SC88123")
    row = passed(made, trip)
    guard = as_(made, "guard")
    guard.cookies["language"] = language
    with clock_at(NOW):
        first = guard.get(f"/gate/{row.code}/").content.decode()
        seen = {"plate": "213", "cartons": "100"}
        red = guard.post(f"/gate/{row.code}/", seen | {"seals": "SC99999"}).content.decode()
        unread = guard.post(f"/gate/{row.code}/", seen | {"seals": " "}).content.decode()
        asked = guard.post("/do/release_vehicle/", {"code": row.code, "plate": row.plate, "cartons": row.cartons, "seals": "SC99999"})
        again = guard.get(f"/gate/{row.code}/").content.decode()
    assert "SC99999" in red
    for page in (first, red, unread, asked.content.decode(), again):
        assert "88123" not in page
    with clock_at(NOW):
        assert guard.post(f"/gate/{row.code}/", seen | {"seals": "sc 88123"}).status_code == 302


@pytest.mark.requirement("A14", "C23")
def test_a_guard_sees_no_sums_no_phones_no_addresses(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    load(made, trip)
    row = passed(made, trip)
    with clock_at(NOW):
        page = as_(made, "guard").get(f"/gate/{row.code}/").content.decode()
    assert "重庆渝味源" in page
    for hidden in ("13800001234", "13900002765", "华岩路", "500.00", "2,000.00"):
        assert hidden not in page


@pytest.mark.parametrize("who", ["driver", "warehouse", "client_admin"])
def test_the_gates_page_does_not_exist_for_others(made: Stage, who: str):
    assert as_(made, who).get("/gate/").status_code == 404


@pytest.mark.parametrize("path", ["/passes/", "/drive/", "/loading/"])
def test_a_guard_has_the_gate_and_nothing_else(made: Stage, path: str):
    assert as_(made, "guard").get(path).status_code == 404


def test_production_finds_no_trips(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    client = as_(made, "production")
    with clock_at(NOW):
        assert client.get(f"/trips/{trip.uid}/").status_code == 404
        assert trip.number not in client.get("/trips/").content.decode()


def test_a_stopped_vehicle_is_on_record_and_on_the_desk(made: Stage):
    guard = as_(made, "guard")
    with clock_at(NOW):
        guard.post("/gate/stop/", {"plate": "川A·6D905", "what": "没有出门条"})
        assert "没有出门条" in as_(made, "client_admin").get("/passes/").content.decode()
    assert Mismatch.objects.get().plate == "川A·6D905"


@pytest.mark.requirement("D10", "A14")
def test_after_hours_the_named_guard_sees_what_the_vehicle_carries_and_releases_it(made: Stage):
    row = notice(made, order(made))
    trip = arrange(made, row)
    load(made, trip)
    given = {"guard": made.who("night"), "notices": [row.uid], "since": when(25, 18), "until": when(26, 8)}
    ref = gate.give_authority(by=made.who("client_admin"), at=when(25, 17), **given)
    guard, where = as_(made, "night"), f"/gate/authority/{ref.uid}/{trip.uid}/"
    with clock_at(when(25, 20)):
        assert where in guard.get("/gate/").content.decode()
        page = guard.get(where).content.decode()
        assert row.order.customer.name in page
        assert row.phone not in page and made.vehicle.plate not in page and "100" not in page
        seen = {"plate": "213", "cartons": "100"}
        assert guard.post(where, seen).status_code == 422
        assert guard.post(where, seen | {"copies_collected": "true"}).status_code == 302
    assert Release.objects.get().authority.uid == ref.uid


@pytest.mark.requirement("D9")
def test_the_driver_counts_and_signs_on_the_glass(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    driver, where = as_(made, "driver"), f"/drive/{part(trip).uid}/sign"
    given = {"do": "sign", "consignment": str(part(trip).uid), "name": "罗建平", "means": "glass", "image": PNG}
    with clock_at(NOW):
        wrong = driver.post(where, given | {"cartons": "99"})
        assert wrong.status_code == 422
        assert "你点到 99 件" in wrong.content.decode()
        blank = driver.post(where, given | {"cartons": "100", "image": ""})
        assert blank.status_code == 422 and "还没有签字" in blank.content.decode() and not CarrierSignature.objects.exists()
        assert driver.post(where, given | {"cartons": "100"}).status_code == 302
        assert driver.get(f"/trips/consignments/{part(trip).uid}/signature")["Content-Type"] == "image/png"
    assert CarrierSignature.objects.get().cartons == 100


def test_the_driver_sees_the_consignee_and_says_where_he_is_and_when_he_delivered(made: Stage):
    trip = gone(made, notice(made, order(made)))
    driver, where = as_(made, "driver"), f"/drive/{trip.uid}/"
    with clock_at(when(25, 16)):
        page = driver.get(where).content.decode()
        assert "13800001234" in page
        driver.post(where, {"do": "position", "trip": str(trip.uid), "place": "内江"})
        done = {"do": "consigned", "consignment": str(part(trip).uid), "moment": "2026-11-25T15:30", "direct": ""}
        assert driver.post(where, done).status_code == 302
        assert "内江" in driver.get(where).content.decode()
    assert part(trip).consigned_claimed == when(25, 15, 30)


def test_the_warehouse_counts_and_finishes_on_its_phone(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    phone, where = as_(made, "warehouse"), f"/loading/{trip.uid}/"
    with clock_at(NOW):
        assert trip.number in phone.get("/loading/").content.decode()
        assert phone.post(where, {"do": "count", "trip": str(trip.uid), "cartons": "99"}).status_code == 422
        phone.post(where, {"do": "count", "trip": str(trip.uid), "cartons": "100"})
        phone.post(where, {"do": "finish", "trip": str(trip.uid), "seals": "SC88"})
        assert "500.00" not in phone.get(where).content.decode()
    assert Count.objects.get().cartons == 100
    assert Trip.objects.get().seals == "SC88"


def test_a_vehicle_is_arranged_from_the_board(made: Stage):
    first, second = notice(made, order(made)), notice(made, order(made))
    desk = as_(made, "client_admin")
    with clock_at(NOW):
        page = desk.get("/trips/").content.decode()
        assert first.number in page
        given = {"vehicle": str(made.vehicle.uid), "driver": str(made.driver.uid), "day": "2026-11-25"}
        desk.post("/do/arrange_trip/", given | {"notices": [str(first.uid), str(second.uid)]})
        page = desk.get("/trips/").content.decode()
    assert Trip.objects.count() == 1
    assert "2000 / 10000 kg" in page


@pytest.mark.requirement("D10")
def test_the_desk_issues_a_pass_and_is_told_everything_that_is_missing(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    load(made, trip, signed=False)
    desk = as_(made, "client_admin")
    with clock_at(NOW):
        assert trip.number in desk.get("/passes/").content.decode()
        refused = desk.post("/do/issue_gate_pass/", {"trip": str(trip.uid)})
        assert refused.status_code == 422
        page = refused.content.decode()
        assert "业务联还没有收" in page
        assert "还没有在出库单" in page
        assert "已经符合" in page
        assert "川A·8F213" in page
    assert not GatePass.objects.exists()


@pytest.mark.requirement("C16", "D10")
def test_outbound_order_waybill_and_pass_are_kept_and_printed(made: Stage):
    trip = arrange(made, notice(made, order(made)))
    load(made, trip)
    row = passed(made, trip)
    desk, driver = as_(made, "client_admin"), as_(made, "driver")
    kept = dict(Paper.objects.values_list("kind", "uid"))
    assert set(kept) == {"outbound", "waybill", "gatepass"}
    with clock_at(NOW):
        assert f"/papers/{kept['gatepass']}/" in desk.get(f"/passes/{row.uid}/").content.decode()
        pdf = desk.get(f"/papers/{kept['gatepass']}.pdf?copy=guard")
        assert pdf.status_code == 200
        words = PdfReader(BytesIO(b"".join(pdf))).pages[0].extract_text()
        assert row.number in words
        assert "川A·8F213" in words
        assert driver.get(f"/papers/{kept['outbound']}.pdf?copy=carrier").status_code == 200
        assert driver.get(f"/papers/{kept['outbound']}.pdf?copy=finance").status_code == 404
        assert driver.get(f"/papers/{kept['gatepass']}/").status_code == 404
        assert as_(made, "production").get(f"/papers/{kept['waybill']}/").status_code == 404


def test_no_page_of_the_gate_carries_scripts_or_styles_in_line():
    for template in (*Path("src/gatepass/gate/templates").rglob("*.html"), *Path("src/gatepass/transport/templates").rglob("*.html")):
        text = template.read_text()
        assert "<script" not in text
        assert "style=" not in text


def test_a_code_of_no_pass_is_there_to_be_mended(made: Stage):
    guard = as_(made, "guard")
    with clock_at(NOW):
        red = guard.post("/gate/", {"code": "ABCDE-FGHJX"})
        assert red.status_code == 422
        assert "/gate/?typed=ABCDE-FGHJX" in red.content.decode()
        assert 'value="ABCDE-FGHJX"' in guard.get("/gate/?typed=ABCDE-FGHJX").content.decode()
