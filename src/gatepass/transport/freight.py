"""What freight should cost: the carrier's rate, or for a customer on subsidy the agreed rate; what a waybill lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Q

from gatepass.carriers.models import PricingUnit, Rate
from gatepass.customers.models import Bearer, Customer
from gatepass.money import figure, times
from gatepass.transport.models import Waybill
from gatepass.words import Text

DETAIL: Final = frozenset("0123456789０１２３４５６７８９号栋幢座库室层弄")
SUBSIDY: Final = Bearer.SUBSIDY.value


@dataclass(frozen=True, slots=True)
class Quote:
    """A price of freight: quantity in the unit, yuan a unit, the sum in fen."""

    unit: PricingUnit
    quantity: Decimal
    yuan: Decimal
    fen: int


def quantity(unit: PricingUnit, cartons: int, weight_g: int, volume_cm3: int) -> Decimal:
    """A load in a pricing unit: cartons, tons, cubic metres."""
    match unit:
        case PricingUnit.CARTON:
            return Decimal(cartons)
        case PricingUnit.TON:
            return Decimal(weight_g) / 1_000_000
        case _:
            return Decimal(volume_cm3) / 1_000_000


def quotes(carrier: UUID, destination: str, on: date, load: tuple[int, int, int]) -> list[Quote]:
    """What a carrier's rates of that day ask for a load (cartons, grams, cubic centimetres) to a destination, cheapest first."""
    rates = Rate.objects.filter(carrier__uid=carrier, destination=destination, since__lte=on)
    found: dict[str, Rate] = {}
    for rate in rates.filter(Q(until=None) | Q(until__gte=on)).order_by("since"):
        found[rate.unit] = rate
    made = [_quote(PricingUnit(rate.unit), rate.yuan, rate.minimum_fen, load) for rate in found.values()]
    return sorted(made, key=lambda one: one.fen)


def subsidy(customer: Customer, load: tuple[int, int, int]) -> Quote | None:
    """The agreed rate of a customer on subsidy times the quantity."""
    if customer.subsidy_yuan is None or not customer.subsidy_unit:
        return None
    return _quote(PricingUnit(customer.subsidy_unit), customer.subsidy_yuan, 0, load)


def _quote(unit: PricingUnit, yuan: Decimal, minimum: int, load: tuple[int, int, int]) -> Quote:
    many = quantity(unit, *load)
    return Quote(unit, many, yuan, max(minimum, times(yuan, many)))


def agreed(
    customer: Customer, bearer: str, carrier: UUID, destination: str, on: date, load: tuple[int, int, int]
) -> list[Quote]:
    """What should stand on a waybill, best first: nothing where no rate is known."""
    if bearer == SUBSIDY:
        quote = subsidy(customer, load)
        return [quote] if quote else []
    return quotes(carrier, destination, on, load)


def disagreement(waybill: Waybill) -> str:
    """Figures where the printed total is not the agreed rate (D11.3); blank where it is, or nothing can be compared."""
    if waybill.bearer == SUBSIDY or waybill.freight_fen is None or waybill.agreed_fen is None:
        return ""
    return (
        ""
        if waybill.freight_fen == waybill.agreed_fen
        else f"{figure(waybill.freight_fen)} ≠ {figure(waybill.agreed_fen)}"
    )


def base_fen(waybill: Waybill) -> int:
    """The freight of the batch (D11): the waybill's total; on subsidy the agreed rate times the quantity."""
    if waybill.bearer == SUBSIDY:
        return waybill.agreed_fen or 0
    return waybill.freight_fen if waybill.freight_fen is not None else waybill.agreed_fen or 0


def missing(waybill: Waybill) -> tuple[Text, ...]:
    """What D10 wants on a waybill and is not there."""
    needed = (
        (waybill.quantity, Text("数量", "quantity")),
        (waybill.yuan, Text("单价", "unit price")),
        (waybill.unit, Text("计价单位", "pricing unit")),
        (waybill.consignee, Text("收货人", "consignee")),
        (
            waybill.address if DETAIL & set(waybill.address) else "",
            Text("收货人详细地址", "the consignee's full address"),
        ),
        (waybill.phone, Text("收货人电话", "the consignee's phone")),
        (waybill.carrier_name, Text("承运人", "carrier")),
        (waybill.carrier_company, Text("承运单位", "the carrier's company")),
        ("-" if waybill.bearer == SUBSIDY else waybill.freight_fen is not None, Text("运费合计", "total freight")),
        (waybill.destination, Text("到站", "destination")),
    )
    return tuple(text for value, text in needed if not value)
