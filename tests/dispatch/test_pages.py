"""The pages: who sees what, the one thing that comes next, the picker's phone, papers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from dispatch.stage import NIGHT, Stage, add_order
from gatepass.approvals.models import Signature
from gatepass.dispatch.models import Change, Notice, Pick
from gatepass.journal.who import sight_of
from gatepass.papers.models import Paper
from gatepass.people.models import Person

if TYPE_CHECKING:
    from playwright.sync_api import Page

BACKEND = "gatepass.people.sign_in.PersonBackend"


def signed_in(who: str, language: str = "zh") -> Client:
    client = Client()
    client.force_login(Person.objects.get(username=who), backend=BACKEND)
    client.cookies["language"] = language
    return client


def shown(who: str, path: str, language: str = "zh") -> str:
    """The words of a page."""
    answer = signed_in(who, language).get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    page = re.sub(r"(?s)<(script|template).*?</\1>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def status(who: str, path: str) -> int:
    return signed_in(who).get(path).status_code


@pytest.mark.requirement("A14", "D6")
def test_the_warehouse_sees_no_price_phone_or_address_and_no_notice_before_it_is_effective(stage: Stage) -> None:
    notice = stage.noticed()
    assert status("deng", f"/notices/{notice}/") == status("deng", f"/picking/{notice}/") == 404
    stage.approved(notice)
    for path in (f"/notices/{notice}/", f"/picking/{notice}/", "/picking/", "/notices/"):
        page = shown("deng", path)
        assert not any(secret in page for secret in ("8,400.00", "10,245.00", "138 0000 4412", "华岩"))
    desk = shown("lin", f"/notices/{notice}/")
    assert all(known in desk for known in ("8,400.00", "138 0000 4412", "华岩"))


@pytest.mark.requirement("A14")
def test_a_salesman_sees_his_region_and_the_guard_nothing(stage: Stage) -> None:
    notice = stage.noticed()
    assert "FH-2026-0001" in shown("su", "/notices/")
    stage.order.__class__.objects.update(region="西北")
    assert "FH-2026-0001" not in shown("su", "/notices/")
    assert status("su", f"/notices/{notice}/") == status("luo", f"/notices/{notice}/") == 404
    assert status("luo", "/notices/") == status("zhou", "/picking/") == 404


@pytest.mark.requirement("D6")
@pytest.mark.parametrize(("who", "words"), [("zhou", "财务审批"), ("he", "销售审批"), ("lin", ""), ("su", "")])
def test_the_page_offers_what_this_person_can_do_now(stage: Stage, who: str, words: str) -> None:
    notice = stage.noticed()
    page = signed_in(who).get(f"/notices/{notice}/").content.decode()
    found = re.search(r'class="btn btn-primary"[^>]*>([^<]*)', page)
    assert (found.group(1) if found else "") == words
    assert (">改版<" in page) is (who == "lin")


@pytest.mark.requirement("D6")
def test_a_notice_that_was_returned_is_to_be_changed_next(stage: Stage) -> None:
    notice = stage.noticed()
    stage.send_back("zhou", notice, "finance", "数量不对")
    assert re.search(r'class="btn btn-primary"[^>]*>改版<', signed_in("lin").get(f"/notices/{notice}/").content.decode())


@pytest.mark.requirement("D6")
def test_who_comes_second_to_an_approval_is_told_and_not_asked_for_a_version(stage: Stage) -> None:
    notice = stage.noticed()
    given = {name: str(value) for name, value in stage.bound(notice, "finance").items()}
    first, second = (signed_in("zhou").post("/do/sign/", given | {"_key": key}) for key in ("k1", "k2"))
    assert (first.status_code, second.status_code) == (302, 422)
    page = second.content.decode()
    assert "这一步已经签过" in page and 'type="radio"' not in page


@pytest.mark.requirement("D6")
@pytest.mark.parametrize(("language", "words"), [("zh", "比第 1 版，改了 2 处"), ("en", "Since version 1: 2 changes")])
def test_who_approves_sees_exactly_what_changed(stage: Stage, language: str, words: str) -> None:
    notice = stage.approved()
    stage.do("lin", "change_notice", notice=notice, reason="少", lines=[{"product": stage.products["泡菜"].uid, "cartons": 20}])
    page = shown("zhou", f"/approvals/notice/{notice}/", language)
    assert words in page
    assert re.search("30 (件|cartons) → 20 (件|cartons)", page)
    assert re.search("(100 件，搭赠 6 → 无|100 cartons, 6 free → none)", page)


@pytest.mark.requirement("D6")
def test_the_approval_page_posts_the_version_that_it_shows(stage: Stage) -> None:
    notice = stage.noticed()
    client = signed_in("zhou")
    page = client.get(f"/approvals/notice/{notice}/").content.decode()
    fields = dict(
        re.findall(r'<input type="hidden" name="(_key|route|subject|step|digest)" value="([^"]*)"', page.split("/do/send_back/")[0])
    )
    stage.do("lin", "change_notice", notice=notice, reason="改", ship_on=None)
    answer = client.post("/do/sign/", fields)
    assert answer.status_code == 409, "somebody else was quicker, on every door"
    assert "已经改版" in answer.content.decode()
    told = client.post("/api/v1/commands/sign", {name: fields[name] for name in fields if name != "_key"}, content_type="application/json")
    assert told.status_code == 409 and any("newer version" in reason["what"]["en"] for reason in told.json()["reasons"])
    assert not Signature.objects.exists()


@pytest.mark.requirement("D6")
def test_the_writer_is_told_that_another_must_approve(stage: Stage) -> None:
    from dispatch.test_approvals import also

    also(stage, "lin", "sales_manager")
    notice = stage.noticed()
    assert "制单人不得审批自己写的" in shown("lin", f"/approvals/notice/{notice}/")
    assert status("su", f"/approvals/notice/{notice}/") == 200  # of his region: he sees who signed
    assert status("luo", f"/approvals/notice/{notice}/") == 404


def test_the_form_of_a_notice_proposes_what_is_open_and_skips_rows_of_nothing(stage: Stage) -> None:
    client = signed_in("lin")
    page = client.get(f"/notices/new/{stage.order.uid}/").content.decode()
    fields = dict(re.findall(r'name="(lines-\d-\w+|order|_key)"[^>]*?value="([^"]*)"', page))
    assert fields["lines-0-cartons"] == "100"
    answer = client.post("/do/issue_notice/", fields | {"lines-1-cartons": "0"})
    notice = Notice.objects.get()
    assert answer.headers["Location"] == f"/notices/{notice.uid}/"
    assert "泡菜" in client.get(f"/notices/new/{stage.order.uid}/").content.decode()
    assert "豆瓣" not in client.get(f"/notices/new/{stage.order.uid}/").content.decode().split("<table")[1]


@pytest.mark.requirement("D7")
def test_the_picker_ticks_the_batches_in_turn(stage: Stage) -> None:
    notice = stage.approved()
    client, path = signed_in("deng"), f"/picking/{notice}/"
    assert "开始配货" in client.get(path).content.decode()
    client.post(path, {"do": "start"})
    page = client.get(path).content.decode()
    given = dict(re.findall(r'name="(line|cartons-[\w-]+)" value="([^"]*)"', page))
    ticked = [name.removeprefix("cartons-") for name in given if name.startswith("cartons-")]
    assert client.post(path, given | {"do": "pick", "batch": ticked}).status_code == 302
    assert sum(Pick.objects.values_list("cartons", flat=True)) == 106


@pytest.mark.requirement("D7")
def test_a_typed_batch_code_is_an_equal_way_and_a_wrong_one_is_refused_in_place(stage: Stage) -> None:
    notice = stage.in_hand()
    client, path = signed_in("deng"), f"/picking/{notice}/"
    line = str(stage.line(notice, "豆瓣"))
    wrong = client.post(path, {"do": "pick", "line": line, "code": "d-2", "code_cartons": "66"})
    assert wrong.status_code == 422
    assert all(words in wrong.content.decode() for words in ("先到期，还剩 40 件", 'value="d-2"', 'value="66"'))
    assert "没有这个批次" in client.post(path, {"do": "pick", "line": line, "code": "D-9"}).content.decode()
    client.post(path, {"do": "pick", "line": line, "code": "d-1", "code_cartons": "40"})
    client.post(path, {"do": "pick", "line": line, "code": "D-2"})
    assert sum(Pick.objects.values_list("cartons", flat=True)) == 106


@pytest.mark.requirement("D7")
def test_a_doubt_stops_the_page_until_it_is_answered(stage: Stage) -> None:
    notice = stage.in_hand()
    client, line = signed_in("deng"), stage.line(notice, "豆瓣")
    assert client.post(f"/picking/{notice}/{line}/doubt/", {"question": " "}).status_code == 422
    client.post(f"/picking/{notice}/{line}/doubt/", {"question": "发老款吗"})
    page = client.get(f"/picking/{notice}/").content.decode()
    assert "已停，等客户内勤答复" in page
    assert 'value="pick"' not in page
    assert "答复仓库疑问" in shown("lin", f"/notices/{notice}/")


@pytest.mark.requirement("D8")
def test_a_manager_consents_on_his_phone(stage: Stage) -> None:
    notice = stage.in_hand()
    given = {"notice": notice, "kind": "short", "line": stage.line(notice, "泡菜"), "cartons": 10, "reason": "缺货"}
    answer = signed_in("deng").post("/do/propose_change/", {**given, "_key": "k"})
    change = Change.objects.get()
    assert answer.headers["Location"] == f"/notices/changes/{change.uid}/"
    assert "记下口头同意" in shown("deng", f"/notices/changes/{change.uid}/")
    assert "615.00" not in shown("deng", f"/notices/changes/{change.uid}/")
    page = shown("he", f"/notices/changes/{change.uid}/")
    assert all(words in page for words in ("减少", "泡菜", "10 件", "缺货", "−615.00", "不同意"))
    about = {name: str(value) for name, value in stage.about("change", change.uid, "consent").items()}
    assert "同意第 1 版" in shown("he", f"/approvals/change/{change.uid}/")
    signed_in("he").post("/do/sign/", about | {"_key": "c"})
    assert Signature.objects.get(route="change").person_id == stage.people["he"]
    assert Change.objects.get().consented_at


@pytest.mark.requirement("D8")
def test_a_change_after_approval_shows_as_such(stage: Stage) -> None:
    notice = stage.in_hand()
    stage.at = NIGHT
    change = stage.do("deng", "propose_change", notice=notice, kind="short", line=stage.line(notice, "泡菜"), cartons=10, reason="缺").uid
    stage.record_word("deng", change, "he")
    stage.do("deng", "apply_change", change=change)
    page = shown("zhou", f"/notices/{notice}/")
    assert all(words in page for words in ("批后变动", "口头，本人未补认", "财务补签"))
    assert "转告客户内勤" in shown("deng", f"/notices/changes/{change}/")
    assert "本人补签" in shown("he", f"/approvals/change/{change}/")
    other = stage.do("deng", "propose_change", notice=notice, kind="short", line=stage.line(notice, "豆瓣"), cartons=1, reason="缺").uid
    assert all(name in shown("deng", f"/approvals/change/{other}/") for name in ("何志远", "梁国栋", "记下同意"))


@pytest.mark.requirement("D6", "D7")
def test_papers_are_frozen_with_each_version_and_the_warehouse_has_its_own_copy(stage: Stage) -> None:
    from gatepass.papers import queries

    notice = stage.approved()
    stage.do("lin", "change_notice", notice=notice, reason="少", lines=[{"product": stage.products["泡菜"].uid, "cartons": 20}])
    kinds = list(Paper.objects.filter(subject_uid=notice).order_by("id").values_list("kind", "version"))
    assert kinds == [("notice", 1), ("picklist", 1), ("notice", 2)]
    first, second = Paper.objects.filter(kind="notice").order_by("version")
    old = queries.paper(sight_of(stage.people["lin"]), first.uid)
    assert [one.name for one in old.live.signatures][:3] == ["林晓燕", "周敏", "何志远"]
    assert old.live.voided and old.live.voided.replaced_by == "2"
    assert status("deng", f"/papers/{second.uid}/") == 404
    stage.approved(notice, version=2)
    warehouse = queries.paper(sight_of(stage.people["deng"]), second.uid)
    assert [copy.key for copy in warehouse.copies] == ["warehouse"]
    assert status("luo", f"/papers/{second.uid}/") == 404
    pick_list = Paper.objects.filter(kind="picklist").last()
    assert pick_list and "4412" not in str(pick_list.data) and "8400" not in str(pick_list.data)


def test_lists_filter_by_stage_and_count(stage: Stage) -> None:
    first = stage.approved()
    other = add_order(stage, stage.order.customer, stage.order.address, "DH-2026-1190", (("泡菜", 10, 0),))
    stage.order = other
    stage.sign("615.00")
    stage.noticed()
    assert "FH-2026-0002" in shown("lin", "/notices/?shows=to_approve")
    assert "FH-2026-0001" not in shown("lin", "/notices/?shows=to_approve")
    assert "FH-2026-0001" in shown("lin", "/notices/?shows=effective&q=重庆")
    stage.do("lin", "void_notice", notice=first, reason="改期")
    assert "FH-2026-0001" in shown("lin", "/notices/?shows=voided", "en")
    assert status("lin", "/notices/?shows=nothing") == 404


@pytest.mark.requirement("C11")
def test_a_sample_is_approved_sent_and_followed_up_by_its_buttons(stage: Stage) -> None:
    from dispatch.test_samples import noticed

    sample = noticed(stage)
    assert status("deng", f"/notices/samples/{sample}/") == 404
    for who, name, path in (("he", "sign", f"/approvals/sample/{sample}/"), ("deng", "send_sample", f"/notices/samples/{sample}/")):
        page = signed_in(who).get(path).content.decode()
        form = page.split(f'action="/do/{name}/"')[1].split("</form>")[0]
        fields = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', form))
        assert signed_in(who).post(f"/do/{name}/", fields, follow=True).status_code == 200, name
    assert "已发出，待跟进" in shown("lin", "/notices/samples/")
    assert "成本 140.00" in shown("lin", f"/notices/samples/{sample}/")


def enter(page: Page, live: str, who: str) -> None:
    """Sign somebody in without the form."""
    from django.contrib.sessions.backends.db import SessionStore

    person = Person.objects.get(username=who)
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    page.context.add_cookies([{"name": "gatepass", "value": str(session.session_key), "url": live}])


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.browser
@pytest.mark.requirement("D7")
def test_a_notice_is_picked_on_a_phone(stage: Stage, live: str, phone: Page) -> None:
    notice: UUID = stage.approved()
    enter(phone, live, "deng")
    phone.goto(f"{live}/picking/")
    phone.get_by_text("重庆渝味源").click()
    phone.get_by_role("button", name="开始配货").click()
    for _ in range(2):
        for box in phone.locator(".batch .box").all():
            box.check()
        phone.get_by_role("button", name="配好这一行").click()
        assert fits(phone)
    phone.get_by_role("button", name="全部配齐").click()
    phone.get_by_text("已配齐，等装车").wait_for()
    assert Notice.objects.get(uid=notice).picked_at is not None


@pytest.mark.browser
@pytest.mark.requirement("D6")
def test_a_notice_is_written_and_approved_at_the_desk(stage: Stage, live: str, page: Page) -> None:
    enter(page, live, "lin")
    page.goto(f"{live}/notices/new/{stage.order.uid}/")
    page.get_by_role("button", name="开出，送审批").click()
    page.get_by_role("heading", name="FH-2026-0001").wait_for()
    for who, side in (("zhou", "财务审批"), ("he", "销售审批")):
        enter(page, live, who)
        page.goto(f"{live}/notices/?shows=to_approve")
        page.get_by_role("link", name="FH-2026-0001").click()
        page.get_by_role("link", name=side).click()
        page.get_by_role("button", name="同意第 1 版").click()
        page.wait_for_url(re.compile(r"/notices/[0-9a-f-]{36}/$"))
    assert Notice.objects.get().effective_at is not None
