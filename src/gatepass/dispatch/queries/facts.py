"""What clauses ask of shipping notices, for the event about to happen, under the command's locks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from gatepass.dispatch import facts, sql
from gatepass.dispatch.events import (
    ChangeApplied,
    LinePicked,
    NoticeChanged,
    NoticeIssued,
)
from gatepass.dispatch.models import Change
from gatepass.dispatch.unpaid import remaining, signed_for, with_change
from gatepass.journal.reading import Asked
from gatepass.money import times
from gatepass.orders.facts import Unpaid, UnpaidGoods
from gatepass.receivables.rests import uncovered
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound
from gatepass.stock.models import Quality

Rows = Sequence[Any]


def open_doubts(event: Event) -> Asked:
    _notices(event)
    return Asked(sql.OPEN_DOUBTS, _doubts)


def _doubts(_: Event, rows: Rows) -> facts.OpenDoubts:
    return facts.OpenDoubts(tuple(facts.AskedOf(UUID(uid), UUID(notice), number, question) for uid, notice, number, question in rows))


def line_to_pick(event: LinePicked) -> Asked:
    """The line as it stands, with every batch of its product that has cartons, in order of expiry."""
    return Asked(sql.LINE_TO_PICK, _line)


def _line(event: LinePicked, row: Any) -> facts.LineToPick:
    product = UUID(row["product"])
    return facts.LineToPick(
        product=product,
        product_name=row["name"],
        wanted=row["wanted"],
        picked=row["picked"],
        offers=tuple(
            facts.BatchOffer(
                batch=UUID(uid), code=code, product=product, expires_on=expires, on_hand=on_hand,
                passed=quality == Quality.PASSED.value and date.fromisoformat(expires) > event.day,
            )
            for uid, code, expires, on_hand, quality in row["offers"]
        ),
    )  # fmt: skip


def picked_in_full(event: Event) -> Asked:
    _notices(event)
    return Asked(sql.PICKED, _picked)


def _picked(_: Event, rows: Rows) -> facts.Picked:
    return facts.Picked(tuple(facts.PickState(UUID(uid), number, wanted, taken) for uid, number, wanted, taken in rows))


def picked_batches(event: Event) -> Asked:
    """Every batch that was picked for the notices named, and is on them still."""
    _notices(event)
    return Asked(sql.PICKED_BATCHES, _batches)


def _batches(_: Event, rows: Rows) -> facts.PickedBatches:
    return facts.PickedBatches(
        tuple(
            facts.PickedBatch(UUID(notice), number, UUID(batch), code, product, cartons, quality == Quality.PASSED.value, expires)
            for notice, number, batch, code, product, cartons, quality, expires in rows
        )
    )


def consent_state(event: ChangeApplied) -> facts.ConsentState:
    change = Change.objects.select_related("notice__order", "line", "product").get(uid=event.change)
    unpaid = with_change(change) if change.after_hours else 0
    return facts.ConsentState(change.consented_at is not None, unpaid, signed_for(change.notice))


def unpaid(event: Event) -> Asked:
    """Of the version about to be written; at the gate, of each notice on the vehicle."""
    if isinstance(event, NoticeIssued):
        return Asked(sql.SIGNED_FOR_NEXT, _next_unpaid)
    if isinstance(event, NoticeChanged):
        return Asked(sql.SIGNED_FOR_VERSION, _version_unpaid)
    _notices(event)
    return Asked(sql.UNPAID, _goods_unpaid)


def _next_unpaid(event: NoticeIssued, row: Any) -> Unpaid:
    return Unpaid((UnpaidGoods(event.order, row["number"], event.unpaid_fen, remaining(row["signed"], int(row["paid"] or 0))),))


def _version_unpaid(event: NoticeChanged, row: Any) -> Unpaid:
    """What is paid is worked out on the goods as they stand, what is to be signed for on those that the new version has."""
    open_, whole = _own(row)
    signed = remaining(row["signed"], whole - open_)
    return Unpaid((UnpaidGoods(event.order, row["number"], event.unpaid_fen, signed, event.notice),))


def _goods_unpaid(_: Event, rows: Rows) -> Unpaid:
    return Unpaid(tuple(_goods(row) for row in rows))


def _goods(row: Any) -> UnpaidGoods:
    open_, whole = _own(row)
    return UnpaidGoods(UUID(row["order"]), row["number"], open_, remaining(row["signed"], whole - open_), UUID(row["notice"]))


def _own(row: Any) -> tuple[int, int]:
    """What a notice leaves unpaid, and what its goods are worth."""
    worth = [(times(Decimal(yuan), cartons), earlier) for yuan, cartons, earlier in row["lines"]]
    before, own, asked = sum(fen for fen, earlier in worth if earlier), sum(fen for fen, earlier in worth if not earlier), row["asked"]
    if not asked:
        return own, own
    open_, whole = int(asked["open"]), int(asked["whole"])
    return max(0, uncovered(open_, whole, before + own) - uncovered(open_, whole, before)), own


def uncountersigned(event: Event) -> Asked:
    _notices(event)
    return Asked(sql.UNCOUNTERSIGNED, _uncountersigned)


def _uncountersigned(_: Event, rows: Rows) -> facts.Uncountersigned:
    return facts.Uncountersigned(tuple((UUID(notice), number) for notice, number in rows))


def _notices(event: Event) -> tuple[UUID, ...]:
    """The notices that an event is about. Raises NotFound for an event without any."""
    several: Iterable[UUID] | None = getattr(event, "notices", None)
    if several is not None:
        return tuple(several)
    one = event.reference("notice")
    if one is None:
        raise NotFound("notice")
    return (one,)
