"""Every component, in both languages: what a reader, a keyboard and a strict policy need of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

import gatepass.look
from gatepass.look import nav
from gatepass.look.fields import Choice, Field, Form, posted_lines
from gatepass.look.specimens import specimens
from gatepass.look.specimens.moments import NOW, at
from gatepass.money import Money
from gatepass.roles import Power
from gatepass.words import Text

HERE = Path(gatepass.look.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# Names of goods and plates are not translated; the switch names its language in itself.
STAY_CHINESE = re.compile("中文|重庆渝味源商贸有限公司|郫县豆瓣 一级|三年陈酿豆瓣|泡菜|川A·\\w+")
PAGES = ("specimen", "specimen_phone", "refusal", "refusal_phone", "sign_in")


class Page(HTMLParser):
    """A page as a list of elements with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(params=["zh-hans", "en"])
def tongue(request: pytest.FixtureRequest) -> Iterator[str]:
    with translation.override(request.param):
        yield request.param


def drawn(name: str, tongue: str, **more: Any) -> Page:
    language = "en" if tongue == "en" else "zh"
    context = (
        specimens()
        | {
            "request": RequestFactory().get("/look/"),
            "language": language,
            "theme": "dark",
            "company_name": "Shutang",
            "nav_work": nav.menu(nav.WORK, set(Power), "/look/", {"desk": 12}),
            "nav_rules": nav.menu(nav.RULES, set(), "/", {}),
            "people": [("Lin Xiaoyan", Text("客户内勤", "client admin"), "u1")],
            "csrf_token": "t",
        }
        | more
    )
    if name == "refusal_phone":
        context["refusal"] = context["guard_refusal"]
    template: Any = get_template(f"look/{name}.html")
    made = Context(context)
    made.request = context["request"]  # type: ignore[attr-defined] # as RequestContext has it, without the processors
    return Page(template.template.render(made))


def said(source: str, **context: Any) -> str:
    return str(Template(source).render(Context(context)))


@pytest.mark.parametrize("name", PAGES)
def test_no_page_carries_an_inline_style_or_script_or_handler(name: str, tongue: str) -> None:
    page = drawn(name, tongue)
    for tag, attributes in page.elements:
        assert "style" not in attributes, (tag, attributes)
        assert not [one for one in attributes if one.startswith(("on", "hx-on"))], (tag, attributes)
    assert all(script.get("src") for script in page.all("script"))
    assert not page.all("style")


@pytest.mark.parametrize("name", PAGES)
def test_every_input_has_a_name_that_a_screen_reader_says(name: str, tongue: str) -> None:
    page = drawn(name, tongue)
    labelled = {label.get("for") for label in page.all("label")}
    wrapped = {"radio", "checkbox"}  # these stand inside their label
    for tag in ("input", "select", "textarea", "canvas"):
        for field in page.all(tag):
            if field.get("type") in {"hidden", *wrapped}:
                continue
            assert field.get("aria-label") or field.get("id") in labelled, field


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_unique_and_what_is_referred_to_is_there(name: str, tongue: str) -> None:
    page = drawn(name, tongue)
    ids = [
        attributes["id"] for _, attributes in page.elements if "id" in attributes and "__n__" not in attributes["id"]
    ]
    assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)
    for _, attributes in page.elements:
        for reference in ("aria-describedby", "aria-labelledby", "aria-controls", "for"):
            for one in attributes.get(reference, "").split():
                assert one in ids or "__n__" in one, (reference, one)


@pytest.mark.parametrize("name", PAGES)
def test_the_english_page_leaves_nothing_in_chinese(name: str) -> None:
    with translation.override("en"):
        page = drawn(name, "en")
    spoken = [page.text] + [
        attributes.get(name, "")
        for _, attributes in page.elements
        for name in ("aria-label", "title", "placeholder", "data-label")
    ]
    assert not [CHINESE.findall(rest) for text in spoken if CHINESE.search(rest := STAY_CHINESE.sub("", text))]


@pytest.mark.parametrize("name", PAGES)
def test_language_and_theme_can_be_switched_on_every_page_without_scripts(name: str, tongue: str) -> None:
    forms = [form.get("action") for form in drawn(name, tongue).all("form") if form.get("method") == "post"]
    assert "/look/language" in forms
    assert "/look/theme" in forms


def test_a_desk_page_has_one_heading_landmarks_and_a_way_past_the_menu(tongue: str) -> None:
    page = drawn("specimen", tongue, refusal={"cures": []})
    assert [page.elements[0][1]["lang"]] == ["en" if tongue == "en" else "zh-CN"]
    assert page.all("main")[0]["id"] == "content"
    assert page.all("a")[0] == {"class": "skip", "href": "#content"}
    assert page.all("nav")[0]["aria-label"]
    assert {"aria-live": "polite", "class": "sr", "id": "announce"} in page.all("div")


def test_comments_of_templates_are_not_sent_to_anybody(tongue: str) -> None:
    for name in PAGES:
        assert "Expects" not in drawn(name, tongue).text


@pytest.mark.parametrize(
    ("due", "opened", "level"),
    [
        ((17, 30), (1, 30), "calm"),
        ((15, 36), (10, 0), "amber"),
        ((14, 51), (10, 0), "red"),
        ((14, 36), (10, 0), "over"),
        ((15, 30), (14, 30), "calm"),
        ((15, 0), (14, 0), "amber"),
    ],
    ids=[
        "far off",
        "last hour",
        "last 15 minutes",
        "the due moment itself",
        "short term, first half",
        "short term, second half",
    ],
)
def test_a_countdown_says_its_level(due: tuple[int, int], opened: tuple[int, int], level: str, tongue: str) -> None:
    page = Page(said("{% countdown due opened now %}", due=at(*due), opened=at(*opened), now=NOW))
    assert page.all("div")[0]["class"] == f"cd {level}"
    assert page.all("div")[0]["role"] == "timer"
    assert page.all("div")[0]["aria-live"] == "off"


def test_a_countdown_is_said_in_words_first() -> None:
    with translation.override("zh-hans"):
        assert "超时 31 分" in said("{% countdown due opened now %}", due=at(14, 5), opened=at(10, 5), now=NOW)
        assert "2 小时 54 分" in said("{% countdown due opened now %}", due=at(17, 30), opened=at(9, 0), now=NOW)
        assert "暂定" in said("{% countdown due opened now True %}", due=at(17, 30), opened=at(9, 0), now=NOW)
    with translation.override("en"):
        assert "31 min late" in said("{% countdown due opened now %}", due=at(14, 5), opened=at(10, 5), now=NOW)


def test_money_is_to_the_fen_with_a_true_minus_and_never_zero_when_hidden(tongue: str) -> None:
    assert said("{{ fen|money }}", fen=-38650) == "−386.50"
    assert "¥12,406,318.72" in said("{% money fen yuan=True %}", fen=Money(1240631872))
    opens = Page(said("{% money fen '/entries' %}", fen=100)).all("a")[0]
    assert opens == {"class": "fig", "href": "/entries", "data-opens": "", "aria-expanded": "false"}
    hidden = said("{% money fen %}", fen=None)
    assert "0" not in Page(hidden).text
    assert "A14" in hidden


def test_dates_are_read_in_the_companys_time_zone() -> None:
    with translation.override("zh-hans"):
        assert said("{{ at|clock }}", at=at(14, 36)) == "14:36"
        assert "周二" in said("{{ at|moment }}", at=at(14, 36))
    with translation.override("en"):
        assert said("{{ at|day }}", at=at(14, 36)).startswith("Tue 24 Nov")


def test_values_in_words_are_escaped(tongue: str) -> None:
    assert "<b>" not in said('{% t "{x} 条" "{x} lines" x=x %}', x="<b>")
    assert "<b>" not in said("{{ x|say }}", x=Text("<b>", "<b>"))


def test_a_refusal_gives_all_reasons_each_with_its_clause_and_one_action_on_a_number_key(tongue: str) -> None:
    page = drawn("refusal", tongue)
    keys = [link["data-key"] for link in page.all("a") if link.get("data-key", "").isdigit()]
    assert keys == ["1", "2"]
    assert {link["href"] for link in page.all("a") if link.get("class") == "clause"} >= {
        "/rulebook/D6/",
        "/rulebook/D10/",
    }
    assert any(section.get("role") == "alert" for section in page.all("section"))
    assert sum("btn-primary" in link.get("class", "") for link in page.all("a")) == 1


def test_the_menu_shows_what_the_powers_open() -> None:
    guard = [entry.path for entry in nav.menu(nav.WORK, {Power.RELEASE}, "/gate/", {})]
    assert guard == ["/", "/gate/"]
    current = [entry.path for entry in nav.menu(nav.WORK, set(Power), "/orders/17/", {}) if entry.current]
    assert current == ["/orders/"]


def test_a_faulty_field_names_its_error_and_its_help(tongue: str) -> None:
    field = Field("phone", Text("电话", "Phone"), help=Text("11 位", "11 digits"), errors=(Text("太短", "too short"),))
    shown = Page(get_template("look/field.html").render({"field": field})).all("input")[0]
    assert shown["aria-invalid"] == "true"
    assert shown["aria-describedby"] == "f-phone-help f-phone-errors"


@pytest.mark.parametrize(
    "kind",
    [
        "text",
        "longtext",
        "integer",
        "decimal",
        "money",
        "date",
        "datetime",
        "boolean",
        "choice",
        "reference",
        "file",
        "password",
        "signature",
    ],
)
def test_each_kind_of_field_posts_under_its_own_name(kind: Any, tongue: str) -> None:
    field = Field("thing", Text("东西", "Thing"), kind, choices=(Choice("a", Text("甲", "A")),))
    page = Page(get_template("look/field.html").render({"field": field}))
    names = [one.get("name") for tag in ("input", "select", "textarea") for one in page.all(tag)]
    assert "thing" in names


def test_a_form_has_its_key_and_is_sent_once(tongue: str) -> None:
    form = Form(action="/x", submit=Text("保存", "Save"), fields=(Field("a", Text("甲", "A")),), key="k1", draft="x")
    page = Page(get_template("look/form.html").render({"form": form}))
    assert {"type": "hidden", "name": "_key", "value": "k1"} in page.all("input")
    assert {"data-once", "data-draft"} <= set(page.all("form")[0])


def test_no_posted_line_is_dropped_silently() -> None:
    posted = {
        "lines-0-product": "p1",
        "lines-0-n": "2",
        "lines-10-product": "",
        "lines-10-n": "5",
        "lines-2-product": "",
        "lines-2-n": " ",
    }
    assert posted_lines(posted, "lines", ("product", "n")) == [{"product": "p1", "n": "2"}, {"product": "", "n": "5"}]


@pytest.mark.parametrize("sheet", sorted(HERE.glob("static/look/*.css")), ids=lambda path: path.name)
def test_style_sheets_use_only_tokens_that_exist(sheet: Path) -> None:
    defined = set(re.findall(r"(--[\w-]+):", (HERE / "static/look/tokens.css").read_text("utf-8")))
    assert set(re.findall(r"var\((--[\w-]+)", sheet.read_text("utf-8"))) <= defined
