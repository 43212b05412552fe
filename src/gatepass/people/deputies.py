"""Deputies (M1, R7): a named order of people who act with the powers of a post for a time; powers end by themselves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.people.events import DeputyEnded, DeputyNamed
from gatepass.people.models import Deputy, Person, Post
from gatepass.people.posts import holder_ids, superiors
from gatepass.people.rows import aware, day_of, empty, holds, inactive, locked_person, locked_post, today, too_long
from gatepass.roles import SYSTEM, Power
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

    By the holder himself, a superior of the post, or who keeps people. The lower rank acts first; the next one where the
    one before is away himself.
    """
    since, until = aware(since), aware(until)
    away, acts = (locked_person(represented) if represented else None), locked_person(person)
    held = locked_post(post)
    made = Deputy(
        uid=case.new_id(), post=held, represented=away, person=acts, rank=rank, since=since, until=until, reason=reason
    )
    case.decide(
        DeputyNamed(
            deputy=made.uid, position=post, represented=represented, person=person, rank=rank, since=since, until=until
        ),
        reasons=[
            _stranger(case, held, away),
            inactive(acts),
            *_not_away(case, held, away, since, until),
            *_nobody(case, acts, away),
            *_period(case, since, until, rank),
            *empty(reason=reason),
            *too_long(reason=(reason, 120)),
        ],
    )
    made.save()
    return Ref("deputy", made.uid, acts.name)


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
            None if himself else _stranger(case, row.post, row.represented),
            over if row.ended_at is not None or row.until <= case.at else None,
        ],
    )
    row.ended_at = case.at
    row.save(update_fields=["ended_at"])
    return Ref("deputy", deputy, row.person.name)


def may_name(person: UUID, keeps_people: bool, post: Post, represented: UUID | None, day: date) -> bool:
    """Whether this person may name deputies for a post: its holder for himself, a superior, or who keeps people."""
    if keeps_people or person in (SYSTEM.person, represented):
        return True
    above = Post.objects.filter(pk__in=superiors(post.pk)[1:])
    ids = [pk for one in above for pk in holder_ids(one, day)]
    return Person.objects.filter(pk__in=ids, uid=person).exists()


def _stranger(case: Case, post: Post, away: Person | None) -> Reason | None:
    represented = away.uid if away else None
    if may_name(case.actor.person, case.actor.may(Power.KEEP_PEOPLE), post, represented, today(case)):
        return None
    return refusal(
        "代行由本人、上级或管理员登记", "A deputy is named by the holder, his superior or the administrator", clause="R7",
        cure=Text("请他们登记", "Ask one of them"),
    )  # fmt: skip


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
