"""Facts of shipping notices, until their module answers for them."""

from __future__ import annotations

from typing import Any

from gatepass.dispatch import facts
from gatepass.dispatch.models import Approval, Doubt, Notice, NoticeLine, Pick
from gatepass.enforcement.facts import SOURCES
from gatepass.orders.facts import Unpaid, UnpaidGoods
from gatepass.orders.models import Order
from gatepass.receivables.dues import unpaid_fen


def approvals(event: Any) -> facts.Approvals:
    found = []
    for row in Notice.objects.filter(uid__in=event.notices):
        of = {
            side: frozenset(Approval.objects.filter(notice=row, version=row.version, side=side).values_list("person", flat=True))
            for side in ("finance", "sales")
        }
        found.append(facts.Approved(row.uid, row.number, row.version, row.written_by, of["finance"], of["sales"]))
    return facts.Approvals(tuple(found))


def doubts(event: Any) -> facts.OpenDoubts:
    rows = Doubt.objects.filter(notice__uid__in=event.notices, answered_at=None)
    return facts.OpenDoubts(tuple(facts.AskedOf(row.notice.uid, row.notice.number, row.question) for row in rows))


def picked(event: Any) -> facts.Picked:
    found = []
    for row in Notice.objects.filter(uid__in=event.notices):
        wanted = sum(one.cartons + one.gift for one in NoticeLine.objects.filter(notice=row, until_version=None))
        found.append(
            facts.PickState(
                row.uid,
                row.number,
                wanted,
                sum(Pick.objects.filter(line__notice=row).values_list("cartons", flat=True)),
            )
        )
    return facts.Picked(tuple(found))


def unpaid(event: Any) -> Unpaid:
    rows = Order.objects.filter(uid__in=event.orders)
    return Unpaid(tuple(UnpaidGoods(row.uid, row.number, unpaid_fen(row.uid, row.goods_fen), 0) for row in rows))


def stand_in() -> None:
    for kind, source in {
        facts.Approvals: approvals,
        facts.OpenDoubts: doubts,
        facts.Picked: picked,
        Unpaid: unpaid,
    }.items():
        SOURCES.setdefault(kind, source)
