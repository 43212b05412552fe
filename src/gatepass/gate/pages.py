"""The pages of the gate: the desk's passes, what a guard sees of a pass (no sums, no phones), authorities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, Sum

from gatepass.dispatch.models import Notice, Sample, SampleLine
from gatepass.gate.codes import spaced, typed
from gatepass.gate.models import Authority, AuthorityNotice, GatePass, Mismatch, Release
from gatepass.gate.sheets import void_told
from gatepass.journal import clock
from gatepass.people.models import Holding, Person
from gatepass.roles import Position, Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.stock.models import SupplierReturn
from gatepass.transport.models import Consignment, ConsignmentLine, Trip
from gatepass.transport.rows import Stage, TripRow, rows, visible
from gatepass.words import Labelled, Text
from gatepass.workdays import Calendar

MOST = 100
SEES = (Power.ISSUE_PASS, Power.SEE_COMPANY, Power.PICK, Power.SEE_ORDERS)


class Standing(Labelled):
    """What a pass is worth now."""

    GOOD = "good", "有效", "valid"
    USED = "used", "已放行", "released"
    EXPIRED = "expired", "已过期", "expired"
    VOID = "void", "已作废", "void"


class Kind(Labelled):
    GOODS = "goods", "货物", "goods"
    MATERIAL = "material", "物料", "materials"
    SAMPLE = "sample", "样品", "samples"
    RETURN = "return", "退供应商", "return to a supplier"


@dataclass(frozen=True, slots=True)
class PassRow:
    """A pass. `code` is blank for who neither issues nor releases."""

    uid: UUID
    number: str
    code: str
    kind: Text
    standing: Standing
    plate: str
    cartons: int
    what: str
    reason: str
    notices: tuple[str, ...]
    trip: UUID | None
    issued_by: str
    issued_at: datetime
    valid_until: datetime
    released_by: str
    released_at: datetime | None
    voided_why: Text | None
    sales_copy: bool
    finance_copy: bool
    customer_copy: bool


@dataclass(frozen=True, slots=True)
class GuardPage:
    """What the guard compares with what stands before him."""

    row: PassRow
    vehicle: str
    customers: tuple[str, ...]
    products: int
    driver: str
    carrier: str
    seals: str
    stopped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    uid: UUID
    number: str
    guard: str
    issued_by: str
    since: datetime
    until: datetime
    notices: tuple[str, ...]
    running: bool
    withdrawn: bool
    handed_over_at: datetime | None
    handed_over_to: str
    trips: tuple[TripRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that is no order's goods and waits for its pass; `command` with its input `field` issues it."""

    kind: Kind
    uid: UUID
    number: str
    what: str
    cartons: int
    command: str
    field: str


@dataclass(frozen=True, slots=True)
class Desk:
    """The gate-pass desk: trips without a pass in force (none yet, or expired), passes inside, released and voided today, authorities."""

    ready: tuple[TripRow, ...]
    inside: tuple[PassRow, ...]
    done: tuple[PassRow, ...]
    others: tuple[Waiting, ...]
    authorities: tuple[AuthorityRow, ...]
    stopped: tuple[tuple[datetime, str, str], ...]
    may_issue: bool

    @property
    def first(self) -> UUID | None:
        """The trip that is in focus when the page opens: the first one that is loaded."""
        if not self.may_issue:
            return None
        loaded = (one.uid for one in self.ready if one.stage in (Stage.LOADED, Stage.PASSED))
        return next(loaded, self.ready[0].uid if self.ready else None)


def desk(sight: Sight, now: datetime, midnight: datetime) -> Desk:
    """Raises NotFound for who has nothing to do with passes. `midnight`: when today began."""
    if not any(sight.may(power) for power in SEES) or sight.carrier is not None:
        raise NotFound("passes")
    good = Q(voided_at=None, valid_until__gt=now)
    covered = GatePass.objects.filter(good, trip__isnull=False).values("trip")
    waiting = visible(sight).filter(left_at=None, voided_at=None).exclude(id__in=covered).order_by("day", "number")
    used = Release.objects.filter(gate_pass__isnull=False).values("gate_pass")
    passes = GatePass.objects.order_by("-id")
    stops = Mismatch.objects.filter(at__gte=midnight).order_by("-at")
    return Desk(
        ready=tuple(rows(sight, waiting[:MOST], now)),
        inside=tuple(_passes(sight, passes.filter(good).exclude(id__in=used)[:MOST], now)),
        done=tuple(_passes(sight, passes.filter(issued_at__gte=midnight).exclude(Q(good) & ~Q(id__in=used))[:MOST], now)),
        others=tuple(_others()),
        authorities=tuple(authorities(now)),
        stopped=tuple((one.at, one.plate, one.what) for one in stops[:MOST]),
        may_issue=sight.may(Power.ISSUE_PASS),
    )


def _others() -> Iterator[Waiting]:
    """Samples that were handed out and returns to suppliers, without a pass in force and not gone."""
    known = GatePass.objects.filter(source__isnull=False).filter(Q(voided_at=None) | Q(id__in=Release.objects.values("gate_pass")))
    taken = known.values("source")
    samples = Sample.objects.filter(sent_at__isnull=False).exclude(uid__in=taken).order_by("sent_at")
    sums = dict(SampleLine.objects.filter(sample__in=samples).values_list("sample").annotate(Sum("cartons")))
    for one in samples[:MOST]:
        yield Waiting(Kind.SAMPLE, one.uid, one.number, one.recipient, sums.get(one.id, 0), "issue_sample_pass", "sample")
    returns = SupplierReturn.objects.filter(cancelled_at=None).exclude(uid__in=taken).select_related("batch__product").order_by("id")
    for back in returns[:MOST]:
        what = f"{back.batch.product.name} {back.batch.code} → {back.supplier}"
        yield Waiting(Kind.RETURN, back.uid, back.number, what, back.cartons, "issue_return_pass", "supplier_return")


def one_pass(sight: Sight, uid: UUID, now: datetime) -> PassRow:
    """Raises NotFound."""
    found = GatePass.objects.filter(uid=uid).first()
    if found is None or not any(sight.may(power) for power in SEES) or sight.carrier is not None:
        raise NotFound("gate_pass")
    return _passes(sight, [found], now)[0]


def about_trip(sight: Sight, given: Mapping[str, Any]) -> list[tuple[Text, Any]]:
    """What stands beside a refused pass: the vehicle and its load."""
    found = visible(sight).filter(uid__in=[given["trip"]])
    trip = next(iter(rows(sight, found, clock.now())), None)
    if trip is None:
        return []
    return [
        (Text("客户", "Customer"), trip.customers),
        (Text("车辆", "Vehicle"), f"{trip.plate} {trip.kind}"),
        (Text("承运", "Carrier"), f"{trip.carrier} · {trip.driver}"),
        (Text("货", "Goods"), Text("{n} 件，{kg} 公斤", "{n} cartons, {kg} kg").fill(n=trip.cartons, kg=trip.kg)),
        (Text("通知单", "Notices"), [stop.notice_number for stop in trip.stops]),
        (Text("运费", "Freight"), list(dict.fromkeys(stop.bearer for stop in trip.stops))),
    ]


def guards() -> list[tuple[UUID, str]]:
    """Who holds the gate, to be named in an authority."""
    held = Holding.objects.filter(post__kind=Position.GUARD.value, person__active=True).select_related("person").order_by("id")
    return list(dict.fromkeys((one.person.uid, one.person.name) for one in held))


def evening(now: datetime, calendar: Calendar) -> tuple[datetime, datetime]:
    """The next time that the office is closed: from its close (or now) until it opens again."""
    today = calendar.local(now).date()
    since = max(now, calendar.closes(today)) if calendar.is_working(today) else now
    first = calendar.local(since).date()
    opens = calendar.opens(first)
    return since, opens if calendar.is_working(first) and since < opens else calendar.opens(calendar.next_working_day(first))


def guard_page(sight: Sight, code: str, now: datetime) -> GuardPage:
    """A pass by its code. Raises NotFound."""
    found = GatePass.objects.filter(code=typed(code)).select_related("trip").first()
    if found is None or not sight.may(Power.RELEASE):
        raise NotFound("gate_pass")
    row = _passes(sight, [found], now)[0]
    trip = rows(sight, Trip.objects.select_related("vehicle", "driver").filter(id=found.trip_id), now) if found.trip_id else []
    about = trip[0] if trip else None
    stopped = Mismatch.objects.filter(gate_pass=found).order_by("at").values_list("what", flat=True)
    return GuardPage(
        row=row, vehicle="，".join(filter(None, (about.kind, _colour(found)))) if about else "",
        customers=_bound_for(found),
        products=_products(found), driver=about.driver if about else "", carrier=about.carrier if about else "",
        seals=about.seals if about else "", stopped=tuple(stopped),
    )  # fmt: skip


def _bound_for(found: GatePass) -> tuple[str, ...]:
    """The customers whose goods the vehicle carries: names alone, which is all that the gate needs."""
    aboard = Consignment.objects.filter(trip=found.trip_id, voided_at=None).order_by("id")
    return tuple(dict.fromkeys(aboard.values_list("notice__order__customer__name", flat=True)))


def on_authority(sight: Sight, now: datetime) -> list[AuthorityRow]:
    """A guard's own authorities that run now or whose copies he still has, with the trips that they name."""
    return [one for one in authorities(now, sight) if one.running or one.handed_over_at is None]


def gone_lately(sight: Sight, now: datetime) -> list[TripRow]:
    """Vehicles that were released since yesterday and are not back: what a guard may see coming in again."""
    if not sight.may(Power.RELEASE):
        return []
    trips = Trip.objects.filter(left_at__gt=now - timedelta(days=1), came_back_at=None, arrived_at=None).select_related("vehicle", "driver")
    return rows(sight, trips.order_by("-left_at")[:MOST], now)


def authorities(now: datetime, guard: Sight | None = None) -> list[AuthorityRow]:
    """Those that run, or whose copies are not handed over; of one guard, or all."""
    found = Authority.objects.filter(Q(until__gt=now) | Q(handed_over_at=None)).order_by("-id")
    found = found.filter(guard=guard.person) if guard else found
    listed = list(found[:MOST])
    released = set(Release.objects.filter(authority__in=listed).values_list("authority_id", flat=True))
    names = _names(uid for one in listed for uid in (one.guard, one.issued_by, one.handed_over_to))
    made = []
    for one in listed:
        running = one.withdrawn_at is None and one.until > now
        if not running and one.id not in released:
            continue
        notices = AuthorityNotice.objects.filter(authority=one).values_list("notice_id", flat=True)
        numbers = Notice.objects.filter(id__in=notices).order_by("number").values_list("number", flat=True)
        trips = Trip.objects.filter(left_at=None, voided_at=None, loaded_at__isnull=False).select_related("vehicle", "driver")
        here = trips.filter(id__in=_carrying(list(notices))) if guard and one.since <= now and running else trips.none()
        made.append(
            AuthorityRow(
                uid=one.uid, number=one.number, guard=names.get(one.guard, ""), issued_by=names.get(one.issued_by, ""),
                since=one.since, until=one.until, notices=tuple(numbers), running=running,
                withdrawn=one.withdrawn_at is not None, handed_over_at=one.handed_over_at,
                handed_over_to=names.get(one.handed_over_to, ""), trips=tuple(rows(guard, here, now)) if guard else (),
            )
        )  # fmt: skip
    return made


def _carrying(notices: list[int]) -> Any:
    return Consignment.objects.filter(notice_id__in=notices, voided_at=None).values("trip")


def _passes(sight: Sight, passes: Iterable[GatePass], now: datetime) -> list[PassRow]:
    listed = list(passes)
    released = {row.gate_pass_id: row for row in Release.objects.filter(gate_pass__in=listed)}
    guards = [row.guard for row in released.values()]
    names = _names([*guards, *(one.issued_by for one in listed)])
    trips = dict(Trip.objects.filter(id__in=[one.trip_id for one in listed if one.trip_id]).values_list("id", "uid"))
    opens = sight.may(Power.ISSUE_PASS) or sight.may(Power.RELEASE)
    made = [_pass(one, released.get(one.id), names, now) for one in listed]
    return [
        replace(row, trip=trips.get(one.trip_id or 0), code=row.code if opens else "")
        for one, row in zip(listed, made, strict=True)
    ]


def _pass(one: GatePass, left: Release | None, names: dict[UUID | None, str], now: datetime) -> PassRow:
    first = one.load[0] if one.load else {}
    return PassRow(
        uid=one.uid, number=one.number, code=spaced(one.code),
        kind=next(kind.text for kind in Kind if kind.value == one.kind), standing=_standing(one, left, now), plate=one.plate,
        cartons=one.cartons, what=str(first.get("what", "")), reason=str(first.get("reason", "")),
        notices=tuple(str(part["number"]) for part in one.load if "number" in part), trip=None,
        issued_by=names.get(one.issued_by, ""), issued_at=one.issued_at, valid_until=one.valid_until,
        released_by=names.get(left.guard, "") if left else "", released_at=left.at if left else None, voided_why=void_told(one.voided_why),
        sales_copy=one.sales_copy, finance_copy=one.finance_copy, customer_copy=one.customer_copy,
    )  # fmt: skip


def _standing(one: GatePass, left: Release | None, now: datetime) -> Standing:
    if left is not None:
        return Standing.USED
    if one.voided_at is not None:
        return Standing.VOID
    return Standing.EXPIRED if one.valid_until <= now else Standing.GOOD


def _names(people: Iterable[UUID | None]) -> dict[UUID | None, str]:
    return dict(Person.objects.filter(uid__in={uid for uid in people if uid}).values_list("uid", "name"))


def _colour(found: GatePass) -> str:
    return found.trip.vehicle.colour if found.trip else ""


def _products(found: GatePass) -> int:
    if found.trip_id is None:
        return 0
    lines = ConsignmentLine.objects.filter(consignment__trip_id=found.trip_id, consignment__voided_at=None)
    return lines.values("product").distinct().count()


