"""What is read of carriers: the list, one file, freight. A carrier's own people see their own carrier only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gatepass.carriers import sql
from gatepass.carriers.models import Carrier, Driver, PricingUnit, Rate, Vehicle
from gatepass.carriers.policies import Load, Quote, Tariff, best
from gatepass.journal.reading import all_of
from gatepass.pinyin import is_latin, normal
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound

SEEING = (
    Power.KEEP_CARRIERS, Power.ARRANGE_TRANSPORT, Power.RECEIVE_WAYBILL, Power.SEE_COMPANY, Power.PICK, Power.SEE_ORDERS,
)  # fmt: skip
PAGE = 50


@dataclass(frozen=True, slots=True)
class CarrierRow:
    uid: UUID
    code: str
    name: str
    company: bool
    contact: str
    phone: str
    destinations: str
    papers: str
    own: bool
    active: bool
    vehicles: int


@dataclass(frozen=True, slots=True)
class VehicleRow:
    uid: UUID
    carrier: UUID
    carrier_name: str
    plate: str
    kind: str
    colour: str
    load_kg: int
    space_dm3: int
    container: bool
    active: bool

    @property
    def space_m3(self) -> str:
        return f"{self.space_dm3 / 1000:.1f}"


@dataclass(frozen=True, slots=True)
class DriverRow:
    uid: UUID
    name: str
    phone: str
    person: UUID | None
    active: bool
    blanked: bool


@dataclass(frozen=True, slots=True)
class RateRow:
    uid: UUID
    destination: str
    unit: PricingUnit
    yuan: Decimal
    minimum_fen: int
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class CarrierFile:
    carrier: CarrierRow
    vehicles: tuple[VehicleRow, ...]
    drivers: tuple[DriverRow, ...]
    rates: tuple[RateRow, ...]


def scoped(sight: Sight) -> QuerySet[Carrier]:
    """The carriers that this person sees at all."""
    if sight.carrier is not None:
        return Carrier.objects.filter(uid=sight.carrier)
    return Carrier.objects.all() if any(sight.may(power) for power in SEEING) else Carrier.objects.none()


def search(sight: Sight, q: str = "", *, after: str = "", idle: bool = False, most: int = PAGE) -> list[CarrierRow]:
    """Carriers by code, name, pinyin, initials or plate; a page begins after this code."""
    rows = scoped(sight).filter(_matching(q)) if q.strip() else scoped(sight)
    rows = rows if idle else rows.filter(active=True)
    rows = rows.filter(code__gt=after).order_by("code").annotate(count=_vehicles())[:most]
    return [_row(row) for row in rows]


def one(sight: Sight, uid: UUID, day: date | None = None) -> CarrierFile:
    """A carrier with everything; rates that are over before `day` are left out. Raises NotFound."""
    row = scoped(sight).filter(uid=uid).annotate(count=_vehicles()).first()
    if row is None:
        raise NotFound("carrier")
    rates = Rate.objects.filter(carrier=row)
    rates = rates.filter(Q(until=None) | Q(until__gte=day)) if day else rates
    priced = rates if sight.may(Power.SEE_MONEY) or sight.may(Power.KEEP_CARRIERS) or sight.carrier else rates.none()
    return CarrierFile(
        carrier=_row(row),
        vehicles=tuple(_vehicle(v) for v in Vehicle.objects.filter(carrier=row).select_related("carrier").order_by("-active", "plate")),
        drivers=tuple(
            _driver(d)
            for d in Driver.objects.filter(carrier=row).select_related("person").order_by("-active", "name")
        ),
        rates=tuple(
            RateRow(r.uid, r.destination, PricingUnit(r.unit), r.yuan, r.minimum_fen, r.since, r.until)
            for r in priced.order_by("destination", "unit", "-since")
        ),
    )  # fmt: skip


def pick(sight: Sight, q: str) -> list[CarrierRow]:
    """The dozen that a picker offers."""
    return search(sight, q, most=12)


def pick_vehicle(sight: Sight, q: str, carrier: UUID | None = None, known: UUID | None = None) -> list[VehicleRow]:
    """Vehicles in use by plate, kind or carrier; or the one `known`."""
    rows = Vehicle.objects.filter(carrier__in=scoped(sight)).select_related("carrier")
    if known is not None:
        return [_vehicle(row) for row in rows.filter(uid=known)]
    rows = rows.filter(active=True)
    if carrier is not None:
        rows = rows.filter(carrier__uid=carrier)
    if needle := normal(q):
        rows = rows.filter(Q(plate__icontains=needle) | Q(kind__icontains=needle) | Q(carrier__name__icontains=needle))
    return [_vehicle(row) for row in rows.order_by("plate")[:12]]


def pick_driver(sight: Sight, q: str, carrier: UUID | None = None, known: UUID | None = None) -> list[DriverRow]:
    """Drivers in use by name or phone; or the one `known`."""
    rows = Driver.objects.filter(carrier__in=scoped(sight)).select_related("person")
    if known is not None:
        return [_driver(row) for row in rows.filter(uid=known)]
    rows = rows.filter(active=True)
    if carrier is not None:
        rows = rows.filter(carrier__uid=carrier)
    found = rows.filter(Q(name__icontains=q.strip()) | Q(phone__contains=q.strip())).order_by("name")[:12]
    return [_driver(row) for row in found]


def name_of(carrier: UUID | None) -> str:
    """A carrier's name for papers and proposals, empty for none."""
    return Carrier.objects.filter(uid=carrier).values_list("name", flat=True).first() or "" if carrier else ""


def freight(
    carrier: UUID,
    destination: str,
    *,
    unit: PricingUnit | None = None,
    cartons: int,
    weight_g: int,
    volume_cm3: int,
    day: date,
) -> Quote | None:
    """What this carrier's rates of a day ask for a load; None where he has no rate for the destination (and unit).

    Yuan a carton, ton or cubic metre, at least the minimum charge, rounded half up once, in fen.
    """
    return best(tariffs(carrier, day), destination, unit, Load(cartons, weight_g, volume_cm3))


def tariffs(carrier: UUID, day: date) -> Iterable[Tariff]:
    rows = all_of(Rate, sql.AGREED, {"carrier": carrier, "day": day})
    return [Tariff(r.uid, r.destination, PricingUnit(r.unit), r.yuan, r.minimum_fen) for r in rows]


def _matching(q: str) -> Q:
    needle = normal(q)
    found = Q(code__istartswith=needle) | Q(name__icontains=q.strip())
    plates = Vehicle.objects.filter(plate__icontains=needle).values("carrier_id")
    return found | Q(pk__in=plates) | (Q(pinyin__contains=needle) if is_latin(q) else Q())


def _vehicles() -> Coalesce:
    """How many vehicles in use a carrier has."""
    own = Vehicle.objects.filter(carrier=OuterRef("pk"), active=True).order_by().values("carrier")
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0)


def _row(row: Carrier) -> CarrierRow:
    return CarrierRow(
        row.uid, row.code, row.name, row.company, row.contact, row.phone, row.destinations, row.papers, row.own, row.active,
        vars(row)["count"],
    )  # fmt: skip


def _driver(row: Driver) -> DriverRow:
    return DriverRow(row.uid, row.name, row.phone, row.person.uid if row.person else None, row.active, row.blanked_at is not None)


def _vehicle(row: Vehicle) -> VehicleRow:
    return VehicleRow(
        row.uid, row.carrier.uid, row.carrier.name, row.plate, row.kind, row.colour, row.load_kg, row.space_dm3,
        row.container, row.active,
    )  # fmt: skip
