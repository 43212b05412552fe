"""Readers of account checks: what finance has been asked and not answered, with what the answer would be made of (D1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gatepass.orders.figures import frozen_rest
from gatepass.orders.locking import seen_by
from gatepass.orders.models import AccountCheck
from gatepass.papers.packing import assembled
from gatepass.papers.press import press
from gatepass.papers.shapes import Behind, Printing
from gatepass.papers.sheets import CheckedAccount
from gatepass.people.firm import firm
from gatepass.people.visits import names_of
from gatepass.receivables.rests import Standing, standing, summed
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.words import Language


@dataclass(frozen=True, slots=True)
class CheckRow:
    """An open check: whose order, since when."""

    order: UUID
    number: str
    customer: UUID
    customer_name: str
    requested_at: datetime
    goods_fen: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the answer would say now: the account, of which what no order holds is verified, document by document."""

    row: CheckRow
    standing: Standing

    @property
    def balance_fen(self) -> int:
        return summed(self.standing.free)

    @property
    def held_fen(self) -> int:
        return summed(self.standing.held)


def waiting(sight: Sight, most: int = 60) -> list[CheckRow]:
    """Open checks, the longest waiting first; none for who may not see money."""
    if not sight.may(Power.SEE_MONEY):
        return []
    rows = AccountCheck.objects.filter(answered_at=None, order__in=seen_by(sight), order__cancelled_at=None)
    return [_row(check) for check in rows.select_related("order__customer").order_by("requested_at", "id")[:most]]


def answer(sight: Sight, order: UUID) -> Answer:
    """The open check of an order with its answer as it stands. Raises NotFound when there is none, or outside the scope."""
    rows = AccountCheck.objects.filter(answered_at=None, order__in=seen_by(sight), order__cancelled_at=None, order__uid=order)
    found = rows.select_related("order__customer").first()
    if found is None or not sight.may(Power.SEE_MONEY):
        raise NotFound("check")
    row = _row(found)
    return Answer(row, standing(row.customer))


def _row(check: AccountCheck) -> CheckRow:
    order = check.order
    return CheckRow(order.uid, order.number, order.customer.uid, order.customer.name, check.requested_at, order.goods_fen)


def checked_pdf(sight: Sight, order: UUID, at: datetime, language: Language) -> bytes:
    """The last answered check of an order on paper, as it was answered. Raises NotFound when there is none, or outside the scope."""
    rows = AccountCheck.objects.filter(answered_at__isnull=False, order__in=seen_by(sight), order__uid=order).select_related("order__customer")
    found = rows.order_by("-answered_at", "-id").first()
    if found is None or found.answered_at is None or not sight.may(Power.SEE_MONEY):
        raise NotFound("check")
    items = [frozen_rest(one) for one in found.parts]
    by = found.answered_by
    sheet = CheckedAccount(
        company=firm().name, number=found.order.number, made_at=found.answered_at, customer=found.order.customer.name,
        balance=found.balance_fen or 0, items=tuple(Behind(what=one.what, day=one.day, amount=one.fen or 0) for one in items),
        answered_by=names_of({by}).get(by, "") if by else "", remark=found.note,
    )  # fmt: skip
    return press("check", assembled(sheet, printing=Printing(person=sight.name, at=at)), language=language)
