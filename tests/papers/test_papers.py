"""Every paper in both languages: the figures and words that were given stand on it, and nothing that was typed is
ever executed."""

from __future__ import annotations

import dataclasses
import io
import zlib
from typing import Any

import pytest
from goods_samples import NOW, PICKED, SIGNED, at, lines, png
from paper_samples import SAMPLES, gate_pass, notice, order, outbound, rulebook, stockup, waybill
from pypdf import PdfReader

from gatepass.papers.packing import assembled
from gatepass.papers.press import press
from gatepass.papers.shapes import Copy, Live, Printing, Run, Sheet, Signature, Voided
from gatepass.papers.sheets import TITLES, StockUpPlan
from gatepass.words import LANGUAGES, Language, Text, same

GIVEN: dict[str, list[str]] = {
    "order": [
        "DH-2026-1187",
        "56,469.14",
        "伍万陆仟肆佰陆拾玖元壹角肆分",
        "−1,240.00",
        "−386.50",
        "53,376.00",
        "414",
        "FH-2026-0877",
        "2026-11-19 10:20",
        "DH-2026-0903",
        "1,218.40",
        "2026-11-05",
        "22810401040000000",
    ],
    "notice": [
        "FH-2026-0932",
        "DH-2026-1187",
        "1,188.00",
        "1,085.60",
        "26-10-11 / 26-11-22",
        "赵学敏",
        "罗建平",
        "D6",
        "−1,000.00",
    ],
    "picklist": ["FH-2026-0932", "A07-01", "100101-0920", "2027-09-21", "老款包装"],
    "outbound": ["CK-2026-1509", "CQ 004418", "15,360.00", "伍万叁仟叁佰柒拾陆元整"],
    "waybill": [
        "TY-2026-0911",
        "重庆市九龙坡区华岩 B 区 12 栋 3 号库",
        "138 0000 4412",
        "230.00",
        "1,085.60",
        "罗建平",
        "川渝顺达货运",
        "2026-11-25 24:00",
        "壹仟零捌拾伍元陆角",
    ],
    "gatepass": [
        "CM-2026-1406",
        "424",
        "K7M-24P",
        "FH-2026-0932",
        "CK-2026-1509",
        "TY-2026-0911",
        "8006",
        "2026-11-24 24:00",
    ],
    "stockup": ["BH-2026-0231", "成都锦江区老街坊调味品经营部", "2026-11-25", "115"],
    "check": ["DH-2026-0903", "2026-11-05", "1,218.40", "6,218.40", "周敏"],
    "planbook": ["DH-2026-1187", "2026-11-19 10:20", "林晓燕"],
    "rulebook": ["D7", "C4", "20%", "2024-05-01", "2025-12-31"],
}


def made(
    sheet: Sheet, language: Language = "zh", live: Live | None = None, runs: tuple[Run, ...] = (Run(),)
) -> list[str]:
    data = assembled(
        sheet, live or dataclasses.replace(SIGNED, batches=PICKED), Printing(person="邓海", at=NOW, runs=runs)
    )
    return texts(press(sheet.kind, data, language=language))


def texts(pdf: bytes) -> list[str]:
    """The text of each page, in one line and without the zero-width breaks."""
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def close(text: str) -> str:
    return text.replace(" ", "")


@pytest.mark.requirement("D2", "D6", "D7", "D9", "D10", "D18", "C16")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SAMPLES)
def test_a_paper_says_what_it_was_given(kind: str, language: Language) -> None:
    text = close(" ".join(made(SAMPLES[kind], language)))
    for word in [*GIVEN[kind], TITLES[kind].said(language), "四川蜀塘食品有限公司"]:
        assert close(word) in text, word
    assert (
        close(
            "打印 2026-11-24 15:22 邓海，第 1 次"
            if language == "zh"
            else "Printed 2026-11-24 15:22 by 邓海, print no. 1"
        )
        in text
    )


@pytest.mark.parametrize("kind", sorted(set(SAMPLES) - {"rulebook"}))
def test_an_english_paper_has_no_chinese_of_its_own(kind: str) -> None:
    """Names and goods stay as they were written; with those in Latin letters and no sums in capitals, no Chinese
    character is left."""
    text = "".join(made(latin(SAMPLES[kind]), "en", live=Live()))
    left = [c for c in text if "\u4e00" <= c <= "\u9fff" and c not in "邓海零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整"]
    assert not left


def latin(value: Any) -> Any:
    if isinstance(value, Text):
        return same("words") if any(c >= "\u4e00" for c in value.en) else value
    if isinstance(value, str):
        return "Name" if any(c >= "\u4e00" for c in value) else value
    if isinstance(value, tuple):
        return tuple(latin(each) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(
            value, **{each.name: latin(getattr(value, each.name)) for each in dataclasses.fields(value)}
        )
    return value


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "sheet",
    [order(times=4), notice(times=4), dataclasses.replace(outbound(), lines=lines(4))],
    ids=lambda sheet: sheet.kind,
)
def test_forty_lines_break_over_pages_with_their_head_again(sheet: Sheet, language: Language) -> None:
    pages = made(sheet, language)
    assert len(pages) > 1
    held = [page for page in pages if "麻婆豆腐调料" in close(page)]
    assert len(held) > 1
    for page in held:
        assert ("品名" if language == "zh" else "Product") in page
    for place, page in enumerate(pages, start=1):
        assert close(
            f"第 {place} 页，共 {len(pages)} 页" if language == "zh" else f"Page {place} of {len(pages)}"
        ) in close(page)
    assert sum(close(page).count("麻婆豆腐调料") for page in pages) == 4


@pytest.mark.requirement("C16", "A17")
def test_each_copy_of_the_outbound_order_has_its_page_and_the_carrier_sees_no_price() -> None:
    pages = made(
        outbound(),
        runs=tuple(
            Run(copy=copy, nth=nth) for nth, copy in enumerate(("customer", "finance", "sales", "carrier"), start=1)
        ),
    )
    assert len(pages) == 4
    for nth, (page, name) in enumerate(zip(pages, ("客户联", "财务联", "业务联", "承运联"), strict=True), start=1):
        assert close(f"第 {nth} 次，{name}") in close(page)
        assert close("第 1 页，共 1 页") in close(page)
    assert "15,360.00" in pages[0]
    assert "15,360.00" not in pages[3]
    assert "53,376.00" not in pages[3]
    assert "伍万叁仟" not in pages[3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_voided_paper_says_so_on_every_page_with_its_reason(language: Language) -> None:
    gone = Voided(at=at(24, 13, 52), reason=Text("加香辣酱 10 件", "10 cartons more"), replaced_by="FH-2026-0932/3")
    pages = made(notice(times=8), language, live=Live(voided=gone))
    assert len(pages) > 1
    assert all(("作废" if language == "zh" else "VOID") in close(page) for page in pages)
    assert "FH-2026-0932/3" in pages[0]
    assert "VOID" not in "".join(made(notice(), "en"))


@pytest.mark.requirement("D18")
def test_the_book_strikes_what_is_superseded_and_tells_what_is_to_come() -> None:
    text = close("".join(made(rulebook())))
    assert "已废止" in text
    assert close("第 1 版，2024-05-01 至 2025-12-31") in text
    assert close("第 2 版，2026-01-01 起 现行") in text


def test_signatures_show_name_minute_and_who_is_stood_in_for() -> None:
    drawn = Live(
        signatures=(
            Signature(role=same("销售审批"), name="何志远", at=at(24, 14, 51), acting_for="梁国栋", png=png()),
            Signature(role=same("门卫放行")),
        )
    )
    text = close(made(gate_pass(), live=drawn)[0])
    assert close("何志远 代 梁国栋 11-24 14:51") in text
    assert "签名、时间" in text


HOSTILE = [
    '#read("/etc/passwd")',
    "#panic()",
    "$ integral $ * _ ` \\ @label <tag> // /* #[",
    '"}, {"fen": 1}',
    "= Heading\n+ list\n#pagebreak()",
    "a" * 240,
    "长" * 240,
    "😀👩‍👩‍👧 \u0000\u0007 \u202eabc\u2066",
    "\ud800",
    "{{ x }} {% load %}",
    "https://x.example/?a=1&b=%00#" + "y" * 200,
]


@pytest.mark.parametrize("nasty", HOSTILE, ids=lambda nasty: ascii(nasty[:18]))
@pytest.mark.parametrize("kind", SAMPLES)
def test_hostile_words_are_printed_as_they_are_or_cleaned(kind: str, nasty: str) -> None:
    text = close("".join(made(poisoned(SAMPLES[kind], nasty))))
    assert "root:" not in text
    if nasty.isascii() and "\n" not in nasty and nasty.startswith(("#", '"', "$")):
        assert close(nasty)[:40] in text


def poisoned(value: Any, nasty: str) -> Any:
    """The same shape with every text that people write replaced, but for codes and keys."""
    if isinstance(value, Copy):
        return value
    if isinstance(value, str):
        return nasty
    if isinstance(value, tuple):
        return tuple(poisoned(each, nasty) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, Text | type):
        kept = {"link"}
        return dataclasses.replace(
            value,
            **{
                each.name: poisoned(getattr(value, each.name), nasty)
                for each in dataclasses.fields(value)
                if each.name not in kept
            },
        )
    return value


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize(
    "word", ["W" * 60, "重庆市九龙坡区渝味源调味品商贸有限责任公司" * 4], ids=["one Latin word", "a Chinese name"]
)
def test_a_long_name_stays_within_the_margins(kind: str, word: str) -> None:
    sheet = poisoned(SAMPLES[kind], word)
    if isinstance(sheet, StockUpPlan):
        sheet = dataclasses.replace(
            sheet, days=(dataclasses.replace(sheet.days[0], products=sheet.days[0].products[:2]),)
        )
    data = assembled(sheet, SIGNED, Printing(person="邓海", at=NOW))
    for page in press(kind, data, language="zh", form="png", ppi=30):
        for row in rows(page):
            assert set(row[-4 * 10 :]) == {255}, "something is printed in the right margin"


def rows(picture: bytes) -> list[bytearray]:
    """The rows of an 8-bit RGBA PNG as typst writes it."""
    wide, packed, place = int.from_bytes(picture[16:20], "big"), b"", 8
    assert picture[24:26] == b"\x08\x06"
    while place < len(picture):
        size = int.from_bytes(picture[place : place + 4], "big")
        packed += picture[place + 8 : place + 8 + size] if picture[place + 4 : place + 8] == b"IDAT" else b""
        place += size + 12
    raw, found, above = zlib.decompress(packed), [], bytearray(4 * wide)
    for start in range(0, len(raw), 4 * wide + 1):
        row = bytearray(raw[start + 1 : start + 1 + 4 * wide])
        for x in range(4 * wide):
            left, corner = (row[x - 4], above[x - 4]) if x >= 4 else (0, 0)
            row[x] = (
                row[x] + (0, left, above[x], (left + above[x]) // 2, nearest(left, above[x], corner))[raw[start]]
            ) % 256
        found.append(row)
        above = row
    return found


def nearest(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda each: abs(guess - each))


@pytest.mark.requirement("D10")
def test_blank_fields_of_a_waybill_print_as_blanks() -> None:
    sheet = waybill()
    bare = dataclasses.replace(
        sheet,
        consignee=dataclasses.replace(sheet.consignee, contact="", phone="", address="", destination="", forwarder=""),
        unit_price=None,
        quantity="",
        freight=None,
        collect=None,
        vehicle=None,
        handed_in_by=None,
        subsidy=Text("运补，按协议单价入账", "subsidy at the agreed rate"),
    )
    text = made(bare)[0]
    assert "None" not in text
    assert "收货电话" in text
    assert close("运补，按协议单价入账") in close(text)


@pytest.mark.requirement("D2")
def test_an_order_with_nothing_to_remit_says_that_the_credit_stays() -> None:
    text = made(dataclasses.replace(order(), remit=-20000))[0]
    assert "无需汇款" in text
    assert "−200.00" in text


@pytest.mark.requirement("C24")
def test_a_plan_without_goods_says_so() -> None:
    assert "没有要备的货" in made(dataclasses.replace(stockup(), days=()))[0]


def test_pages_as_pictures_are_as_many_as_in_the_pdf() -> None:
    data = assembled(order(times=4))
    pictures = press("order", data, language="zh", form="png")
    assert len(pictures) == len(texts(press("order", data, language="zh")))
    assert all(each.startswith(b"\x89PNG") for each in pictures)
    assert "预览，不作凭证" in texts(press("order", data, language="zh"))[0]


def test_the_same_paper_is_the_same_file() -> None:
    data = assembled(order())
    assert press("order", data, language="zh") == press("order", data, language="zh")
