"""Where each fact that a clause names is found: fact type to source. The only place that knows both.

A source takes the event and gives the fact, or how it is asked for: all that one event needs is then read in one statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any, Final, TypeVar, cast

from psycopg.sql import SQL

from gatepass.approvals.facts import Signed
from gatepass.approvals.state import signed
from gatepass.customers.facts import FileState
from gatepass.customers.queries import file_state
from gatepass.dispatch import facts as dispatch_facts
from gatepass.dispatch.queries import facts as dispatch
from gatepass.gate import queries as gate
from gatepass.gate.facts import PassState
from gatepass.journal.prepared import prepared
from gatepass.journal.reading import Asked, plain
from gatepass.orders.facts import CheckState, Unpaid
from gatepass.orders.queries import check_state
from gatepass.production.facts import Remarks
from gatepass.production.remarks import remarks_of
from gatepass.rules.clauses import Fact
from gatepass.rules.events import Event
from gatepass.transport import queries as transport
from gatepass.transport.facts import BatchFreight, LoadState, WaybillBlanks

F = TypeVar("F", bound=Fact)
SOURCES: Final[dict[type[Fact], Callable[..., Fact | Asked]]] = {
    Signed: signed,
    dispatch_facts.ConsentState: dispatch.consent_state,
    dispatch_facts.LineToPick: dispatch.line_to_pick,
    dispatch_facts.OpenDoubts: dispatch.open_doubts,
    dispatch_facts.Picked: dispatch.picked_in_full,
    dispatch_facts.PickedBatches: dispatch.picked_batches,
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


def load_all(kinds: Iterable[type[Fact]], event: Event) -> dict[type[Fact], Fact]:
    """Every fact that one event needs, read under the command's locks, in one statement."""
    found: dict[type[Fact], Fact] = {}
    asked: dict[type[Fact], Asked] = {}
    for kind in kinds:
        source = SOURCES[kind](event)
        if isinstance(source, Asked):
            asked[kind] = source
        else:
            found[kind] = source
    if asked:
        with prepared() as cursor:
            cursor.execute(_together(tuple(one.text for one in asked.values())), _told(event))
            row = cursor.fetchone()
        found |= {kind: one.made(event, plain(value)) for (kind, one), value in zip(asked.items(), row, strict=True)}
    return found


@lru_cache(maxsize=128)
def _together(texts: tuple[str, ...]) -> str:
    """One select of several selects, each of one value."""
    return SQL("select {}").format(SQL(", ").join(SQL("({})").format(SQL(cast(Any, text))) for text in texts)).as_string(None)


def _told(event: Event) -> Mapping[str, Any]:
    """The event's fields as parameters."""
    given = {field.name: getattr(event, field.name) for field in fields(cast(Any, event))}
    notices = given.get("notices") or ([given["notice"]] if given.get("notice") else [])
    return {**given, "notices": list(notices), "subjects": [uid for _, uid in event.concerns()]}


def load_each(kind: type[F], events: Sequence[Event]) -> Sequence[F]:
    """The fact for each of many events, in their order: in one statement where the kind has such a source."""
    if kind in SOURCES_OF_MANY:
        return cast(Sequence[F], SOURCES_OF_MANY[kind](events))
    return [cast(F, load_all([kind], event)[kind]) for event in events]
