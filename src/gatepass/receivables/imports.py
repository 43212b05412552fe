"""Opening balances from a list: everything is looked at first, then one command with an event for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from gatepass.customers.models import Customer
from gatepass.journal.declaration import Called
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.lines import Found, in_lines, of_line, repeated
from gatepass.money import Money
from gatepass.receivables import labels
from gatepass.receivables.events import BalanceOpened
from gatepass.receivables.models import Account, Posting, PostingKind
from gatepass.receivables.posting import Movement, post_all
from gatepass.roles import Power
from gatepass.rules.reasons import refusal
from gatepass.words import Text

NO_CUSTOMER = refusal("没有这个客户编码", "There is no customer of this code", field="customer_code")
USED = refusal("期初余额已录过", "The opening balance was entered already", field="amount")
ZERO = refusal("余额为零，不用录", "A balance of zero needs no entry", field="amount")


@dataclass(frozen=True)
class BalanceLine:
    """What a customer owed (positive) or had in credit (negative) when the company began with this program."""

    customer_code: Annotated[str, Called(Text("客户编码", "customer code"))]
    amount: Annotated[Money, Called(Text("期初余额（欠为正，余为负）", "opening balance (owed +, credit −)"))]
    note: str = ""


@command(may=Power.CHECK_ACCOUNT, title=Text("导入期初余额", "Import opening balances"))
def import_balances(case: Case, *, rows: list[BalanceLine]) -> Ref:
    """Opening balances, once for every customer. Nothing is posted where one line is wrong."""
    codes = {line.customer_code for line in rows}
    owners = {c.code: c for c in Customer.objects.select_for_update(no_key=True).filter(code__in=codes).order_by("id")}
    found = wrong_balances(dict(enumerate(rows)))
    good = [] if found else rows
    case.decide(
        *(BalanceOpened(customer=owners[line.customer_code].uid, fen=line.amount.fen) for line in good), reasons=in_lines(found)
    )
    post_all(case, [_movement(line, owners[line.customer_code]) for line in good])
    return Ref("import_", case.entry, str(len(rows)))


def wrong_balances(lines: Mapping[int, BalanceLine]) -> Found:
    owners = dict(Customer.objects.filter(code__in={line.customer_code for line in lines.values()}).values_list("code", "uid"))
    opened = Posting.objects.filter(kind=PostingKind.OPENING.value, document__in=owners.values())
    taken_back = opened.exclude(reverses=None).values("reverses")
    posted = set(opened.filter(reverses=None).exclude(uid__in=taken_back).values_list("document", flat=True))
    found: Found = []
    for n, line in lines.items():
        reasons = [
            None if line.customer_code in owners else NO_CUSTOMER,
            USED if owners.get(line.customer_code) in posted else None,
            None if line.amount else ZERO,
        ]
        found += of_line(n, reasons)
    twice = refusal("这个客户在表里不止一次", "This customer stands twice", field="customer_code")
    found += repeated({n: line.customer_code for n, line in lines.items()}, twice)
    return sorted(found, key=lambda one: one[0])


def _movement(line: BalanceLine, who: Customer) -> Movement:
    owes = line.amount.fen > 0
    return Movement(
        debit=Account.CUSTOMER if owes else Account.OPENING, debit_party=who.uid if owes else None,
        credit=Account.OPENING if owes else Account.CUSTOMER, credit_party=None if owes else who.uid, fen=abs(line.amount.fen),
        kind=PostingKind.OPENING, document_kind="customer", document=who.uid, label=line.note[:80] or labels.OPENING.zh,
    )  # fmt: skip
