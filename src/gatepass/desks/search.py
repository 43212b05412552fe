"""The command bar: what a few letters find, within what the person may see."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import get_language

from gatepass.customers import queries as customers
from gatepass.dispatch.scope import notices as notices_of
from gatepass.journal.door import COMMANDS, Command
from gatepass.look.nav import RULES, WORK
from gatepass.orders import queries as orders
from gatepass.regulations import rulebook
from gatepass.roles import Power, Sight
from gatepass.words import Text

MOST: Final = 6
DIRECT: Final = (
    (Power.TAKE_ORDER, Text("新订单", "New order"), "/orders/new/"),
    (Power.RECORD_RECEIPT, Text("记收款", "Record a receipt"), "/do/record_receipt/"),
    (Power.KEEP_CUSTOMERS, Text("新客户", "New customer"), "/do/add_customer/"),
)


PLACES: Final = (
    (frozenset({Power.APPROVE_FINANCE, Power.APPROVE_SALES, Power.SIGN_UNPAID, Power.DECIDE_AS_HEAD}), Text("等我签的", "To sign"), "/approvals/"),
    (frozenset({Power.CHECK_ACCOUNT, Power.DECIDE_AS_HEAD}), Text("期初余额", "Opening balances"), "/openings/"),
    (frozenset({Power.CHECK_ACCOUNT, Power.RECORD_RECEIPT}), Text("收款账户", "Accounts to pay to"), "/receipts/accounts/"),
)
"""Pages that are in no menu of everybody's."""
SAID_AS: Final = {
    "冲销": "冲回", "红冲": "冲回", "银行": "收款账户", "bank": "accounts to pay", "审批": "等我签", "签批": "等我签", "approv": "to sign",
}  # fmt: skip
"""What people type, and how it is called here."""


def find(sight: Sight, needle: str) -> list[dict[str, Any]]:
    """Groups of {title, items: [{label, hint, href}]} for a needle; commands alone for an empty one."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    groups: list[tuple[Text, list[dict[str, str]]]] = []
    if needle:
        groups += [(Text("客户", "Customers"), _customers(sight, needle)), (Text("订单", "Orders"), _orders(sight, needle))]
        groups += [(Text("发货通知单", "Shipping notices"), _notices(sight, needle)), (Text("条款", "Clauses"), _clauses(needle, language))]
    called = next((ours for typed, ours in SAID_AS.items() if needle.lower().startswith(typed)), needle)
    groups.append((Text("页面", "Pages"), _pages(sight, called, language) if needle else []))
    groups.append((Text("命令", "Commands"), _commands(sight, called, language)))
    return [{"title": title.said(language), "items": items} for title, items in groups if items]


def _customers(sight: Sight, needle: str) -> list[dict[str, str]]:
    return [{"label": row.name, "hint": row.region, "href": f"/customers/{row.uid}/"} for row in customers.pick(sight, needle)[:MOST]]


def _orders(sight: Sight, needle: str) -> list[dict[str, str]]:
    rows = orders.orders(sight, shows="all", needle=needle, most=MOST)
    return [{"label": row.number, "hint": row.customer_name, "href": f"/orders/{row.uid}/"} for row in rows]


def _notices(sight: Sight, needle: str) -> list[dict[str, str]]:
    rows = notices_of(sight).filter(number__icontains=needle).order_by("-id").values_list("uid", "number", "order__number")
    return [{"label": number, "hint": order or "", "href": f"/notices/{uid}/"} for uid, number, order in rows[:MOST]]


def _clauses(needle: str, language: str) -> list[dict[str, str]]:
    found = [
        article
        for article in rulebook.every_article()
        if needle.upper() == article.number or needle.lower() in f"{article.title.zh} {article.title.en}".lower()
    ]
    return [{"label": f"{a.number} {a.title.said(language)}", "hint": "", "href": f"/rulebook/{a.number}/"} for a in found[:MOST]]


def _from_a_page(command: Command) -> bool:
    """Whether it is about something that nobody chooses in its form: it is offered where that thing stands."""
    return any(one.required and one.called is not None and one.called.hidden for one in command.declaration.fields)


def _pages(sight: Sight, needle: str, language: str) -> list[dict[str, str]]:
    """Pages of the menu and beside it, by their names."""
    open_ = [(one.text, one.path) for one in (*WORK, *RULES) if not one.powers or any(sight.may(power) for power in one.powers)]
    open_ += [(text, path) for powers, text, path in PLACES if any(sight.may(power) for power in powers)]
    named = [(text, path) for text, path in open_ if needle.lower() in f"{text.zh} {text.en}".lower()]
    return [{"label": text.said(language), "hint": "", "href": path} for text, path in named[:MOST]]


def _commands(sight: Sight, needle: str, language: str) -> list[dict[str, str]]:
    direct = [
        {"label": text.said(language), "hint": "", "href": href}
        for power, text, href in DIRECT
        if sight.may(power) and needle.lower() in f"{text.zh} {text.en}".lower()
    ]
    if not needle:
        return direct
    known = {item["href"] for item in direct}
    rest = [
        {"label": command.title.said(language), "hint": "", "href": f"/do/{command.name}/"}
        for command in COMMANDS.values()
        if not command.hidden
        and not _from_a_page(command)
        and (command.may is None or sight.may(command.may))
        and needle.lower() in f"{command.title.zh} {command.title.en}".lower()
    ]
    return (direct + [item for item in rest if item["href"] not in known])[: MOST * 2]
