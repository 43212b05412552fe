"""What one person entered and another confirms before it counts: posts of weight by the head, deputies by whose power it is (rule 35)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.people.deputies import may_hand_on, outside
from gatepass.people.events import AppointmentDeclined, DeputyNamed, PersonAppointed
from gatepass.people.links import begin_anew
from gatepass.people.models import Appointment, Deputy
from gatepass.people.posts import ALREADY
from gatepass.people.rows import day_of, empty, hold, holds, inactive, locked_person, too_long
from gatepass.roles import SYSTEM, Position, Power, weighty
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text

name_fields(appointment=("任岗或代行", "post or deputy"))
DONE = refusal("这一条已确认或已退回", "This was confirmed or declined already")


@command(may=None, title=Text("确认任岗或代行", "Confirm a post or a deputy"))
def confirm_appointment(case: Case, *, appointment: Annotated[UUID, Of("appointment")]) -> Ref:
    """It counts from now on. Whoever gets a post of weight signs in anew, with a link and a code that the head tells him, unless he did
    so before: nobody who knew an earlier password of his comes with him.
    """
    row = _open(appointment)
    person = locked_person(row.person.uid)
    case.decide(
        _event(row), reasons=[*_may_not(case, row), inactive(person), outside(person) if row.deputy else None, _there(row)]
    )
    row.confirmed_by, row.confirmed_at = case.actor.person, case.at
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    if row.deputy and row.until:
        Deputy.objects.create(
            uid=row.uid, post=row.post, represented=row.stands_for, person=person, rank=row.rank, since=row.since, until=row.until,
            reason=row.reason,
        )  # fmt: skip
    else:
        hold(case, person, row.post, day_of(row.since), day_of(row.until) if row.until else None)
    if weighty(Position(row.post.kind)):
        begin_anew(case, person)
    return Ref("person", person.uid, person.name)


@command(may=None, title=Text("退回任岗或代行", "Decline a post or a deputy"))
def decline_appointment(case: Case, *, appointment: Annotated[UUID, Of("appointment")], reason: str) -> Ref:
    """It never counts. By whoever could confirm it, or by who entered it."""
    row = _open(appointment)
    entered = row.entered_by == case.actor.person
    case.decide(
        AppointmentDeclined(appointment=appointment, person=row.person.uid, position=row.post.uid),
        reasons=[*([_over(row)] if entered else _may_not(case, row)), *empty(reason=reason), *too_long(reason=(reason, 120))],
    )
    row.declined_by, row.declined_at, row.reason = case.actor.person, case.at, reason
    row.save(update_fields=["declined_by", "declined_at", "reason"])
    return Ref("person", row.person.uid, row.person.name)


def _open(uid: UUID) -> Appointment:
    related = ("post", "person", "stands_for")
    found = Appointment.objects.select_for_update(of=("self",)).select_related(*related).filter(uid=uid).first()
    if found is None:
        raise NotFound("appointment")
    return found


def _event(row: Appointment) -> Event:
    if row.deputy and row.until:
        return DeputyNamed(
            deputy=row.uid, position=row.post.uid, represented=row.stands_for.uid if row.stands_for else None, person=row.person.uid, rank=row.rank,
            since=row.since, until=row.until,
        )  # fmt: skip
    until = day_of(row.until) if row.until else None
    return PersonAppointed(person=row.person.uid, position=row.post.uid, kind=Position(row.post.kind), since=day_of(row.since), until=until)


def _over(row: Appointment) -> Reason | None:
    return DONE if row.confirmed_at or row.declined_at else None


def _may_not(case: Case, row: Appointment) -> list[Reason | None]:
    """Why it is not his to confirm: not the head, or not whose power it is; he entered it, or it is about himself."""
    his = may_hand_on(case, row.post, row.stands_for) if row.deputy else case.actor.may(Power.AMEND_RULEBOOK)
    stranger = refusal(
        "由总经理确认（代行由本人或上级确认）", "The head confirms it; a deputy, whose power it is or his superior", clause="M1",
        cure=Text("请他们在“组织与岗位”确认", "One of them confirms it under Organisation"),
    )  # fmt: skip
    own = refusal("自己登记的、给自己的，不能自己确认", "Nobody confirms what he entered, or what is for himself", clause="M1")
    people = case.actor.people() - {SYSTEM.person}
    return [
        _over(row),
        None if his else stranger,
        own if row.entered_by in people or row.person.uid in people else None,
    ]


def _there(row: Appointment) -> Reason | None:
    if row.deputy:
        return None
    return ALREADY if holds(row.post, row.person, day_of(row.since), day_of(row.until) if row.until else None) else None

