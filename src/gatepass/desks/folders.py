"""The daily folders (C19): paid and waiting, unpaid and to be collected, to be shipped today, other matters. Always complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from gatepass.desks import sql
from gatepass.dispatch.models import Notice, UnpaidSignature
from gatepass.dispatch.unpaid import remaining
from gatepass.enforcement.models import Obligation
from gatepass.journal.reading import value
from gatepass.money import figure
from gatepass.orders.locking import seen_by
from gatepass.receivables.models import Item
from gatepass.receivables.rests import SALES, Cover, covers
from gatepass.roles import Power, Sight
from gatepass.transport.models import Consignment
from gatepass.words import Text

NAMES: Final = {
    "paid": Text("已打款待发货", "Paid, to be shipped"),
    "unpaid": Text("未打款待催款", "Unpaid, to be collected"),
    "today": Text("当日应发货", "To be shipped today"),
    "other": Text("其他待处理", "Other matters"),
}


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder: its key, how many are in it, one line of money or urgency, what is late; open: how many wait for who looks at it."""

    key: str
    count: int
    line: Text
    late: Text | None
    open: int

    @property
    def name(self) -> Text:
        return NAMES[self.key]

    @property
    def href(self) -> str:
        return f"/folders/{self.key}/"


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """A confirmed order that waits for goods or money. sum_fen: of one that is paid, what its cartons still to leave come to, with freight,
    subsidy and discount; of others, what it asks for. open_fen: what of that is open. Sums are None for who may not see money.
    """

    uid: UUID
    number: str
    customer_name: str
    cartons: int
    sum_fen: int | None
    open_fen: int | None
    promised_on: date | None
    ready: bool
    due_at: datetime | None
    noticed: int
    gone: bool


def confirmed(sight: Sight) -> QuerySet[Any]:
    """Confirmed orders that wait for goods or money. Goods that left unpaid wait for their money until it is there."""
    owed = Item.objects.filter(rest_fen__gt=0, document_kind=SALES).values("order")
    waiting = Q(shipped_at=None, cancelled_at=None, confirmed_at__isnull=False) | Q(shipped_at__isnull=False, uid__in=owed)
    return seen_by(sight).filter(waiting)


def _cleared(row: Any, cover: Cover | None, signed: Mapping[int, Sequence[UnpaidSignature]]) -> bool:
    """To be shipped: paid in full, nothing to remit, or signed for by the director for the whole that is unpaid: of a notice that has
    not left, or of the goods that wait for one."""
    if row.shipped_at is not None or cover is None:
        return False
    if cover.asked.covered_at is not None:
        return True
    mine = signed.get(row.pk, ())
    if any(one.notice is not None for one in mine):
        return True
    return remaining([(one.fen, one.paid_fen) for one in mine], cover.goods_paid_fen) >= min(cover.open_fen, cover.inside) > 0


def sums(sight: Sight, today: date) -> dict[str, int]:
    """Every figure of the folders, in one statement."""
    midnight, tomorrow = _day(today)
    regions = None if sight.regions is None else sorted(sight.regions)
    asked = {"everywhere": regions is None, "regions": regions, "today": today, "midnight": midnight, "tomorrow": tomorrow}
    return cast(dict[str, int], value(sql.FOLDERS, asked))


def folders(sight: Sight, today: date) -> list[Folder]:
    """The four folders with their counts."""
    money, found, own = sight.may(Power.SEE_MONEY), sums(sight, today), sight.may(Power.TAKE_ORDER)
    shipping = Text("{left} 单已出门，{waiting} 单待出门", "{left} left, {waiting} to go").fill(left=found["gone"], waiting=found["waiting"])
    return [
        Folder("paid", found["paid"], _yuan(found["goods"]) if money else Text("", ""), None, found["paid"] * own),
        Folder("unpaid", found["unpaid"], _yuan(found["awaited"]) if money else Text("", ""), _broken(found["broken"]), found["broken"] * own),
        Folder("today", found["waiting"], shipping, None, found["waiting"] * own),
        _other(_matters(found, sight), own=own),
    ]


def _day(today: date) -> tuple[datetime, datetime]:
    midnight = datetime.combine(today, time(), ZoneInfo(settings.TIME_ZONE))
    return midnight, midnight + timedelta(days=1)


def _yuan(fen: int) -> Text:
    return Text("¥{sum}", "¥{sum}").fill(sum=figure(fen))


def _broken(count: int) -> Text | None:
    return Text("{n} 单过约定日", "{n} orders past the promised date").fill(n=count) if count else None


def of_today(sight: Sight, today: date) -> QuerySet[Notice]:
    """Notices whose shipping day has come, whose truck is for today, or whose order must have left by midnight (D4.3); and those that left
    today."""
    rows = Notice.objects.filter(order__in=seen_by(sight), voided_at=None)
    midnight, tomorrow = _day(today)
    aboard = Consignment.objects.filter(voided_at=None, left_at=None, trip__day__lte=today).values("notice")
    to_leave = Q(ship_on__lte=today) | Q(order__uid__in=_due(tomorrow)) | Q(id__in=aboard)
    return rows.filter(Q(left_at=None) & to_leave | Q(left_at__gte=midnight, left_at__lt=tomorrow))


def unnoticed_of_today(sight: Sight, today: date) -> QuerySet[Any]:
    """Orders that must have left by midnight and have no notice to leave on."""
    standing = Notice.objects.filter(order__isnull=False, voided_at=None, left_at=None).values("order")
    return seen_by(sight).filter(uid__in=_due(_day(today)[1]), shipped_at=None, cancelled_at=None).exclude(id__in=standing)


def _due(by: datetime) -> QuerySet[Any, Any]:
    """The orders whose goods must have left by then, or before."""
    return Obligation.objects.filter(clause="D4.3", closed_at=None, due_at__lte=by).values("order")


@dataclass(frozen=True, slots=True)
class Matter:
    """Something else that waits: what kind, how many, and where it is dealt with."""

    name: Text
    count: int
    href: str


def matters(sight: Sight, today: date) -> list[Matter]:
    """Orders to be sent or sent again, signatures asked for, doubts, changes, shortages, vouchers and differences that are open."""
    return _matters(sums(sight, today), sight)


def _matters(found: dict[str, int], sight: Sight) -> list[Matter]:
    """What waits for the director's signature stands first for him."""
    to_sign = Matter(Text("先发后款待签批", "unpaid goods to sign for"), found["signatures"], "/orders/?show=unsigned")
    to_send = Matter(Text("核过账待发客户", "checked, to be sent"), found["unsent"], "/orders/?show=unsent")
    open_ = [
        *((to_sign, to_send) if sight.may(Power.SIGN_UNPAID) else (to_send, to_sign)),
        Matter(Text("仓库疑问", "warehouse doubts"), found["doubts"], "/notices/?shows=doubts"),
        Matter(Text("变动待同意", "changes to consent to"), found["changes"], "/notices/?shows=changes"),
        Matter(Text("缺货待沟通", "shortages to take up"), found["shortages"], "/production/"),
        Matter(Text("票据待审", "vouchers to approve"), found["vouchers"], "/receipts/?shows=vouchers"),
        Matter(Text("差额待查", "differences to explain"), found["differences"], "/receipts/?shows=differences"),
    ]
    return open_ if sight.may(Power.SEE_MONEY) else [to_send, *open_[2:5]]


def _other(open_: Sequence[Matter], *, own: bool) -> Folder:
    waiting = [matter for matter in open_ if matter.count]
    parts = [Text("{name} {n}", "{name} {n}").fill(name=matter.name, n=matter.count) for matter in waiting[:3]]
    line = Text(" · ".join(p.zh for p in parts), " · ".join(p.en for p in parts)) if parts else Text("没有", "none")
    count = sum(matter.count for matter in waiting)
    return Folder("other", count, line, None, count * own)


def folder_orders(sight: Sight, key: str) -> list[OpenOrder]:
    """The orders of the paid or the unpaid folder, most urgent first."""
    money = sight.may(Power.SEE_MONEY)
    clock = Obligation.objects.filter(order=OuterRef("uid"), clause__startswith="D4", closed_at=None).order_by("due_at").values("due_at")[:1]
    rows = (
        confirmed(sight)
        .annotate(clock=Subquery(clock))
        .select_related("customer")
        .order_by(F("clock").asc(nulls_last=True), "promised_on", "id")
    )
    listed = list(rows)
    asked = covers([row.uid for row in listed])
    signed: dict[int, list[UnpaidSignature]] = {}
    live = UnpaidSignature.objects.select_related("notice").filter(order__in=listed, signed_at__isnull=False, voided_at=None)
    for one in live.filter(Q(notice=None) | Q(notice__left_at=None, notice__version=F("version"))):
        signed.setdefault(one.order_id, []).append(one)
    found = [row for row in listed if _cleared(row, asked.get(row.uid), signed) is (key == "paid")]
    return [_open(row, asked.get(row.uid) if money else None, paid=key == "paid") for row in found]


def _open(row: Any, cover: Cover | None, *, paid: bool) -> OpenOrder:
    due_at: datetime | None = row.clock
    due_fen = (cover.inside if paid else cover.asked.remit_fen) if cover else None
    return OpenOrder(
        row.uid, row.number, row.customer.name, row.cartons + row.gifts, due_fen,
        max(0, cover.alone_fen) if cover else None, row.promised_on, row.ready_at is not None, due_at, row.noticed, row.shipped_at is not None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayNotice:
    """A notice of today's folder, or an order that has none yet (number: "")."""

    uid: UUID
    number: str
    order_number: str
    customer_name: str
    ship_on: date | None
    stage: Text
    left_at: datetime | None

    @property
    def href(self) -> str:
        return f"/notices/{self.uid}/?in=today" if self.number else f"/orders/{self.uid}/"


def in_order(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    """As the folder of the day lists them."""
    return rows.order_by("left_at", "ship_on", "id")


def day_notices(sight: Sight, today: date) -> Sequence[DayNotice]:
    """What is to leave today, and what has left."""
    rows = in_order(of_today(sight, today)).select_related("order__customer")
    listed = ((one, one.order) for one in rows if one.order is not None)
    notices = [DayNotice(n.uid, n.number, of.number, of.customer.name, n.ship_on, _stage(n), n.left_at) for n, of in listed]
    without = Text("还没开通知单", "no notice yet")
    orders = unnoticed_of_today(sight, today).select_related("customer").order_by("id")
    return [*(DayNotice(one.uid, "", one.number, one.customer.name, None, without, None) for one in orders), *notices]


def _stage(row: Notice) -> Text:
    steps = (
        (row.left_at, Text("已出门", "left")),
        (row.picked_at, Text("已配齐，待装车出门", "picked, to be loaded")),
        (row.picking_at, Text("配货中", "being picked")),
        (row.effective_at, Text("已生效，待配货", "effective, to be picked")),
    )
    return next((text for at, text in steps if at), Text("待审批", "to be approved"))
