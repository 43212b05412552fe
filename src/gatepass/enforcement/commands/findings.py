"""Breaches that no clock sees: a superior finds them, names who is answerable and a sum within the clause's range (C16, C24, R1)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Final
from uuid import UUID

from gatepass.enforcement import law
from gatepass.enforcement.models import Finding
from gatepass.journal.declaration import Among, Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.money import Money, figure
from gatepass.orders.locking import seen_by
from gatepass.people.models import Person
from gatepass.people.roster import Roster, roster
from gatepass.regulations import rulebook
from gatepass.roles import POWERS, Position, Power
from gatepass.rules.clauses import Clause, Pays
from gatepass.rules.happenings import BreachFound
from gatepass.rules.judging import in_force
from gatepass.rules.reasons import NotFound, Reason, Refused, refusal
from gatepass.words import Text

LONGEST: Final = 500
LEADING: Final = frozenset(position for position, powers in POWERS.items() if Power.CONFIRM_FINE in powers)
name_fields(facts=("事实", "facts"))
once("found_once", refusal("同样的事实已经查实过", "These facts are on record already", clause="R1", field="facts"))
OWN: Final = Reason(
    clause="R1", field="person", what=Text("不能查实自己的违反", "Nobody finds a breach of his own"),
    cure=Text("请另一位上级查实", "Ask another superior"),
)  # fmt: skip


@command(may=Power.CONFIRM_FINE, title=Text("查实违反", "Record a breach found"), about="person")
def record_finding(
    case: Case,
    *,
    clause: Annotated[str, Called(Text("条文", "clause")), Among("foundable")],
    person: Annotated[UUID, Of("person"), Called(Text("当事人", "who is answerable"))],
    amount: Annotated[Money, Called(Text("罚款", "fine"))],
    facts: Annotated[str, Called(Text("事实：何时、哪张单据、怎么回事", "facts: when, which paper, what happened"), long=True)],
    order: Annotated[UUID | None, Of("order"), Called(Text("关系到的订单", "the order it concerns"))] = None,
) -> Ref:
    """A superior found it and says on what facts; a proposed fine follows, which somebody else confirms."""
    sentence = foundable(clause)
    who = Person.objects.filter(uid=person, active=True).first()
    about = seen_by(case.actor).select_related("customer").filter(uid=order).first() if order else None
    if who is None or (order and about is None):
        raise NotFound("person" if who is None else "order")
    uid = case.new_id()
    case.decide(
        BreachFound(
            finding=uid, clause_number=clause, person=who.uid, fen=amount.fen, facts_digest=hashlib.sha256(facts.encode()).hexdigest(),
            order=order, customer=about.customer.uid if about else None,
        ),
        reasons=[*_of_the_clause(case, sentence, amount), *_of_the_person(case, who.uid), *_worded(facts)],
    )  # fmt: skip
    Finding.objects.create(
        uid=uid, clause=clause, person=who.uid, order=order, facts=facts, fen=amount.fen, found_by=case.actor.person,
        found_for=case.actor.acting_for, at=case.at, entry=case.entry,
    )  # fmt: skip
    return Ref("finding", uid, f"{clause} {who.name}")


def foundable(number: str) -> Clause:
    """The sentence in the book whose breach a superior finds. Raises Refused for any other."""
    clause = next(iter(rulebook.versions(number)[-1:]), None)
    if clause is None or not isinstance(clause.says, Pays) or BreachFound not in clause.says.upon:
        what = Text("“{number}”不是由上级查实的条文", "{number} is no clause whose breach a superior finds").fill(number=number[:20])
        raise Refused([Reason(what=what, field="clause", cure=Text("请从列表中选", "Choose one from the list"))])
    return clause


def _of_the_clause(case: Case, clause: Clause, amount: Money) -> Iterator[Reason]:
    """In force, and the sum within its range; the refusal quotes the sentence."""
    now = law.current(case.at)
    if not in_force(clause, case.at, now):
        yield refusal("这一条现在没有生效", "This sentence is not in force", clause=clause.article, field="clause")
    least, most = (now.value(clause.number, name, case.at) for name in ("least", "most"))
    if not least <= Decimal(amount.fen) / 100 <= most:
        what = Text("罚款 {sum} 元不在范围内：{sentence}", "A fine of {sum} yuan is outside the range: {sentence}")
        said = clause.sentence(now, case.at)
        yield Reason(clause=clause.article, what=what.fill(sum=figure(amount.fen), sentence=said), field="amount")


def _of_the_person(case: Case, person: UUID) -> Iterator[Reason]:
    mine = case.actor.people()
    if person in mine:
        yield OWN
    elif Position.HEAD not in case.actor.positions and not _superior(roster(case.at), mine, person):
        yield refusal("只有当事人的上级能查实", "Only a superior of this person can find it", clause="R1", field="person")


def _superior(now: Roster, mine: frozenset[UUID], person: UUID) -> bool:
    """Somebody in the line above the person; where the organisation names nobody above him, any manager of who is none himself."""
    above = now.above(person)
    if above:
        return bool(above & mine)
    return person not in now.holders(LEADING)


def _worded(facts: str) -> list[Reason | None]:
    return [
        None if facts else refusal("写明事实", "Say what happened", field="facts"),
        refusal("不能超过 500 个字", "At most 500 characters", field="facts") if len(facts) > LONGEST else None,
    ]
