"""What freight should cost: the carrier's rate, or for a customer on subsidy the agreed rate; what a waybill lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from gatepass.carriers import queries
from gatepass.carriers.models import PricingUnit
from gatepass.carriers.policies import Load, Quote, Tariff, best, quoted
from gatepass.customers.models import Bearer, Customer
from gatepass.money import figure
from gatepass.orders.models import Part
from gatepass.pinyin import digits
from gatepass.transport.models import Waybill
from gatepass.words import Text

DETAIL: Final = frozenset("0123456789０１２３４５６７８９号栋幢座库室层弄")
SUBSIDY: Final = Bearer.SUBSIDY.value


@dataclass(frozen=True, slots=True)
class Way:
    """Who carries a load where, on which day."""

    carrier: UUID
    destination: str
    day: date


def agreed(customer: Customer, bearer: str, way: Way, load: tuple[int, int, int], unit: str = "") -> Quote | None:
    """What should stand on a waybill for a load (cartons, grams, cubic centimetres): the carrier's rate, in the unit given where he
    has one for it; for a customer on subsidy the agreed rate times the quantity. None where nothing was agreed."""
    if bearer == SUBSIDY:
        return _subsidy(customer, load)
    tariffs = list(queries.tariffs(way.carrier, way.day))
    return best(tariffs, way.destination, unit_of(unit), Load(*load)) or best(tariffs, way.destination, None, Load(*load))


def unit_of(code: str) -> PricingUnit | None:
    return next((one for one in PricingUnit if one.value == code), None)


def _subsidy(customer: Customer, load: tuple[int, int, int]) -> Quote | None:
    unit = unit_of(customer.subsidy_unit)
    if unit is None or customer.subsidy_yuan is None:
        return None
    return quoted(Tariff(customer.uid, "", unit, customer.subsidy_yuan, 0), Load(*load))


def disagreement(waybill: Waybill) -> str:
    """Figures where the printed total is not the agreed rate (D11.3); blank where it is, or nothing can be compared."""
    if waybill.bearer == SUBSIDY or waybill.freight_fen is None or waybill.agreed_fen is None:
        return ""
    return "" if waybill.freight_fen == waybill.agreed_fen else f"{figure(waybill.freight_fen)} ≠ {figure(waybill.agreed_fen)}"


def freight_fen(waybill: Waybill) -> int:
    """The freight of the batch (D11): the waybill's total; on subsidy the agreed rate times the quantity."""
    if waybill.bearer == SUBSIDY:
        return waybill.agreed_fen or 0
    return waybill.freight_fen if waybill.freight_fen is not None else waybill.agreed_fen or 0


def gate_fen(waybill: Waybill) -> int:
    """What a fine is reckoned from, at the gate: the freight of the batch or the agreed one, whichever is higher."""
    return max(freight_fen(waybill), waybill.agreed_fen or 0)


def base_fen(waybill: Waybill) -> int:
    """What a fine for a late waybill is a share of: as it stood at the gate, whatever is corrected later."""
    return waybill.gate_fen if waybill.gate_fen is not None else gate_fen(waybill)


def missing(waybill: Waybill) -> tuple[Text, ...]:
    """What D10 wants on a waybill and is not there."""
    needed = (
        (waybill.quantity, Text("数量", "quantity")),
        (waybill.yuan, Text("单价", "unit price")),
        (waybill.unit, Text("计价单位", "pricing unit")),
        (waybill.consignee, Text("收货人", "consignee")),
        (_full(waybill.address), Text("收货人详细地址", "the consignee's full address")),
        (_reachable(waybill.phone), Text("收货人电话", "the consignee's phone")),
        (waybill.carrier_name, Text("承运人", "carrier")),
        (waybill.carrier_company, Text("承运单位", "the carrier's company")),
        (_priced(waybill), Text("运费合计", "total freight")),
        (waybill.destination, Text("到站", "destination")),
    )
    return tuple(text for value, text in needed if not value)


def _priced(waybill: Waybill) -> bool:
    """Nothing is carried for nothing, but in one's own vehicle; on subsidy the total may stay blank."""
    if waybill.bearer == SUBSIDY:
        return True
    return waybill.freight_fen is not None and (waybill.freight_fen > 0 or waybill.own_vehicle)


def _full(address: str) -> bool:
    """A street with a number or a building of it, not a town with a digit behind it."""
    return len(address.strip()) >= 8 and bool(DETAIL & set(address))


def _reachable(phone: str) -> bool:
    """A phone that can be dialled: seven digits and more."""
    return len(digits(phone)) >= 7


def subsidy_deducted(order: UUID) -> bool:
    """Whether the composition in force took the subsidy off already: it is not credited a second time (D2, D11)."""
    return Part.objects.filter(composition__order__uid=order, composition__withdrawn_at=None, kind="subsidy", fen__lt=0).exists()
