"""Shapes become JSON strictly, and look as each language has it."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from goods_samples import at, png
from paper_samples import SAMPLES, order, stockup

from gatepass.papers import sheets
from gatepass.papers.faces import faced
from gatepass.papers.packing import assembled, canonical, digest, frozen
from gatepass.papers.press import kinds
from gatepass.papers.shapes import Live, Signature
from gatepass.words import same


@pytest.mark.parametrize(
    ("field", "wrong", "error"),
    [
        ("remit", 56469.14, TypeError),
        ("remit", True, TypeError),
        ("customer", 7, TypeError),
        ("customer", None, TypeError),
        ("frozen_at", datetime(2026, 11, 19, 10, 20), ValueError),  # noqa: DTZ001  the point is the missing zone
        ("frozen_at", date(2026, 11, 19), TypeError),
        ("lines", [], TypeError),
        ("link", "x" * 301, ValueError),
        ("remark", "长" * 1001, ValueError),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_by_the_name_of_its_field(
    field: str, wrong: Any, error: type[Exception]
) -> None:
    with pytest.raises(error, match=f"OrderDocument.{field}"):
        frozen(dataclasses.replace(order(), **{field: wrong}))


def test_every_paper_has_its_template_and_title() -> None:
    assert {each.kind for each in sheets.SHEETS} == kinds() == set(sheets.TITLES) == set(SAMPLES)


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_frozen_paper_survives_a_database_and_keeps_its_hash(kind: str) -> None:
    data = frozen(SAMPLES[kind])
    again = dict(reversed(json.loads(canonical(data)).items()))
    assert digest(again) == digest(data)


def test_one_fen_more_is_another_hash() -> None:
    assert digest(frozen(order())) != digest(frozen(dataclasses.replace(order(), remit=5646915)))


@pytest.mark.requirement("C24")
def test_a_stock_up_plan_has_no_room_for_addresses_phones_or_prices() -> None:
    text = canonical(frozen(stockup()))
    for word in ("address", "phone", "contact", "fen", "rate", "destination"):
        assert f'"{word}"' not in text


def test_money_dates_and_weights_are_written_for_the_language() -> None:
    data = frozen(order())
    zh, en = faced(data, "zh"), faced(data, "en")
    assert zh["remit"]["figure"] == en["remit"]["figure"] == "56,469.14"
    assert zh["composition"][1]["amount"]["figure"] == "−1,240.00"
    assert (zh["frozen_at"]["long"], en["frozen_at"]["long"]) == ("2026 年 11 月 19 日 10:20", "19 November 2026 10:20")
    assert (zh["load"]["kilograms"], en["load"]["kilograms"]) == ("4.72 吨", "4.72 t")
    assert zh["lines"][0]["unit_price"] == "128.00"


@pytest.mark.parametrize(
    ("rate", "written"), [("230", "230.00"), ("0.125", "0.125"), ("1234.5", "1,234.50"), ("0.000001", "0.000001")]
)
def test_a_rate_shows_the_decimals_that_it_has(rate: str, written: str) -> None:
    assert faced({"a": {"rate": rate}}, "zh") == {"a": written}


def test_a_deadline_at_midnight_is_written_as_the_end_of_its_day() -> None:
    assert faced({"due": {"at": "2026-11-24T16:00:00Z"}}, "zh")["due"]["until"] == "2026-11-24 24:00"


def test_what_cannot_be_printed_is_taken_out_and_long_runs_may_break() -> None:
    dirty = "渝味源\x00\u202e商贸\ud800\r\n二行"
    assert frozen(dataclasses.replace(order(), customer=dirty))["customer"] == "渝味源商贸\n二行"
    assert faced({"a": "x" * 40}, "zh")["a"].replace("\u200b", "") == "x" * 40


@pytest.mark.parametrize("picture", [b"", b"GIF89a" + b"0" * 40, png(2001, 10), b"\x89PNG\r\n\x1a\n" + b"\0" * 200_001])
def test_a_signature_that_is_no_small_png_is_refused(picture: bytes) -> None:
    with pytest.raises(ValueError, match=r"signatures\[0\].png"):
        assembled(order(), Live(signatures=(Signature(role=same("x"), name="x", at=at(24, 8, 0), png=picture),)))


def test_a_weight_must_be_a_number() -> None:
    load = dataclasses.replace(order().load, kilograms=Decimal("NaN"))
    with pytest.raises(ValueError, match="kilograms"):
        frozen(dataclasses.replace(order(), load=load))
