"""Goods that pass the gate become the customer's debt; what their order holds pays for them. Worked out before the decision, pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from gatepass.journal.door import Case
from gatepass.receivables.events import ConsignmentPaid, GoodsLeftUnpaid, OrderCovered
from gatepass.receivables.models import Account, Item, Posting, PostingKind
from gatepass.receivables.posting import Movement, customers, post_all, settle
from gatepass.receivables.rests import SALES, Cover, Rest, cover_of, covers
from gatepass.receivables.settling import Settlement, left_of, meet
from gatepass.rules.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """Goods of one consignment that pass the gate; `completes`: with them the last of the order leaves; aged: since when they count
    among the order's goods (its notice)."""

    customer: UUID
    order: UUID
    consignment: UUID
    label: str
    fen: int
    completes: bool
    aged: datetime


@dataclass(slots=True)
class Going:
    """What the goods of a vehicle do to the accounts, and what is to be said of it."""

    movements: list[Movement] = field(default_factory=list)
    settlement: Settlement = field(default_factory=Settlement)
    events: list[Event] = field(default_factory=list)

    def unpaid_orders(self) -> list[UUID]:
        """Orders of which goods leave that are not paid."""
        return [one.order for one in self.events if isinstance(one, GoodsLeftUnpaid)]

    def promise(self, days: Mapping[UUID, date]) -> None:
        """The days of payment that were signed for, by order."""
        self.events = [_promised(one, days.get(one.order)) if isinstance(one, GoodsLeftUnpaid) else one for one in self.events]

    def write(self, case: Case) -> None:
        """The postings with their items, then what they are matched with."""
        post_all(case, self.movements)
        settle(case, self.settlement)


def going(gone: Sequence[Goods]) -> Going:
    """Under the locks of the orders' customers; two orders of one vehicle never hold the same item."""
    made, asked = Going(), covers([one.order for one in gone])
    for order in asked:
        _order(made, asked[order], [one for one in gone if one.order == order])
    return made


def _order(made: Going, cover: Cover, gone: Sequence[Goods]) -> None:
    posted = _movements(cover, gone)
    left = _settled(made, cover, posted, completes=any(one.completes for one in gone))
    made.events += _unpaid(gone, posted, left)


def _settled(made: Going, cover: Cover, posted: Sequence[Movement], *, completes: bool) -> dict[UUID, int]:
    """What is posted for an order meets what the order holds; gives what is left of each item. completes: nothing more of it will leave."""
    order = cover.asked.order
    mine = [rest for rest in cover.rests if rest.holder in (None, order)]
    parts = sorted(
        [((rest.item.kind != PostingKind.OPENING.value, rest.item.aged), rest.item.uid, rest.fen) for rest in mine]
        + [((True, movement.aged or cover.asked.sent_at), movement.uid, movement.signed) for movement in posted],
        key=lambda part: part[0],
    )
    pairs = [(uid, fen) for _, uid, fen in parts]
    met = list(meet(pairs))
    left = left_of(pairs, met)
    moved = made.settlement.commitments[order]
    moved.gone += sum(one.signed for one in posted)
    if completes:
        made.settlement.free.append(order)
        moved.ended = True
        moved.remit -= sum(left[rest.item.uid] for rest in mine if not (rest.item.order == order and rest.item.document_kind == SALES))
    else:
        made.settlement.claims += [(one.uid, order) for one in posted if left[one.uid]]
    made.movements += posted
    made.settlement.matches += met
    made.events += _paid(mine, left)
    return left


def rest_ended(order: UUID, left_fen: int, whole_fen: int) -> Going:
    """The goods of an order that have not left do not leave any more: of so many fen, so many left. What left has its part of discount and
    subsidy; freight that was charged stays. What the order holds beyond that is the customer's again, and may pay for what left unpaid."""
    made, cover = Going(), cover_of(order)
    if cover is None:
        return made
    asked, last = cover.asked, _last_goods(order)
    off = _part(asked.off_fen, left_fen, whole_fen) if last else 0
    extra = asked.fen - whole_fen + asked.off_fen
    extra = (extra if extra > 0 else -_part(-extra, left_fen, whole_fen)) if last else 0
    moved = made.settlement.commitments[order]
    moved.fen, moved.off = left_fen - off + extra - asked.fen, off - asked.off_fen
    moved.remit = moved.fen
    asked.fen, asked.off_fen = asked.fen + moved.fen, off
    if asked.covered_at is None and cover.open_fen <= 0:
        moved.covered = True
        made.events.append(OrderCovered(order=order, customer=asked.customer, left=True))
    _settled(made, cover, _movements(cover, _with(last, asked.customer, order)), completes=True)
    return made


def _with(last: Item | None, customer: UUID, order: UUID) -> list[Goods]:
    """What is posted beside goods that left already, with their consignment."""
    if last is None:
        return []
    return [Goods(customer=customer, order=order, consignment=last.document, label=last.label, fen=0, completes=True, aged=last.aged)]


def _part(fen: int, left_fen: int, whole_fen: int) -> int:
    """So much of a sum as left, rounded half up."""
    return (2 * fen * left_fen + whole_fen) // (2 * whole_fen) if whole_fen else 0


def _last_goods(order: UUID) -> Item | None:
    """The goods that left last and did not come back."""
    found = Item.objects.filter(order=order, document_kind=SALES, kind=PostingKind.GOODS.value, fen__gt=0).order_by("-id")
    back = set(Posting.objects.filter(reverses__in=found.values("uid")).values_list("reverses", flat=True))
    return next((one for one in found if one.uid not in back), None)


def _movements(cover: Cover, gone: Sequence[Goods]) -> list[Movement]:
    """The goods; with the last consignment also freight, subsidy and discounts of the composition, so that what was promised is posted to the fen."""
    found, rest = [], cover.asked.fen - cover.asked.gone_fen
    for one in gone:
        rest -= one.fen
        if one.fen:
            found.append(_sale(PostingKind.GOODS, Account.SALES, one.fen, one))
        if one.completes and cover.asked.off_fen:
            rest += cover.asked.off_fen
            found.append(_sale(PostingKind.PROMOTION, Account.DISCOUNT, -cover.asked.off_fen, one))
        if one.completes and rest:
            kind, against = (
                (PostingKind.FREIGHT_CHARGED, Account.FREIGHT) if rest > 0 else (PostingKind.SUBSIDY, Account.SUBSIDY)
            )
            found.append(_sale(kind, against, rest, one))
    return found


def _sale(kind: PostingKind, against: Account, fen: int, of: Goods) -> Movement:
    return customers(
        of.customer, fen, against, kind=kind, document_kind="consignment", document=of.consignment, label=of.label, order=of.order, aged=of.aged
    )


def _paid(rests: Sequence[Rest], left: Mapping[UUID, int]) -> list[Event]:
    """Consignments that had left unpaid and are paid now by what this order held."""
    before = {rest.item.document: rest.item for rest in rests if rest.fen > 0 and rest.item.document_kind == SALES}
    still = {rest.item.document for rest in rests if rest.fen > 0 and rest.item.document_kind == SALES and left[rest.item.uid]}
    return [
        ConsignmentPaid(consignment=document, order=item.order, customer=item.customer)
        for document, item in before.items()
        if document not in still and item.order is not None
    ]


def _unpaid(gone: Sequence[Goods], posted: Sequence[Movement], left: Mapping[UUID, int]) -> list[Event]:
    found: list[Event] = []
    for one in gone:
        fen = sum(left[movement.uid] for movement in posted if movement.document == one.consignment and movement.signed > 0)
        if fen > 0:
            found.append(GoodsLeftUnpaid(consignment=one.consignment, order=one.order, customer=one.customer, fen=fen))
    return found


def _promised(left: GoodsLeftUnpaid, day: date | None) -> GoodsLeftUnpaid:
    begins = datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE)) if day else None
    return replace(left, pay_on=day, pay_from=begins)
