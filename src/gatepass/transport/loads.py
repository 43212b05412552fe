"""What a trip carries of its notices: cartons, weight, volume, value. One notice may go on several trips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from gatepass.dispatch.models import Notice, NoticeLine
from gatepass.money import times
from gatepass.orders.models import OrderLine
from gatepass.transport.models import Consignment, ConsignmentLine


@dataclass(frozen=True, slots=True)
class Piece:
    """Cartons (and giveaway cartons) of one line of a notice, on one trip."""

    line: NoticeLine
    cartons: int
    gift: int


@dataclass(frozen=True, slots=True)
class Load:
    """Everything of one notice on one trip: giveaways count as cartons; grams and cubic centimetres."""

    notice: Notice
    pieces: tuple[Piece, ...]

    @property
    def cartons(self) -> int:
        return sum(one.cartons + one.gift for one in self.pieces)

    @property
    def weight_g(self) -> int:
        return sum((one.cartons + one.gift) * one.line.product.weight_g for one in self.pieces)

    @property
    def volume_cm3(self) -> int:
        return sum((one.cartons + one.gift) * one.line.product.volume_cm3 for one in self.pieces)

    @property
    def shape(self) -> tuple[tuple[int, int, int], ...]:
        return tuple((one.line.id, one.cartons, one.gift) for one in self.pieces)


def kilograms(grams: int) -> int:
    """Rounded up: a limit is never passed by rounding."""
    return -(-grams // 1000)


def current_lines(notices: Iterable[Notice]) -> dict[int, list[NoticeLine]]:
    """What the present versions of notices say, by notice."""
    found: dict[int, list[NoticeLine]] = defaultdict(list)
    rows = NoticeLine.objects.filter(notice__in=list(notices), until_version=None)
    for line in rows.select_related("product").order_by("notice_id", "position"):
        found[line.notice_id].append(line)
    return found


def on_trips(notices: Iterable[int]) -> dict[tuple[int, int], tuple[int, int]]:
    """Cartons and giveaways of notices that are on trips, by notice and position."""
    rows = ConsignmentLine.objects.filter(consignment__notice_id__in=list(notices), consignment__voided_at=None)
    lines = list(rows.values_list("consignment__notice_id", "line", "cartons", "gift"))
    positions = dict(NoticeLine.objects.filter(id__in={line for _, line, *_ in lines}).values_list("id", "position"))
    found: dict[tuple[int, int], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for notice, line, cartons, gift in lines:
        have = found[notice, positions[line]]
        found[notice, positions[line]] = (have[0] + cartons, have[1] + gift)
    return found


def remaining(notices: Sequence[Notice]) -> list[Load]:
    """What of each notice is on no trip yet."""
    taken, lines = on_trips(one.id for one in notices), current_lines(notices)
    return [
        Load(notice, tuple(piece for line in lines[notice.id] if (piece := _rest(line, taken[notice.id, line.position]))))
        for notice in notices
    ]


def _rest(line: NoticeLine, taken: tuple[int, int]) -> Piece | None:
    piece = Piece(line, max(0, line.cartons - taken[0]), max(0, line.gift - taken[1]))
    return piece if piece.cartons or piece.gift else None


def loaded(consignments: Sequence[Consignment]) -> dict[int, Load]:
    """What each consignment should carry now. A notice that goes on this one trip whole follows its present version; a part of a
    notice keeps what was put on the trip."""
    notices = [one.notice for one in consignments]
    lines, split = current_lines(notices), _split(consignments)
    parts = kept(consignments)
    return {
        one.id: Load(
            one.notice,
            parts[one.id] if one.id in split else tuple(Piece(n, n.cartons, n.gift) for n in lines[one.notice_id]),
        )
        for one in consignments
    }


def kept(consignments: Sequence[Consignment]) -> dict[int, tuple[Piece, ...]]:
    """What is written down of each consignment."""
    rows = list(ConsignmentLine.objects.filter(consignment__in=consignments).order_by("id"))
    lines = NoticeLine.objects.select_related("product").in_bulk([row.line for row in rows])
    found: dict[int, list[Piece]] = defaultdict(list)
    for row in rows:
        found[row.consignment_id].append(Piece(lines[row.line], row.cartons, row.gift))
    return {one.id: tuple(found[one.id]) for one in consignments}


def _split(consignments: Sequence[Consignment]) -> set[int]:
    """Those whose notice also goes on another trip, or that were put on the trip in part."""
    notices = [one.notice_id for one in consignments]
    elsewhere = set(
        Consignment.objects.filter(notice_id__in=notices, voided_at=None)
        .exclude(id__in=[one.id for one in consignments])
        .values_list("notice_id", flat=True)
    )
    return {one.id for one in consignments if one.partial or one.notice_id in elsewhere}


def stored(consignments: Sequence[Consignment]) -> dict[int, tuple[tuple[int, int, int], ...]]:
    """What is written down of each consignment, as (notice line, cartons, giveaway)."""
    found: dict[int, list[tuple[int, int, int]]] = {one.id: [] for one in consignments}
    for row in ConsignmentLine.objects.filter(consignment__in=consignments).order_by("id"):
        found[row.consignment_id].append((row.line, row.cartons, row.gift))
    return {key: tuple(rows) for key, rows in found.items()}


def overdrawn(notices: Sequence[Notice]) -> list[Notice]:
    """Notices of which more is on trips than their present versions say, or another product."""
    taken, lines = on_trips(one.id for one in notices), current_lines(notices)
    said = {(notice, line.position): (line.cartons, line.gift) for notice, rows in lines.items() for line in rows}
    wrong = {key[0] for key, have in taken.items() if have[0] > said.get(key, (0, 0))[0] or have[1] > said.get(key, (0, 0))[1]}
    return [one for one in notices if one.id in wrong]


def value_fen(pieces: Iterable[Piece], tally: dict[int, int] | None = None) -> int:
    """Goods money of pieces, in fen. Line by line it is the difference of what was frozen through these cartons and before them, so
    that partial shipments of an order line always add up to its amount. `tally`: cartons gone by order line, carried from load to load."""
    listed = [one for one in pieces if one.cartons]
    lines = OrderLine.objects.in_bulk([one.line.order_line for one in listed if one.line.order_line])
    gone = {} if tally is None else tally
    total = 0
    for piece in listed:
        line = lines.get(piece.line.order_line or 0)
        if line is None:
            total += times(piece.line.yuan, piece.cartons)
            continue
        start = gone.get(line.id, line.shipped)
        gone[line.id] = start + piece.cartons
        total += _through(line, gone[line.id]) - _through(line, start)
    return total


def _through(line: OrderLine, cartons: int) -> int:
    return line.fen if cartons == line.cartons else times(line.yuan, cartons)


def order_lines(pieces: Iterable[Piece]) -> list[tuple[int, int, int]]:
    """As `orders.shipping` wants them: order line, cartons, giveaway cartons. Substitutes count for no line of the order."""
    return [(one.line.order_line, one.cartons, one.gift) for one in pieces if one.line.order_line is not None]


def write_lines(consignment: Consignment, load: Load) -> None:
    """Replace what is written down of a consignment."""
    ConsignmentLine.objects.filter(consignment=consignment).delete()
    ConsignmentLine.objects.bulk_create(
        ConsignmentLine(consignment=consignment, line=one.line.id, product=one.line.product_id, cartons=one.cartons, gift=one.gift)
        for one in load.pieces
    )


def uids(loads: Iterable[Load]) -> tuple[UUID, ...]:
    return tuple(one.notice.uid for one in loads)
