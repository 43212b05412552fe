"""Duties as frozen rows: what, by when, who; and how closed ones were kept. Scoped to who is asking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gatepass.enforcement.models import Obligation
from gatepass.enforcement.queries import sql
from gatepass.enforcement.queries.deadlines import allowed, used
from gatepass.enforcement.queries.labels import labelled
from gatepass.enforcement.scope import asking
from gatepass.people.roster import Acting, Roster, roster
from gatepass.regulations import rulebook
from gatepass.roles import Position, Sight
from gatepass.rules.clauses import Clause, Owes
from gatepass.rules.reasons import NotFound
from gatepass.words import Text, same


@dataclass(frozen=True, slots=True)
class Duty:
    """An open duty. `people`: who acts for it now; `whose`: how a row names them; `act`: the command that fulfils it;
    signs: the signature that it is, as `route.step`.

    allowed: the term as it was fixed; superior: who sees it once it ran out, and who that is now.

    subject: a reference of this `kind`; document: how people call it; order_number: "" where it belongs to none.
    """

    uid: UUID
    clause: str
    article: str
    kind: str
    subject: UUID
    order: UUID | None
    customer: UUID | None
    carrier: UUID | None
    document: str
    order_number: str
    customer_name: str
    what: Text
    act: str
    opened_at: datetime
    due: datetime
    provisional: bool
    overdue: bool
    position: Position | None
    people: tuple[Acting, ...]
    whose: Text
    reminded_at: datetime | None
    refused_at: datetime | None
    allowed: Text = same("")
    superior: Text = same("")
    closed: bool = False
    signs: str = ""

    @property
    def explain_url(self) -> str:
        """Answers with the arithmetic of the deadline, as a fragment."""
        return f"/enforcement/duties/{self.uid}/why"


@dataclass(frozen=True, slots=True)
class Kept:
    """A closed duty: what was used of what was allowed. `entry`: what closed it; how: kept, late, ended, moved, breach."""

    uid: UUID
    clause: str
    article: str
    subject: UUID
    entry: UUID | None
    opened_at: datetime
    due: datetime
    closed_at: datetime
    how: str
    used: Text
    allowed: Text
    broken: bool


@dataclass(frozen=True, slots=True)
class OfOrder:
    """An order's duties: open ones by what runs out first, closed ones as they were closed, and which entry began which sentence."""

    open: tuple[Duty, ...]
    kept: tuple[Kept, ...]
    begun: tuple[tuple[UUID, str], ...]


def open_duties(sight: Sight, *, at: datetime, orders: Iterable[UUID] = (), subjects: Iterable[UUID] = ()) -> tuple[Duty, ...]:
    """What is open of these orders or subjects (notice, waybill, consignment, trip ...), by what runs out first. Two statements."""
    now = roster(at)
    rows = labelled(sql.OPEN, asking(sight, now) | {"orders": list(orders), "subjects": list(subjects)})
    return tuple(duty_of(row, now, at) for row in rows)


def one(sight: Sight, uid: UUID, *, at: datetime) -> Duty:
    """A duty, open or closed. Raises NotFound outside one's scope."""
    now = roster(at)
    return duty_of(row_of(sight, now, uid), now, at)


def row_of(sight: Sight, now: Roster, uid: UUID) -> Obligation:
    """The same as the row that is kept. Raises NotFound outside one's scope."""
    found = labelled(sql.ONE, asking(sight, now) | {"uid": uid})
    if not found:
        raise NotFound("obligation")
    return found[0]


def duties_of_order(sight: Sight, order: UUID, *, at: datetime) -> OfOrder:
    """Everything that an order brought about. Two statements."""
    now = roster(at)
    rows = labelled(sql.OF_ORDER, asking(sight, now) | {"order": order}, "seen")
    seen = [row for row in rows if vars(row)["seen"]]
    kept = [row for row in seen if row.closed_at is not None and row.closed_how != "moved"]
    return OfOrder(
        tuple(duty_of(row, now, at) for row in seen if row.closed_at is None),
        tuple(_kept(row) for row in sorted(kept, key=lambda row: (row.closed_at, row.id))),
        tuple((row.opened_by, row.clause) for row in sorted(rows, key=lambda row: row.id)),
    )


def duty_of(row: Obligation, now: Roster, at: datetime) -> Duty:
    """A row of `labelled` obligations, with the people who act for it now."""
    clause, shown = _clause(row), vars(row)
    owes = clause.says if isinstance(clause.says, Owes) else None
    position = Position(row.holder_position) if row.holder_position else None
    people = now.acting(row.holder_position, row.holder) if position else ()
    overdue = row.due_at <= at
    said = owes.overdue if owes and overdue and owes.overdue else owes.what if owes else Text("{n}", "{n}").fill(n=clause.number)
    return Duty(
        uid=row.uid, clause=row.clause, article=clause.article, kind=row.kind, subject=row.subject, order=row.order,
        customer=row.customer, carrier=row.carrier, document=shown["document"], order_number=shown["order_number"],
        customer_name=shown["customer_name"], what=said, act=owes.act if owes else "", opened_at=row.opened_at, due=row.due_at,
        provisional=row.provisional, overdue=overdue, position=position, people=people,
        whose=_whose(position, people, shown["carrier_name"]), reminded_at=shown["reminded_at"], refused_at=shown["refused_at"],
        allowed=allowed(row), closed=row.closed_at is not None, signs=owes.signs if owes else "",
        superior=_named(Position(row.superior), now.acting(row.superior)) if row.superior else same(""),
    )  # fmt: skip


def _whose(position: Position | None, people: tuple[Acting, ...], carrier: str) -> Text:
    """The one who acts, for whom; several are named by their position."""
    return same(carrier) if position is None else _named(position, people)


def _named(position: Position, people: tuple[Acting, ...]) -> Text:
    if len(people) != 1:
        return position.text
    one = people[0]
    deputising = Text("{name}（代{other}）", "{name} (for {other})").fill(name=one.name, other=one.instead_of_name)
    return deputising if one.instead_of_name else same(one.name)


def _clause(row: Obligation) -> Clause:
    return rulebook.clause(row.clause, row.version)


def _kept(row: Obligation) -> Kept:
    clause = _clause(row)
    closed = row.closed_at or row.due_at
    return Kept(
        uid=row.uid, clause=row.clause, article=clause.article, subject=row.subject, entry=row.closed_by, opened_at=row.opened_at,
        due=row.due_at, closed_at=closed, how=row.closed_how, used=used(row, closed), allowed=allowed(row),
        broken=row.breached_at is not None or row.closed_how in ("late", "breach"),
    )  # fmt: skip
