"""What warehouse, driver and guard work through, as counters of their desk: nothing of it runs on a clock, so no duty leads there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from gatepass.dispatch.queries.picking import to_pick
from gatepass.dispatch.queries.samples import samples
from gatepass.gate.models import GatePass, Release
from gatepass.roles import Power, Sight
from gatepass.transport.board import to_drive, to_load
from gatepass.transport.rows import Stage
from gatepass.words import Text


@dataclass(frozen=True, slots=True)
class Work:
    """A counter as look/folders.html draws it. open: how many of them wait for who looks at it."""

    count: int
    name: Text
    line: Text
    href: str
    open: int


def floor(sight: Sight, at: datetime) -> list[Work]:
    """The counters of who works on the floor, in the order of the way to the gate."""
    return [*_warehouse(sight, at), *_driver(sight, at), *_gate(sight, at)]


def _warehouse(sight: Sight, at: datetime) -> Iterator[Work]:
    if not sight.may(Power.PICK):
        return
    notices = to_pick(sight)
    stopped = Text("{n} 张停着等答复", "stopped for an answer: {n}").fill(n=sum(1 for row in notices if row.doubts))
    yield Work(len(notices), Text("配货", "Picking"), stopped, "/picking/", len(notices))
    trips = to_load(sight, at)
    unloaded, sent = sum(1 for trip in trips if trip.stage is Stage.TO_LOAD), len(samples(sight))
    open_ = Text("{n} 车还没装好", "not loaded yet: {n}").fill(n=unloaded)
    yield Work(len(trips), Text("装车", "Loading"), open_, "/loading/", unloaded)
    yield Work(sent, Text("样品", "Samples"), Text("已审批，待发出", "approved, to be sent"), "/notices/samples/", sent)


def _driver(sight: Sight, at: datetime) -> Iterator[Work]:
    if not sight.may(Power.SIGN_AS_CARRIER):
        return
    trips = to_drive(sight, at)
    unsigned = sum(1 for trip in trips for stop in trip.stops if stop.signed is None)
    yield Work(len(trips), Text("我的车次", "My trips"), Text("{n} 单还没签", "not signed yet: {n}").fill(n=unsigned), "/drive/", unsigned)


def _gate(sight: Sight, at: datetime) -> Iterator[Work]:
    if not sight.may(Power.RELEASE):
        return
    used = Release.objects.filter(gate_pass=OuterRef("pk"))
    inside = GatePass.objects.filter(~Exists(used), voided_at=None, valid_until__gt=at).count()
    yield Work(inside, Text("门卫放行", "Release at the gate"), Text("张出门条等放行", "passes wait for release"), "/gate/", inside)
