"""What cures the reasons of a refusal: the clock that bears on each, who can act now, where he is reached. For who is looking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from gatepass.approvals.queries import signers
from gatepass.dispatch.models import Change, Doubt, Notice
from gatepass.enforcement.queries.duties import Duty, open_duties
from gatepass.gate.models import GatePass
from gatepass.identity import uid_in
from gatepass.journal import clock
from gatepass.journal.door import COMMANDS
from gatepass.look import moments
from gatepass.orders.models import Order
from gatepass.people.refusals import Cure
from gatepass.people.roster import Acting, Roster, roster
from gatepass.production.models import Demand
from gatepass.roles import Position, Power, Sight
from gatepass.rules.reasons import Reason
from gatepass.transport.models import Consignment, Trip
from gatepass.words import Text, same

SHIPMENT: Final = "D4.3"
YOU: Final = Text("您", "you")
LEAVES: Final = Text("最迟 {due} 出门", "to leave by {due}")
NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class _Known:
    """What the reasons of one refusal are held against."""

    sight: Sight
    at: datetime
    now: Roster
    duties: tuple[Duty, ...]
    trips: tuple[Trip, ...]


def cures(sight: Sight, reasons: Sequence[Reason], given: Mapping[str, Any]) -> list[Cure]:
    """One Cure for each reason. `given`: the input of the refused command."""
    at, about = clock.now(), frozenset(_ids([given, *(reason.given for reason in reasons)]))
    loads = list(Consignment.objects.filter(_in_load(about)).select_related("trip__driver__carrier", "notice__order"))
    duties = open_duties(sight, at=at, orders=_orders(about, loads), subjects=about) if about else ()
    trips = {load.trip.id: load.trip for load in loads}
    known = _Known(sight, at, roster(at), duties, tuple(trips.values()))
    return [_cure(reason, known) for reason in reasons]


def _ids(value: Any) -> Iterable[UUID]:
    """Every id in an input, however deep it lies."""
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _ids(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _ids(one)
    elif (uid := uid_in(value)) is not None:
        yield uid


def _in_load(about: frozenset[UUID]) -> Q:
    passes = GatePass.objects.filter(uid__in=about).values("trip_id")
    return Q(uid__in=about) | Q(trip__uid__in=about) | Q(waybill__uid__in=about) | Q(trip__in=passes)


def _orders(about: frozenset[UUID], loads: Iterable[Consignment]) -> frozenset[UUID]:
    """The orders that the ids belong to."""
    found = Order.objects.filter(uid__in=about).values_list("uid").union(
        Notice.objects.filter(uid__in=about, order__isnull=False).values_list("order__uid"),
        Doubt.objects.filter(uid__in=about, notice__order__isnull=False).values_list("notice__order__uid"),
        Change.objects.filter(uid__in=about, notice__order__isnull=False).values_list("notice__order__uid"),
        Demand.objects.filter(uid__in=about).values_list("order"),
    )  # fmt: skip
    return frozenset({uid for (uid,) in found} | {load.notice.order.uid for load in loads if load.notice.order is not None})


def _cure(reason: Reason, known: _Known) -> Cure:
    duty, shipment = _duty(reason, known), next((one for one in known.duties if one.clause == SHIPMENT), None)
    bears = duty or shipment
    position = reason.who or (duty.position if duty else None)
    people = duty.people if duty else known.now.acting(position.value) if position else ()
    mine = _mine(reason, position, known.sight)
    if reason.command == "sign":
        able = _signers(reason, known)
        mine = any(one.person == known.sight.person for one in able)
        people = tuple(one for one in people if one in able) or able
    clock_of: dict[str, Any] = {}
    if bears is not None:
        label = None if duty else _leaves(bears.due, known.at)
        clock_of = {"due": bears.due, "opened": bears.opened_at, "provisional": bears.provisional, "label": label}
    remindable = bears is not None and bears.position is not None and bears.position == position and not mine
    if mine:
        return Cure(mine=True, who=YOU, name=YOU, **clock_of)
    if position is Position.DRIVER:
        return Cure(**_drivers(known), **clock_of)
    return Cure(
        who=_who(people, position), name=_name(people, position), call=_call(people, known.sight), **clock_of,
        duty=bears.uid if bears is not None and remindable else None,
    )  # fmt: skip


def _duty(reason: Reason, known: _Known) -> Duty | None:
    """The open duty that the cure would fulfil: of the same act, about the same thing, of the same position."""
    about = frozenset(_ids(reason.given))
    return next(
        (
            one
            for one in known.duties
            if reason.command and one.act == reason.command and one.signs in ("", _signed(reason))
            and about & {one.subject, one.order} and reason.who in (None, one.position)
        ),
        None,
    )


def _signed(reason: Reason) -> str:
    """The signature that a cure would be, as `route.step`."""
    return f"{reason.given.get('route', '')}.{reason.given.get('step', '')}"


def _signers(reason: Reason, known: _Known) -> tuple[Acting, ...]:
    """Who may give the signature that a cure is: nobody whom the thing keeps from signing it."""
    subject = uid_in(reason.given.get("subject"))
    return signers(reason.given["route"], subject, reason.given.get("step", ""), known.now) if subject and "route" in reason.given else ()


def _mine(reason: Reason, position: Position | None, sight: Sight) -> bool:
    """Whether the viewer can do it: he has the command's power; where it names none, he is of the position."""
    command = COMMANDS.get(reason.command)
    return sight.may(command.may) if command and command.may else position in sight.positions


def _leaves(due: datetime, at: datetime) -> Text:
    return LEAVES.fill(due=Text(moments.due(due, at, "zh"), moments.due(due, at, "en")))


def _drivers(known: _Known) -> dict[str, Any]:
    """The driver of the vehicle in hand; his phone for who arranges transport or sees contacts."""
    if len(known.trips) != 1:
        return {"who": Position.DRIVER.text, "name": Position.DRIVER.text}
    driver = known.trips[0].driver
    seen = known.sight.may(Power.ARRANGE_TRANSPORT) or known.sight.may(Power.SEE_CONTACTS)
    who = Text("{name}（{carrier}）", "{name} ({carrier})").fill(name=driver.name, carrier=driver.carrier.name)
    return {"who": who, "name": same(driver.name), "call": driver.phone if seen else ""}


def _name(people: Sequence[Acting], position: Position | None) -> Text:
    """How a button calls them: the one by his name, several by their position."""
    if len(people) == 1:
        return same(people[0].name)
    return position.text if position else same("")


def _who(people: Sequence[Acting], position: Position | None) -> Text:
    """Their names with their position; a deputy with whom he stands in for; beyond three how many there are."""
    if not people or position is None:
        return position.text if position else same("")
    deputising = Text("{name}（代{other}）", "{name} (for {other})")
    names = [deputising.fill(name=one.name, other=one.instead_of_name) if one.instead_of_name else same(one.name) for one in people[:NAMED]]
    said = Text("{names}（{position}）", "{names} ({position})").fill(names=names, position=position)
    more = len(people) - NAMED
    return said + Text("等 {n} 人", ", {n} in all").fill(n=len(people)) if more > 0 else said


def _call(people: Sequence[Acting], sight: Sight) -> str:
    """An extension for everybody of the company; a mobile number only for who sees contacts or the company."""
    if sight.carrier is not None:
        return ""
    private = sight.may(Power.SEE_CONTACTS) or sight.may(Power.SEE_COMPANY) or sight.may(Power.KEEP_PEOPLE)
    numbers = (one.extension or (one.phone if private else "") for one in people if one.person != sight.person)
    return next((number for number in numbers if number), "")
