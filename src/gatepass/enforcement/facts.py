"""Where each fact that a clause names is found: fact type to query. The only place that knows both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar, cast

from gatepass.gate import queries as gate
from gatepass.gate.facts import PassState
from gatepass.orders.facts import CheckState
from gatepass.orders.queries import check_state
from gatepass.production.facts import Remarks
from gatepass.production.remarks import remarks_of
from gatepass.rules.clauses import Fact
from gatepass.rules.events import Event
from gatepass.transport import queries as transport
from gatepass.transport.facts import BatchFreight, LoadState, WaybillBlanks

F = TypeVar("F", bound=Fact)
SOURCES: Final[dict[type[Fact], Callable[..., Fact]]] = {
    LoadState: transport.load_state,
    WaybillBlanks: transport.waybill_blanks,
    BatchFreight: transport.batch_freight,
    PassState: gate.pass_state,
    CheckState: check_state,
    Remarks: remarks_of,
}


def load(kind: type[F], event: Event) -> F:
    """The fact that one event needs, read under the command's locks."""
    return cast(F, SOURCES[kind](event))
