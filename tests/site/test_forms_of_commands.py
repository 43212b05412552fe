"""The form of a command on the web: it says what it is about, keeps what was typed and chosen, and refuses in the reader's language."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client

from company import Staff, confirmed, paid, taken
from gatepass.desks.folders import matters
from gatepass.dispatch.models import Doubt, NoticeLine
from gatepass.enforcement.clocks import sweep
from gatepass.journal.clock import clock_at
from gatepass.journal.door import COMMANDS
from gatepass.journal.who import sight_of
from gatepass.orders.models import Order
from gatepass.people.models import Person
from gatepass.receivables.models import Receipt
from gatepass.transport.models import Consignment
from test_whole_way import effective_notice, loaded, picked, through_the_gate


def as_(staff: Staff, short: str, language: str = "zh") -> Client:
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people[short]), "gatepass.people.sign_in.PersonBackend")
    client.cookies["language"] = language
    return client


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_an_address_typed_by_hand_is_answered_whatever_it_names(staff: Staff) -> None:
    """Every command's form with nothing, with words and with ids of nothing in place of its things; days beyond every calendar."""
    client = as_(staff, "zhou")
    client.raise_request_exception = False
    wrong = ["/trips/?day=9999-12-31", "/trips/?day=0001-01-01", "/products/promotions/?day=9999-99-99", "/calendar/9999/", "/calendar/0/"]
    for name, command in COMMANDS.items():
        if not command.hidden:
            things = [one.name for one in command.declaration.fields if one.of]
            for value in ("", "x", str(uuid4())):
                wrong.append(f"/do/{name}/?y=1" + "".join(f"&{thing}={value}" for thing in things if value))
    answers = {path: client.get(path).status_code for path in wrong}
    assert {path: status for path, status in answers.items() if status >= 500} == {}


@pytest.mark.requirement("D1")
def test_finance_sees_what_the_balance_is_made_of_beside_its_answer(staff: Staff) -> None:
    order = taken(staff)
    shown = page(as_(staff, "zhou"), f"/do/answer_account_check/?order={order}")
    for word in ("重庆渝味源", Order.objects.get(uid=order).number, "账面余额", "答复为原欠"):
        assert word in shown


@pytest.mark.requirement("D4")
def test_the_director_finds_the_request_in_a_folder_and_sees_the_sum_he_signs_for(staff: Staff) -> None:
    order = confirmed(staff)
    row = Order.objects.get(uid=order)
    staff.run("request_unpaid", "lin", order=order, reason="老客户，月底补")
    waiting = next(one for one in matters(sight_of(staff.people["liang"]), staff.at.date()) if one.href.endswith("unsigned"))
    assert waiting.count == 1
    director = as_(staff, "liang", "en")
    assert row.number in page(director, waiting.href)
    asked = staff.asked_unpaid(order)
    shown = page(director, f"/approvals/unpaid/{asked}/")
    for word in ("Unpaid", f"{row.remit_fen / 100:,.2f}", "老客户，月底补", "林晓燕"):
        assert word in shown
    staff.sign("liang", "unpaid", asked, "director")
    assert row.number not in page(director, waiting.href)


@pytest.mark.requirement("M1")
def test_a_salesman_counts_only_what_waits_in_his_region(staff: Staff) -> None:
    notice = effective_notice(staff, paid(staff))
    staff.run("start_picking", "deng", notice=notice)
    staff.run("raise_doubt", "deng", notice=notice, line=NoticeLine.objects.get(notice__uid=notice).uid, question="外箱破了")
    assert sum(one.count for one in matters(sight_of(staff.people["yang"]), staff.at.date())) == 1
    assert sum(one.count for one in matters(sight_of(staff.people["qin"]), staff.at.date())) == 0
    shown = page(as_(staff, "lin"), f"/do/answer_doubt/?doubt={Doubt.objects.get().uid}")
    for word in ("外箱破了", "邓海", "郫县豆瓣"):
        assert word in shown


def test_what_is_out_of_sight_says_nothing_beside_a_form(staff: Staff) -> None:
    order = taken(staff)
    number = Order.objects.get(uid=order).number
    assert number in page(as_(staff, "yang"), f"/do/confirm_order/?order={order}")
    assert number not in page(as_(staff, "qin"), f"/do/confirm_order/?order={order}")


@pytest.mark.requirement("M1")
def test_a_reference_chosen_in_a_form_stays_open_to_another_choice(staff: Staff) -> None:
    given = {"customer": str(staff.customer), "customer__shown": "渝味源", "amount": "12.345", "paid_on": "2026-11-16", "reference": "R-1"}
    with clock_at(staff.at):
        answer = as_(staff, "zhou").post("/do/record_receipt/", given)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'name="customer__shown"' in shown
    for kept in ("渝味源", "12.345", "R-1"):
        assert f'value="{kept}' in shown
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(("language", "said"), [("zh", "金额填数字，元，最多两位小数"), ("en", "amount must be an amount in yuan")])
def test_a_wrong_amount_is_refused_in_the_language_of_the_reader(staff: Staff, language: str, said: str) -> None:
    given = {"customer": str(staff.customer), "amount": "abc", "paid_on": "2026-11-16"}
    with clock_at(staff.at):
        shown = as_(staff, "zhou", language).post("/do/record_receipt/", given).content.decode()
    assert said in shown
    assert ("not an amount" in shown) is False


@pytest.mark.requirement("D9")
def test_a_count_that_differs_is_refused_and_stays_typed(staff: Staff) -> None:
    notice = effective_notice(staff, paid(staff))
    picked(staff, notice)
    trip, consignment = loaded(staff, notice)
    with clock_at(staff.at):
        warehouse = as_(staff, "gao")
        wrong = warehouse.post(f"/loading/{trip}/", {"do": "count", "trip": str(trip), "cartons": str(consignment.cartons - 1)})
        assert wrong.status_code == 422
        assert f'value="{consignment.cartons - 1}"' in wrong.content.decode()
        assert "已装好" in page(warehouse, f"/loading/{trip}/")


@pytest.mark.requirement("D6")
def test_a_command_with_a_page_of_its_own_leads_there_with_everything_filled_in(staff: Staff) -> None:
    order = paid(staff)
    clerk = as_(staff, "lin")
    answer = clerk.get(f"/do/issue_notice/?order={order}")
    assert answer.headers["Location"] == f"/notices/new/{order}/"
    assert 'value="100"' in page(clerk, answer.headers["Location"])
    assert clerk.get("/do/issue_notice/?order=//elsewhere.example/").status_code == 200
    assert as_(staff, "deng").get(f"/do/issue_notice/?order={order}").status_code == 200


@pytest.mark.requirement("D11", "A17")
def test_a_driver_owes_the_waybill_and_his_desk_leads_to_it(staff: Staff) -> None:
    _, _, waybill = through_the_gate(staff)
    driver = as_(staff, "luo")
    with clock_at(staff.at):
        desk = page(driver, "/")
        assert f"/waybills/{waybill.uid}/" in desk
        assert "/orders/" not in desk
        assert driver.get(f"/waybills/{waybill.uid}/").status_code == 200


@pytest.mark.requirement("D4")
def test_the_story_of_an_order_shows_the_term_that_was_broken_not_the_one_that_was_kept(staff: Staff) -> None:
    order = confirmed(staff)
    staff.run("hand_over_demand", "lin", order=order)
    staff.later(hours=23)
    sweep(staff.at)
    staff.run("notify_payment", "lin", order=order, promised_on=staff.today())
    with clock_at(staff.at):
        shown = page(as_(staff, "lin"), f"/orders/{order}/")
    told = shown[shown.index("通知汇款，客户约定") :][:900]
    assert "/ 2 天" not in told


@pytest.mark.requirement("D6", "C18")
def test_one_notice_goes_on_two_vehicles_by_the_form(staff: Staff) -> None:
    notice = effective_notice(staff, paid(staff))
    clerk = as_(staff, "lin")
    with clock_at(staff.at):
        form = page(clerk, f"/do/arrange_trip/?notices={notice}")
        assert 'name="lines-0-line__shown"' in form and f'value="{staff.today():%Y-%m-%d}"' in form
        (line,) = clerk.get("/pick/notice_line?q=FH-2026").json()
        assert line["label"] == "FH-2026-0001 郫县豆瓣 一级" and line["hint"] == "100 + 5"
        assert as_(staff, "luo").get("/pick/notice_line?q=FH-2026").json() == []
        given = {"vehicle": str(staff.vehicle), "driver": str(staff.driver), "day": f"{staff.today():%Y-%m-%d}", "notices": str(notice)}
        for cartons, gift in (("60", "5"), ("40", "0")):
            part = {"lines-0-line": line["value"], "lines-0-cartons": cartons, "lines-0-gift": gift, "_key": cartons}
            assert clerk.post("/do/arrange_trip/", given | part).status_code == 302
    assert sorted(Consignment.objects.values_list("cartons", flat=True)) == [40, 65]


@pytest.mark.requirement("C17")
def test_a_form_without_a_page_of_its_own_leads_back_to_where_it_was_opened(staff: Staff) -> None:
    file = f"/customers/{staff.customer}/"
    given = {"customer": str(staff.customer), "label": "二号库", "destination": "重庆", "street": "渝北区 1 号"}
    given |= {"consignee": "赵学敏", "phone": "13800004412"}
    answer = as_(staff, "lin").post("/do/add_address/", given | {"_back": file, "_key": "a"})
    assert (answer.status_code, answer["Location"]) == (302, file)


@pytest.mark.requirement("D10")
def test_words_typed_into_a_reference_stay_though_they_led_to_no_choice(staff: Staff) -> None:
    given = {"lines-0-material": "", "lines-0-material__shown": "纸箱", "lines-0-quantity": "", "reason": "补料", "_key": "a"}
    with clock_at(staff.at):
        answer = as_(staff, "lin").post("/do/ask_for_materials/", given)
        name = as_(staff, "chen").post("/do/name_deputy/", {"person": "", "person__shown": "王小二", "_key": "b"})
    assert (answer.status_code, name.status_code) == (422, 422)
    assert 'value="纸箱"' in answer.content.decode()
    assert 'value="王小二"' in name.content.decode()


@pytest.mark.requirement("C17")
def test_things_chosen_that_do_not_belong_together_are_an_answer_in_the_form(staff: Staff) -> None:
    given = {"customer": str(staff.other_customer), "customer__shown": "秦味坊", "address": str(staff.address), "address__shown": "主仓",
             "lines-0-product": str(staff.products["100101"]), "lines-0-product__shown": "豆瓣", "lines-0-cartons": "3", "_key": "a"}  # fmt: skip
    with clock_at(staff.at):
        answer = as_(staff, "lin").post("/do/take_order/", given)
        bare = {name: value for name, value in given.items() if not name.endswith("__shown")}
        assert as_(staff, "lin").post("/do/take_order/", bare).status_code == 404
    assert answer.status_code == 422
    assert "不属于同一件" in answer.content.decode()
    assert 'value="3"' in answer.content.decode()
    assert not Order.objects.exists()


@pytest.mark.requirement("A17")
def test_production_reminds_whoever_owes_it_the_demand(staff: Staff) -> None:
    confirmed(staff)
    with clock_at(staff.at):
        shown = page(as_(staff, "wu"), "/")
        (address,) = set(re.findall(r"/enforcement/duties/[0-9a-f-]+/remind", shown))
        assert as_(staff, "wu").post(address, {"_key": "a"}).status_code == 302
        assert as_(staff, "deng").post(address, {"_key": "b"}).status_code == 404
