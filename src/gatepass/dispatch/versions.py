"""Writing a version of a notice: shared steps of issuing, changing, and applying a change of goods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from gatepass.approvals.binding import bind, digest_of
from gatepass.approvals.separation import Part, Touch
from gatepass.dispatch import papers, sql
from gatepass.dispatch.events import NoticeChanged
from gatepass.dispatch.goods import Noticed, Wanted, Where, bound, current_lines, noticed, value_before, value_fen
from gatepass.dispatch.models import Notice, NoticeLine, NoticeVersion
from gatepass.dispatch.routes import NOTICE
from gatepass.dispatch.unpaid import own_unpaid, uncleared, void
from gatepass.journal.door import Case
from gatepass.journal.prepared import prepared
from gatepass.journal.rows import add
from gatepass.orders.models import Order
from gatepass.receivables.rests import Cover, cover_of


@dataclass(frozen=True, slots=True)
class Draft:
    """A version about to be decided: what it says, its hash, what of its goods is unpaid, and what the order asks."""

    lines: Sequence[Wanted]
    where: Where
    data: dict[str, Any]
    digest: str
    unpaid_fen: int
    cover: Cover | None


def draft(
    order: Order, notice: Notice | None, lines: Sequence[Wanted], where: Where, *, known: Sequence[Noticed] | None = None, added_fen: int = 0
) -> Draft:
    """Work out a version, under the locks of customer and order. known: what the order's notices say, where it is at hand;
    added_fen: what a change of goods adds to the order by it."""
    earlier = value_before(noticed(order) if known is None else known, notice)
    cover = cover_of(order.uid)
    open_ = own_unpaid(cover, earlier, value_fen(lines), added_fen=added_fen)
    data = bound(notice.version + 1 if notice else 1, order.customer.uid, order.customer.name, where, lines, open_)
    return Draft(lines, where, data, digest_of(data), open_, cover)


def as_wanted(notice: Notice) -> list[Wanted]:
    """The lines of a notice as they stand, ready to be changed."""
    return [
        Wanted(line.order_line, line.product, line.cartons, line.gift, line.yuan, line.change)
        for line in current_lines(notice)
    ]


def where_of(notice: Notice) -> Where:
    return Where(notice.consignee, notice.address, notice.destination, notice.phone, notice.bearer)


def changed(notice: Notice, made: Draft) -> NoticeChanged:
    """The event of a further version."""
    return NoticeChanged(
        notice=notice.uid, order=notice.order.uid, customer=notice.order.customer.uid, version=notice.version + 1,
        digest=made.digest, unpaid_fen=made.unpaid_fen, uncleared=uncleared(notice, made.cover, below=notice.version + 1),
    )  # fmt: skip


def write(case: Case, notice: Notice, made: Draft, why: str, *, first: bool = False) -> None:
    """Keep what the notice's present version says, and its lines where they differ from those before."""
    add(
        NoticeVersion(
            notice=notice, version=notice.version, digest=made.digest, written_by=notice.written_by, written_for=notice.written_for,
            written_at=notice.written_at, why=why, entry=case.entry,
        )
    )  # fmt: skip
    bind(
        case, NOTICE, notice.uid, number=notice.number, data=made.data, part=Part.WROTE if first else Part.CHANGED,
        touched=touched_by(notice.order, made.where.row), order=notice.order.uid,
    )  # fmt: skip
    papers.keep_notice(case, notice, write_lines(notice, made.lines, first=first), made.cover)


def write_next(case: Case, notice: Notice, made: Draft, why: str) -> None:
    """The next version: both approvals fall with the old one, nothing is effective or picked in full until it is approved."""
    notice.version += 1
    void(case, notice, below=notice.version)
    notice.written_by, notice.written_for, notice.written_at = case.actor.person, case.actor.acting_for, case.at
    notice.consignee, notice.address, notice.destination = made.where.consignee, made.where.address, made.where.destination
    notice.phone, notice.bearer = made.where.phone, made.where.bearer
    notice.unpaid_fen, notice.digest = made.unpaid_fen, made.digest
    notice.effective_at = notice.picked_at = None
    notice.save()
    write(case, notice, made, why)


def touched_by(order: Order, address: int | None) -> list[Touch]:
    """Everybody who wrote or changed what a notice of the order stands on (rule 43), and for whom."""
    customer, day = order.customer, order.taken_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    asked: dict[str, Any] = {
        "order": order.pk, "uid": order.uid, "customer": customer.pk, "grade": customer.grade, "region": order.region, "day": day,
        "address": address,
    }  # fmt: skip
    with prepared() as cursor:
        cursor.execute(sql.TOUCHED, asked)
        return [Touch(person, other, Part(part)) for person, other, part in cursor.fetchall()]


def write_lines(notice: Notice, lines: Sequence[Wanted], *, first: bool = False) -> list[NoticeLine]:
    """End the lines that changed and begin the new ones; a line keeps its position as long as its product does. Gives those in force.

    first: the notice is new and has none yet.
    """
    standing = [] if first else current_lines(notice)
    kept, begun = _placed(standing, lines)
    ended = [line.id for line in standing if line.id not in kept]
    if ended:
        NoticeLine.objects.filter(id__in=ended).update(until_version=notice.version)
    made = [
        NoticeLine(
            notice=notice, order_line=line.order_line, position=position, product=line.sold, cartons=line.cartons,
            gift=line.gift, yuan=line.yuan, since_version=notice.version, change=line.change,
        )
        for position, line in begun
    ]  # fmt: skip
    add(*made)
    return sorted([*(line for line in standing if line.id in kept), *made], key=lambda line: line.position)


def _placed(standing: Sequence[NoticeLine], lines: Sequence[Wanted]) -> tuple[set[int], list[tuple[int, Wanted]]]:
    """Ids of lines that stay as they are, and the others with their positions (never used again for another product)."""
    last = max(NoticeLine.objects.filter(notice=standing[0].notice).values_list("position", flat=True)) if standing else 0
    kept: set[int] = set()
    begun = []
    free = {(line.product_id, line.order_line): line for line in reversed(standing)}
    for line in lines:
        before = free.pop((line.product_id, line.order_line), None)
        if before is None:
            last += 1
            begun.append((last, line))
        elif (before.cartons, before.gift) == (line.cartons, line.gift):
            kept.add(before.id)
        else:
            begun.append((before.position, line))
    return kept, begun
