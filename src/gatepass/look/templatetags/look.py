"""Tags and filters of every template (a builtin library): words, dates, money, clauses, countdowns, icons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import segno
from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gatepass.look import countdowns, icons, moments
from gatepass.look.languages import language
from gatepass.look.terms import term_of
from gatepass.money import Money, figure
from gatepass.words import Text
from gatepass.words import say as said

register = template.Library()


@register.simple_tag
def t(zh: str, en: str, **values: object) -> SafeString:
    """`{% t "共 {n} 条" "{n} in all" n=count %}`: the words of the page's language; values said in it and escaped."""
    words = conditional_escape(zh if language() == "zh" else en)
    for name, value in values.items():
        words = SafeString(words.replace("{" + name + "}", conditional_escape(say(value))))
    return SafeString(words)


@register.filter
def say(value: object) -> str:
    """A Text, labelled enum, date, amount, list or plain value in the page's language; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        yes, no = ("是", "否") if language() == "zh" else ("yes", "no")
        return yes if value else no
    if isinstance(value, datetime):
        value = moments.here(value)
    return value if isinstance(value, SafeString) else said(value, language())


@register.filter
def item(values: Sequence[Any], index: int) -> Any:
    """`{{ head|item:forloop.counter0 }}`: the element beside; nothing beyond the end."""
    return values[index] if index < len(values) else ""


@register.filter
def day(value: date | None) -> str:
    return moments.day(value, language()) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    return moments.clock(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    return moments.moment(value, language()) if value else ""


@register.filter
def until(value: datetime | None) -> str:
    """When a term ends: 24:00 of its last day."""
    return moments.until(value, language()) if value else ""


@register.filter
def ends(value: datetime | None) -> str:
    """When a term ends, as lists have it: `11-27 24:00`."""
    return moments.ending(value, language()) if value else ""


@register.filter
def stamp(value: date | None) -> str:
    return moments.stamp(value, language()) if value else ""


@register.filter(name="money")
def money_filter(value: Money | int | None) -> str:
    """Fen as a figure: `-38650` is `−386.50`. Nothing for None."""
    if value is None:
        return ""
    return figure(value.fen if isinstance(value, Money) else value)


@register.filter
def rate(value: Decimal | None) -> str:
    """A rate, price or quantity without needless zeros, at least two decimals: `128.00`, `0.085`. Nothing for None."""
    if value is None:
        return ""
    whole = value.normalize()
    places = -int(whole.as_tuple().exponent)
    return f"{whole:,.{max(places, 2)}f}"


@register.simple_tag
def money(
    fen: Money | int | None, href: str = "", *, yuan: bool = False, sign: bool = False, hidden_by: str = "A14"
) -> SafeString:
    """A figure; with `href` it opens its entries in place. None: hidden by scope.

    `yuan` sets ¥ before it, `sign` a plus where it is positive.
    """
    if fen is None:
        words = t("金额不对你显示", "amount not shown to you")
        return format_html('<span class="faint">{}</span> {}', words, clause(hidden_by))
    amount = fen.fen if isinstance(fen, Money) else fen
    text = ("+" if sign and amount > 0 else "") + ("¥" if yuan else "") + figure(amount)
    text = text.replace("¥−", "−¥")
    if not href:
        return format_html('<span class="fig">{}</span>', text)
    return format_html('<a class="fig" href="{}" data-opens aria-expanded="false">{}</a>', href, text)


@register.simple_tag
def clause(numbers: str | Iterable[str] | None) -> SafeString:
    """`{% clause "D6" %}`: a chip that opens the clause, its sentence on hover and focus. Takes several numbers too."""
    if not numbers:
        return SafeString("")
    several = [numbers] if isinstance(numbers, str) else [str(number) for number in numbers]
    chip = '<a class="clause" href="/rulebook/{}/" data-card="/rulebook/{}/card">{}</a>'
    return format_html_join("", chip, ((number, number, number) for number in several))


COUNTDOWN: Final = (
    '<div class="cd {}" role="timer" aria-live="off" data-due="{}"{}{}><b>{}</b>'
    '<svg class="cd-bar" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true"><rect width="{}" height="3"/></svg>'
    "<span>{}{}</span></div>"
)


@register.simple_tag(takes_context=True)
def countdown(  # noqa: PLR0917 -- called by templates
    context: template.Context,
    due: datetime | None,
    opened: datetime | None = None,
    now: datetime | None = None,
    provisional: bool = False,
    explain_url: str = "",
    label: object = None,
    what: object = None,
) -> SafeString:
    """`{% countdown row.due row.opened %}`, with `now` the page's moment unless given; static/look/countdown.js keeps it going.

    `label` (a Text) replaces "due 17:30"; `provisional` where the calendar of that year is not entered yet;
    `explain_url` answers with the arithmetic; `what` is named when a screen reader announces a change of level.
    """
    if due is None:
        return SafeString("")
    shown = countdowns.countdown(due, opened, now or context.get("now") or timezone.now(), language())
    words = say(label) if label else t("{until} 到期", "due {until}", until=shown.until)
    link = '<a class="cd-why" href="{}" data-opens aria-expanded="false">{}</a>'
    return format_html(
        COUNTDOWN, shown.level, due.isoformat(),
        format_html(' data-opened="{}"', opened.isoformat()) if opened else "", format_html(' data-what="{}"', say(what)) if what else "",
        shown.left, shown.used, format_html(link, explain_url, words) if explain_url else words, _provisional() if provisional else "",
    )  # fmt: skip


def _provisional() -> SafeString:
    why = t("该年工作日历尚未录入，到期时刻可能变", "The calendar of that year is not entered yet; the due moment may change")
    return format_html(' <em class="t-amber" title="{}">{}</em>', why, t("暂定", "provisional"))


@register.simple_tag(takes_context=True)
def term(context: template.Context, sentence: str) -> Text:
    """`{% term "D2.2" as within %}`: how long a sentence of the rulebook gives, by the parameters in force at the page's moment."""
    return term_of(sentence, context.get("now") or timezone.now())


@register.simple_tag
def icon(name: str) -> SafeString:
    return icons.icon(name)


@register.simple_tag
def qr(text: object) -> SafeString:
    """A QR code as SVG: always black on white, as scanners want it."""
    code = segno.make(str(text), error="m", micro=False)
    return mark_safe(code.svg_inline(scale=1, border=3, omitsize=True, svgclass="qr", lineclass=None, light="#fff"))  # noqa: S308


@register.simple_tag
def share_bar(kept: int, broken: int, open_count: int = 0) -> SafeString:
    """A bar of what was kept and what was broken; hidden from screen readers, for the figures stand beside it."""
    whole = kept + broken + open_count
    if not whole:
        return SafeString("")
    good = 100 * kept // whole
    bad = 100 * broken // whole or (2 if broken else 0)
    return format_html(
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="kept" width="{}" height="8"/><rect class="broken" x="{}" width="{}" height="8"/></svg>',
        good,
        good + 2 if bad else good,
        bad,
    )


@register.filter
def tons(grams: int | None) -> str:
    """Grams as tons with two decimals."""
    return "" if grams is None else f"{Decimal(grams) / 1_000_000:.2f}"


@register.filter
def cubic(cm3: int | None) -> str:
    """Cubic centimetres as cubic metres with two decimals."""
    return "" if cm3 is None else f"{Decimal(cm3) / 1_000_000:.2f}"
