"""An order's account broken down by consignment (C4): each with its own sum due, received and open.

What is paid covers the old balance first, then consignments in the order of their notices, by the rule that the gate goes by
(`receivables.rests.uncovered`). Rows add up to what the order asks for, and to what was received of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from gatepass.dispatch.models import Notice
from gatepass.identity import uid_in
from gatepass.look.moments import stamp
from gatepass.orders.figures import Behind, came_for
from gatepass.orders.locking import seen_by
from gatepass.orders.models import Order
from gatepass.receivables.rests import Cover, cover_of, covers
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.transport import loads
from gatepass.transport.models import Consignment
from gatepass.transport.of_order import OnTheWay
from gatepass.words import Text, same


@dataclass(frozen=True, slots=True)
class Share:
    """A part of an order's account, in fen. key: what its entries are asked for by; subject: its consignment or notice.

    Negative ones (a credit from before, a discount, a subsidy) lower what is due and count as received.
    """

    key: str
    name: Text
    state: Text
    due_fen: int
    received_fen: int
    href: str = ""

    @property
    def open_fen(self) -> int:
        return self.due_fen - self.received_fen


@dataclass(frozen=True, slots=True)
class _Part:
    """Goods that are paid for as one: a consignment, or what of a notice or of the order is on no vehicle yet."""

    key: str
    name: Text
    state: Text
    fen: int
    href: str = ""


PREVIOUS = Text("原欠及并入项目", "From before")
FREIGHT = Text("本次运费", "Freight of this order")
SUBSIDY = Text("本次运补", "Subsidy of this order")
DISCOUNT = Text("政策折扣", "Discount by policy")
WAITS = Text("还没上车", "on no vehicle yet")
UNNOTICED = Text("还没开通知单的货", "Goods without a notice")
SURPLUS = Text("多到的，留作余款", "More than was due: stays in credit")
DUE = Text("应打", "Due")
RECEIVED = Text("已到", "Received")
LEFT = Text("{at} 出门", "left {at}")
ABOARD = Text("在 {trip} 上，未出门", "on {trip}, not left")


def shares(sight: Sight, order: UUID) -> tuple[Share, ...]:
    """The account of an order by consignment; nothing before it is sent, and for who may not see money. Raises NotFound out of scope."""
    found = shares_of(sight, [order])
    if order not in found:
        raise NotFound("order")
    return found[order]


def shares_at_hand(row: Order, cover: Cover, way: OnTheWay) -> tuple[Share, ...]:
    """The same of an order that the caller has scoped and read. Two statements."""
    return tuple(_shares(cover, _parts(row, _held({row.pk: way.standing}, [one for one in way.consignments if one.voided_at is None]))))


def shares_of(sight: Sight, orders: Collection[UUID]) -> dict[UUID, tuple[Share, ...]]:
    """The accounts of several orders, those out of scope left out. Six statements, however many orders."""
    rows = list(seen_by(sight).filter(uid__in=orders).order_by("id"))
    asked = covers([row.uid for row in rows]) if sight.may(Power.SEE_MONEY) else {}
    goods = _loaded([row for row in rows if row.uid in asked])
    return {row.uid: tuple(_shares(asked[row.uid], _parts(row, goods))) if row.uid in asked else () for row in rows}


def entries(sight: Sight, order: UUID, key: str, what: str) -> list[Behind]:
    """What stands behind a figure of a share: `due`, `received` or `open`. Raises NotFound out of scope and for what there is not."""
    found = shares(sight, order)
    share = next((one for one in found if one.key == key), None)
    if share is None or what not in ("due", "received", "open"):
        raise NotFound("share")
    if what == "open":
        return [Behind(None, DUE, share.due_fen), Behind(None, RECEIVED, -share.received_fen)]
    return list(_sources(order, found, key)) if what == "received" else list(_goods(order, share))


@dataclass(frozen=True, slots=True)
class _Goods:
    """The notices of some orders with what of them is consigned, on trips, and waits."""

    notices: Mapping[int, Sequence[Notice]]
    consigned: Mapping[int, Sequence[Consignment]]
    known: loads.Manifest
    waiting: Mapping[int, loads.Load]


def _loaded(rows: Sequence[Order]) -> _Goods:
    notices: dict[int, list[Notice]] = defaultdict(list)
    for notice in Notice.objects.filter(order__in=rows, voided_at=None).order_by("id"):
        notices[notice.order_id].append(notice)
    every = [notice for of_order in notices.values() for notice in of_order]
    return _held(notices, Consignment.objects.filter(notice__in=every, voided_at=None).select_related("trip").order_by("id"))


def _held(notices: Mapping[int, Sequence[Notice]], consignments: Iterable[Consignment]) -> _Goods:
    consigned: dict[int, list[Consignment]] = defaultdict(list)
    for one in consignments:
        consigned[one.notice_id].append(one)
    known = loads.manifest([notice for of_order in notices.values() for notice in of_order])
    return _Goods(notices, consigned, known, {load.notice.id: load for load in loads.remaining(known)})


def _shares(cover: Cover, parts: Sequence[_Part]) -> Iterator[Share]:
    before, came = cover.asked.remit_fen - cover.asked.fen, cover.paid_fen
    off = cover.asked.off_fen
    beside = cover.asked.fen + off - sum(one.fen for one in parts)
    through = covered = 0
    found: list[Share] = []
    for part in parts:
        through += part.fen
        paid = through - cover.unpaid(through)
        found.append(Share(part.key, part.name, part.state, part.fen, paid - covered, part.href))
        covered = paid
    if before:
        yield Share("previous", PREVIOUS, same(""), before, min(came, before) if before > 0 else before)
    yield from found
    left, taken = came - before - covered + off, 0
    if off:
        yield Share("discount", DISCOUNT, same(""), -off, -off)
    if beside:
        taken = min(max(0, left), beside) if beside > 0 else beside
        yield Share("freight", FREIGHT if beside > 0 else SUBSIDY, same(""), beside, taken)
    if left - taken > 0:
        yield Share("surplus", SURPLUS, same(""), 0, left - taken)


def _parts(row: Order, goods: _Goods) -> list[_Part]:
    """In the order of the notices; what of a notice waits comes after its consignments, what has no notice last."""
    notices, known = goods.notices.get(row.id, ()), goods.known
    found: list[_Part] = []
    for notice in notices:
        for one in goods.consigned.get(notice.id, ()):
            found.append(_Part(str(one.uid), same(one.number), _state(one), one.goods_fen, f"/trips/{one.trip.uid}/"))
        if fen := loads.value_fen(known, goods.waiting[notice.id].pieces):
            found.append(_Part(str(notice.uid), same(notice.number), WAITS, fen, f"/notices/{notice.uid}/"))
    rest = row.goods_fen - sum(one.fen for one in found)
    noticed = sum(line.cartons for notice in notices for line in known.current(notice.id))
    if rest and found and noticed >= row.cartons:  # what rounding left over goes with the last part
        found[-1] = replace(found[-1], fen=found[-1].fen + rest)
    elif rest:
        found.append(_Part("goods", UNNOTICED, same(""), rest))
    return found


def _state(one: Consignment) -> Text:
    if one.left_at is None:
        return ABOARD.fill(trip=one.trip.number)
    return LEFT.fill(at=Text(stamp(one.left_at, "zh"), stamp(one.left_at, "en")))


def _sources(order: UUID, found: Sequence[Share], key: str) -> Iterator[Behind]:
    """Which money covers a share: a credit from before, then receipts as they came, a discount and a subsidy of the order last."""
    money = [*_credits(found, "previous"), *_receipts(order), *_credits(found, "discount"), *_credits(found, "freight")]
    share = next(one for one in found if one.key == key)
    if share.due_fen < 0:
        yield Behind(None, share.name, share.received_fen)
        return
    start = sum(one.received_fen for one in found[: found.index(share)] if one.due_fen > 0)
    until, at = start + share.received_fen, 0
    for one in money:
        fen = one.fen or 0
        part = min(until, at + fen) - max(start, at)
        if part > 0:
            yield Behind(one.day, one.what, part, one.href)
        at += fen


def _credits(found: Iterable[Share], key: str) -> Iterator[Behind]:
    for one in found:
        if one.key == key and one.due_fen < 0:
            yield Behind(None, one.name, -one.due_fen)


def _receipts(order: UUID) -> Iterator[Behind]:
    cover = cover_of(order)
    return iter(came_for(cover) if cover else ())


def _pieces(order: UUID, share: Share) -> Sequence[tuple[loads.Piece, int]]:
    """The goods of a share that is a consignment, or a notice that waits, with what each is worth; nothing of any other."""
    uid = uid_in(share.key)
    consignment = Consignment.objects.select_related("notice").filter(order=order, uid=uid).first() if uid else None
    notice = consignment.notice if consignment else Notice.objects.filter(order__uid=order, uid=uid).first() if uid else None
    if notice is None:
        return ()
    known = loads.manifest([notice])
    pieces = loads.kept(known, [consignment])[consignment.id] if consignment else loads.remaining(known)[0].pieces
    if consignment and consignment.left_at:
        fens = loads.charged(consignment)
        return [(one, fens.get(one.line.pk, 0)) for one in pieces]
    return [(one, loads.value_fen(known, [one])) for one in pieces]


def _goods(order: UUID, share: Share) -> Iterator[Behind]:
    """The goods of a consignment or of what waits of a notice, line by line; else the figure itself."""
    pieces = _pieces(order, share)
    said = Text("{name} {n} 件 × {yuan}", "{name}, {n} cartons × {yuan}")
    for one, fen in pieces:
        if one.cartons:
            yield Behind(None, said.fill(name=one.line.product.name, n=one.cartons, yuan=f"{one.line.yuan.normalize():f}"), fen)
    if not pieces:
        yield Behind(None, share.name, share.due_fen, f"/orders/{order}/")
