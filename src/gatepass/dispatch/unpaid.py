"""Goods that leave before they are paid (D4): what a notice leaves unpaid, and what the director's signatures still cover of it.

Money covers an order's notices in their order, so each notice has an unpaid sum of its own. A signature is for one notice in one version
(or, asked for before there is one, for the order's next notice), for a sum that is worked out and never typed. Payment uses it up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q

from gatepass.approvals.binding import close
from gatepass.dispatch import sql
from gatepass.dispatch.goods import Noticed, current_lines, noticed, value_before, value_fen
from gatepass.dispatch.models import Change, Notice, UnpaidSignature
from gatepass.dispatch.unpaid_route import UNPAID
from gatepass.journal.door import Case
from gatepass.journal.reading import all_of
from gatepass.journal.rows import rows, update
from gatepass.journal.stopping import Stopped, Written
from gatepass.orders.models import Order
from gatepass.receivables.rests import Cover, cover_of, unpaid
from gatepass.rules.events import Event

STANDS: Final = Q(notice=None) | Q(notice__left_at=None)


def own_unpaid(cover: Cover | None, before_fen: int, fen: int, *, added_fen: int = 0) -> int:
    """What of so many fen of goods, after so many of earlier notices, is not covered; added_fen: of them what a change is about to add."""
    return max(0, unpaid(cover, before_fen + fen, added_fen=added_fen) - unpaid(cover, before_fen))


def unnoticed(order: Order, cover: Cover | None, known: Sequence[Noticed]) -> tuple[int, int]:
    """Of the goods that no notice names: what is unpaid, and what is paid, in fen."""
    before = value_before(known, None)
    fen = max(0, order.goods_fen - before)
    open_ = own_unpaid(cover, before, fen)
    return open_, fen - open_


def of_notice(notice: Notice, cover: Cover | None, known: Sequence[Noticed]) -> tuple[int, int]:
    """What of a notice's goods is unpaid, with what changes on their way would add; and what of them is paid as they stand."""
    before, fen = value_before(known, notice), value_fen(current_lines(notice))
    more = sum(change.value_fen for change in pending(notice) if change.value_fen > 0)
    return own_unpaid(cover, before, fen + more, added_fen=more), fen - own_unpaid(cover, before, fen)


def pending(notice: Notice) -> list[Change]:
    """Changes of a notice that are proposed or consented to, and not made yet."""
    return rows(Change, notice_id=notice.pk, applied_at=None, declined_at=None, withdrawn_at=None)


def with_change(change: Change) -> int:
    """What a notice would leave unpaid with a change made; 0 where the change adds no worth."""
    if change.value_fen <= 0:
        return 0
    order, added = change.notice.order, 0 if change.applied_at else change.value_fen
    before, fen = value_before(noticed(order), change.notice), value_fen(current_lines(change.notice)) + added
    return own_unpaid(cover_of(order.uid), before, fen, added_fen=added)


def remaining(signed: Iterable[Sequence[int]], paid_fen: int) -> int:
    """Of signatures (sum, what was paid then): each names the whole that was unpaid, so they are never added up."""
    return max((max(0, fen - max(0, paid_fen - paid)) for fen, paid in signed), default=0)


def signed_for(notice: Notice) -> int:
    """What the director's signatures cover of what a notice, as it stands, leaves unpaid."""
    order = notice.order
    before, fen = value_before(noticed(order), notice), value_fen(current_lines(notice))
    live = [one for one in rows(UnpaidSignature, notice_id=notice.pk, voided_at=None) if one.signed_at and one.version == notice.version]
    return remaining([(one.covers_fen, one.paid_fen) for one in live], fen - own_unpaid(cover_of(order.uid), before, fen)) if live else 0


def take_up(case: Case, notice: Notice, cover: Cover | None, known: Sequence[Noticed], fen: int) -> None:
    """What was signed for before there was a notice is for this one from now on, and for what this one leaves unpaid.

    known: what the order's notices said before it; fen: what its goods are worth.
    """
    paid = cover.goods_paid_fen if cover else 0
    for one in rows(UnpaidSignature, order_id=notice.order_id, notice_id=None, voided_at=None):
        if one.signed_at is not None:
            open_ = own_unpaid(cover, value_before(known, None), fen)
            used = max(0, paid - one.paid_fen)
            update(one, notice=notice, version=1, covers_fen=min(max(0, one.fen - used), open_), paid_fen=fen - open_)


def void(case: Case, notice: Notice, *, below: int | None = None) -> None:
    """A notice got another version (below: which one), or is void: what was asked or signed for before holds no more of it."""
    gone = [one for one in rows(UnpaidSignature, notice_id=notice.pk, voided_at=None) if below is None or (one.version or 0) < below]
    for one in gone:
        update(one, voided_at=case.at)
    close(case, *(one.uid for one in gone), routes=[UNPAID])


def in_force(order: int) -> list[UnpaidSignature]:
    """What was asked or signed for of an order (its key), and has neither left nor become void."""
    return list(UnpaidSignature.objects.filter(STANDS, order_id=order, voided_at=None).order_by("id"))


def uncleared(notice: Notice, cover: Cover | None, *, below: int | None = None) -> bool:
    """Whether with the signatures of a notice (below: of earlier versions) nothing clears its order for shipment any more."""
    live = [one for one in in_force(notice.order_id) if one.signed_at is not None]
    stay = [one for one in live if one.notice_id != notice.pk or (below is not None and (one.version or 0) >= below)]
    return bool(live) and not stay and (cover is None or cover.asked.covered_at is None)


def stuck(order: Order, cover: Cover | None, known: Sequence[Noticed]) -> Notice | None:
    """The first notice in force that leaves more unpaid than is signed for."""
    for one in rows(Notice, order_id=order.pk, voided_at=None, left_at=None):
        one.order = order
        if of_notice(one, cover, known)[0] > signed_for(one):
            return one
    return None


def void_of_order(case: Case, order: Order) -> None:
    """Nothing more of an order leaves: what was asked or signed for holds no more."""
    live = rows(UnpaidSignature, order_id=order.pk, voided_at=None)
    for one in live:
        update(one, voided_at=case.at)
    close(case, *(one.uid for one in live), routes=[UNPAID])


def used_up(case: Case, stopped: Stopped) -> tuple[Sequence[Event], Written]:
    """Money that had used signatures up is taken back: they do not come to life again."""
    found = all_of(UnpaidSignature, sql.LIVE_SIGNATURES, {"orders": list(stopped.orders)})

    def write() -> None:
        for one in found:
            update(one, voided_at=case.at)

    return [], write


def pay_days(notices: Sequence[UUID]) -> dict[UUID, date]:
    """The day of payment that the director's last signature of these notices names, where it does; by order."""
    live = UnpaidSignature.objects.filter(notice__uid__in=notices, signed_at__isnull=False, voided_at=None, pay_on__isnull=False)
    return {order: day for order, day in live.order_by("id").values_list("order__uid", "pay_on") if day is not None}


@dataclass(frozen=True, slots=True)
class Asked:
    """How an order stands with the director: what waits for his signature, and whether he signed for something that still holds."""

    waits: UUID | None = None
    signed: bool = False


def asked(order: UUID) -> Asked:
    """Of one order, in one statement; returned and void requests left out, and those of goods that have left."""
    live = list(UnpaidSignature.objects.filter(STANDS, order__uid=order, returned_at=None, voided_at=None).order_by("id"))
    waits = next((one.uid for one in live if one.signed_at is None), None)
    return Asked(waits, any(one.signed_at is not None for one in live))
