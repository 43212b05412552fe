"""Taking postings back: their matches are undone, their items meet what reverses them, and what had been paid is owed again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, cast
from uuid import UUID

from gatepass.journal.door import Case
from gatepass.journal.reading import joined
from gatepass.journal.rows import find, rows
from gatepass.money import figure
from gatepass.receivables import sql
from gatepass.receivables.events import GoodsLeftUnpaid, OrderUncovered
from gatepass.receivables.models import Claim, Clearing, Commitment, Item, Match, Posting, PostingKind
from gatepass.receivables.posting import Movement, post_all, reversal, settle
from gatepass.receivables.rests import SALES, Cover, covered, covers, summed
from gatepass.receivables.settling import Met, Settlement
from gatepass.receivables.sparing import spared
from gatepass.rules.events import Event
from gatepass.words import Text

TAKEN_BACK: Final = Text(
    "冲回 {label} {sum}：现在应打 {asked}，已到 {came}，未到 {open}",
    "{label} taken back, {sum}: {asked} asked now, {came} received, {open} open",
)


@dataclass(slots=True)
class Undoing:
    """Documents whose postings are taken back. others: the items at the other end of matches that are undone, with how much.

    holders: who holds an item now; covers: of the orders that it touches, as they stand before.
    """

    posted: list[Posting]
    items: dict[UUID, Item]
    others: list[tuple[Item, int]] = field(default_factory=list)
    holders: dict[UUID, UUID] = field(default_factory=dict)
    settlement: Settlement = field(default_factory=Settlement)
    movements: list[Movement] = field(default_factory=list)

    def write(self, case: Case) -> None:
        post_all(case, self.movements)
        settle(case, self.settlement)


def undoing(documents: Sequence[UUID]) -> Undoing:
    """Everything posted for these documents and not taken back yet, under their customers' locks."""
    posted = [one for document in documents for one in rows(Posting, document=document)]
    taken = {one.reverses for one in posted if one.reverses}
    live = [one for one in posted if one.reverses is None and one.uid not in taken]
    items = {one.uid: one for one in rows(Item, uid=[one.uid for one in live])} if live else {}
    made = Undoing(live, items)
    keys = {item.pk for item in items.values()}
    seen: set[int] = set()
    for match, mine, other in cast(list[tuple[Match, Item, Item]], joined((Match, Item, Item), sql.MATCHED, {"documents": list(documents)})):
        if match.pk in seen or mine.pk not in keys:
            continue
        seen.add(match.pk)
        debit, credit = (mine, other) if match.debit_id == mine.pk else (other, mine)
        made.settlement.matches.append(Met(debit.uid, credit.uid, match.fen, match.pk))
        if other.pk not in keys:
            made.others.append((other, match.fen if other.fen > 0 else -match.fen))
    for one in live:
        back = reversal(one, items[one.uid].order if one.uid in items else None)
        made.movements.append(back)
        if one.uid in items:
            pair = (one.uid, back.uid) if items[one.uid].fen > 0 else (back.uid, one.uid)
            made.settlement.matches.append(Met(*pair, one.fen))
    made.holders = _holders([*items.values(), *(other for other, _ in made.others)])
    return made


def given_up(documents: Sequence[UUID]) -> list[Clearing]:
    """The write-offs that stand on what was posted for these documents."""
    keys = [one.pk for document in documents for one in rows(Item, document=document)]
    return [one for one in rows(Clearing, item_id=keys) if one.done_at and not one.reversed_at and one.kind == "write_off"] if keys else []


def used(document: UUID) -> bool:
    """Whether an order holds or has used what was posted for a document."""
    made = undoing([document])
    return bool(made.others or made.holders)


def _holders(items: Iterable[Item]) -> dict[UUID, UUID]:
    by_key = {item.pk: item.uid for item in items}
    held = Claim.objects.filter(item__in=by_key, freed_at=None).values_list("item", "order") if by_key else []
    return {by_key[key]: order for key, order in held}


def came_back(case: Case, *, order: UUID, consignments: Sequence[UUID]) -> None:
    """Consignments of an order came back through the gate: their postings are taken back; what had paid for them is held by the order
    again, unless another order holds it by now, and the order asks again what it asked before."""
    cover = covers([order])[order]
    made = undoing(consignments)
    gone = sum(one.signed for one in made.movements)
    again = [other for other, _ in made.others if other.fen < 0 or other.order == order]
    again += [rest.item for rest in cover.owed if rest.item.uid not in made.items]
    unheld = {item.uid for item in again if item.uid not in made.holders and item.uid not in _held_elsewhere(cover)}
    made.settlement.claims += [(uid, order) for uid in sorted(unheld)]
    moved = made.settlement.commitments[order]
    moved.gone, moved.ended = gone, False
    open_ = _open_again(cover, made, order, gone)
    moved.remit = open_ + cover.paid_fen - cover.asked.remit_fen
    moved.covered = None if open_ <= 0 else False
    made.write(case)


def _held_elsewhere(cover: Cover) -> set[UUID]:
    return {rest.item.uid for rest in cover.rests if rest.holder is not None}


def _open_again(cover: Cover, made: Undoing, order: UUID, gone: int) -> int:
    """What the order asks once its goods are inside again. gone: what that takes off what has left, below zero."""
    counted = {rest.item.uid for rest in cover.rests}
    again = summed(rest for rest in cover.rests if rest.item.uid not in made.items)
    for item in {other.uid: other for other, _ in made.others}.values():
        if made.holders.get(item.uid, order) == order and (item.fen < 0 or item.order == order or item.uid in counted):
            again += sum(fen for other, fen in made.others if other.uid == item.uid) + (0 if item.uid in counted else item.rest_fen)
    return again + cover.asked.fen - cover.asked.gone_fen - gone


@dataclass(slots=True)
class Undone(Undoing):
    """Bookings that are taken back for good, with what that does to orders. opened: what each asks once they are gone; given_up: the
    write-offs of a debt, which end with it.
    """

    given_up: list[Clearing] = field(default_factory=list)
    asked: dict[UUID, Cover] = field(default_factory=dict)
    opened: dict[UUID, int] = field(default_factory=dict)
    owed: dict[UUID, tuple[Item, int]] = field(default_factory=dict)

    def uncovered(self) -> list[UUID]:
        """Orders that asked for nothing more and do so again."""
        return [order for order, fen in self.opened.items() if fen > 0 >= self.asked[order].open_fen]

    def covered(self) -> list[UUID]:
        """Orders that asked for more and do so no longer: a debt that they had named is gone."""
        return [order for order, fen in self.opened.items() if fen <= 0 < self.asked[order].open_fen]

    def said(self, label: str, fen: int) -> dict[UUID, Text]:
        """What each order's plan book is told: what was booked, what it adds to what he owes, and how the order stands now."""
        return {order: self._said(order, cover, label, fen) for order, cover in self.asked.items() if self._moves(order, cover)}

    def _moves(self, order: UUID, cover: Cover) -> bool:
        moved = self.settlement.commitments[order]
        return self.opened[order] != cover.open_fen or bool(moved.remit or moved.received)

    def _said(self, order: UUID, cover: Cover, label: str, fen: int) -> Text:
        asked, moved = cover.asked, self.settlement.commitments[order]
        return TAKEN_BACK.fill(
            label=label, sum=figure(fen), asked=figure(asked.remit_fen + moved.remit), came=figure(asked.received_fen + moved.received),
            open=figure(max(0, self.opened[order])),
        )

    def events(self, customer: UUID) -> list[Event]:
        inside = [order for order in self.uncovered() if self.asked[order].asked.ended_at is None]
        return [
            *(covered(self.asked[order]) for order in self.covered()),
            *(OrderUncovered(order=order, customer=customer, open_fen=self.opened[order]) for order in inside),
            *(
                GoodsLeftUnpaid(consignment=document, order=item.order, customer=customer, fen=fen)
                for document, (item, fen) in self.owed.items()
                if item.order is not None
            ),
        ]


def undone(documents: Sequence[UUID]) -> Undone:
    """What taking these documents back would do: holds on their items are let go, orders ask for what they had covered."""
    given = given_up(documents)
    plain = undoing([*documents, *(one.uid for one in given)])
    made = Undone(plain.posted, plain.items, plain.others, plain.holders, plain.settlement, plain.movements, given_up=given)
    made.movements = [_for_what_stands(one, made.items.get(one.reverses) if one.reverses else None) for one in made.movements]
    made.settlement.let_go += [uid for uid in made.items if uid in made.holders]
    ours = [(item, -item.rest_fen) for item in made.items.values()]
    _held_again(made)
    touched = {order for item, _ in [*ours, *made.others] for order in _orders(made, item)}
    made.asked = covers(sorted(touched))
    made.opened = {order: cover.open_fen for order, cover in made.asked.items()}
    for item, fen in [*ours, *made.others]:
        for order in _orders(made, item):
            if order in made.opened:
                made.opened[order] += fen
    for item in made.items.values():
        if item.kind == PostingKind.RECEIPT.value and item.order in made.asked and item.at >= made.asked[item.order].asked.sent_at:
            made.settlement.commitments[item.order].received += item.fen
    _spare(made)
    for order, fen in made.opened.items():
        moved, asked = made.settlement.commitments[order], made.asked[order].asked
        moved.remit = asked.received_fen + moved.received + fen - asked.remit_fen  # what it asks is what it has received and what is open
    for order in [*made.covered(), *made.uncovered()]:
        made.settlement.commitments[order].covered = made.opened[order] <= 0
    for item, fen in made.others:
        if fen > 0 and item.document_kind == SALES and item.rest_fen == 0:
            before = made.owed.get(item.document, (item, 0))[1]
            made.owed[item.document] = (item, before + fen)
    return made


def _held_again(made: Undone) -> None:
    """Receipts of an order that had gone into the debt which it named are held for the order once that debt is gone."""
    paid = {item.uid: item for item, fen in made.others if fen < 0 and item.order is not None and item.kind == PostingKind.RECEIPT.value}
    asks = covers(sorted({item.order for item in paid.values() if item.order is not None}))
    for item in paid.values():
        if item.order in asks and asks[item.order].asked.ended_at is None and item.uid not in made.holders:
            made.settlement.claims.append((item.uid, item.order))
            made.holders[item.uid] = item.order


def _spare(made: Undone) -> None:
    """What orders were paid beyond what they ask now is the customer's credit, as what is too much of any receipt."""
    came_off = {item.uid: sum(fen for other, fen in made.others if other.uid == item.uid) for item, _ in made.others}
    for order, fen in made.opened.items():
        cover = made.asked[order]
        if fen >= min(0, cover.open_fen) or cover.asked.ended_at is not None:
            continue
        held = {item.uid: item for item in (*(rest.item for rest in cover.rests), *(item for item, _ in made.others)) if item.uid not in made.items}
        rests = [(item, item.rest_fen + came_off.get(uid, 0)) for uid, item in held.items()]
        movements, met = spared(cover.asked, rests, -fen)
        made.movements += movements
        made.settlement.matches += met
        part = sum(one.fen for one in met)
        made.opened[order] += part
        made.settlement.commitments[order].received -= part


def _for_what_stands(back: Movement, item: Item | None) -> Movement:
    """What takes money back that an earlier document of its order had counted is no money of the present one."""
    asked = find(Commitment, order=item.order) if item is not None and item.order is not None else None
    return replace(back, order=None) if item is not None and asked is not None and item.at < asked.sent_at else back


def _orders(made: Undoing, item: Item) -> set[UUID]:
    """The orders for which an item's rest counts: the one that holds it, and whose goods it is."""
    own = item.order if item.document_kind == SALES else None
    return {order for order in (made.holders.get(item.uid), own) if order is not None}
