"""Orders from a list: lines become orders by the rules of a call, all or nothing, once for every file."""

from __future__ import annotations

import threading
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from sheets import xlsx

from company import Staff, not_founded_by_commands
from gatepass.catalogue.models import Product
from gatepass.customers.models import Contact
from gatepass.enforcement.models import Obligation
from gatepass.journal.clock import clock_at
from gatepass.journal.models import Entry
from gatepass.orders.models import AccountCheck, Note, Order, OrderLine
from gatepass.people.models import Person
from gatepass.rules.reasons import Refused

if TYPE_CHECKING:
    from databases import Clones

HEADERS = ("订单标记", "客户", "产品", "件数", "希望发货日", "发货地址", "货品备注", "订单备注")
GOOD = (
    ("A1", "K001", "100101", 100, "2026-11-20", "", "", "月底前要"),
    ("A1", "K001", "四川泡菜", 20, "", "主仓", "新包装", ""),
    ("B7", "秦味坊", "100101", 30, "", "", "", ""),
)


def visitor(staff: Staff, who: str = "lin") -> Client:
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people[who]), backend="gatepass.people.sign_in.PersonBackend")
    return client


def brought(client: Client, data: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return client.post("/import/orders/", {"file": SimpleUploadedFile("orders.xlsx", data)}, follow=True)


def rows(*lines: tuple[Any, ...]) -> list[dict[str, Any]]:
    names = ("reference", "customer", "product", "cartons", "wanted_on", "address", "remark", "note")
    return [{name: value for name, value in zip(names, line, strict=True) if value != ""} for line in lines]


@pytest.mark.requirement("D1")
def test_lines_with_one_mark_become_one_order_whose_account_check_is_asked_for(staff: Staff) -> None:
    with clock_at(staff.at):
        client = visitor(staff)
        answer = brought(client, xlsx(HEADERS, *GOOD))
        page = answer.content.decode()
        assert "3 行都对" in page and "2 张，150 件" in page and "重庆渝味源商贸有限公司" in page
        assert not Order.objects.exists()
        done = client.post(answer.redirect_chain[-1][0] + "run/", follow=True)
        assert "导入 3 行" in done.content.decode()
    first, second = Order.objects.order_by("id")
    assert (first.number, second.number) == ("DH-2026-0001", "DH-2026-0002")
    assert (first.cartons, first.goods_fen, str(first.wanted_on)) == (120, 100 * 12800 + 20 * 9600, "2026-11-20")
    assert list(OrderLine.objects.filter(order=first).values_list("position", "cartons", "fen", "remark")) == [
        (1, 100, 1_280_000, ""), (2, 20, 192_000, "新包装"),
    ]  # fmt: skip
    assert first.weight_g == 100 * 11000 + 20 * 10500
    assert Note.objects.get(order=first).text == "月底前要"
    assert AccountCheck.objects.filter(answered_at=None).count() == 2
    assert Obligation.objects.filter(clause="D1.2", closed_at=None).count() == 2
    assert len(set(Entry.objects.filter(event__in=("order.taken", "check.requested")).values_list("act", flat=True))) == 1


@pytest.mark.requirement("D1")
def test_an_order_from_a_list_goes_on_like_one_from_a_call(staff: Staff, clones: Clones) -> None:
    staff.run("import_orders", "lin", rows=rows(*GOOD))
    order = Order.objects.order_by("id")[0]
    with pytest.raises(Refused, match="D1"):
        staff.run("send_order", "lin", order=order.uid)
    staff.later(minutes=20).run("answer_account_check", "zhou", order=order.uid)
    staff.later(minutes=5).run("send_order", "lin", order=order.uid)
    staff.later(minutes=5).run("confirm_order", "lin", order=order.uid)
    order.refresh_from_db()
    assert order.confirmed_at == staff.at and order.gifts == 6
    assert Obligation.objects.get(clause="D1.2", order=order.uid).closed_how == "kept"
    assert agreeing(clones) == []


@pytest.mark.requirement("A11")
@pytest.mark.requirement("D1")
def test_every_error_of_a_list_is_named_by_row_and_column_and_nothing_is_taken(staff: Staff) -> None:
    Contact.objects.filter(customer__code="K002", kind="receiving").update(until=staff.at)
    retired = Product.objects.create(
        code="300", name="停售酱", spec="1", family="", pieces=1, weight_g=1, volume_cm3=1, shelf_life_days=9, active=False
    )
    Product.objects.create(code="400", name="无价酱", spec="1", family="", pieces=1, weight_g=1, volume_cm3=1, shelf_life_days=9)
    Product.objects.create(code="401", name="四川泡菜", spec="2", family="", pieces=1, weight_g=1, volume_cm3=1, shelf_life_days=9)
    with clock_at(staff.at):
        answer = brought(
            visitor(staff),
            xlsx(
                HEADERS,
                ("1", "K001", "100101", 10, "", "", "", ""),
                ("1", "K001", "100101", 10, "", "", "", ""),
                ("1", "K002", "200101", 10, "", "", "", ""),
                ("2", "没有这家", "200101", 10, "", "", "", ""),
                ("3", "K001", retired.code, 10, "", "", "", ""),
                ("3", "K001", "没有的酱", 10, "", "", "", ""),
                ("3", "K001", "200101", 0, "", "", "", ""),
                ("3", "K001", "200101", "十", "", "", "", ""),
                ("3", "K001", "400", 1, "明天", "", "", ""),
                ("3", "K001", "400", 1, "", "", "", ""),
                ("4", "K001", "四川泡菜", 1, "", "分仓", "", ""),
                ("", "K001", "200101", 1, "", "", "", ""),
                ("5", "K002", "200101", 1, "", "", "", ""),
                ("6", "K002", "200101", 1, "", "", "", ""),
            ),
        )
    page = answer.content.decode()
    for words in (
        "行有问题，一行也没有导入",
        "郫县豆瓣 一级 已在前面，请合并",
        "同一张订单的“客户”要一致",
        "没有这个客户",
        "没有这个产品，或已停售",
        "件数应为 1 到 100000",
        "要填整数",
        "要填日期",
        "今天没有这位客户的价格",
        "有几个产品叫这个名字，请填编码",
        "客户没有这个称呼的发货地址",
        "没有填",
        "客户资料只完整",
    ):
        assert words in page, words
    assert page.count("客户资料只完整") == 2  # rows of both orders of the new customer
    assert not Order.objects.exists() and not Entry.objects.filter(event="order.taken").exists()


@pytest.mark.requirement("D1")
def test_a_row_with_a_cell_that_cannot_be_read_is_looked_at_to_its_end(staff: Staff) -> None:
    from gatepass.imports.checking import check, mapping_of
    from gatepass.imports.kinds import KINDS
    from gatepass.imports.reading import read
    from gatepass.journal.who import sight_of

    kind = KINDS["orders"]
    bad = (("A1", "K001", "100101", 5, "", "", "", ""), ("A1", "K002", "没有", "十", "明天", "分仓", "", ""), ("", "", "200101", 1, "", "", "", ""))
    table = read("a.xlsx", xlsx(HEADERS, *bad))
    with clock_at(staff.at):
        found = check(kind, table, mapping_of(kind, table.headers)[0], sight_of(staff.people["lin"], staff.at)).problems
    assert [(p.row, p.letter, p.what.zh) for p in found] == [
        (3, "B", "同一张订单的“客户”要一致"),
        (3, "C", "没有这个产品，或已停售"),
        (3, "D", "要填整数"),
        (3, "E", "要填日期，如 2026-11-24"),
        (3, "F", "客户没有这个称呼的发货地址"),
        (4, "A", "没有填"),
        (4, "B", "没有填"),
    ]


@pytest.mark.requirement("A11")
def test_the_gates_name_every_row_that_they_refuse(staff: Staff) -> None:
    Contact.objects.filter(customer__code="K002").update(until=staff.at)
    with pytest.raises(Refused) as refused:
        staff.run("import_orders", "lin", rows=rows(*GOOD, ("C9", "K002", "200101", 5, "", "", "", "")))
    assert [(reason.clause, reason.field) for reason in refused.value.reasons] == [("A11", "rows.2.customer"), ("A11", "rows.3.customer")]
    assert not Order.objects.exists()


@pytest.mark.requirement("D1")
def test_the_same_file_twice_is_taken_once(staff: Staff) -> None:
    data = xlsx(HEADERS, *GOOD)
    with clock_at(staff.at):
        client = visitor(staff)
        first, second = (brought(client, data).redirect_chain[-1][0] for _ in range(2))
        assert client.post(first + "run/").status_code == 302
        assert "这个文件已经导入过" in client.get(second).content.decode()
        client.post(second + "run/")
        other = visitor(staff, "tang")
        third = brought(other, data).redirect_chain[-1][0]
        other.post(third + "run/", follow=True)
    assert Order.objects.count() == 2


@pytest.mark.requirement("M1")
def test_who_may_not_take_orders_brings_none_in(staff: Staff) -> None:
    assert visitor(staff, "zhou").get("/import/orders/").status_code == 404
    with pytest.raises(Refused, match="M1"):
        staff.run("import_orders", "zhou", rows=rows(*GOOD))
    assert not Order.objects.exists()


def test_customers_outside_a_clerks_regions_are_not_there_for_him(staff: Staff) -> None:
    from dataclasses import replace

    from gatepass.journal.who import sight_of
    from gatepass.orders.listed import OrderedLine, Reader

    sight = replace(sight_of(staff.people["lin"], staff.at), regions=frozenset({"川渝"}))
    lines = {n: OrderedLine(*line[:4]) for n, line in enumerate(GOOD)}
    _, found = Reader(sight, lines, staff.today(), lock=False).drafts()
    assert [(n, reason.what.en) for n, reason in found] == [(2, "There is no such customer")]


@pytest.mark.requirement("D1")
def test_two_clerks_at_once_take_all_their_orders_with_numbers_of_their_own(staff: Staff, clones: Clones) -> None:
    failed: list[BaseException] = []

    def work(who: str, mark: str) -> None:
        try:
            lines = [(f"{mark}{n}", "K001" if n % 2 else "K002", "100101", 1 + n, "", "", "", "") for n in range(20)]
            staff.run("import_orders", who, rows=rows(*lines))
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(who, mark)) for who, mark in (("lin", "a"), ("tang", "b"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    numbers = sorted(Order.objects.values_list("number", flat=True))
    assert numbers == [f"DH-2026-{n:04d}" for n in range(1, 41)]
    assert agreeing(clones) == []


@pytest.mark.requirement("D1")
def test_above_two_thousand_orders_each_is_a_command_of_its_own_and_it_goes_on_where_it_stopped(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gatepass.imports import bringing
    from gatepass.orders import imports

    monkeypatch.setattr(imports, "MOST_ORDERS", 3)
    monkeypatch.setattr(imports.in_parts, "__defaults__", (3,))
    monkeypatch.setattr(bringing, "PATIENCE", -1.0)
    data = xlsx(HEADERS, *((f"M{n}", "K001", "100101", n + 1, "", "", "", "") for n in range(5)))
    with clock_at(staff.at):
        client = visitor(staff)
        page = brought(client, data)
        where = page.redirect_chain[-1][0]
        assert "逐张导入" in page.content.decode()
        assert "已导入 1 张，共 5 张" in client.post(where + "run/", follow=True).content.decode()
        monkeypatch.setattr(bringing, "PATIENCE", 20.0)
        assert "导入 5 行" in client.post(where + "run/", follow=True).content.decode()
    assert list(Order.objects.order_by("id").values_list("cartons", flat=True)) == [1, 2, 3, 4, 5]
    assert Entry.objects.filter(event="order.taken").values("act").distinct().count() == 5


@pytest.mark.requirement("D1")
def test_the_command_line_brings_orders_in_for_a_person_and_gives_them_out(
    staff: Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from gatepass.site.cli import _company, export, import_

    monkeypatch.setattr(_company, "on_company", lambda work: work())
    file, out = tmp_path / "orders.xlsx", tmp_path / "out.xlsx"
    file.write_bytes(xlsx(HEADERS, *GOOD))
    with clock_at(staff.at):
        assert import_.run(Namespace(kind="orders", file=file, username="", check=False)) == 2
        given = Namespace(kind="orders", file=file, username="lin", check=False)
        assert import_.run(given) == 0
        assert import_.run(given) == 1
        assert "brought in already" in capsys.readouterr().err
        assert import_.run(Namespace(kind="orders", file=file, username="zhou", check=True)) == 1
        assert export.run(Namespace(kind="orders", file=out, template=False)) == 0
        assert import_.run(Namespace(kind="orders", file=out, username="tang", check=True)) == 0
    assert Order.objects.count() == 2
    assert set(Order.objects.values_list("taken_by", flat=True)) == {staff.people["lin"]}


def agreeing(clones: Clones) -> list[Any]:
    """What `gatepass check` finds of orders, clocks and the journal; the company of these tests was not founded by commands."""
    from gatepass.site import database
    from gatepass.site.checking.everything import check

    url = database.other(clones.url, connection.settings_dict["NAME"])
    return [one for one in check(url) if not not_founded_by_commands(one)]
