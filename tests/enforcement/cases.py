"""What the tests of enforcement say again and again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from company import Staff
from gatepass.enforcement import clocks
from gatepass.enforcement.models import Fine, Obligation
from gatepass.journal.who import sight_of
from gatepass.roles import Sight
from gatepass.rules.events import Event
from gatepass.rules.reasons import Refused
from gatepass.transport.events import GoodsLeft, WaybillHandedIn

from .happening import happen
from .samples import sample

MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)  # 9:00 in Shanghai
TUESDAY_MIDNIGHT = datetime(2026, 11, 24, 16, tzinfo=UTC)


def hours(after: float) -> datetime:
    """So many hours after Monday 9:00."""
    return MONDAY + timedelta(hours=after)


def left(staff: Staff, *, at: datetime = MONDAY, order: UUID | None = None) -> UUID:
    """Goods leave on a waybill of the company's carrier: his clock of D11.1 starts. Gives the waybill."""
    waybill = uuid4()
    happen(sample(GoodsLeft, waybill=waybill, carrier=staff.carrier, order=order or uuid4(), customer=staff.customer), at=at)
    return waybill


def handed_in(staff: Staff, waybill: UUID, *, at: datetime) -> None:
    happen(sample(WaybillHandedIn, waybill=waybill, carrier=staff.carrier, customer=staff.customer), at=at)


def fined(staff: Staff) -> UUID:
    """A fine of D11 that waits for a decision: the waybill was not there by Tuesday 24:00."""
    waybill = left(staff)
    clocks.sweep(TUESDAY_MIDNIGHT + timedelta(seconds=4))
    return Fine.objects.get(subject=waybill).uid


def duty(clause: str, subject: UUID | None = None) -> Obligation:
    found = Obligation.objects.filter(clause=clause).order_by("-id")
    return (found.filter(subject=subject) if subject else found)[0]


def sight(staff: Staff, who: str, at: datetime = MONDAY) -> Sight:
    return sight_of(staff.people[who], at)


def said(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.what.zh for reason in refused.value.reasons]


def event_codes(uid: UUID) -> list[str]:
    """The journal's codes about one reference, in order."""
    from gatepass.journal.models import Entry, Reference

    entries = Reference.objects.filter(uid=uid).values("entry_id")
    return list(Entry.objects.filter(id__in=entries).order_by("id").values_list("event", flat=True))


def about(kind: type[Event], staff: Staff, order: UUID, **more: object) -> Event:
    """An event of an order of the company's customer."""
    return sample(kind, order=order, customer=staff.customer, **more)
