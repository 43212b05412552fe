"""The daily folders (C19): paid and waiting, unpaid and to be collected, to be shipped today, other matters. Always complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from gatepass.customers.models import Customer
from gatepass.dispatch.models import Change, Doubt, Notice
from gatepass.enforcement.models import Obligation
from gatepass.money import figure
from gatepass.orders.locking import seen_by
from gatepass.orders.models import UnpaidSignature
from gatepass.production.models import Shortage
from gatepass.receivables.models import Due, Receipt, Voucher
from gatepass.roles import Power, Sight
from gatepass.words import Text

NAMES: Final = {
    "paid": Text("已打款待发货", "Paid, to be shipped"),
    "unpaid": Text("未打款待催款", "Unpaid, to be collected"),
    "today": Text("当日应发货", "To be shipped today"),
    "other": Text("其他待处理", "Other matters"),
}


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder: its key, how many are in it, one line of money or urgency, and what is late."""

    key: str
    count: int
    line: Text
    late: Text | None

    @property
    def name(self) -> Text:
        return NAMES[self.key]

    @property
    def href(self) -> str:
        return f"/folders/{self.key}/"


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """A confirmed order that has not left completely. Sums are None for who may not see money."""

    uid: UUID
    number: str
    customer_name: str
    cartons: int
    sum_fen: int | None
    received_fen: int | None
    promised_on: date | None
    ready: bool
    due_at: datetime | None
    noticed: int


def confirmed(sight: Sight) -> QuerySet[Any]:
    """Confirmed orders under way, each with whether it is cleared: paid in full, nothing to remit, or signed for by the director."""
    covered = Due.objects.filter(order=OuterRef("uid"), covered_at__isnull=False)
    signed = UnpaidSignature.objects.filter(order=OuterRef("pk"), signed_at__isnull=False)
    return seen_by(sight).filter(confirmed_at__isnull=False, shipped_at=None, cancelled_at=None).annotate(cleared=Exists(covered) | Exists(signed))


def _received() -> Coalesce:
    return Coalesce(Subquery(Due.objects.filter(order=OuterRef("uid")).values("received_fen")[:1]), 0, output_field=BigIntegerField())


def folders(sight: Sight, today: date) -> list[Folder]:
    """The four folders with their counts, in five statements."""
    money = sight.may(Power.SEE_MONEY)
    sums = confirmed(sight).aggregate(
        paid=Count("id", filter=Q(cleared=True)),
        goods=Sum("goods_fen", filter=Q(cleared=True)),
        unpaid=Count("id", filter=Q(cleared=False)),
        broken=Count("id", filter=Q(cleared=False, promised_on__lt=today)),
    )
    awaited = confirmed(sight).filter(cleared=False).annotate(got=_received()).aggregate(fen=Sum(F("remit_fen") - F("got")))["fen"] or 0
    return [
        Folder("paid", sums["paid"], _yuan(sums["goods"] or 0) if money else Text("", ""), None),
        Folder("unpaid", sums["unpaid"], _yuan(awaited) if money else Text("", ""), _broken(sums["broken"])),
        _today(sight, today),
        _other(sight),
    ]


def _yuan(fen: int) -> Text:
    return Text("¥{sum}", "¥{sum}").fill(sum=figure(fen))


def _broken(count: int) -> Text | None:
    return Text("{n} 家过约定日", "{n} past the promised date").fill(n=count) if count else None


def of_today(sight: Sight, today: date) -> QuerySet[Notice]:
    """Notices whose shipping day has come, and those that left today."""
    rows = Notice.objects.filter(order__in=seen_by(sight), voided_at=None)
    midnight = datetime.combine(today, time(), ZoneInfo(settings.TIME_ZONE))
    return rows.filter(Q(ship_on__lte=today, left_at=None) | Q(left_at__gte=midnight, left_at__lt=midnight + timedelta(days=1)))


def _today(sight: Sight, today: date) -> Folder:
    sums = of_today(sight, today).aggregate(all=Count("id"), left=Count("id", filter=Q(left_at__isnull=False)))
    waiting = sums["all"] - sums["left"]
    return Folder(
        "today", waiting, Text("{left} 单已出门，{waiting} 单待出门", "{left} left, {waiting} to go").fill(left=sums["left"], waiting=waiting), None
    )


@dataclass(frozen=True, slots=True)
class Matter:
    """Something else that waits: what kind, how many, and where it is dealt with."""

    name: Text
    count: int
    href: str


def matters(sight: Sight) -> list[Matter]:
    """Signatures asked for, doubts, changes, shortages, vouchers and differences that are open, in one page's worth of small counts."""
    notices, orders = _inside(sight, "notice__order"), _inside(sight, "order")
    waiting = Doubt.objects.filter(notices, answered_at=None, notice__voided_at=None)
    changes = Change.objects.filter(notices, consented_at=None, declined_at=None, withdrawn_at=None, notice__voided_at=None)
    seen = Q() if sight.regions is None else Q(demand__order__in=seen_by(sight).values("uid"))
    shortages = Shortage.objects.filter(seen, taken_up_at=None)
    found = [
        Matter(Text("仓库疑问", "warehouse doubts"), waiting.count(), "/notices/?shows=doubts"),
        Matter(Text("变动待同意", "changes to consent to"), changes.count(), "/notices/?shows=changes"),
        Matter(Text("缺货待沟通", "shortages to take up"), shortages.count(), "/production/"),
    ]
    if sight.may(Power.SEE_MONEY):
        customers = Q() if sight.regions is None else Q(customer__in=Customer.objects.filter(region__in=sight.regions).values("uid"))
        asked = UnpaidSignature.objects.filter(orders, signed_at=None, declined_at=None, order__cancelled_at=None)
        vouchers = Voucher.objects.filter(customers, booked_at=None, rejected_at=None)
        differences = Receipt.objects.filter(customers, explained_at=None).exclude(difference_fen=0)
        found = [
            Matter(Text("先发后款待签批", "unpaid goods to sign for"), asked.count(), "/orders/?show=unsigned"),
            *found,
            Matter(Text("票据待审", "vouchers to approve"), vouchers.count(), "/receipts/?shows=vouchers"),
            Matter(Text("差额待查", "differences to explain"), differences.count(), "/receipts/?shows=differences"),
        ]
    return found


def _inside(sight: Sight, where: str) -> Q:
    """Only what lies in one's regions, where one has some."""
    return Q() if sight.regions is None else Q(**{f"{where}__region__in": sight.regions})


def _other(sight: Sight) -> Folder:
    waiting = [matter for matter in matters(sight) if matter.count]
    parts = [Text("{name} {n}", "{name} {n}").fill(name=matter.name, n=matter.count) for matter in waiting[:3]]
    line = Text(" · ".join(p.zh for p in parts), " · ".join(p.en for p in parts)) if parts else Text("没有", "none")
    return Folder("other", sum(matter.count for matter in waiting), line, None)


def folder_orders(sight: Sight, key: str) -> list[OpenOrder]:
    """The orders of the paid or the unpaid folder, most urgent first."""
    money = sight.may(Power.SEE_MONEY)
    clock = Obligation.objects.filter(order=OuterRef("uid"), clause__startswith="D4", closed_at=None).order_by("due_at").values("due_at")[:1]
    rows = (
        confirmed(sight)
        .filter(cleared=key == "paid")
        .annotate(clock=Subquery(clock), got=_received())
        .select_related("customer")
        .order_by(F("clock").asc(nulls_last=True), "promised_on", "id")
    )
    return [_open(row, money, key) for row in rows]


def _open(row: Any, money: bool, key: str) -> OpenOrder:
    asked = row.goods_fen if key == "paid" else (row.remit_fen or 0)
    got: int = row.got
    due_at: datetime | None = row.clock
    return OpenOrder(
        row.uid, row.number, row.customer.name, row.cartons + row.gifts, asked if money else None, got if money else None, row.promised_on,
        row.ready_at is not None, due_at, row.noticed,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayNotice:
    """A notice of today's folder."""

    uid: UUID
    number: str
    order_number: str
    customer_name: str
    ship_on: date | None
    stage: Text
    left_at: datetime | None


def day_notices(sight: Sight, today: date) -> Sequence[DayNotice]:
    """What is to leave today, and what has left."""
    rows = of_today(sight, today).select_related("order__customer").order_by("left_at", "ship_on", "id")
    return [DayNotice(r.uid, r.number, r.order.number, r.order.customer.name, r.ship_on, _stage(r), r.left_at) for r in rows if r.order is not None]


def _stage(row: Notice) -> Text:
    steps = (
        (row.left_at, Text("已出门", "left")),
        (row.picked_at, Text("已配齐，待装车出门", "picked, to be loaded")),
        (row.picking_at, Text("配货中", "being picked")),
        (row.effective_at, Text("已生效，待配货", "effective, to be picked")),
    )
    return next((text for at, text in steps if at), Text("待审批", "to be approved"))
