"""What a room does with its own: bind a version for signature, say who else is touched by it, take it off its way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from gatepass.approvals import sql
from gatepass.approvals.routes import Data, Route
from gatepass.approvals.separation import Part, Touch
from gatepass.journal.door import Case
from gatepass.journal.reading import run, value
from gatepass.roles import SYSTEM
from gatepass.rules.events import canonical


def digest_of(data: Data) -> str:
    """The hash that signatures carry: of the canonical JSON of what is bound, its version included."""
    return hashlib.sha256(canonical(dict(data)).encode()).hexdigest()


def numbered(version: int, data: Data) -> dict[str, Any]:
    """What is bound with its version in it, so that the same words written again are another version."""
    return {**data, "version": version}


def bind(
    case: Case, route: Route, subject: UUID, *, number: str, data: Data, touched: Iterable[Touch] = (), part: Part = Part.WROTE
) -> str:
    """Bind what the subject says now (`numbered`); signatures of earlier versions stay with those. Gives the digest.

    Who acts is touched by it himself, as `part` says, with whom he acts for; `touched`: who else is.
    """
    left = route.needed(data)
    digest = digest_of(data)
    everybody = [Touch(case.actor.person, case.actor.acting_for, part), *touched]
    run(
        sql.BIND,
        {
            "route": route.code, "subject": subject, "number": number, "version": data["version"], "digest": digest,
            "data": json.dumps(data, ensure_ascii=False), "apart": route.apart, "touched": _rows(everybody), "left": left,
            "waits": route.turn(left), "at": case.at, "entry": case.entry,
        },
    )  # fmt: skip
    return digest


def bind_next(
    case: Case, route: Route, subject: UUID, *, number: str, data: Data, touched: Iterable[Touch] = (), part: Part = Part.WROTE
) -> str:
    """Bind what a subject without versions of its own says from now on, as its next version. Under the subject's lock."""
    version = int(value(sql.NEXT, {"route": route.code, "subject": subject}))
    return bind(case, route, subject, number=number, data=numbered(version, data), touched=touched, part=part)


def touch(case: Case, route: Route, subject: UUID, touched: Iterable[Touch]) -> None:
    """Somebody changed what the present version stands on, and its words stay the same."""
    if (rows := _rows(touched)) != "[]":
        run(sql.TOUCH, {"route": route.code, "subject": subject, "touched": rows, "entry": case.entry})


def close(case: Case, *subjects: UUID, routes: Iterable[Route]) -> None:
    """Nothing of these things is signed any more: they are void, withdrawn or over."""
    if subjects:
        run(sql.CLOSE, {"subjects": list(subjects), "routes": [one.code for one in routes], "at": case.at})


def _rows(touched: Iterable[Touch]) -> str:
    """Each person once, by what he did first; the system is nobody."""
    found: dict[tuple[UUID, UUID | None], Part] = {}
    for one in touched:
        if one.person != SYSTEM.person:
            found.setdefault((one.person, one.acting_for if one.acting_for != one.person else None), one.part)
    return json.dumps([{"person": str(p), "acting_for": str(o) if o else None, "part": part.value} for (p, o), part in found.items()])
