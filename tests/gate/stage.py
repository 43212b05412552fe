"""A small company set up to the point where goods wait for a vehicle: people, a customer, a carrier, a paid order, an approved notice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from came_in import came_in
from gatepass.approvals.models import Matter, Signature, Touched, Version
from gatepass.carriers.models import Carrier, Driver, Rate, Vehicle
from gatepass.catalogue.models import Product
from gatepass.customers.models import Address, Customer
from gatepass.dispatch.models import Notice, NoticeLine, Pick
from gatepass.gate import commands as gate
from gatepass.gate.models import GatePass
from gatepass.orders.models import Order, OrderLine
from gatepass.people.models import Department, Holding, Person, Post
from gatepass.receivables.models import Commitment
from gatepass.roles import Position
from gatepass.stock.models import Batch
from gatepass.transport import commands as transport
from gatepass.transport.models import Consignment, Trip, Waybill

SHANGHAI = ZoneInfo("Asia/Shanghai")
NUMBER = count(1)


def when(day: int, hour: int = 9, minute: int = 0, month: int = 11) -> datetime:
    """A moment of November 2026: the 25th is a Wednesday."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


NOW = when(25, 9)


@dataclass
class Stage:
    """Rows as they are before transport begins. Money in fen."""

    people: dict[str, Person] = field(default_factory=dict)
    customer: Customer = field(init=False)
    product: Product = field(init=False)
    carrier: Carrier = field(init=False)
    vehicle: Vehicle = field(init=False)
    driver: Driver = field(init=False)

    def who(self, name: str) -> UUID:
        return self.people[name].uid


def stage(*, bearer: str = "advanced", container: bool = False) -> Stage:
    """The company. Everybody's name is his position; `second` is another warehouse person, `night` another guard."""
    made = Stage()
    made.carrier = Carrier.objects.create(code="C1", name="川渝顺达货运")
    made.vehicle = Vehicle.objects.create(
        carrier=made.carrier,
        plate="川A·8F213",
        kind="厢式 6.8 米",
        colour="白色",
        load_kg=10_000,
        space_dm3=40_000,
        container=container,
    )
    department = Department.objects.create(name="公司", name_en="Company")
    for name, position in {
        "client_admin": Position.CLIENT_ADMIN, "manager": Position.SALES_MANAGER, "director": Position.SALES_DIRECTOR,
        "finance": Position.RECEIVABLES, "warehouse": Position.WAREHOUSE, "second": Position.WAREHOUSE, "guard": Position.GUARD,
        "night": Position.GUARD, "driver": Position.DRIVER, "production": Position.PRODUCTION,
    }.items():  # fmt: skip
        made.people[name] = person(name, position, department, made.carrier.uid if name == "driver" else None)
    made.driver = Driver.objects.create(carrier=made.carrier, person=made.people["driver"], name="罗建平", phone="13900002765")
    subsidy = {"subsidy_unit": "ton", "subsidy_yuan": Decimal(200)} if bearer == "subsidy" else {}
    made.customer = Customer.objects.create(
        code="K1", name="重庆渝味源商贸有限公司", short_name="重庆渝味源", region="川渝", bearer=bearer, **subsidy
    )
    made.product = Product.objects.create(
        code="P1", name="郫县豆瓣", spec="1kg×10", pieces=10, weight_g=10_000, volume_cm3=20_000, shelf_life_days=540
    )
    Rate.objects.create(carrier=made.carrier, destination="重庆", unit="carton", yuan=Decimal(5), since=date(2026, 1, 1))
    return made


def person(name: str, position: Position, department: Department, carrier: UUID | None = None) -> Person:
    made = Person(username=name, name=name, phone="8006", carrier=carrier)
    made.set_unusable_password()
    made.save()
    post = Post.objects.create(kind=position.value, title=name, department=department, region="川渝")
    Holding.objects.create(post=post, person=made, since=date(2020, 1, 1))
    return made


def order(made: Stage, cartons: int = 100, gift: int = 0, yuan: str = "20", *, paid: bool = True) -> Order:
    """A confirmed order with its sum due; received in full where `paid`."""
    number = f"DH-2026-{next(NUMBER):04d}"
    address = Address.objects.filter(customer=made.customer).first() or Address.objects.create(
        customer=made.customer, label="库房", destination="重庆", address="重庆市九龙坡区华岩路 12 号", consignee="赵学敏",
        phone="13800001234", since=NOW,
    )  # fmt: skip
    fen = int(Decimal(yuan) * cartons * 100)
    row = Order.objects.create(
        number=number, customer=made.customer, address=address, region="川渝", bearer=made.customer.bearer,
        taken_at=NOW - timedelta(days=3),
        taken_by=made.who("client_admin"), cartons=cartons, gifts=gift, goods_fen=fen, checked_at=NOW - timedelta(days=3),
        sent_at=NOW - timedelta(days=3), confirmed_at=NOW - timedelta(days=2), remit_fen=fen,
    )  # fmt: skip
    OrderLine.objects.create(order=row, position=1, product=made.product, cartons=cartons, gift=gift, yuan=Decimal(yuan), fen=fen)
    Commitment.objects.create(order=row.uid, customer=made.customer.uid, remit_fen=fen, fen=fen, sent_at=NOW - timedelta(days=3))
    if paid:
        came_in(row.uid, fen, NOW - timedelta(days=1))
    return row


def notice(
    made: Stage,
    of: Order,
    cartons: int | None = None,
    gift: int | None = None,
    *,
    approved: str = "finance sales",
    picked: bool = True,
) -> Notice:
    """A notice over an order's line (or some cartons of it), approved by the sides named, picked in full."""
    line = OrderLine.objects.get(order=of)
    many, free = line.cartons if cartons is None else cartons, line.gift if gift is None else gift
    row = Notice.objects.create(
        number=f"FH-2026-{next(NUMBER):04d}", order=of, written_by=made.who("client_admin"), written_at=NOW, consignee="赵学敏",
        address=of.address.address, destination="重庆", phone="13800001234", bearer=of.bearer, digest="0" * 64, effective_at=NOW,
    )  # fmt: skip
    wanted = NoticeLine.objects.create(
        notice=row, order_line=line.id, position=1, product=line.product, cartons=many, gift=free, yuan=line.yuan
    )
    bind(made, row)
    for side in approved.split():
        approve(made, row, side)
    if picked:
        pick(made, wanted, many + free)
    return row


def approve(made: Stage, row: Notice, side: str) -> None:
    """A signature as the program leaves it; the version that it binds is there since the notice was written."""
    matter = Matter.objects.get(route="notice", subject=row.uid)
    Signature.objects.create(
        route="notice", subject=row.uid, step=side, person_id=made.who("finance" if side == "finance" else "manager"), digest=row.digest,
        verdict="signed", at=NOW, entry=uuid4(),
    )  # fmt: skip
    matter.left = matter.waits = [one for one in matter.left if one != f"notice.{side}"]
    matter.closed_at = None if matter.left else NOW
    matter.save()


def bind(made: Stage, row: Notice) -> None:
    """What the notice says, bound for its two approvals."""
    sides = ["notice.finance", "notice.sales"]
    about = {"route": "notice", "subject": row.uid, "number": row.number, "version": row.version, "digest": row.digest}
    data = {
        "version": row.version, "customer": str(row.order.customer.uid), "customer_name": row.order.customer.name, "consignee": row.consignee,
        "address": row.address, "destination": row.destination, "phone": row.phone, "bearer": row.bearer, "unpaid_fen": 0, "collect_fen": 0,
        "lines": [],
    }  # fmt: skip
    Version.objects.create(**about, data=data, at=NOW, entry=uuid4())
    Touched.objects.create(
        route="notice", subject=row.uid, digest=row.digest, person_id=made.who("client_admin"), part="wrote", entry=uuid4()
    )
    about |= {"left": sides, "waits": sides, "since": NOW, "closed_at": None}
    Matter.objects.update_or_create(route="notice", subject=row.uid, defaults=about)


def rewrite(made: Stage, row: Notice) -> Notice:
    """Another version of a notice: its approvals stay with the one before."""
    Notice.objects.filter(id=row.id).update(version=row.version + 1, digest=str(row.version) * 64)
    row.refresh_from_db()
    bind(made, row)
    return row


def pick(made: Stage, line: NoticeLine, cartons: int) -> None:
    batch, _ = Batch.objects.get_or_create(
        product=line.product,
        code="26-09-18",
        produced_on=date(2026, 9, 18),
        expires_on=date(2028, 3, 18),
        quality="passed",
    )
    Pick.objects.create(line=line, batch=batch, cartons=cartons, by=made.who("warehouse"), at=NOW, entry=uuid4())


def arrange(made: Stage, *rows: Notice, at: datetime = NOW, **more: Any) -> Trip:
    """A trip with these notices."""
    given = {"vehicle": made.vehicle.uid, "driver": made.driver.uid, "day": at.astimezone(SHANGHAI).date()} | more
    ref = transport.arrange_trip(by=made.who("client_admin"), at=at, notices=[row.uid for row in rows], **given)
    assert ref is not None
    return Trip.objects.get(uid=ref.uid)


def load(made: Stage, trip: Trip, *, at: datetime = NOW, counters: str = "warehouse", signed: bool = True, seals: str = "") -> None:
    """Counted, signed by the driver, loaded."""
    consignments = list(Consignment.objects.filter(trip=trip, voided_at=None))
    for name in counters.split():
        transport.count_load(by=made.who(name), at=at, trip=trip.uid, cartons=sum(one.cartons for one in consignments))
    if signed:
        for one in consignments:
            transport.sign_as_carrier(by=made.who("driver"), at=at, consignment=one.uid, name="罗建平", cartons=one.cartons, means="glass")
    transport.finish_loading(by=made.who("warehouse"), at=at, trip=trip.uid, seals=seals)


def passed(made: Stage, trip: Trip, *, at: datetime = NOW) -> GatePass:
    ref = gate.issue_gate_pass(by=made.who("client_admin"), at=at, trip=trip.uid, sales_copy=True)
    assert ref is not None
    return GatePass.objects.get(uid=ref.uid)


def release(made: Stage, row: GatePass, *, at: datetime = NOW, **more: Any) -> None:
    seen = {"code": row.code, "plate": row.plate, "cartons": row.cartons} | more
    gate.release_vehicle(by=made.who("guard"), at=at, **seen)


def gone(made: Stage, *rows: Notice, at: datetime = NOW) -> Trip:
    """Notices all the way through the gate."""
    trip = arrange(made, *rows, at=at)
    load(made, trip, at=at)
    release(made, passed(made, trip, at=at), at=at)
    return Trip.objects.get(id=trip.id)


def paper(trip: Trip) -> Waybill:
    return Waybill.objects.get(consignment__trip=trip, voided_at=None)


def part(trip: Trip) -> Consignment:
    return Consignment.objects.get(trip=trip, voided_at=None)
