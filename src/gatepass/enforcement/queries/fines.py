"""Fines: which wait for a decision; one with its facts and arithmetic. Seen by who decides, by finance, and by whom it hits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from gatepass.carriers.models import Carrier
from gatepass.enforcement import law
from gatepass.enforcement.models import Finding, Fine, Obligation
from gatepass.enforcement.queries import sql
from gatepass.enforcement.queries.book import law_on
from gatepass.enforcement.queries.deadlines import Arithmetic, explained
from gatepass.enforcement.queries.labels import labelled
from gatepass.people.models import Person
from gatepass.regulations import rulebook
from gatepass.roles import Position, Power, Sight
from gatepass.rules.clauses import Clause, Pays
from gatepass.rules.happenings import BreachFound
from gatepass.rules.reasons import NotFound
from gatepass.words import Text, same
from gatepass.workdays import duration

MOST: Final = 100
STATES: Final = {
    "withdrawn": Text("已撤回", "withdrawn"),
    "waived": Text("已免除", "waived"),
    "confirmed": Text("已确认", "confirmed"),
    "asked": Text("已提请免罚，等总经理", "waiver proposed, the head decides"),
    "proposed": Text("待确认", "to be confirmed"),
}


@dataclass(frozen=True, slots=True)
class FineRow:
    """A fine. `percent` of `base_fen` is `fen`; None: a fixed sum. late_until: when what was owed came, None while it is still owed."""

    uid: UUID
    clause: str
    article: str
    title: Text
    whose: Text
    document: str
    order_number: str
    order: UUID | None
    customer_name: str
    due: datetime
    late_until: datetime | None
    base_fen: int
    percent: Decimal | None
    fen: int
    proposed_at: datetime
    state: str
    waiver_reason: str
    kind: str
    subject: UUID

    @property
    def state_text(self) -> Text:
        return STATES[self.state]

    @property
    def address(self) -> str:
        return f"/enforcement/fines/{self.uid}/"

    @property
    def found(self) -> bool:
        """By a superior, not by a clock."""
        return self.kind == "finding"


@dataclass(frozen=True, slots=True)
class FineCase:
    """One fine with the sentence in force when the clock opened, its arithmetic, and who decided what."""

    row: FineRow
    sentence: Text
    version: int
    counted: Arithmetic
    late: Text
    confirmed: tuple[datetime, str] | None
    asked: tuple[datetime, str, str] | None
    waived: tuple[datetime, str, str] | None
    withdrawn_at: datetime | None
    own: bool
    found: tuple[datetime, str, str] | None = None
    found_himself: bool = False


def _scope(sight: Sight) -> Q:
    if sight.may(Power.CONFIRM_FINE) or sight.may(Power.WAIVE_FINE) or sight.may(Power.RECEIVE_WAYBILL):
        return Q()
    return _own(sight)


def _own(sight: Sight) -> Q:
    return Q(holder_kind="person", holder=sight.person) | (Q(holder_kind="carrier", holder=sight.carrier) if sight.carrier else Q(pk=None))


def own(sight: Sight) -> tuple[FineRow, ...]:
    """One's own that wait for a decision."""
    return _rows(Fine.objects.filter(_own(sight), confirmed_at=None, waived_at=None, withdrawn_at=None).order_by("proposed_at", "id"))


def own_decided(sight: Sight, *, since: datetime, until: datetime) -> tuple[FineRow, ...]:
    """One's own that were decided in a time."""
    return _rows(Fine.objects.filter(_own(sight), _decided(since, until)).order_by("-id"))


def to_decide(sight: Sight) -> tuple[FineRow, ...]:
    """What is neither confirmed nor waived, oldest first."""
    return _rows(Fine.objects.filter(_scope(sight), confirmed_at=None, waived_at=None, withdrawn_at=None).order_by("proposed_at", "id"))


def decided(sight: Sight, *, since: datetime, until: datetime) -> tuple[FineRow, ...]:
    """What was confirmed, waived or withdrawn in a time, newest first."""
    return _rows(Fine.objects.filter(_scope(sight), _decided(since, until)).order_by("-id"))


def _decided(since: datetime, until: datetime) -> Q:
    return Q(confirmed_at__range=(since, until)) | Q(waived_at__range=(since, until)) | Q(withdrawn_at__range=(since, until))


def of_article(sight: Sight, article: str) -> tuple[FineRow, ...]:
    """The fines of an article that wait for a decision."""
    return tuple(row for row in to_decide(sight) if row.article == article)


def fine(sight: Sight, uid: UUID, *, at: datetime) -> FineCase:
    """One fine. Raises NotFound outside one's scope."""
    rows = _rows(Fine.objects.filter(_scope(sight), uid=uid))
    if not rows:
        raise NotFound("fine")
    found = Fine.objects.select_related("obligation").get(uid=uid)
    known = Finding.objects.filter(uid=found.subject).first() if rows[0].found else None
    names = dict(
        Person.objects.filter(
            uid__in=[found.confirmed_by, found.waiver_proposed_by, found.waived_by, *([known.found_by] if known else [])]
        ).values_list("uid", "name")
    )
    duty = found.obligation
    clause = rulebook.clause(duty.clause, duty.version)
    asked, waived, confirmed = found.waiver_proposed_at, found.waived_at, found.confirmed_at
    return FineCase(
        row=rows[0], sentence=clause.sentence(law.current(at), duty.opened_at), version=duty.version,
        counted=explained(duty, at), late=duration(max((duty.closed_at or at) - duty.due_at, timedelta(0))),
        confirmed=(confirmed, _name(names, found.confirmed_by)) if confirmed else None,
        asked=(asked, _name(names, found.waiver_proposed_by), found.waiver_reason) if asked else None,
        waived=(waived, _name(names, found.waived_by), found.waived_why) if waived else None,
        found=(known.at, _name(names, known.found_by), known.facts) if known else None,
        found_himself=bool(known and {known.found_by, known.found_for} & sight.people()),
        withdrawn_at=found.withdrawn_at, own=found.holder_kind == "person" and found.holder in sight.people(),
    )  # fmt: skip


def of_finding(sight: Sight, uid: UUID) -> str:
    """The address of the fine that a finding brought about. Raises NotFound outside one's scope."""
    found = Fine.objects.filter(_scope(sight), subject=uid, obligation__kind="finding").values_list("uid", flat=True).first()
    if found is None:
        raise NotFound("finding")
    return f"/enforcement/fines/{found}/"


def foundable(sight: Sight, *, on: date, article: str = "") -> tuple[tuple[str, Text], ...]:
    """The sentences in force whose breach a superior finds, with what they are about; none for who may not find any."""
    return tuple((clause.number, pays.what) for clause, pays in _foundable(sight, on) if article in ("", clause.article))


def sentences(sight: Sight, *, at: datetime) -> dict[str, Text]:
    """The same with what they say today, by number."""
    now = law.current(at)
    return {clause.number: clause.sentence(now, at) for clause, _ in _foundable(sight, now.calendar.local(at).date())}


def _foundable(sight: Sight, on: date) -> Iterator[tuple[Clause, Pays]]:
    rules, at = law_on(on)
    for clause in rulebook.every_clause() if sight.may(Power.CONFIRM_FINE) else ():
        if isinstance(clause.says, Pays) and BreachFound in clause.says.upon and rules.in_force(clause, at):
            yield clause, clause.says


def _name(names: dict[UUID, str], uid: UUID | None) -> str:
    return names.get(uid, "") if uid else ""


def _rows(fines: QuerySet[Fine]) -> tuple[FineRow, ...]:
    found = list(fines.select_related("obligation")[:MOST])
    duties = {row.pk: row for row in labelled(sql.OF_IDS, {"ids": [one.obligation_id for one in found]})}
    people = dict(Person.objects.filter(uid__in=[f.holder for f in found if f.holder_kind == "person"]).values_list("uid", "name"))
    carriers = dict(Carrier.objects.filter(uid__in=[f.holder for f in found if f.holder_kind == "carrier"]).values_list("uid", "name"))
    return tuple(_row(one, duties[one.obligation_id], people | carriers) for one in found)


def _row(one: Fine, duty: Obligation, names: dict[UUID, str]) -> FineRow:
    shown, article = vars(duty), rulebook.clause(duty.clause, duty.version).article
    name = _name(names, one.holder)
    whose = same(name) if name else Position(duty.holder_position).text if duty.holder_position else same("")
    return FineRow(
        uid=one.uid, clause=one.clause, article=article, title=rulebook.article(article).title, whose=whose,
        document=shown["document"], order_number=shown["order_number"], order=duty.order, customer_name=shown["customer_name"],
        due=duty.due_at, late_until=duty.closed_at, base_fen=one.base_fen, percent=one.percent, fen=one.fen,
        proposed_at=one.proposed_at, state=_state(one), waiver_reason=one.waiver_reason, kind=duty.kind, subject=duty.subject,
    )  # fmt: skip


def _state(one: Fine) -> str:
    if one.withdrawn_at:
        return "withdrawn"
    if one.waived_at:
        return "waived"
    if one.confirmed_at:
        return "confirmed"
    return "asked" if one.waiver_proposed_at else "proposed"
