"""Freight rates by destination, unit and period (C20)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.db.models import Q

from gatepass.carriers.events import RateEnded, RateSet
from gatepass.carriers.models import Carrier, PricingUnit, Rate
from gatepass.carriers.rows import locked_carrier
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.money import Money
from gatepass.people.rows import empty, too_long
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text

name_fields(
    unit=("计价单位", "pricing unit"), yuan=("单价（元）", "yuan a unit"),
    minimum=("最低运费", "minimum charge"), rate=("运价", "rate"),
)  # fmt: skip
SAME = refusal("这一天起的运价已有", "There is already a rate from this day on", field="since")
once("one_rate", SAME)
NO_MONEY = Money(0)
Place = Annotated[str, Called(Text("到达地", "destination"))]


@command(may=Power.KEEP_CARRIERS, title=Text("定运价", "Set a rate"))
def set_rate(
    case: Case,
    *,
    carrier: Annotated[UUID, Of("carrier")],
    destination: Place,
    unit: PricingUnit,
    yuan: Decimal,
    since: date,
    minimum: Money = NO_MONEY,
    until: Annotated[date | None, Called(Text("截止日期", "through"))] = None,
) -> Ref:
    """Yuan a carton, ton or cubic metre to a destination (其他: elsewhere), from a day on; the rate before it ends the day before."""
    owner = locked_carrier(carrier)
    before, same, later = neighbours(owner, destination, unit, since)
    made = Rate(
        uid=case.new_id(), carrier=owner, destination=destination, unit=unit.value, yuan=yuan, minimum_fen=minimum.fen,
        since=since, until=until,
    )  # fmt: skip
    case.decide(
        rate_set(made, before),
        reasons=[*wrong_rate(made), SAME if same else None, _overlap(later, until)],
    )
    if before is not None:
        before.until = since - timedelta(days=1)
        before.save(update_fields=["until"])
    made.save()
    return Ref("rate", made.uid, destination)


@command(may=Power.KEEP_CARRIERS, title=Text("运价到期", "End a rate"))
def end_rate(case: Case, *, rate: Annotated[UUID, Of("rate")], until: date) -> Ref:
    """The last day of this rate."""
    found = Rate.objects.select_for_update(of=("self",)).select_related("carrier")
    row = found.filter(uid=rate).first()
    if row is None:
        raise NotFound("rate")
    ended = refusal("这个运价到那时已经到期", "This rate ends by then already", field="until")
    case.decide(
        RateEnded(carrier=row.carrier.uid, rate=rate, until=until),
        reasons=[ended if row.until is not None and row.until <= until else None, _early(row.since, until)],
    )
    row.until = until
    row.save(update_fields=["until"])
    return Ref("rate", rate, row.destination)


def rate_set(made: Rate, before: Rate | None) -> RateSet:
    return RateSet(
        carrier=made.carrier.uid, rate=made.uid, destination=made.destination, unit=made.unit, yuan=made.yuan,
        minimum_fen=made.minimum_fen, since=made.since, until=made.until, ends=before.uid if before else None,
    )  # fmt: skip


def neighbours(
    carrier: Carrier, destination: str, unit: PricingUnit, since: date
) -> tuple[Rate | None, Rate | None, Rate | None]:
    """Rates for the same destination and unit: the one running on that day, the one that begins on it, the next to begin."""
    all_ = Rate.objects.filter(carrier=carrier, destination=destination, unit=unit.value)
    running = all_.filter(since__lt=since).filter(Q(until=None) | Q(until__gte=since)).order_by("-since").first()
    return running, all_.filter(since=since).first(), all_.filter(since__gt=since).order_by("since").first()


def wrong_rate(rate: Rate) -> list[Reason | None]:
    return [
        *empty(destination=rate.destination),
        *too_long(destination=(rate.destination, 60)),
        refusal("单价不能小于 0", "A rate is not below 0", field="yuan") if rate.yuan < 0 else None,
        refusal("单价太大", "This rate is too large", field="yuan") if rate.yuan >= 1_000_000 else None,
        refusal("单价最多六位小数", "A rate has at most six decimals", field="yuan") if _too_fine(rate.yuan) else None,
        refusal("最低运费不能小于 0", "A minimum is not below 0", field="minimum") if rate.minimum_fen < 0 else None,
        _early(rate.since, rate.until),
    ]


def _too_fine(yuan: Decimal) -> bool:
    return yuan.is_finite() and yuan != round(yuan, 6)


def _early(since: date, until: date | None) -> Reason | None:
    early = refusal("截止日期在起始日期之前", "It ends before it begins", field="until")
    return early if until is not None and until < since else None


def _overlap(later: Rate | None, until: date | None) -> Reason | None:
    if later is None or (until is not None and until < later.since):
        return None
    what = Text("{day} 起已有同一到达地的运价，请填更早的截止日期", "A rate for this destination begins on {day}: end this one before")
    return Reason(what=what.fill(day=later.since), field="until")
