"""Samples as their page shows them."""

from __future__ import annotations

from uuid import UUID

from gatepass.dispatch import scope
from gatepass.dispatch.models import Sample, SampleLine
from gatepass.dispatch.queries.names import Names
from gatepass.dispatch.queries.picking import offers
from gatepass.dispatch.queries.rows import BatchRow, SampleRow
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound, Reason
from gatepass.stock.models import Move, Quality
from gatepass.words import Text


def samples(sight: Sight, before: UUID | None = None, most: int = 50) -> list[SampleRow]:
    """Sample notices, newest first; `before`: the last one seen."""
    rows = scope.samples(sight)
    if before is not None:
        rows = rows.filter(id__lt=rows.filter(uid=before).values("id")[:1])
    return _rows(sight, list(rows.select_related("customer").order_by("-id")[:most]))


def sample(sight: Sight, uid: UUID) -> SampleRow:
    """One of them, with the batches to take where it is still to be sent. Raises NotFound."""
    found = scope.samples(sight).select_related("customer").filter(uid=uid).first()
    if found is None:
        raise NotFound("sample")
    return _rows(sight, [found], with_offers=found.sent_at is None)[0]


def unfit_batches(sample: UUID) -> list[Reason]:
    """Why samples may not leave: a batch that they were taken from has failed or is held since (D7)."""
    taken = Move.objects.filter(document=sample).exclude(batch__quality=Quality.PASSED.value).select_related("batch__product")
    what = Text("{product}批次 {code} 没有检验合格", "Batch {code} of {product} has not passed quality")
    return [Reason(clause="D7", what=what.fill(product=row.batch.product.name, code=row.batch.code)) for row in taken]


def _rows(sight: Sight, found: list[Sample], *, with_offers: bool = False) -> list[SampleRow]:
    names = Names(who for row in found for who in (row.written_by, row.approved_by))
    lines: dict[int, list[SampleLine]] = {}
    for line in SampleLine.objects.filter(sample__in=found).select_related("product").order_by("position"):
        lines.setdefault(line.sample_id, []).append(line)
    money, contacts = sight.may(Power.SEE_MONEY), sight.may(Power.SEE_CONTACTS)
    return [
        SampleRow(
            uid=row.uid, number=row.number, customer=row.customer.name if row.customer else "", recipient=row.recipient,
            address=row.address if contacts else None, phone=row.phone if contacts else None, purpose=row.purpose,
            cost_fen=row.cost_fen if money else None,
            lines=tuple((one.product.name, one.product.spec, one.cartons) for one in lines.get(row.id, ())),
            written_by=names[row.written_by], writers=frozenset(who for who in (row.written_by, row.written_for) if who),
            written_at=row.written_at, approved_by=names[row.approved_by], approved_at=row.approved_at, declined_at=row.declined_at,
            declined_why=row.declined_why, sent_at=row.sent_at, follow_up_on=row.follow_up_on, outcome=row.outcome,
            outcome_at=row.outcome_at,
            offers=_offers(lines.get(row.id, [])) if with_offers else (),
        )
        for row in found
    ]  # fmt: skip


def _offers(lines: list[SampleLine]) -> tuple[BatchRow, ...]:
    return tuple(offer for served in offers(*((line.product.uid, line.cartons) for line in lines)) for offer in served)
