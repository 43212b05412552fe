"""Moments that people claim: a wall time without a zone, as browsers send it, is the company's."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from gatepass.rules.reasons import Beyond, Reason, refusal

SLACK: Final = timedelta(minutes=5)  # a phone's clock may be a little ahead


def in_company_zone(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))


def day_of(moment: datetime) -> date:
    """The company's day of a moment."""
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def claimed(moment: datetime, left_at: datetime | None, at: datetime, field: str) -> list[Reason]:
    """A claimed moment lies between the release at the gate and now."""
    if left_at is None:
        return [refusal("车还没有出门", "The vehicle has not left", beyond=Beyond.TIME)]
    if moment < left_at.replace(second=0, microsecond=0):
        return [refusal("时间早于出门放行", "It is before the release at the gate", field=field)]
    return [refusal("时间还没有到", "It is in the future", field=field)] if moment > at + SLACK else []
