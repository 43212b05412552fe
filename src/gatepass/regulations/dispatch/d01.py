"""D1: order intake looks back and checks the account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from gatepass.orders.events import AccountChecked, AccountCheckRequested, OrderCancelled, OrderSent
from gatepass.orders.facts import CheckState
from gatepass.roles import Position
from gatepass.rules.clauses import Article, Clause, Facts, Law, Owes, Pays, Requires
from gatepass.rules.happenings import WorkRefused
from gatepass.rules.parameters import Parameter, Unit
from gatepass.rules.reasons import Reason
from gatepass.words import Text
from gatepass.workdays import CLOSE, office_hours, working_days

SINCE = date(2026, 1, 1)


def not_checked(event: OrderSent, facts: Facts, law: Law) -> Reason | None:
    if facts[CheckState].answered:
        return None
    return Reason(
        what=Text("财务还没有答复账款核对", "Finance has not answered the account check yet"),
        cure=Text("请应收会计核对后再发给客户", "Ask receivables to answer it, then send the order"),
        who=Position.RECEIVABLES,
        command="answer_account_check",
        given={"order": str(event.order)},
    )


def not_fresh(event: OrderSent, facts: Facts, law: Law) -> Iterator[Reason]:
    """A check counts for so many working days, and only as long as nothing that it saw was taken back."""
    check = facts[CheckState]
    if check.at is None:
        return
    days = int(law.value("D1.4", "fresh", law.moment))
    again: dict[str, Any] = {
        "cure": Text("请财务重新核对账款，答复后再发", "Ask finance to check the account again, then send"), "who": Position.CLIENT_ADMIN,
        "command": "request_account_check", "given": {"order": str(event.order)},
    }  # fmt: skip
    if check.reversed:
        yield Reason(what=Text("核账之后有入账被冲回", "A booking was taken back after the account was checked"), **again)
    if working_days(days, CLOSE).due(check.at, law.calendar).due < law.moment:
        stale = Text("账款核对已超过 {n} 个工作日", "The account check is older than this many working days: {n}")
        yield Reason(what=stale.fill(n=days), **again)


def refused_by(event: object) -> None:
    """The position that refused is named in the event; no single person is presumed."""
    return


D1 = Article(
    number="D1",
    title=Text("接单梳理、账款核对", "Order intake and account check"),
    chapter="intake",
    note=Text(
        "接单时同页看到该客户上次发货：订、发、换、缺、退、未了。", "Whoever takes an order sees the customer's previous dispatch on the same page."
    ),
    clauses=(
        Clause(
            number="D1.1",
            zh="财务答复账款核对之前，订单不得发给客户。",
            en="An order may not go to the customer before finance has answered the account check.",
            since=SINCE,
            lasting=True,
            says=Requires(before=(OrderSent,), needs=(CheckState,), breach=not_checked, holds=Text("账款已核对", "The account has been checked")),
        ),
        Clause(
            number="D1.2",
            zh="接单即请财务核对账款，财务须在 {within} 内答复余额及其组成。",
            en="The account check is requested as the order is taken; finance answers it, with the balance and its parts, within {within}.",
            since=SINCE,
            says=Owes(
                once=(AccountCheckRequested,),
                owes=(AccountChecked,),
                ends=(OrderCancelled,),
                per="order",
                within=office_hours(1),
                between=(1, 8),
                who=Position.RECEIVABLES,
                to=Position.CLIENT_ADMIN,
                superior=Position.FINANCE_MANAGER,
                act="answer_account_check",
                what=Text("核对账款", "Check the account"),
                overdue=Text("账款核对超时未答复", "Account check not answered in time"),
            ),
        ),
        Clause(
            number="D1.3",
            zh="部门拒办分内之事，记为违反。",
            en="A department that refuses its part of the work is recorded as in breach.",
            since=SINCE,
            says=Pays(upon=(WorkRefused,), who=refused_by, per="obligation", fen=lambda event, law: 0, what=Text("部门拒办", "Work refused")),
        ),
        Clause(
            number="D1.4",
            zh="发单所据的账款核对不超过 {fresh}，其后没有入账被冲回；否则请财务重新核对。",
            en="The account check that a sending rests on is not older than {fresh}, and nothing was taken back since; else finance checks again.",
            since=SINCE,
            parameters=(Parameter("fresh", Text("核账有效期", "a check is good for"), Decimal(1), Unit.WORKING_DAYS, Decimal(1), Decimal(10)),),
            says=Requires(before=(OrderSent,), needs=(CheckState,), breach=not_fresh, holds=Text("账款核对仍有效", "The account check is fresh")),
        ),
    ),
)
