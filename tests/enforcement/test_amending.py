"""The head amends the book in the browser: present value, bounds and last month beside the form; announced, replaced, withdrawn."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from company import Staff
from gatepass.enforcement import clocks, law
from gatepass.enforcement.models import Amendment, Obligation
from gatepass.journal import clock
from gatepass.orders.events import OrderConfirmed, OrderSent
from gatepass.regulations import rulebook
from gatepass.rules.reasons import Refused

from .cases import MONDAY, TUESDAY_MIDNIGHT, about, duty, handed_in, hours, left, said
from .happening import happen
from .test_pages import visitor

pytestmark = pytest.mark.requirement("D18")
DECEMBER = MONDAY + timedelta(days=9)  # Wednesday, 2 December 2026: last month is November
TOMORROW = "2026-12-03"


def text(content: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content.decode()))


def seen(client: Client, path: str, status: int = 200) -> str:
    with clock.clock_at(DECEMBER):
        answer = client.get(path)
    assert answer.status_code == status, path
    return text(answer.content)


def post(client: Client, command: str, **given: str) -> tuple[int, str, str]:
    with clock.clock_at(DECEMBER):
        answer = client.post(f"/do/{command}/", {"_key": str(uuid4()), "_back": "/rulebook/D11/", **given})
    return answer.status_code, answer.headers.get("Location", ""), text(answer.content)


def share(at: date) -> str:
    moment = law.current(MONDAY).calendar.moment(at, DECEMBER.time())
    return format(law.current(moment).value("D11.1", "fine", moment).normalize(), "f")


@pytest.fixture
def month(staff: Staff) -> Staff:
    """November: one waybill in time, one a day late, one still out; each batch's freight 2,310.00."""
    kept, late, _ = left(staff), left(staff), left(staff)
    handed_in(staff, kept, at=hours(3))
    clocks.sweep(TUESDAY_MIDNIGHT + timedelta(seconds=5))
    handed_in(staff, late, at=TUESDAY_MIDNIGHT + timedelta(hours=10))
    staff.at = DECEMBER
    return staff


@pytest.mark.requirement("R8", "D11")
def test_the_head_changes_the_share_of_d11_from_tomorrow_with_its_effect_on_last_month_beside_it(month: Staff):
    chen = visitor(month, "chen")
    assert "/do/change_parameter/?clause=D11.1&amp;name=fine" in chen.get("/rulebook/D11/").content.decode()
    form = seen(chen, "/do/change_parameter/?clause=D11.1&name=fine&_back=/rulebook/D11/")
    for words in ("现行值 20%", "范围 0% 到 50%", "上月，当时实际 3 件：按时 1，违反 2，未到期 0，拟罚 924.00 元", "不受影响"):
        assert words in form
    live = seen(chen, "/do/change_parameter/beside?clause=D11.1&name=fine&value=10")
    assert "上月，若是 10% 3 件：按时 1，违反 2，未到期 0，拟罚 462.00 元" in live
    longer = seen(chen, "/do/change_parameter/beside?clause=D11.1&name=within&value=2")
    assert "上月，若是 2 个工作日 3 件：按时 2，违反 1，未到期 0，拟罚 462.00 元" in longer
    status, where, _ = post(chen, "change_parameter", clause="D11.1", name="fine", value="10", since=TOMORROW, reason="油价")
    assert (status, where) == (302, "/rulebook/D11/")
    assert [share(date(2026, 12, day)) for day in (2, 3)] == ["20", "10"]
    assert re.search(r"12-03 00:00 起 10%", seen(chen, "/rulebook/D11/"))


NASTY = (
    ({"value": "一半"}, "没有看懂这个值"), ({"value": "51"}, "要在 0% 到 50% 之间"), ({"value": "20"}, "和原来的一样"),
    ({"value": "NaN"}, "没有看懂这个值"), ({"value": "1e999999"}, "没有看懂这个值"), ({"since": "2026-12-01"}, "不能改过去"),
    ({"since": "昨天"}, "日期"), ({"until": "2026-12-02"}, "截止日在起始日之前"), ({"reason": "长" * 301}, "最多 300 个字"),
    ({"clause": "D99"}, "制度里没有“D99”这一条"), ({"name": "patience"}, "D11.1 没有这个数"), ({"clause": "", "name": ""}, "没有填"),
)


def test_whatever_is_typed_is_answered_in_the_form_and_nothing_typed_is_lost(month: Staff):
    chen = visitor(month, "chen")
    for given, words in NASTY:
        asked = {"clause": "D11.1", "name": "fine", "value": "10", "since": TOMORROW, "reason": "油价"} | given
        status, _, page = post(chen, "change_parameter", **asked)
        assert (status, words in page) == (422, True), given
    assert not Amendment.objects.exists()


def test_what_was_announced_is_replaced_or_withdrawn_until_it_takes_effect_and_not_after(month: Staff):
    asked = {"clause": "D11.1", "name": "fine", "reason": "油价"}
    first = month.run("change_parameter", "chen", value="10", since=date(2026, 12, 3), **asked).uid
    with pytest.raises(Refused) as twice:
        month.run("change_parameter", "chen", value="12", since=date(2026, 12, 3), **asked)
    assert said(twice) == ["这一天起的值已经宣布过"]
    second = month.run("change_parameter", "chen", value="12", since=date(2026, 12, 5), replaces=first, **asked).uid
    assert [share(date(2026, 12, day)) for day in (3, 5)] == ["20", "12"]
    month.run("withdraw_amendment", "chen", amendment=second, reason="再议")
    assert share(date(2026, 12, 9)) == "20"
    for gone in (first, second):
        with pytest.raises(Refused):
            month.run("withdraw_amendment", "chen", amendment=gone, reason="再议")
    third = month.run("change_parameter", "chen", value="15", since=date(2026, 12, 3), **asked).uid
    month.later(days=1)
    with pytest.raises(Refused) as late:
        month.run("withdraw_amendment", "chen", amendment=third, reason="再议")
    assert said(late) == ["这条修订已经生效、撤回或被代替，请刷新后再看"]
    page = seen(visitor(month, "lin"), "/rulebook/D11/")
    assert all(words in page for words in ("已撤回", "已被代替", "撤回：再议"))


def test_a_change_for_some_days_goes_back_by_itself(month: Staff):
    asked = {"clause": "D11.1", "name": "fine", "value": "10", "reason": "双十二"}
    month.run("change_parameter", "chen", since=date(2026, 12, 3), until=date(2026, 12, 5), **asked)
    assert [share(date(2026, 12, day)) for day in (2, 3, 5, 6)] == ["20", "10", "10", "20"]


def test_every_time_of_day_is_set_like_a_number(month: Staff):
    for clause, value in (("D8.4", "10:00"), ("D10.4", "08:45"), ("D11.1", "下班"), ("D3.2", "24:00"), ("C12.1", "16:30"), ("D10.3", "22:00")):
        month.run("change_parameter", "chen", clause=clause, name="end", value=value, since=month.today(), reason="试行")
        assert value in seen(visitor(month, "lin"), f"/rulebook/{clause.split('.')[0]}/"), clause


def test_a_time_outside_the_bounds_of_its_clause_is_refused(month: Staff):
    for clause, value in (("D8.4", "13:00"), ("D8.4", "下班"), ("D11.1", "9:30"), ("D11.1", "25:00")):
        with pytest.raises(Refused):
            month.run("change_parameter", "chen", clause=clause, name="end", value=value, since=month.today(), reason="试行")


@pytest.mark.requirement("D9")
def test_two_counters_never_become_one(month: Staff):
    with pytest.raises(Refused) as refused:
        month.run("change_parameter", "chen", clause="D9.2", name="counters", value="1", since=month.today(), reason="夜里一人")
    assert said(refused) == ["要在 2 人 到 5 人 之间"]


@pytest.mark.requirement("D6")
@pytest.mark.usefixtures("no_gates")
def test_a_duty_goes_to_a_position_that_can_do_it_for_what_begins_from_then_on(month: Staff):
    with pytest.raises(Refused) as helpless:
        month.run("set_holder", "chen", clause="D6.4", holder="receivables", since=month.today(), reason="试行")
    assert said(helpless) == ["应收会计没有“销售审批”的权限，办不了这件事"]
    before, after = uuid4(), uuid4()
    happen(about(OrderSent, month, before), at=month.at)
    month.later(minutes=5).run("set_holder", "chen", clause="D2.2", holder="salesman", since=month.today(), reason="试行")
    month.run("set_superior", "chen", clause="D2.2", superior="sales_director", since=month.today(), reason="试行")
    happen(about(OrderSent, month, after), at=month.later(minutes=5).at)
    found = [(row.holder_position, row.superior) for row in (duty("D2.2", before), duty("D2.2", after))]
    assert found == [("client_admin", "sales_manager"), ("salesman", "sales_director")]


@pytest.mark.usefixtures("no_gates")
def test_a_clause_out_of_force_opens_nothing_and_what_is_open_under_it_stays_until_the_head_releases_from_it(month: Staff):
    before, between, after = uuid4(), uuid4(), uuid4()
    happen(about(OrderSent, month, before), at=month.at)
    with pytest.raises(Refused) as holds:
        month.run("release_duties", "chen", clause="D2.2", reason="制度调整")
    assert said(holds) == ["这一条还在施行：先停用，才能免办"]
    month.later(minutes=1).run(
        "put_out_of_force", "chen", clause="D2.2", since=month.today(), until=date(2026, 12, 3), superseded_by="D4", reason="并入 D4"
    )
    happen(about(OrderSent, month, between), at=month.later(minutes=1).at)
    assert not Obligation.objects.filter(subject=between).exists()
    assert duty("D2.2", before).closed_at is None
    page = seen(visitor(month, "lin"), "/rulebook/D2/")
    assert "停用，由" in page
    month.run("release_duties", "chen", clause="D2.2", reason="制度调整")
    assert duty("D2.2", before).closed_how == "waived"
    happen(about(OrderSent, month, after), at=month.later(days=2).at)
    assert duty("D2.2", after).closed_at is None
    happen(about(OrderConfirmed, month, after), at=month.later(minutes=5).at)


def test_a_note_and_an_interpretation_stand_beside_the_sentence(month: Staff):
    for reading, words in (("note", "“交”指纸质原件"), ("interpretation", "快递签收日算交单日")):
        month.run("interpret_clause", "chen", clause="D11.1", reading=reading, text=words, since=month.today(), reason="各部门来问")
    page = seen(visitor(month, "luo"), "/rulebook/D11/")
    assert all(words in page for words in ("说明：“交”指纸质原件", "总经理解释：快递签收日算交单日"))


def test_an_accepted_proposal_leads_to_its_change_and_the_answer_form_shows_it(month: Staff):
    made = month.run("propose_amendment", "deng", clause="D7", text="疑问两小时内答复就够").uid
    chen = visitor(month, "chen")
    assert "疑问两小时内答复就够" in seen(chen, f"/do/answer_amendment/?proposal={made}")
    status, where, _ = post(chen, "answer_amendment", proposal=str(made), accepted="on", words="同意")
    assert (status, where) == (302, f"/rulebook/proposals/{made}/")
    with clock.clock_at(DECEMBER):
        lead = chen.get(where)["Location"]
    assert lead == f"/rulebook/D7/amend/?proposal={made}"
    page = chen.get(lead).content.decode()
    assert f"clause=D7.3&amp;name=within&amp;proposal={made}" in page
    post(chen, "change_parameter", clause="D7.3", name="within", value="2", since=TOMORROW, reason="建议", proposal=str(made))
    assert Amendment.objects.get().proposal == UUID(str(made))
    assert "去修订" not in seen(chen, "/rulebook/D7/")


def test_nobody_but_the_head_amends_anything(month: Staff):
    common = {"since": month.today(), "reason": "试"}
    for command, given in (
        ("put_out_of_force", {"clause": "D9.2", **common}), ("put_in_force", {"clause": "C5.2", **common}),
        ("set_holder", {"clause": "D2.2", "holder": "salesman", **common}), ("set_superior", {"clause": "D2.2", "superior": "head", **common}),
        ("interpret_clause", {"clause": "D2.2", "reading": "note", "text": "x", **common}), ("set_chapter", {"chapter": "1", **common}),
        ("release_duties", {"clause": "D2.2", "reason": "试"}), ("withdraw_amendment", {"amendment": uuid4(), "reason": "试"}),
    ):  # fmt: skip
        for who in ("he", "liang", "admin", "lin", "luo"):
            with pytest.raises(Refused) as refused:
                month.run(command, who, **given)
            assert [reason.clause for reason in refused.value.reasons] == ["M1"], (command, who)
    assert not Amendment.objects.exists()


def test_who_may_set_it_and_its_reason_are_kept_with_every_amendment(month: Staff):
    month.run("change_parameter", "chen", clause="D11.1", name="fine", value="10", since=month.today(), reason="油价")
    row = Amendment.objects.get()
    assert (row.set_by, row.by, row.reason, row.item, row.name) == ("head", month.people["chen"], "油价", "parameter", "fine")
    assert {one.set_by.value for clause in rulebook.every_clause() for one in clause.all_parameters()} == {"head"}


PLAUSIBLE: dict[str, dict[str, str]] = {
    "change_parameter": {"clause": "D8.4", "name": "end", "value": "10:00"},
    "put_out_of_force": {"clause": "D9.2", "superseded_by": "D10"},
    "put_in_force": {"clause": "C5.2"},
    "set_holder": {"clause": "D2.2", "holder": "salesman"},
    "set_superior": {"clause": "D2.2", "superior": "sales_director"},
    "interpret_clause": {"clause": "D11.1", "reading": "note", "text": "“交”指纸质原件"},
}
FORMS: dict[str, dict[str, str]] = {name: given | {"since": TOMORROW, "reason": "试行"} for name, given in PLAUSIBLE.items()} | {
    "propose_amendment": {"clause": "D7", "text": "疑问两小时内答复就够"},
    "lay_down_rule": {"clause": "D7", "text": "疑问写在通知单背面"},
}
MORE_NASTY = ("D99", "火星", "<b>", "' or 1=1 --", "Ａ１", "\u200b", "9" * 300)


def test_every_form_of_the_book_opens_submits_and_answers_whatever_is_typed(month: Staff):
    chen = visitor(month, "chen")
    for name, given in FORMS.items():
        assert "条" in seen(chen, f"/do/{name}/"), name  # also without a parameter
        status, _, page = post(chen, name, **given)
        assert status == 302, (name, page[-600:])
        for field in given:
            for nasty in MORE_NASTY if field == "clause" else ("", "x" * 2_001, "\x00", "2026-02-30"):
                status, _, page = post(chen, name, **given | {field: nasty})
                assert status in (302, 422), (name, field, nasty)
                kept = given.get("reason") or given["text"]
                assert status == 302 or field in ("reason", "text") or kept in page, (name, field, nasty)


@pytest.mark.requirement("C16", "R1")
def test_a_finding_under_an_unknown_clause_is_an_answer_and_nothing_typed_is_lost(month: Staff):
    given = {"person": str(month.people["deng"]), "amount": "50", "facts": "丢了一张托运单"}
    for number in MORE_NASTY:
        status, _, page = post(visitor(month, "chen"), "record_finding", clause=number, **given)
        assert (status, "丢了一张托运单" in page) == (422, True), number
