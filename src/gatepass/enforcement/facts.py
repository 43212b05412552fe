"""Where each fact that a clause names is found: fact type to query. The only place that knows both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar, cast

from gatepass.orders.facts import CheckState
from gatepass.orders.queries import check_state
from gatepass.production.facts import Remarks
from gatepass.production.remarks import remarks_of
from gatepass.rules.clauses import Fact
from gatepass.rules.events import Event

F = TypeVar("F", bound=Fact)
SOURCES: Final[dict[type[Fact], Callable[..., Fact]]] = {
    CheckState: check_state,
    Remarks: remarks_of,
}
SOURCES_OF_MANY: Final[dict[type[Fact], Callable[[Sequence[Event]], Sequence[Fact]]]] = {}


def load(kind: type[F], event: Event) -> F:
    """The fact that one event needs, read under the command's locks."""
    return cast(F, SOURCES[kind](event))


def load_each(kind: type[F], events: Sequence[Event]) -> Sequence[F]:
    """The fact for each of many events, in their order: in one statement where the kind has such a source."""
    if kind in SOURCES_OF_MANY:
        return cast(Sequence[F], SOURCES_OF_MANY[kind](events))
    return [load(kind, event) for event in events]
