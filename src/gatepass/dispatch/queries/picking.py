"""What the warehouse works with: notices handed over, their lines in turn, the batches to take first. No prices, phones, addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q

from gatepass.catalogue.models import Product
from gatepass.dispatch import scope
from gatepass.dispatch.queries.notices import HERE, line_rows, listed, one
from gatepass.dispatch.queries.rows import BatchRow, ChangeRow, DoubtRow, LineRow, NoticeRow
from gatepass.journal.clock import now
from gatepass.journal.reading import joined
from gatepass.people.models import Holding
from gatepass.roles import POWERS, Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.stock import sql
from gatepass.stock.models import Batch
from gatepass.workcalendar.queries import current


@dataclass(frozen=True, slots=True)
class ToPick:
    """A line in its turn, with the batches in order of expiry and how much of each is to be taken."""

    line: LineRow
    offers: tuple[BatchRow, ...]
    doubt: DoubtRow | None

    @property
    def enough(self) -> bool:
        return sum(offer.propose for offer in self.offers) == self.line.left


@dataclass(frozen=True, slots=True)
class PickPage:
    """A notice on the picker's phone. `current` is the line in hand; none when all are picked or a doubt stops it."""

    row: NoticeRow
    short_name: str
    remark: str
    effective: bool
    started: bool
    lines: tuple[LineRow, ...]
    current: ToPick | None
    doubts: tuple[DoubtRow, ...]
    changes: tuple[ChangeRow, ...]

    @property
    def stopped(self) -> bool:
        """An unanswered doubt (D7), or a further version that waits for approval (D6)."""
        return not self.effective or any(doubt.answered_at is None for doubt in self.doubts)

    @property
    def done(self) -> int:
        return sum(1 for line in self.lines if line.left == 0)

    @property
    def percent(self) -> int:
        return 100 * self.done // len(self.lines) if self.lines else 0

    @property
    def complete(self) -> bool:
        return self.done == len(self.lines)


def to_pick(sight: Sight) -> list[NoticeRow]:
    """Notices in the warehouse's hands and not picked in full, by planned day; those that wait for approval again among them."""
    mine = scope.notices(sight).filter(scope.HANDED_OVER, HERE, picked_at=None, loaded_at=None)
    return listed(mine.select_related("order__customer").order_by("ship_on", "id")[:100])


def picking(sight: Sight, uid: UUID, line: UUID | None = None) -> PickPage:
    """One notice for picking; `line` takes another line in hand. Raises NotFound."""
    notice = scope.notices(sight).filter(scope.HANDED_OVER, uid=uid).select_related("order__customer").first()
    if notice is None:
        raise NotFound("notice")
    page = one(sight, uid)
    lines = tuple(line_rows(notice, money=False))
    chosen = next((row for row in lines if row.uid == line), None) or next((row for row in lines if row.left), None)
    doubt = page.open_doubts[0] if page.open_doubts else None
    return PickPage(
        row=page.row, short_name=notice.order.customer.short_name, remark=notice.remark, effective=notice.effective_at is not None,
        started=notice.picking_at is not None, lines=lines, current=_in_hand(chosen, doubt), doubts=page.doubts,
        changes=tuple(change for change in page.changes if change.applied_at is None and not change.off),
    )  # fmt: skip


def _in_hand(line: LineRow | None, doubt: DoubtRow | None) -> ToPick | None:
    return ToPick(line, offers((line.product, line.left))[0], doubt) if line else None


def offers(*wanted: tuple[UUID, int]) -> list[tuple[BatchRow, ...]]:
    """For each product and how much of it: batches that passed and are not expired, first expired first, with how much of each serves.

    What one takes is not offered to the next.
    """
    day = current().local(now()).date()
    on_hand: dict[UUID, list[BatchRow]] = {product: [] for product, _ in wanted}
    for row, sold in joined((Batch,), sql.OFFERED, {"products": list(on_hand), "day": day}):
        on_hand[sold].append(BatchRow(row.uid, row.code, row.produced_on, row.expires_on, row.location, row.on_hand, 0, (row.expires_on - day).days))
    free = {batch.uid: batch.on_hand for batches in on_hand.values() for batch in batches}
    return [tuple(_served(on_hand[product], free, cartons)) for product, cartons in wanted]


def _served(batches: Iterable[BatchRow], free: dict[UUID, int], left: int) -> Iterator[BatchRow]:
    for batch in batches:
        part = min(left, free[batch.uid])
        if part:
            free[batch.uid] -= part
            left -= part
            yield replace(batch, propose=part)


def batch_of_code(line: LineRow, code: str) -> UUID | None:
    """The batch of the line's product that carries this code; of any product where its own has none (and the clause says why not)."""
    rows = Batch.objects.filter(code__iexact=code.strip())
    own = rows.filter(product__uid=line.product).first()
    found = own or rows.order_by("id").first()
    return found.uid if found else None


def consenters() -> list[tuple[UUID, str]]:
    """Whose word the warehouse may act on after hours: holders of a post that may consent."""
    kinds = [position.value for position, powers in POWERS.items() if Power.CONSENT_CHANGE in powers]
    return _holding(kinds)


def receivers() -> list[tuple[UUID, str]]:
    """Who can be told in the morning: whoever may talk to customers, client admins first."""
    kinds = [position.value for position, powers in POWERS.items() if Power.TALK_TO_CUSTOMER in powers]
    return _holding(kinds)


def _holding(kinds: list[str]) -> list[tuple[UUID, str]]:
    today = current().local(now()).date()
    held = Holding.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today, person__active=True, post__kind__in=kinds)
    rows = held.order_by("post__kind", "id").values_list("person__uid", "person__name")
    return list(dict(rows).items())


def products() -> list[tuple[UUID, str]]:
    """What may come instead or on top: products in use."""
    rows = Product.objects.filter(active=True).order_by("code").values_list("uid", "code", "name", "spec")
    return [(uid, f"{code} {name} {spec}") for uid, code, name, spec in rows]
