"""Canaries: a phone, an address, a price and a remark that stand nowhere else, planted by commands; then everything is asked as everybody.

Pages, API, exports, papers as PDF and picture with their QR codes, search, pickers, refusals, the log: who may not see one must not find it.
"""

from __future__ import annotations

import io
import json
import logging
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.test import Client
from django.urls import get_resolver
from test_access import addresses

from company import Staff, confirmed, keep_token
from gatepass.gate.models import GatePass
from gatepass.journal.clock import clock_at
from gatepass.journal.door import COMMANDS
from gatepass.journal.models import Reference
from gatepass.papers.models import Paper
from gatepass.people.models import Person
from gatepass.people.tokens import new_token
from test_whole_way import through_the_gate

PHONE, STREET, NOTE = "13987650417", "金雀巷", "暗号青花椒"
PRICE, SUM = "137.91", "13,791.00"  # a carton; a hundred of them
BARE = {"phone": ("13987650417", "139 8765 0417", "8765 0417", "87650417"), "street": (STREET,), "note": (NOTE,),
        "price": (PRICE, "13791.00", SUM, "1379100", '"137.91')}  # fmt: skip
ALL = frozenset(BARE)
# who must not find what; everybody else of the desk may see all of it
BLIND = {
    "qin": ALL, "admin": ALL, "feng": ALL, "wu": ALL, "cash": frozenset({"phone", "street"}),
    "deng": frozenset({"price", "note"}), "luo": frozenset({"price", "note"}),
}  # fmt: skip
SEES = "lin"
IDS = {
    "orders": ("order",), "customers": ("customer",), "receipts": ("receipt", "order"), "production/demands": ("demand",),
    "production/plans": ("plan",), "production/hand-over": ("order",), "stock": ("product",), "products": ("product",),
    "products/prices": ("price_list",), "carriers": ("carrier",), "papers": ("paper",), "notices": ("notice", "order"),
    "notices/changes": ("change",), "picking": ("notice", "line"), "trips": ("trip",), "trips/consignments": ("consignment",),
    "waybills": ("waybill",), "loading": ("trip",), "drive": ("trip", "consignment"), "passes": ("gate_pass",), "people": ("person",),
    "enforcement": ("obligation", "fine"), "notices/samples": ("sample",), "gate/authority": ("authority", "trip"),
}  # fmt: skip
WORDS = {
    "key": ("paid", "unpaid", "today", "other"), "what": ("total", "goods", "previous", "balance", "awaited"), "side": ("finance", "sales"),
    "kind": ("order", "customer", "address", "receipt", "demand", "batch", "product", "notice", "trip", "vehicle", "driver", "carrier", "person"),
    "suffix": ("csv", "xlsx"), "number": ("D4", "C24", "D11"),
}  # fmt: skip
LISTS = ("customers", "addresses", "products", "prices", "promotions", "carriers", "rates", "balances", "stock", "people")


@dataclass
class Planted:
    staff: Staff
    plan: UUID
    ids: dict[str, list[str]] = field(default_factory=dict)


def planted(staff: Staff) -> Planted:
    """A customer with his secrets, through commands; one order through the gate, another with production."""
    staff.run("add_address", "sun", customer=staff.customer, label="新库", destination="重庆", street=f"重庆市{STREET} 8 号 3 栋",
              consignee="赵学敏", phone=PHONE, preferred=True)  # fmt: skip
    staff.run("change_customer", "sun", customer=staff.customer, phone=PHONE, address=f"重庆市{STREET} 8 号")
    staff.run("add_contact", "sun", customer=staff.customer, kind="business", name="赵学敏", phone=PHONE)
    lines = [{"product": staff.products[code], "yuan": PRICE} for code in ("100101", "200101")]
    staff.run("add_price_list", "sun", name="探价", since=date(2026, 2, 1), grade="A", region="川渝", prices=lines)
    through_the_gate(staff)
    order = confirmed(staff, code="200101", cartons=600, note=NOTE)
    staff.run("hand_over_demand", "lin", order=order, expected_on=date(2026, 11, 20))
    plan = staff.run("hand_over_plan", "lin", day=date(2026, 11, 20)).uid
    made = Planted(staff, plan)
    for kind, uid in Reference.objects.values_list("kind", "uid").distinct().order_by("kind", "uid"):
        made.ids.setdefault(kind, []).append(str(uid))
    made.ids["paper"] = [str(uid) for uid in Paper.objects.values_list("uid", flat=True)]
    made.ids["plan"] = [str(plan)]
    return made


def paths(made: Planted) -> Iterator[str]:
    """Every address of the table, filled in with what exists; searches and pickers are asked for the canaries themselves."""
    yield from (f"/{path}" for path in addresses(get_resolver().url_patterns) if not path.startswith(("sign-in", "c/", "look/")))
    for needle in (PHONE, STREET, "渝味"):
        yield from (f"/search/?q={needle}", f"/orders/?q={needle}", f"/customers/?q={needle}", f"/production/?q={needle}")
        yield from (f"/pick/{kind}?q={needle}" for kind in WORDS["kind"])
    yield from (f"/import/{name}/export.{suffix}" for name in LISTS for suffix in WORDS["suffix"])
    yield from (f"/gate/{code}/" for code in GatePass.objects.values_list("code", flat=True))
    for pattern in _patterns(get_resolver().url_patterns):
        yield from _filled(made, pattern)


def _patterns(patterns: list[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        text = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern.url_patterns, text)
        elif "<uuid" in text and not text.startswith(("import", "api")):
            yield text


def _filled(made: Planted, pattern: str) -> Iterator[str]:
    parts = pattern.split("/<", maxsplit=1)[0]
    kinds = IDS.get(parts) or IDS.get(parts.split("/")[0], ())
    ids = [made.ids.get(kind, [])[:12] for kind in kinds]
    holes = pattern.count("<uuid")
    for number, uid in enumerate(uid for some in ids[: max(1, 2 - holes + 1)] for uid in some):
        text = re.sub(r"<uuid:\w+>", uid, pattern, count=1)
        text = re.sub(r"<uuid:\w+>", (ids[1] or [uid])[number % len(ids[1] or [uid])] if len(ids) > 1 else uid, text)
        words = re.findall(r"<slug:(\w+)>", text)
        for word in WORDS.get(words[0], ()) if words else ("",):
            yield "/" + re.sub(r"<slug:\w+>", word, text)


def said(answer: Any) -> str:
    """Everything an answer says: text, the strings of a workbook, the words of a PDF, the codes on a picture."""
    body: bytes = answer.getvalue()
    kind = answer.headers.get("Content-Type", "")
    text = body.decode(errors="ignore") + str(dict(answer.headers))
    if "pdf" in kind:
        text += words_of(body)
    elif "spreadsheet" in kind:
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            text += "".join(book.read(name).decode(errors="ignore") for name in book.namelist())
    elif kind.startswith("image/png"):
        import zxingcpp
        from PIL import Image

        text += "".join(code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(body))))
    return text


@cache
def words_of(pdf: bytes) -> str:
    from pypdf import PdfReader

    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def found_in(text: str, what: frozenset[str]) -> set[str]:
    return {kind for kind in what if any(word in text for word in BARE[kind])}


def visitor(staff: Staff, who: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Person.objects.get(uid=staff.people[who]), "gatepass.people.sign_in.PersonBackend")
    return client


def token(staff: Staff, who: str) -> str:
    made, digest = new_token()
    keep_token(Person.objects.get(uid=staff.people[who]), digest, staff.at)
    return made


def asked(made: Planted, who: str) -> Iterator[tuple[str, str]]:
    """Everything that somebody can read or be told, by where."""
    client = visitor(made.staff, who)
    needles = (PHONE, PRICE, STREET, NOTE)
    for path in paths(made):
        if any(needle in path for needle in needles) and "?q=" in path:
            typed = path.split("?q=")[1]  # what he typed himself is no leak
            yield path, said(client.get(path)).replace(typed, "").replace(quote(typed), "")
        else:
            yield path, said(client.get(path))
    headers = {"authorization": f"Bearer {token(made.staff, who)}"}
    for thing, kind in (("orders", "order"), ("customers", "customer"), ("products", "product"), ("carriers", "carrier"), ("notices", "notice")):
        for path in (f"/api/v1/{thing}?most=50", f"/api/v1/{thing}?q=渝味", *(f"/api/v1/{thing}/{uid}" for uid in made.ids.get(kind, []))):
            yield path, said(client.get(path, headers=headers))
    for name, command in COMMANDS.items():
        if not command.hidden and (body := _body(made, command)) is not None:
            answer = Client(raise_request_exception=False).post(
                f"/api/v1/commands/{name}", json.dumps(body), content_type="application/json", headers=headers)  # fmt: skip
            if answer.status_code >= 400:
                yield name, said(answer)


def _body(made: Planted, command: Any) -> dict[str, Any] | None:
    """Ids and nothing else, for commands that need nothing else or will be refused anyway."""
    body: dict[str, Any] = {}
    for one in command.declaration.fields:
        if one.required and one.of in made.ids:
            body[one.name] = [made.ids[one.of][0]] if one.many else made.ids[one.of][0]
    return body or None


@pytest.mark.requirement("C24", "M1", "D3")
def test_nobody_finds_what_his_position_does_not_need(staff: Staff, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "gatepass")
    made = planted(staff)
    with clock_at(staff.at):
        told = dict(asked(made, SEES))
        assert {kind for text in told.values() for kind in found_in(text, ALL)} == ALL, "the canaries cannot be found at all"
        leaks = [(who, where, sorted(found)) for who, blind in BLIND.items() for where, text in asked(made, who) if (found := found_in(text, blind))]
    assert not leaks, "\n".join(map(str, leaks))
    assert not found_in(caplog.text, ALL)


@pytest.mark.requirement("C24", "C12")
def test_the_stock_up_plan_has_no_phone_and_no_address_for_anybody(staff: Staff) -> None:
    made = planted(staff)
    papers = [str(uid) for uid in Paper.objects.filter(subject_uid=made.plan).values_list("uid", flat=True)]
    assert papers
    with clock_at(staff.at):
        for who in ("lin", "wu", "he", "deng"):
            client, shown = visitor(staff, who), 0
            for path in (f"/production/plans/{made.plan}/", "/production/plans/", "/production/", f"/production/?q={PHONE[:5]}",
                         *(f"/papers/{uid}{suffix}" for uid in papers for suffix in ("/", ".pdf", ".png"))):  # fmt: skip
                answer = client.get(path)
                shown += answer.status_code == 200
                assert not found_in(said(answer), frozenset({"phone", "street"})), (who, path)
            assert shown > 2, who
