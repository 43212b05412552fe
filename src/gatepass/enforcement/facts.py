"""Where each fact that a clause names is found: fact type to query. The only place that knows both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar, cast

from gatepass.customers.facts import FileState
from gatepass.customers.queries import file_state
from gatepass.dispatch import facts as dispatch_facts
from gatepass.dispatch.queries import facts as dispatch
from gatepass.gate import queries as gate
from gatepass.gate.facts import PassState
from gatepass.orders.facts import CheckState, Unpaid
from gatepass.orders.queries import check_state
from gatepass.production.facts import Remarks
from gatepass.production.remarks import remarks_of
from gatepass.rules.clauses import Fact
from gatepass.rules.events import Event
from gatepass.transport import queries as transport
from gatepass.transport.facts import BatchFreight, LoadState, WaybillBlanks

F = TypeVar("F", bound=Fact)
SOURCES: Final[dict[type[Fact], Callable[..., Fact]]] = {
    dispatch_facts.Approvals: dispatch.approvals,
    dispatch_facts.ConsentState: dispatch.consent_state,
    dispatch_facts.LineToPick: dispatch.line_to_pick,
    dispatch_facts.OpenDoubts: dispatch.open_doubts,
    dispatch_facts.Picked: dispatch.picked_in_full,
    dispatch_facts.SampleState: dispatch.sample_state,
    Unpaid: dispatch.unpaid,
    CheckState: check_state,
    FileState: file_state,
    Remarks: remarks_of,
    LoadState: transport.load_state,
    WaybillBlanks: transport.waybill_blanks,
    BatchFreight: transport.batch_freight,
    PassState: gate.pass_state,
}
SOURCES_OF_MANY: Final[dict[type[Fact], Callable[[Sequence[Event]], Sequence[Fact]]]] = {
    BatchFreight: transport.batch_freights,
}


def load(kind: type[F], event: Event) -> F:
    """The fact that one event needs, read under the command's locks."""
    return cast(F, SOURCES[kind](event))


def load_each(kind: type[F], events: Sequence[Event]) -> Sequence[F]:
    """The fact for each of many events, in their order: in one statement where the kind has such a source."""
    if kind in SOURCES_OF_MANY:
        return cast(Sequence[F], SOURCES_OF_MANY[kind](events))
    return [load(kind, event) for event in events]
