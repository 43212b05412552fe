"""Which notices somebody sees, and how commands find and lock them. Outside one's sight is absent (NotFound)."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.db.models import Q, QuerySet

from gatepass.customers.models import Customer
from gatepass.dispatch import sql
from gatepass.dispatch.goods import current_lines
from gatepass.dispatch.models import Change, Doubt, Notice, NoticeLine, Sample
from gatepass.journal.reading import joined
from gatepass.orders.models import Order
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound

HANDED_OVER = Q(handed_over_at__isnull=False)
"""What the warehouse knows of: notices that were effective once, also while a further version waits for approval."""


def notices(sight: Sight) -> QuerySet[Notice]:
    """Desk, finance and managers: their regions. Warehouse: what was handed over. Everybody else: none."""
    if sight.may(Power.SEE_ORDERS):
        return Notice.objects.all() if sight.regions is None else Notice.objects.filter(order__region__in=sight.regions)
    return Notice.objects.filter(HANDED_OVER) if sight.may(Power.PICK) else Notice.objects.none()


def samples(sight: Sight) -> QuerySet[Sample]:
    """As notices; the warehouse sees samples that are approved and not yet sent."""
    if sight.may(Power.SEE_ORDERS):
        return Sample.objects.all() if sight.regions is None else Sample.objects.filter(region__in=sight.regions)
    waiting = Sample.objects.filter(approved_at__isnull=False, sent_at=None)
    return waiting if sight.may(Power.PICK) else Sample.objects.none()


def sees(sight: Sight, notice: Notice) -> bool:
    """Whether this one, with its order, is among the notices that somebody sees."""
    if sight.may(Power.SEE_ORDERS):
        return sight.regions is None or notice.order.region in sight.regions
    return notice.handed_over_at is not None and sight.may(Power.PICK)


def lock_notice(sight: Sight, uid: UUID, *, with_order: bool = False) -> Notice:
    """The notice in sight, locked; with its customer and order before it where money or open goods count. Raises NotFound."""
    text = sql.LOCK_NOTICE_AND_ORDER if with_order else sql.LOCK_NOTICE
    found = joined((Notice, Order, Customer), text, {"notice": uid})
    if not found:
        raise NotFound("notice")
    notice, order, customer = cast(tuple[Notice, Order, Customer], found[0])
    order.customer = customer
    notice.order = order
    if not sees(sight, notice):
        raise NotFound("notice")
    return notice


def line_of(notice: Notice, uid: UUID, *, lock_product: bool = False) -> NoticeLine:
    """A line of the notice as it stands now; with its product locked where stock is taken or put back. Raises NotFound."""
    lines = current_lines(notice, sql.LINE_AND_LOCKED_PRODUCT, {"line": uid}) if lock_product else current_lines(notice)
    found = next((line for line in lines if line.uid == uid), None)
    if found is None:
        raise NotFound("line")
    return found


def lock_change(sight: Sight, uid: UUID, *, with_order: bool = False) -> Change:
    """The change, its notice locked before it. Raises NotFound."""
    notice = Change.objects.filter(uid=uid).values_list("notice__uid", flat=True).first()
    if notice is None:
        raise NotFound("change")
    locked = lock_notice(sight, notice, with_order=with_order)
    change = Change.objects.select_for_update(no_key=True, of=("self",)).select_related("line__product", "product").get(uid=uid)
    change.notice = locked
    return change


def lock_doubt(sight: Sight, uid: UUID) -> Doubt:
    """The doubt, its notice locked before it. Raises NotFound."""
    notice = Doubt.objects.filter(uid=uid).values_list("notice__uid", flat=True).first()
    if notice is None:
        raise NotFound("doubt")
    locked = lock_notice(sight, notice)
    doubt = Doubt.objects.select_for_update(no_key=True, of=("self",)).select_related("line__product").get(uid=uid)
    doubt.notice = locked
    return doubt


def lock_sample(sight: Sight, uid: UUID) -> Sample:
    found = samples(sight).select_for_update(no_key=True, of=("self",)).select_related("customer").filter(uid=uid).first()
    if found is None:
        raise NotFound("sample")
    return found
