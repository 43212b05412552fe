"""What the person who looks at an order can do with it now: one thing first, the others quietly beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from gatepass.dispatch.unpaid import Asked
from gatepass.enforcement.queries import Duty
from gatepass.journal.door import COMMANDS
from gatepass.look.addresses import where_to
from gatepass.orders.models import Order
from gatepass.orders.queries import OrderPage
from gatepass.roles import Power, Sight
from gatepass.words import Text


@dataclass(frozen=True, slots=True)
class Action:
    """A button: its words and where it leads. `pressing`: it is what comes next, not only possible."""

    text: Text
    href: str
    pressing: bool = True


def actions(sight: Sight, page: OrderPage, unpaid: Asked, *, shortage: str = "", unnoticed: bool = True) -> list[Action]:
    """What this viewer can do with the order as it stands, the most pressing first.

    shortage: the demand whose shortage waits for him; unnoticed: whether anything of it is in no notice yet.
    """
    row = page.row
    if row.cancelled_at is not None or row.shipped_at is not None:
        return []
    found = [*_before_sending(sight, row), *_while_sent(sight, row), *_after_confirmation(sight, page, unpaid, shortage, unnoticed)]
    if sight.may(Power.TAKE_ORDER) and (row.noticed == 0 or unnoticed):
        found.append(replace(_do("cancel_order", row), pressing=False))
    return found


TELLING = ("tell_customer", "tell_change")


def owed(sight: Sight, duties: Iterable[Duty]) -> Iterator[Action]:
    """What this viewer owes the customer of an order: to tell him what left (D5) or what changed (D8)."""
    for duty in duties:
        if duty.act in TELLING and any(sight.person == one.person for one in duty.people):
            text = Text("{title} {n}", "{title} {n}").fill(title=COMMANDS[duty.act].title, n=duty.document)
            yield Action(text, where_to(duty.act, {duty.kind: str(duty.subject)}))


def _do(command: str, row: Order, **more: str) -> Action:
    return Action(COMMANDS[command].title, f"/do/{command}/?{urlencode({'order': str(row.uid)} | more)}")


def _before_sending(sight: Sight, row: Order) -> Iterator[Action]:
    if row.sent_at is not None:
        return
    if row.checked_at is None and sight.may(Power.CHECK_ACCOUNT):
        yield _do("answer_account_check", row)
    if sight.may(Power.TAKE_ORDER):
        if row.checked_at is not None:
            yield Action(Text("配箱并发给客户", "Allocate and send"), f"/orders/{row.uid}/send/")
        else:
            yield Action(Text("看发出的样子", "Preview"), f"/orders/{row.uid}/send/")
        yield Action(Text("改单", "Change"), f"/orders/{row.uid}/change/")
    if row.objected_at is not None and sight.may(Power.TALK_TO_CUSTOMER):
        yield replace(_do("record_contact", row), pressing=False)


def _while_sent(sight: Sight, row: Order) -> Iterator[Action]:
    if row.sent_at is None or row.confirmed_at is not None:
        return
    if sight.may(Power.CONFIRM_BY_PHONE):
        yield _do("confirm_order", row)
    if sight.may(Power.TALK_TO_CUSTOMER):
        yield _do("record_contact", row)
        yield Action(Text("签收链接", "Signed link"), f"/orders/{row.uid}/link/")
    if sight.may(Power.CONFIRM_BY_PHONE):
        yield _do("object_to_order", row)
    if sight.may(Power.TAKE_ORDER):
        yield _do("withdraw_order", row)


def _after_confirmation(sight: Sight, page: OrderPage, unpaid: Asked, shortage: str, unnoticed: bool) -> Iterator[Action]:
    row = page.row
    if row.confirmed_at is None:
        return
    covered = page.covered_at is not None
    if shortage and sight.may(Power.TALK_TO_CUSTOMER):
        yield Action(COMMANDS["take_up_shortage"].title, f"/do/take_up_shortage/?demand={shortage}")
    if row.handed_over_at is None and sight.may(Power.HAND_OVER_DEMAND):
        yield Action(COMMANDS["hand_over_demand"].title, f"/production/hand-over/{row.uid}/")
    if unpaid.waits and sight.may(Power.SIGN_UNPAID):
        yield Action(Text("签批先发后款", "Sign for unpaid goods"), f"/approvals/unpaid/{unpaid.waits}/")
    if (covered or unpaid.signed) and unnoticed and sight.may(Power.ISSUE_NOTICE):
        yield _do("issue_notice", row)
    if covered:
        return
    if sight.may(Power.RECORD_RECEIPT):
        yield Action(COMMANDS["record_receipt"].title, f"/receipts/new/?customer={page.customer}")
    if sight.may(Power.TALK_TO_CUSTOMER):
        told = _do("notify_payment", row)
        yield replace(told, text=Text("再催汇款", "Remind to remit"), pressing=False) if row.notified_at else told
    if sight.may(Power.ASK_UNPAID) and not unpaid.waits and not unpaid.signed:
        yield replace(_do("request_unpaid", row), pressing=False)
