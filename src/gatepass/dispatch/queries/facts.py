"""What clauses ask of shipping notices, for the event about to happen, under the command's locks."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from gatepass.dispatch import facts
from gatepass.dispatch.amending import unpaid_with
from gatepass.dispatch.events import (
    ChangeApplied,
    LinePicked,
    NoticeApproved,
    NoticeChanged,
    NoticeIssued,
    SampleApproved,
    SampleSent,
)
from gatepass.dispatch.goods import picked, totals, value_before, value_fen
from gatepass.dispatch.models import Approval, Change, Doubt, Notice, NoticeLine, Sample
from gatepass.orders.facts import Unpaid, UnpaidGoods
from gatepass.orders.models import Order
from gatepass.orders.queries import signed_unpaid_fen
from gatepass.receivables.dues import unpaid_fen
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound
from gatepass.stock.models import Batch, Quality


def approvals(event: Event) -> facts.Approvals:
    """Of the notices named; an approval about to be given counts already."""
    named = _notices(event)
    given: dict[tuple[UUID, str], set[UUID]] = {}
    rows = Approval.objects.filter(notice__uid__in=named).select_related("notice")
    for row in rows:
        if row.version == row.notice.version:
            given.setdefault((row.notice.uid, row.side), set()).update(_people(row.person, row.represented))
    if isinstance(event, NoticeApproved):
        given.setdefault((event.notice, event.side), set()).update(_people(event.approver, event.represented))
    return facts.Approvals(
        tuple(
            facts.Approved(
                notice=one.uid, number=one.number, version=one.version, writers=_people(one.written_by, one.written_for),
                finance=frozenset(given.get((one.uid, "finance"), ())), sales=frozenset(given.get((one.uid, "sales"), ())),
            )
            for one in Notice.objects.filter(uid__in=named).order_by("id")
        )
    )  # fmt: skip


def open_doubts(event: Event) -> facts.OpenDoubts:
    rows = Doubt.objects.filter(notice__uid__in=_notices(event), answered_at=None).select_related("notice").order_by("id")
    return facts.OpenDoubts(tuple(facts.AskedOf(row.uid, row.notice.uid, row.notice.number, row.question) for row in rows))


def line_to_pick(event: LinePicked) -> facts.LineToPick:
    """The line as it stands, with every batch of its product that has cartons, in order of expiry."""
    line = NoticeLine.objects.select_related("notice", "product").get(uid=event.line)
    batches = Batch.objects.filter(product=line.product, on_hand__gt=0).order_by("expires_on", "code")
    return facts.LineToPick(
        product=line.product.uid,
        product_name=line.product.name,
        wanted=line.cartons + line.gift,
        picked=picked(line.notice).get((line.position, line.product_id), 0),
        offers=tuple(
            facts.BatchOffer(
                batch=one.uid, code=one.code, product=line.product.uid, expires_on=one.expires_on.isoformat(), on_hand=one.on_hand,
                passed=one.quality == Quality.PASSED.value and one.expires_on > event.day,
            )
            for one in batches
        ),
    )  # fmt: skip


def picked_in_full(event: Event) -> facts.Picked:
    return facts.Picked(
        tuple(facts.PickState(uid, number, wanted, taken) for uid, (number, wanted, taken) in totals(_notices(event)).items())
    )


def consent_state(event: ChangeApplied) -> facts.ConsentState:
    change = Change.objects.select_related("notice__order", "line", "product").get(uid=event.change)
    unpaid = unpaid_with(change) if change.after_hours else 0
    return facts.ConsentState(change.consented_at is not None, unpaid, signed_unpaid_fen(event.order))


def unpaid(event: Event) -> Unpaid:
    """Of the version about to be written; at the gate, of each order's goods through its last notice on the vehicle."""
    if isinstance(event, NoticeIssued | NoticeChanged):
        order = Order.objects.get(uid=event.order)
        return Unpaid((UnpaidGoods(order.uid, order.number, event.unpaid_fen, signed_unpaid_fen(order.uid)),))
    last = {one.order_id: one for one in Notice.objects.filter(uid__in=_notices(event)).select_related("order").order_by("id")}
    return Unpaid(tuple(_goods(notice) for notice in last.values()))


def sample_state(event: SampleApproved | SampleSent) -> facts.SampleState:
    sample = Sample.objects.get(uid=event.sample)
    approvers = _people(sample.approved_by, sample.approved_for)
    if isinstance(event, SampleApproved):
        approvers = _people(event.approver, event.represented)
    return facts.SampleState(sample.number, _people(sample.written_by, sample.written_for), approvers)


def _goods(notice: Notice) -> UnpaidGoods:
    lines = NoticeLine.objects.filter(notice=notice, until_version=None)
    through = value_before(notice.order, notice) + value_fen(lines)
    order = notice.order
    return UnpaidGoods(order.uid, order.number, unpaid_fen(order.uid, through), signed_unpaid_fen(order.uid))


def _people(*people: UUID | None) -> frozenset[UUID]:
    return frozenset(one for one in people if one is not None)


def _notices(event: Event) -> tuple[UUID, ...]:
    """The notices that an event is about. Raises NotFound for an event without any."""
    several: Iterable[UUID] | None = getattr(event, "notices", None)
    if several is not None:
        return tuple(several)
    one = event.reference("notice")
    if one is None:
        raise NotFound("notice")
    return (one,)
