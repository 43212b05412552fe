"""Outbound order and waybill as papers: frozen when the vehicle is loaded and again when either changes; signatures print live."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Final
from uuid import UUID

from gatepass.customers.models import Bearer
from gatepass.dispatch.models import NoticeLine
from gatepass.dispatch.papers import picked_by_position
from gatepass.journal.door import Case
from gatepass.money import times
from gatepass.papers import sheets
from gatepass.papers.deadlines import deadline
from gatepass.papers.keeping import keep, keep_all, next_versions
from gatepass.papers.shapes import Cited, Consignee, Copy, Goods, LineBatches, Live, Mention, Sheet, Signature, Vehicle, Voided
from gatepass.papers.shapes import Load as Totals
from gatepass.people.firm import firm
from gatepass.roles import Power, Sight
from gatepass.transport.freight import SUBSIDY, unit_of
from gatepass.transport.loads import Load
from gatepass.transport.locking import Held
from gatepass.transport.models import CarrierSignature, Consignment, ConsignmentLine, Trip, Waybill
from gatepass.transport.pictures import media_type
from gatepass.transport.queries import signatures
from gatepass.transport.rows import visible
from gatepass.words import Text, same

COPIES: Final = (
    Copy(key="customer", name=Text("客户联", "Customer")),
    Copy(key="finance", name=Text("财务联", "Finance")),
    Copy(key="sales", name=Text("业务联", "Sales")),
    Copy(key="carrier", name=Text("承运联", "Carrier"), prices=False),
)
D9: Final = Cited(clause="D9", text=Text("承运人按单清点，两单均签", "the carrier counts and signs both papers"))
D10: Final = Cited(clause="D10", text=Text("托运单写全才算数", "a waybill counts only when complete"))
D11: Final = Cited(clause="D11", text=Text("一个工作日内交财务", "to finance within one working day"))
FOOD: Final = Text("食品", "Food products")
CARRIER: Final = Text("承运人", "Carrier")


def vehicle_of(trip: Trip, carrier: str) -> Vehicle:
    return Vehicle(plate=trip.vehicle.plate, carrier=carrier, driver=trip.driver.name, phone=trip.driver.phone)


def keep_load(case: Case, held: Held, wanted: dict[int, Load]) -> None:
    """Freeze outbound order and waybill of everything on a trip."""
    versions = next_versions([uid for row in held.consignments for uid in (row.uid, row.waybill.uid)])
    sheets_of: list[tuple[Sheet, str, UUID]] = []
    for row in held.consignments:
        sheets_of.append((_outbound(case, held, row, wanted[row.id], versions["outbound", row.uid]), "consignment", row.uid))
        paper = row.waybill
        sheets_of.append((_waybill(case, paper, versions["waybill", paper.uid]), "waybill", paper.uid))
    keep_all(sheets_of, entry=case.entry)


def _outbound(case: Case, held: Held, row: Consignment, load: Load, version: int) -> sheets.OutboundOrder:
    notice = row.notice
    return sheets.OutboundOrder(
        company=firm().name,
        number=row.number,
        version=version,
        made_at=case.at,
        mentions=(Mention(what=Text("通知单", "Notice"), number=notice.number, note=_version(notice.version)),),
        consignee=Consignee(
            company=notice.order.customer.name, contact=notice.consignee, phone=notice.phone, address=notice.address,
            destination=notice.destination, forwarder=held.carrier.name,
        ),
        lines=tuple(
            Goods(
                code=one.line.product.code, name=one.line.product.name, spec=one.line.product.spec, cartons=one.cartons,
                giveaway=one.gift, unit_price=one.line.yuan, amount=times(one.line.yuan, one.cartons),
            )
            for one in load.pieces
        ),
        load=Totals(
            cartons=sum(one.cartons for one in load.pieces), giveaway=sum(one.gift for one in load.pieces),
            kilograms=Decimal(row.weight_g) / 1000, cubic_metres=Decimal(row.volume_cm3) / 1_000_000, amount=row.goods_fen,
        ),
        vehicle=vehicle_of(held.trip, held.carrier.name),
        copies=COPIES,
        clauses=(D9,),
    )  # fmt: skip


def keep_waybill(case: Case, row: Waybill) -> None:
    """Freeze a waybill as it is filled in now."""
    sheet = _waybill(case, row, next_versions([row.uid])["waybill", row.uid])
    keep(sheet, subject_kind="waybill", subject_uid=row.uid, entry=case.entry)


def _waybill(case: Case, row: Waybill, version: int) -> sheets.Waybill:
    consignment = row.consignment
    unit = unit_of(row.unit)
    bearer = next(one for one in Bearer if one.value == row.bearer)
    quantity = f"{row.quantity.normalize():f}" if row.quantity is not None else ""
    kilograms = Decimal(consignment.weight_g) / 1000
    return sheets.Waybill(
        company=firm().name,
        number=row.number,
        version=version,
        made_at=case.at,
        mentions=(Mention(what=Text("出库单", "Outbound order"), number=consignment.number),),
        consignee=Consignee(
            company=consignment.notice.order.customer.name, contact=row.consignee, phone=row.phone, address=row.address,
            destination=row.destination, forwarder=row.carrier_company,
        ),
        vehicle=Vehicle(plate=consignment.trip.vehicle.plate, carrier=row.carrier_company, driver=row.carrier_name),
        cartons=consignment.cartons,
        quantity=quantity,
        pricing_unit=unit.text if unit else same(""),
        unit_price=row.yuan,
        freight=row.freight_fen,
        subsidy=Text("按约定单价乘数量", "the agreed rate times the quantity") if row.bearer == SUBSIDY else None,
        bearer=bearer.text.capital(),
        cargo=(sheets.Cargo(goods=FOOD, cartons=consignment.cartons, quantity=quantity, kilograms=kilograms),),
        clauses=(D10, D11),
    )  # fmt: skip


def may_read_outbound(sight: Sight, subject: UUID) -> bool:
    """It carries the consignee's address and phone: for its own carrier, the desk that sees contacts, the warehouse with the load in hand."""
    needs = sight.carrier is not None or sight.may(Power.SEE_CONTACTS) or sight.may(Power.PICK)
    return needs and Consignment.objects.filter(uid=subject, trip__in=visible(sight)).exists()


def may_read_waybill(sight: Sight, subject: UUID) -> bool:
    """It carries the freight and the consignee's address and phone: for its own carrier, and for who of desk and finance sees both."""
    mine = sight.carrier is not None or (sight.may(Power.SEE_MONEY) and sight.may(Power.SEE_CONTACTS))
    return mine and Waybill.objects.filter(uid=subject, consignment__trip__in=visible(sight)).exists()


def copies_for(sight: Sight, subject: UUID) -> Collection[str] | None:
    """Who sees no prices gets the copy without them."""
    return None if sight.may(Power.SEE_MONEY) else ("carrier",)


def live_outbound(subject: UUID, version: int) -> Live:
    row = Consignment.objects.select_related("notice", "trip").get(uid=subject)
    seals = (row.trip.seals,) if row.trip.seals else ()
    return Live(signatures=_signed(row), voided=_voided(row), seals=seals, batches=_batches(row))


def _batches(row: Consignment) -> tuple[LineBatches, ...]:
    """The batches that were picked, by the number of the line on the paper."""
    written = list(ConsignmentLine.objects.filter(consignment=row).order_by("id").values_list("line", flat=True))
    positions = dict(NoticeLine.objects.filter(id__in=written).values_list("id", "position"))
    picked = picked_by_position(row.notice)
    return tuple(
        LineBatches(line=number, batches=tuple(batch.code for batch in picked.get(positions[line], ())))
        for number, line in enumerate(written, 1)
        if line in positions
    )


def live_waybill(subject: UUID, version: int) -> Live:
    row = Waybill.objects.select_related("consignment").get(uid=subject)
    return Live(
        signatures=_signed(row.consignment), voided=_voided(row.consignment), consigned_at=row.consignment.consigned_at,
        handed_in_by=deadline("D11.1", subject), handed_in_at=row.handed_in_at,
    )  # fmt: skip


def _signed(row: Consignment) -> tuple[Signature, ...]:
    found = signatures([row]).get(row.id)
    if found is None:
        return (Signature(role=CARRIER),)
    return (Signature(role=CARRIER, name=found.name, at=found.at, png=drawn(found)),)


def drawn(found: CarrierSignature) -> bytes | None:
    """The drawn signature, where it was drawn and fits on paper."""
    data = bytes(found.image or b"") if found.means == "glass" else b""
    return data if media_type(data) == "image/png" and 24 < len(data) < 200_000 else None


def _voided(row: Consignment) -> Voided | None:
    why = Text("已从车上撤下、车次取消或车辆返回", "taken off, cancelled, or the vehicle came back")
    return Voided(at=row.voided_at, reason=why) if row.voided_at else None


def _version(number: int) -> Text:
    return Text("第 {n} 版", "version {n}").fill(n=number)
