"""Deputies (M1, R7): a named order of people who act with the powers of a post for a time; powers end by themselves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.people.events import AppointmentEntered, DeputyEnded, DeputyNamed
from gatepass.people.links import begin_anew
from gatepass.people.models import Appointment, Deputy, Holding, Person, Post
from gatepass.people.posts import holder_ids, superiors
from gatepass.people.rows import aware, day_of, empty, holds, inactive, locked_person, locked_post, today, too_long
from gatepass.roles import SYSTEM, Position, Power, weighty
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text

name_fields(represented=("代替谁", "in place of"), rank=("第几顺位", "rank"), deputy=("代行", "deputy"))
once("one_deputy", refusal("这段代行已登记", "This deputy is already named", field="person"))


@command(may=None, title=Text("登记代行", "Name a deputy"))
def name_deputy(
    case: Case,
    *,
    post: Annotated[UUID, Of("position")],
    person: Annotated[UUID, Of("person")],
    since: datetime,
    until: datetime,
    reason: str,
    represented: Annotated[UUID | None, Of("person")] = None,
    rank: int = 1,
) -> Ref:
    """`person` acts for `represented` (None: the post is vacant) with the powers of the post, from a moment to a moment.

    By the holder himself or a superior of the post, whose word is enough; or entered by who keeps people, below the head, and counting
    when one of those has confirmed it. The lower rank acts first; the next one where the one before is away himself.
    """
    since, until = aware(since), aware(until)
    away, acts = (locked_person(represented) if represented else None), locked_person(person)
    held = locked_post(post)
    his = may_hand_on(case, held, away)
    made = _row(case, held, away, acts, his)
    made.rank, made.since, made.until, made.reason = rank, since, until, reason
    reasons = [
        None if his else _stranger(case, held), inactive(acts), outside(acts), *_not_away(case, held, away, since, until),
        *_nobody(case, acts, away), *_period(case, since, until, rank), *empty(reason=reason), *too_long(reason=(reason, 120)),
    ]  # fmt: skip
    if his:
        named = DeputyNamed(
            deputy=made.uid, position=post, represented=represented, person=person, rank=rank, since=since, until=until
        )
        case.decide(named, reasons=reasons)
    else:
        entered = AppointmentEntered(appointment=made.uid, person=person, position=post, kind=Position(held.kind), deputy=True)
        case.decide(entered, reasons=reasons)
    made.save()
    if his and weighty(Position(held.kind)):
        begin_anew(case, acts)
    return Ref("deputy" if his else "appointment", made.uid, acts.name)


def _row(case: Case, post: Post, away: Person | None, acts: Person, his: bool) -> Deputy | Appointment:
    """The period itself where whoever hands on his power names it; else what waits to be confirmed."""
    if his:
        return Deputy(uid=case.new_id(), post=post, represented=away, person=acts)
    return Appointment(
        uid=case.new_id(), post=post, stands_for=away, person=acts, deputy=True, entered_by=case.actor.person, entered_at=case.at
    )


@command(may=None, title=Text("提前结束代行", "End a deputy's time early"))
def end_deputy(case: Case, *, deputy: Annotated[UUID, Of("deputy")]) -> Ref:
    """The powers end now. By whoever could have named him, or by the deputy himself."""
    row = Deputy.objects.select_for_update(of=("self",)).filter(uid=deputy).select_related("post", "person", "represented").first()
    if row is None:
        raise NotFound("deputy")
    over = refusal("这段代行已经结束", "This deputy's time is over")
    himself = row.person.uid == case.actor.person
    case.decide(
        DeputyEnded(deputy=deputy, position=row.post.uid, person=row.person.uid),
        reasons=[
            None if himself else _may_not_end(case, row.post, row.represented),
            over if row.ended_at is not None or row.until <= case.at else None,
        ],
    )
    row.ended_at = case.at
    row.save(update_fields=["ended_at"])
    return Ref("deputy", deputy, row.person.name)


def may_hand_on(case: Case, post: Post, away: Person | None) -> bool:
    """Whether the power of a post is his to hand on: its holder for himself, a superior who has weight himself, the system.

    The head's powers are handed on by the head alone. Who is a deputy himself hands on nothing.
    """
    return hands_on(case.actor.person, post, away.uid if away else None, today(case))


def hands_on(person: UUID, post: Post, represented: UUID | None, day: date) -> bool:
    if person in (SYSTEM.person, represented):
        return True
    if Position(post.kind) is Position.HEAD:
        return False
    above = [one for one in Post.objects.filter(pk__in=superiors(post.pk)[1:]) if weighty(Position(one.kind))]
    ids = [pk for one in above for pk in holder_ids(one, day)]
    return Person.objects.filter(pk__in=ids, uid=person).exists()


def may_end(person: UUID, keeps_people: bool, post: Post, represented: UUID | None, day: date) -> bool:
    """Whether this person may end a deputy's time: who may hand on the power, and who keeps people."""
    return keeps_people or hands_on(person, post, represented, day)


def outside(person: Person) -> Reason | None:
    """Who comes from outside stands in for nobody."""
    drives = Holding.objects.filter(person=person, until=None, post__kind=Position.DRIVER.value).exists()
    if person.carrier is None and not drives:
        return None
    return refusal(
        "承运人、司机不代行公司岗位", "Carriers and drivers deputise for nobody", clause="R7", field="person",
        cure=Text("请登记公司里的人", "Name somebody of the company"),
    )  # fmt: skip


def _stranger(case: Case, post: Post) -> Reason | None:
    if Position(post.kind) is Position.HEAD:
        return refusal(
            "总经理的权只由总经理本人交代", "The head's powers are handed on by the head alone", clause="R7", field="post",
            cure=Text("请总经理本人登记", "Ask the head to name his deputy himself"),
        )  # fmt: skip
    if case.actor.may(Power.KEEP_PEOPLE) and Power.KEEP_PEOPLE not in case.actor.stands_in:
        return None
    return refusal(
        "代行由本人、上级或管理员登记", "A deputy is named by the holder, his superior or the administrator", clause="R7",
        cure=Text("请他们登记", "Ask one of them"), who=Position.ADMINISTRATOR, command="name_deputy", given={"post": str(post.uid)},
    )  # fmt: skip


def _may_not_end(case: Case, post: Post, away: Person | None) -> Reason | None:
    if may_end(case.actor.person, case.actor.may(Power.KEEP_PEOPLE), post, away.uid if away else None, today(case)):
        return None
    return _stranger(case, post)


def _not_away(case: Case, post: Post, away: Person | None, since: datetime, until: datetime) -> list[Reason | None]:
    days = [day_of(since), day_of(until)]
    if away is None:
        held = refusal("岗位有人，请写明代替谁", "The post is held: say in whose place", field="represented")
        return [held if holder_ids(post, today(case)) else None]
    stranger = refusal("他不在这个岗位上", "He does not hold this post", field="represented")
    return [None if holds(post, away, days[0], days[1]) else stranger]


def _nobody(case: Case, acts: Person, away: Person | None) -> list[Reason | None]:
    himself = refusal("不能代自己", "Nobody is his own deputy", field="person")
    own = refusal(
        "不能登记自己代行", "Nobody names himself a deputy", clause="R7", field="person",
        cure=Text("请本人或上级登记", "Ask the holder or a superior"),
    )  # fmt: skip
    return [
        himself if away and acts.pk == away.pk else None,
        own if acts.uid == case.actor.person and not (away and acts.pk == away.pk) else None,
    ]


def _period(case: Case, since: datetime, until: datetime, rank: int) -> list[Reason | None]:
    return [
        refusal("截止要在起始之后", "It must end after it begins", field="until") if until <= since else None,
        refusal("已经过去", "It is already over", field="until") if since < until <= case.at else None,
        refusal("顺位从 1 起", "Ranks begin with 1", field="rank") if not 1 <= rank <= 99 else None,
    ]
