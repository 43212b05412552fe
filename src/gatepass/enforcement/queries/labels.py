"""What a duty is about, named as people name it: document number, customer, carrier; within the statement that reads the duty."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from gatepass.carriers.models import Carrier
from gatepass.customers.models import Customer
from gatepass.dispatch.models import Change, Doubt, Notice
from gatepass.enforcement.models import Obligation, Reminder
from gatepass.gate.models import Authority
from gatepass.orders.models import Order
from gatepass.production.models import Demand, ShippingDay
from gatepass.transport.models import Consignment, Waybill

REFUSED_WORK = "D1.3"


def _of(rows: QuerySet[Any], column: str) -> Subquery:
    return Subquery(rows.values(column)[:1], output_field=CharField())


def labelled(duties: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """The same duties with document, customer_name, carrier_name, reminded_at and refused."""
    subject = OuterRef("subject")
    numbers = [
        _of(Notice.objects.filter(uid=subject), "number"),
        _of(Waybill.objects.filter(uid=subject), "number"),
        _of(Doubt.objects.filter(uid=subject), "notice__number"),
        _of(Change.objects.filter(uid=subject), "notice__number"),
        _of(Consignment.objects.filter(uid=subject), "notice__number"),
        _of(Demand.objects.filter(uid=subject), "order_number"),
        _of(Authority.objects.filter(uid=subject), "number"),
        _of(ShippingDay.objects.filter(uid=subject).annotate(label=Cast(F("day"), CharField())), "label"),
        _of(Order.objects.filter(uid=OuterRef("order")), "number"),
    ]
    own_work = Obligation.objects.filter(clause=REFUSED_WORK, subject=OuterRef("uid"))
    return duties.annotate(
        document=Coalesce(*numbers, Value("")),
        order_number=Coalesce(numbers[-1], Value("")),
        customer_name=Coalesce(
            _of(Customer.objects.filter(uid=OuterRef("customer")), "name"),
            _of(Order.objects.filter(uid=OuterRef("order")), "customer__name"),  # what opened it named the order only
            Value(""),
        ),
        carrier_name=Coalesce(_of(Carrier.objects.filter(uid=OuterRef("holder")), "name"), Value("")),
        reminded_at=Subquery(Reminder.objects.filter(obligation_id=OuterRef("id")).order_by("-at").values("at")[:1]),
        refused_at=Subquery(own_work.values("opened_at")[:1]),
    )
