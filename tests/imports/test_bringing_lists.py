"""Whole lists through the doors: all or nothing, every problem at once, in seconds."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client
from sheets import CUSTOMERS, xlsx

from gatepass.customers import queries
from gatepass.customers.models import Customer
from gatepass.journal.models import Entry
from gatepass.people.models import Person
from masters import House, carrier, customer, reasons


def visitor(house: House, who: str = "sun") -> Client:
    client = Client()
    client.force_login(Person.objects.get(uid=house.people[who]), backend="gatepass.people.sign_in.PersonBackend")
    return client


def brought(client: Client, kind: str, data: bytes, name: str = "list.xlsx") -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return client.post(f"/import/{kind}/", {"file": SimpleUploadedFile(name, data)}, follow=True)


ROWS = (
    ("K001", "重庆渝味源商贸有限公司", "渝味源", "川渝", "A", 2368001122),
    ("K002", "西安秦味坊食品有限公司", "秦味坊", "西北", "B", "029-88001122"),
)


@pytest.mark.requirement("A11")
def test_a_good_list_goes_in_whole_by_one_command_with_an_event_for_each(house: House) -> None:
    client = visitor(house)
    answer = brought(client, "customers", xlsx(CUSTOMERS, *ROWS))
    assert "2 行都对" in answer.content.decode()
    assert not Customer.objects.exists()
    done = client.post(answer.redirect_chain[-1][0] + "run/", follow=True)
    assert "导入 2 行" in done.content.decode()
    entries = Entry.objects.filter(event="customer.added")
    assert entries.count() == 2 and len({entry.act for entry in entries}) == 1
    assert [row.phone for row in queries.customers(house.sees("sun"), "渝味")] == ["2368001122"]


@pytest.mark.requirement("A11")
def test_pressed_twice_it_is_imported_once(house: House) -> None:
    client = visitor(house)
    where = brought(client, "customers", xlsx(CUSTOMERS, *ROWS)).redirect_chain[-1][0]
    assert client.post(where + "run/").status_code == 302
    assert client.post(where + "run/").status_code == 404
    assert Customer.objects.count() == 2


@pytest.mark.requirement("A11")
def test_every_problem_is_said_by_row_and_column_and_nothing_goes_in(house: House) -> None:
    customer(house, "K001")
    headers = (*CUSTOMERS, "运费承担", "指定托运单位（编码或名称）")
    answer = brought(
        visitor(house),
        "customers",
        xlsx(
            headers,
            (*ROWS[0], "", ""),
            ("K003", "", "x", "", "", "", "月亮", ""),
            ("K004", "甲记酱园", "甲记", "", "", "", "运补", "X9"),
            ("K004", "甲记酱园有限公司", "甲记", "", "", "", "", ""),
        ),
    )
    page = answer.content.decode()
    for words in (
        "4 行有问题，一行也没有导入",
        "这个编码已有客户",
        "可能与 K001",
        "没有填",
        "要填其中之一：客户代垫、公司承担、运补",
        "运补客户要填运补单价",
        "没有这个承运单位",
        "这个编码在表里不止一次",
        "表里还有一行名称或电话相同",
    ):
        assert words in page
    client = visitor(house)
    assert client.post(answer.redirect_chain[-1][0] + "run/").status_code == 302
    assert Customer.objects.count() == 1


def test_other_headers_are_asked_about_once_for_each_layout(house: House) -> None:
    client = visitor(house)
    headers = ("客户代码", "公司全称", "叫法", "大区", "备用")
    rows = [("K001", "重庆渝味源商贸有限公司", "渝味源", "川渝", "x"), ("K009", "贵阳黔香阁商行", "黔香阁", "黔", "y")]
    answer = brought(client, "customers", xlsx(headers, rows[0]))
    assert "各列是什么" in answer.content.decode()
    where = answer.redirect_chain[-1][0]
    half = client.post(where + "columns/", {"column-0": "code", "column-1": "name", "column-3": "code"})
    assert half.status_code == 422
    assert {"还没有指明哪一列是“简称”", "同一项选了两列"} <= {part.split("</b>")[0] for part in half.content.decode().split("<b>")}
    chosen = {"column-0": "code", "column-1": "name", "column-2": "short_name", "column-3": "region", "column-4": ""}
    assert "1 行都对" in client.post(where + "columns/", chosen, follow=True).content.decode()
    again = brought(visitor(house, "lin"), "customers", xlsx(headers, rows[1]))
    assert "1 行都对" in again.content.decode()


def test_templates_come_back_empty_with_their_example_skipped(house: House) -> None:
    from gatepass.imports import writing
    from gatepass.imports.checking import check, mapping_of
    from gatepass.imports.kinds import KINDS
    from gatepass.imports.reading import read

    for kind in KINDS.values():
        table = read("t.xlsx", writing.template(kind))
        names, settled = mapping_of(kind, table.headers)
        assert settled and names == [column.name for column in kind.columns], kind.name
        assert [problem.what.en for problem in check(kind, table, names).problems] == ["There are no rows below the headers"], kind.name


def test_the_examples_of_all_templates_go_in_one_after_the_other(house: House) -> None:
    from gatepass.imports.checking import check
    from gatepass.imports.kinds import KINDS
    from gatepass.imports.reading import Table

    for kind in KINDS.values():
        names = [column.name for column in kind.columns]
        example = tuple(text or None for text in ("zhu", *kind.example[1:])) if kind.name == "people" else kind.example
        table = Table(tuple(names), ((2, (*example, "kept apart from the example")),))
        checked = check(kind, Table(table.headers, ((2, _touched(kind.name, example)),)), names)
        assert checked.problems == (), (kind.name, checked.problems)
        kind.command(by=_system(), rows=list(checked.lines), at=house.at)
        if kind.give is not None:
            assert len(list(kind.give(_all()))) >= 1


def _touched(name: str, example: tuple[Any, ...]) -> tuple[Any, ...]:
    """The example with one optional word changed, so that it is a row of its own."""
    last = {"people": 3, "carriers": 6, "vehicles": 5, "customers": 7, "addresses": 1, "products": 8, "balances": 3, "stock": 5,
            "orders": 8}.get(name)
    if last is None:
        place = {"rates": 5, "prices": 0, "promotions": 0}[name]
        return (*example[:place], "120.00" if name == "rates" else "另一张", *example[place + 1 :])
    return (*example[:last], "另填", *example[last + 1 :])


def _system() -> Any:
    from gatepass.roles import SYSTEM

    return SYSTEM.person


def _all() -> Any:
    from gatepass.roles import SYSTEM

    return SYSTEM


@pytest.mark.requirement("A11")
def test_a_thousand_customers_and_their_addresses_take_seconds(house: House) -> None:
    from gatepass.imports.checking import check
    from gatepass.imports.kinds import KINDS
    from gatepass.imports.reading import read

    carrier(house)
    surnames, given = "赵钱孙李周吴郑王冯陈", "一二三四五六七八九十"
    names = [f"{a}{b}{c}酱园" for a in surnames for b in given for c in given]
    people = xlsx(
        (*CUSTOMERS, "已核实不是同一家"),
        *((f"K{n:04d}", name, name[:3], "川渝", "A", 13900000000 + n, "是") for n, name in enumerate(names)),
    )
    places = xlsx(
        ("客户编码", "称呼", "到达地", "详细地址", "收货人", "电话"),
        *((f"K{n:04d}", "主仓", "重庆", f"华岩路 {n} 号", "赵学敏", 13900000000 + n) for n in range(1000)),
    )
    began = time.monotonic()
    for name, data in (("customers", people), ("addresses", places)):
        kind, table = KINDS[name], read("a.xlsx", data)
        fields = [column.name for column in kind.columns]
        from gatepass.imports.checking import guess

        checked = check(kind, table, guess(kind, table.headers))
        assert checked.problems == () and fields
        kind.command(by=house.people["sun"], rows=list(checked.lines), at=house.at)
    assert Customer.objects.count() == 1000
    assert time.monotonic() - began < 30


def test_only_who_has_the_power_finds_the_list(house: House) -> None:
    assert visitor(house, "feng").get("/import/customers/").status_code == 404
    assert visitor(house, "lin").get("/import/people/").status_code == 404
    assert "您的岗位没有可导入的内容" in visitor(house, "feng").get("/import/").content.decode()
    assert visitor(house, "admin").get("/import/people/template.xlsx").status_code == 200


def test_a_file_is_nobody_elses(house: House) -> None:
    where = brought(visitor(house), "customers", xlsx(CUSTOMERS, *ROWS)).redirect_chain[-1][0]
    assert visitor(house, "lin").get(where).status_code == 404


def test_a_file_that_cannot_be_read_is_refused_in_words(house: House) -> None:
    answer = brought(visitor(house), "customers", b"\0\1", "a.xlsx")
    assert answer.status_code == 422 and "这不是 Excel 文件" in answer.content.decode()


def test_one_wrong_line_refuses_the_whole_command_also_through_the_api(house: House) -> None:
    rows = [{"code": "C01", "name": "甲"}, {"code": "C01", "name": "乙"}, {"code": "", "name": "丙"}]
    wrong = reasons("import_carriers", house, rows=rows)
    assert wrong == ["line 1: This code stands twice", "line 2: This code stands twice", "line 3: This must be filled in"]
