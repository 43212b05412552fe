"""The pages of the book and of enforcement: in both languages, for who may, with only the buttons that lead somewhere."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from company import Staff
from gatepass.journal import clock
from gatepass.people.models import Person

from .cases import TUESDAY_MIDNIGHT, fined, left

NOW = TUESDAY_MIDNIGHT + timedelta(hours=10)
pytestmark = pytest.mark.requirement("D18")


def visitor(staff: Staff, who: str, language: str = "zh") -> Client:
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people[who]), backend="gatepass.people.sign_in.PersonBackend")
    client.cookies["language"] = language
    return client


def shown(client: Client, path: str) -> str:
    with clock.clock_at(NOW):
        answer = client.get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def source(client: Client, path: str) -> str:
    with clock.clock_at(NOW):
        return client.get(path).content.decode()


@pytest.fixture
def fine(staff: Staff) -> UUID:
    staff.at = NOW
    return fined(staff)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_whole_book_says_every_sentence_in_both_languages(staff: Staff, language: str):
    page = shown(visitor(staff, "feng", language), "/rulebook/")
    assert "托运单" in page
    assert "hands the waybill to finance" in page


@pytest.mark.requirement("C5")
def test_the_superseded_half_of_c5_is_struck_through_and_names_d4(staff: Staff):
    page = source(visitor(staff, "lin"), "/rulebook/C5/")
    struck = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<s>(.*?)</s>", page, re.S)]
    assert any("到账后 3 天 内发货" in one for one in struck)
    assert not any("生产备货" in one for one in struck)
    assert "/rulebook/D4/" in page


def test_a_book_of_another_day_says_so(staff: Staff):
    page = shown(visitor(staff, "lin"), "/rulebook/?on=2025-06-01&q=D11")
    assert "2025-06-01 有效的条文，不是今天的" in page
    assert "10%" in page


def test_a_clause_page_shows_the_month_the_cases_and_its_numbers(staff: Staff, fine: UUID):
    left(staff, at=TUESDAY_MIDNIGHT + timedelta(hours=9))
    page = shown(visitor(staff, "he"), "/rulebook/D11/")
    for words in ("2 11 月适用", "1 违反，其中 1 件仍未办", "¥462.00", "待定的罚款", "谁守住了", "1 个工作日", "第 2 版"):
        assert words in page


def test_only_the_head_is_offered_to_change_a_number(staff: Staff):
    assert "/do/change_parameter/" in source(visitor(staff, "chen"), "/rulebook/D11/")
    assert "/do/change_parameter/" not in source(visitor(staff, "liang"), "/rulebook/D11/")
    assert "/do/propose_amendment/" in source(visitor(staff, "deng"), "/rulebook/D11/")


def test_a_clause_that_the_book_does_not_have_is_not_found(staff: Staff):
    assert [visitor(staff, "lin").get(f"/rulebook/{number}/").status_code for number in ("D99", "D11.9")] == [404, 404]


def test_a_card_says_the_sentence(staff: Staff):
    assert "罚该批出门时运费的 20%" in shown(visitor(staff, "lin"), "/rulebook/D11/card").replace(" 20% ", "20%").replace("的20%", "的 20%")


def test_nobody_reads_the_book_without_signing_in(staff: Staff):
    assert [Client().get(path).status_code for path in ("/rulebook/", "/enforcement/", "/rulebook/D1/card")] == [302] * 3


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_book_and_a_clause_come_as_pdf(staff: Staff, language: str):
    client = visitor(staff, "lin", language)
    for path in ("/rulebook/book.pdf", "/rulebook/D11/book.pdf"):
        answer = client.get(path)
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")


@pytest.mark.requirement("R1")
@pytest.mark.parametrize(
    ("who", "offered"),
    [("he", ["confirm_fine", "propose_waiver"]), ("chen", ["confirm_fine", "propose_waiver"]), ("zhou", [])],
    ids=["a manager confirms or proposes to waive", "so does the head, who decides on a proposal", "finance only reads"],
)
def test_a_fine_offers_what_its_reader_may_do(staff: Staff, fine: UUID, who: str, offered: list[str]):
    page = source(visitor(staff, who), f"/enforcement/fines/{fine}/")
    assert re.findall(r"/do/(\w+)/\?fine", page) == offered
    assert "11月24日 周二 24:00" in page


@pytest.mark.requirement("R1")
def test_a_fine_of_somebody_else_does_not_exist_for_the_warehouse(staff: Staff, fine: UUID):
    assert visitor(staff, "deng").get(f"/enforcement/fines/{fine}/").status_code == 404


@pytest.mark.requirement("R1", "R8")
def test_the_overview_names_fines_and_keepers_to_who_leads_and_not_to_the_guard(staff: Staff, fine: UUID):
    manager, guard = (shown(visitor(staff, who), "/enforcement/") for who in ("he", "feng"))
    assert "462.00" in manager
    assert "谁守住了" in manager
    assert "462.00" not in guard
    assert "谁守住了" not in guard


@pytest.mark.requirement("R9")
def test_the_arithmetic_of_a_deadline_is_a_fragment_for_who_may_see_it(staff: Staff, fine: UUID):
    from gatepass.enforcement.models import Obligation

    duty = Obligation.objects.get(clause="D11.1").uid
    page = shown(visitor(staff, "he"), f"/enforcement/duties/{duty}/why")
    assert "当日不计" in page
    assert visitor(staff, "feng").get(f"/enforcement/duties/{duty}/why").status_code == 404


@pytest.mark.requirement("R1")
def test_a_fine_is_confirmed_through_its_page(staff: Staff, fine: UUID):
    from gatepass.enforcement.models import Fine

    client = visitor(staff, "he")
    with clock.clock_at(NOW):
        client.post("/do/confirm_fine/", {"fine": str(fine), "_key": "once", "_back": f"/enforcement/fines/{fine}/"})
    assert Fine.objects.get(uid=fine).confirmed_by == staff.people["he"]
