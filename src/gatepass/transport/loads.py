"""What a trip carries of its notices: cartons, weight, volume, value. One notice may go on several trips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast
from uuid import UUID

from django.db.models import Q

from gatepass.catalogue.models import Product
from gatepass.dispatch.models import Notice, NoticeLine
from gatepass.journal.prepared import prepared
from gatepass.journal.reading import joined
from gatepass.journal.rows import add, rows
from gatepass.money import times
from gatepass.orders.models import OrderLine
from gatepass.transport import sql
from gatepass.transport.models import Consignment, ConsignmentLine

LINE: Final = (NoticeLine, Product, OrderLine)


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


@dataclass(frozen=True, slots=True)
class Aboard:
    """Cartons of one notice line on one trip."""

    consignment: int
    notice: int
    left: bool
    line: int
    cartons: int
    gift: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """Some notices with every line they ever had, all lines of their orders, and what of them is on trips; read in two statements."""

    notices: tuple[Notice, ...]
    lines: Mapping[int, NoticeLine]
    ordered: Mapping[int, OrderLine]
    aboard: tuple[Aboard, ...]
    waiting: frozenset[tuple[int, int]]
    """Consignments that have not left, with their notices."""

    def current(self, notice: int) -> list[NoticeLine]:
        """What the present version of a notice says."""
        return [line for line in self.lines.values() if line.notice_id == notice and line.until_version is None]

    def on_trips(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Cartons and giveaways that are on trips, by notice and position."""
        found: dict[tuple[int, int], tuple[int, int]] = defaultdict(lambda: (0, 0))
        for one in self.aboard:
            key = one.notice, self.lines[one.line].position
            found[key] = (found[key][0] + one.cartons, found[key][1] + one.gift)
        return found

    def outstanding(self, order: int) -> int:
        """Cartons, giveaways included, that an order still waits for."""
        mine = [line for line in self.ordered.values() if line.order_id == order]
        return sum(line.cartons + line.gift - line.shipped - line.shipped_gift for line in mine)

    def of(self, consignment: int) -> list[Aboard]:
        return [one for one in self.aboard if one.consignment == consignment]


def manifest(notices: Iterable[Notice]) -> Manifest:
    """Read under the notices' locks."""
    named = tuple({one.id: one for one in notices}.values())
    asked = {"notices": [one.id for one in named]}
    lines: dict[int, NoticeLine] = {}
    ordered: dict[int, OrderLine] = {}
    for line, product, behind in cast(list[tuple[NoticeLine | None, Product, OrderLine | None]], joined(LINE, sql.LINES, asked)):
        if line is not None:
            line.product = product
            lines[line.id] = line
        if behind is not None:
            ordered[behind.id] = behind
    with prepared() as cursor:
        cursor.execute(sql.ABOARD, asked)
        rows = cursor.fetchall()
    here = tuple(Aboard(*row) for row in rows if row[3] is not None)
    return Manifest(named, lines, ordered, here, frozenset((row[0], row[1]) for row in rows if not row[2]))


def remaining(known: Manifest) -> list[Load]:
    """What of each notice is on no trip yet."""
    taken = known.on_trips()
    return [
        Load(notice, tuple(piece for line in known.current(notice.id) if (piece := _rest(line, taken[notice.id, line.position]))))
        for notice in known.notices
    ]


def _rest(line: NoticeLine, taken: tuple[int, int]) -> Piece | None:
    piece = Piece(line, max(0, line.cartons - taken[0]), max(0, line.gift - taken[1]))
    return piece if piece.cartons or piece.gift else None


def loaded(known: Manifest, consignments: Sequence[Consignment]) -> dict[int, Load]:
    """What each consignment should carry now. A notice that goes on this one trip whole follows its present version; a part of a
    notice keeps what was put on the trip."""
    split, parts = _split(known, consignments), kept(known, consignments)
    return {
        one.id: Load(
            one.notice,
            parts[one.id] if one.id in split else tuple(Piece(n, n.cartons, n.gift) for n in known.current(one.notice_id)),
        )
        for one in consignments
    }


def kept(known: Manifest, consignments: Sequence[Consignment]) -> dict[int, tuple[Piece, ...]]:
    """What is written down of each consignment."""
    return {one.id: tuple(Piece(known.lines[row.line], row.cartons, row.gift) for row in known.of(one.id)) for one in consignments}


def _split(known: Manifest, consignments: Sequence[Consignment]) -> set[int]:
    """Those whose notice also goes on another trip, or that were put on the trip in part."""
    here = {one.id for one in consignments}
    elsewhere = {row.notice for row in known.aboard if row.consignment not in here}
    return {one.id for one in consignments if one.partial or one.notice_id in elsewhere}


def stored(known: Manifest, consignments: Sequence[Consignment]) -> dict[int, tuple[tuple[int, int, int], ...]]:
    """What is written down of each consignment, as (notice line, cartons, giveaway)."""
    return {one.id: tuple((row.line, row.cartons, row.gift) for row in known.of(one.id)) for one in consignments}


def overdrawn(known: Manifest) -> list[Notice]:
    """Notices of which more is on trips than their present versions say, or another product."""
    said = {(one.notice_id, one.position): (one.cartons, one.gift) for one in known.lines.values() if one.until_version is None}
    taken = known.on_trips()
    wrong = {key[0] for key, have in taken.items() if have[0] > said.get(key, (0, 0))[0] or have[1] > said.get(key, (0, 0))[1]}
    return [one for one in known.notices if one.id in wrong]


def value_fen(known: Manifest, pieces: Iterable[Piece], tally: dict[int, int] | None = None) -> int:
    """Goods money of pieces, in fen. Line by line it is the difference of what was frozen through these cartons and before them, so
    that partial shipments of an order line always add up to its amount. `tally`: cartons gone by order line, carried from load to load."""
    gone = {} if tally is None else tally
    total = 0
    for piece in pieces:
        line = known.ordered.get(piece.line.order_line or 0)
        if not piece.cartons:
            continue
        if line is None:
            total += times(piece.line.yuan, piece.cartons)
            continue
        start = gone.get(line.id, line.shipped)
        gone[line.id] = start + piece.cartons
        total += _through(line, gone[line.id]) - _through(line, start)
    return total


def _through(line: OrderLine, cartons: int) -> int:
    return line.fen if cartons == line.cartons else times(line.yuan, cartons)


def charged(part: Consignment) -> dict[int, int]:
    """What the goods of a consignment that left were charged at, in fen, by the keys of its notice's lines: by what had left before them."""
    lines = [one for one in rows(ConsignmentLine, consignment_id=part.pk) if one.cartons]
    noticed = {one.pk: one for one in rows(NoticeLine, id=[one.line for one in lines])} if lines else {}
    ordered = {one.pk: one for one in rows(OrderLine, id=[line.order_line for line in noticed.values() if line.order_line])} if lines else {}
    gone, found = _gone_before(part, list(ordered)), dict[int, int]()
    for one in lines:
        line, behind = noticed[one.line], ordered.get(noticed[one.line].order_line or 0)
        start = gone.get(behind.pk, 0) if behind else 0
        found[one.line] = _through(behind, start + one.cartons) - _through(behind, start) if behind else times(line.yuan, one.cartons)
    if found:  # together they are what the consignment was charged
        found[lines[-1].line] += part.goods_fen - sum(found.values())
    return found


def _gone_before(part: Consignment, ordered: list[int]) -> dict[int, int]:
    """Cartons of order lines that had left when a consignment did."""
    of_line = dict(NoticeLine.objects.filter(order_line__in=ordered).values_list("id", "order_line"))
    earlier = Q(consignment__left_at__lt=part.left_at) | Q(consignment__left_at=part.left_at, consignment__lt=part.pk)
    before = ConsignmentLine.objects.filter(earlier, line__in=of_line, consignment__voided_at=None)
    found: dict[int, int] = defaultdict(int)
    for line, cartons in before.values_list("line", "cartons"):
        found[of_line[line] or 0] += cartons
    return found


def order_lines(pieces: Iterable[Piece]) -> list[tuple[int, int, int]]:
    """As `orders.shipping` wants them: order line, cartons, giveaway cartons. Substitutes count for no line of the order."""
    return [(one.line.order_line, one.cartons, one.gift) for one in pieces if one.line.order_line is not None]


def write_lines(consignment: Consignment, load: Load, *, anew: bool = False) -> None:
    """Write down what a consignment carries; `anew`: in place of what was written before."""
    if anew:
        ConsignmentLine.objects.filter(consignment=consignment).delete()
    add(
        *(
            ConsignmentLine(consignment=consignment, line=one.line.id, product=one.line.product_id, cartons=one.cartons, gift=one.gift)
            for one in load.pieces
        )
    )


def uids(loads: Iterable[Load]) -> tuple[UUID, ...]:
    return tuple(one.notice.uid for one in loads)
