"""Who consented to changes of goods, by whose word, and who countersigned: read from the signatures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gatepass.approvals.queries import SignatureRow, signatures
from gatepass.approvals.separation import Verdict


@dataclass(frozen=True, slots=True)
class Consent:
    """What was said to one change; names are empty and moments None where nothing was said yet."""

    name: str = ""
    person: UUID | None = None
    at: datetime | None = None
    note: str = ""
    verbal: bool = False
    confirmed_at: datetime | None = None
    countersigned_by: str = ""
    countersigned_at: datetime | None = None
    refused_by: str = ""
    refused_why: str = ""


NOBODY = Consent()


def consents(changes: Iterable[UUID]) -> Mapping[UUID, Consent]:
    """By change; two statements however many there are."""
    asked = list(changes)
    given, countersigned = signatures("change", asked), signatures("countersign", asked)
    return {uid: _consent(given.get(uid, []), countersigned.get(uid, [])) for uid in asked}


def _consent(given: list[SignatureRow], countersigned: list[SignatureRow]) -> Consent:
    yes = next((one for one in given if one.given), None)
    own = next((one for one in given if one.verdict is Verdict.CONFIRMED), None)
    counter = next((one for one in countersigned if one.given), None)
    refused = next((one for one in countersigned if one.verdict is Verdict.RETURNED), None)
    return Consent(
        name=yes.name if yes else "", person=yes.person if yes else None, at=yes.at if yes else None, note=yes.why if yes else "",
        verbal=yes is not None and yes.verdict is Verdict.WORD, confirmed_at=own.at if own else None,
        countersigned_by=counter.name if counter else "", countersigned_at=counter.at if counter else None,
        refused_by=refused.name if refused else "", refused_why=refused.why if refused else "",
    )  # fmt: skip
