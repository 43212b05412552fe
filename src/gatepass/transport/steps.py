"""Steps that several commands of transport share: putting a load on a trip, taking it off, bringing it up to date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Case, F, When

from gatepass.carriers.models import Carrier
from gatepass.carriers.policies import Load as Cargo
from gatepass.carriers.policies import quantity
from gatepass.dispatch.models import Notice
from gatepass.journal.door import Case as Act
from gatepass.journal.rows import add
from gatepass.transport import freight, loads
from gatepass.transport.events import TripArranged, TripLoaded
from gatepass.transport.loads import Load, Manifest
from gatepass.transport.locking import Held
from gatepass.transport.models import Consignment, Trip, Waybill


def put_on(
    trip: Trip, carrier: Carrier, known: Manifest, made: Sequence[tuple[Load, bool]], numbers: Mapping[str, Sequence[str]]
) -> None:
    """A consignment with its outbound order and a drafted waybill for each load (whether it is a part of its notice), under the numbers
    taken for them."""
    for n, (load, partial) in enumerate(made):
        consignment = Consignment(
            trip=trip, notice=load.notice, order=load.notice.order.uid, cartons=load.cartons, weight_g=load.weight_g,
            volume_cm3=load.volume_cm3, goods_fen=loads.value_fen(known, load.pieces), partial=partial, number=numbers["CK"][n],
        )  # fmt: skip
        add(consignment)
        loads.write_lines(consignment, load)
        _draft(trip, carrier, consignment, numbers["TY"][n])


def _draft(trip: Trip, carrier: Carrier, consignment: Consignment, number: str) -> None:
    """A waybill with everything that is known; the printed total of a subsidy customer stays blank."""
    notice = consignment.notice
    waybill = Waybill(
        consignment=consignment, carrier=carrier.uid, carrier_name=trip.driver.name, carrier_company=carrier.name,
        consignee=notice.consignee, address=notice.address, phone=notice.phone, destination=notice.destination,
        bearer=notice.bearer, number=number, own_vehicle=carrier.own,
    )  # fmt: skip
    way = freight.Way(carrier.uid, notice.destination, trip.day)
    best = freight.agreed(notice.order.customer, notice.bearer, way, load_of(consignment))
    if best is not None:
        waybill.quantity, waybill.unit, waybill.yuan, waybill.agreed_fen = best.quantity, best.unit.value, best.yuan, best.fen
        waybill.freight_fen = None if notice.bearer == freight.SUBSIDY else best.fen
    add(waybill)


def load_of(consignment: Consignment) -> tuple[int, int, int]:
    return consignment.cartons, consignment.weight_g, consignment.volume_cm3


def price(waybill: Waybill) -> None:
    """Set what was agreed for the load in the waybill's unit, and flag a printed total that differs. Does not save."""
    consignment = waybill.consignment
    way = freight.Way(waybill.carrier, waybill.destination, consignment.trip.day)
    quote = freight.agreed(consignment.notice.order.customer, waybill.bearer, way, load_of(consignment), waybill.unit)
    waybill.agreed_fen = quote.fen if quote else None
    waybill.flagged = freight.disagreement(waybill)


def bring_up_to_date(held: Held, known: Manifest, wanted: dict[int, Load]) -> bool:
    """Write what the notices say now over what the trip was loaded with; tells whether anything changed."""
    before = loads.stored(known, held.consignments)
    changed = [one for one in held.consignments if wanted[one.id].shape != before[one.id]]
    for one in changed:
        _rewrite(one, known, wanted[one.id])
    return bool(changed)


def _rewrite(consignment: Consignment, known: Manifest, load: Load) -> None:
    consignment.cartons, consignment.weight_g, consignment.volume_cm3 = load.cartons, load.weight_g, load.volume_cm3
    consignment.goods_fen = loads.value_fen(known, load.pieces)
    consignment.save(update_fields=["cartons", "weight_g", "volume_cm3", "goods_fen"])
    loads.write_lines(consignment, load, anew=True)
    waybill = consignment.waybill
    written_as_agreed = waybill.freight_fen is not None and waybill.freight_fen == waybill.agreed_fen
    unit = freight.unit_of(waybill.unit)
    if unit is not None:
        waybill.quantity = quantity(unit, Cargo(*load_of(consignment)))
    price(waybill)
    if written_as_agreed and waybill.bearer != freight.SUBSIDY:
        waybill.freight_fen, waybill.flagged = waybill.agreed_fen, ""
    waybill.save(update_fields=["quantity", "agreed_fen", "freight_fen", "flagged"])


def void_consignments(case: Act, consignments: Iterable[Consignment]) -> None:
    """Take consignments off their trip: numbers of their papers stay listed as void. A notice that goes on several trips stays loaded
    while any other part of it is on a loaded vehicle or out: nothing of it is changed or put back on its shelf then."""
    listed = list(consignments)
    ids = [one.id for one in listed]
    Consignment.objects.filter(id__in=ids).update(voided_at=case.at)
    Waybill.objects.filter(consignment_id__in=ids).update(voided_at=case.at)
    notices = [one.notice_id for one in listed]
    elsewhere = Consignment.objects.filter(notice_id__in=notices, voided_at=None, trip__loaded_at__isnull=False).values("notice_id")
    loaded = Case(When(id__in=elsewhere, then=F("loaded_at")), default=None)
    Notice.objects.filter(id__in=notices).update(loaded_at=loaded, left_at=None)


def arranged(trip: Trip, carrier: UUID, made: Sequence[Load]) -> TripArranged:
    """The event of a trip with everything on it, weights and volumes beside what the vehicle holds."""
    kg, dm3 = sums(made)
    return TripArranged(
        trip=trip.uid, vehicle=trip.vehicle.uid, driver=trip.driver.uid, carrier=carrier, notices=loads.uids(made),
        orders=tuple(dict.fromkeys(one.notice.order.uid for one in made)), day=trip.day, kg=kg, load_kg=trip.vehicle.load_kg,
        dm3=dm3, space_dm3=trip.vehicle.space_dm3,
    )  # fmt: skip


def loaded(held: Held, made: Sequence[Load]) -> TripLoaded:
    kg, dm3 = sums(made)
    vehicle = held.trip.vehicle
    return TripLoaded(
        trip=held.trip.uid, carrier=held.carrier.uid, notices=held.notices, orders=held.orders,
        cartons=sum(one.cartons for one in made), kg=kg, load_kg=vehicle.load_kg, dm3=dm3, space_dm3=vehicle.space_dm3,
    )  # fmt: skip


def sums(made: Iterable[Load]) -> tuple[int, int]:
    """Kilograms and cubic decimetres of loads, rounded up."""
    listed = list(made)
    return loads.kilograms(sum(one.weight_g for one in listed)), loads.kilograms(sum(one.volume_cm3 for one in listed))
