"""Departments, posts and who holds them (M1): powers follow the post."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from django.db.models import Q

from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.people.events import AppointmentEntered, AssignmentEnded, DepartmentAdded, PersonAppointed, PostAdded, PostChanged
from gatepass.people.models import Appointment, Department, Holding, Person, Post
from gatepass.people.rows import (
    department_called,
    empty,
    hold,
    holds,
    inactive,
    locked_person,
    locked_post,
    midnight,
    post_of,
    today,
    too_long,
)
from gatepass.roles import SYSTEM, Position, Power, weighty
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text

name_fields(
    department=("部门", "department"), title=("岗位名称", "title"),
    reports_to=("上级岗位", "reports to"), post=("岗位", "post"),
)  # fmt: skip
PostKind = Annotated[Position, Called(Text("岗位类别", "kind of position"))]
THERE = refusal("已经有这个部门", "There is already such a department", field="name")
ALREADY = refusal("他已经在这个岗位上", "This person already holds the post", field="person")
once("people_department_name_key", THERE)
once("one_holding", ALREADY)


@command(may=Power.KEEP_PEOPLE, title=Text("新增部门", "Add a department"))
def add_department(case: Case, *, name: str, name_en: str = "") -> Ref:
    made = Department(uid=case.new_id(), name=name, name_en=name_en or name)
    case.decide(
        DepartmentAdded(department=made.uid),
        reasons=[
            *empty(name=name),
            *too_long(name=(name, 60), name_en=(name_en, 60)),
            THERE if Department.objects.filter(name=name).exists() else None,
        ],
    )
    made.save()
    return Ref("department", made.uid, name)


@command(may=Power.KEEP_PEOPLE, title=Text("新增岗位", "Add a post"))
def add_post(
    case: Case,
    *,
    kind: PostKind,
    department: Annotated[UUID, Of("department")],
    title: str = "",
    reports_to: Annotated[UUID | None, Of("position")] = None,
    region: str = "",
) -> Ref:
    """A post: its kind gives the powers, its region narrows what its holder sees. Title: the kind's name where none is given."""
    superior = locked_post(reports_to) if reports_to else None
    made = Post(
        uid=case.new_id(), kind=kind.value, title=title or kind.text.zh, department=_department(department),
        reports_to=superior, region=region,
    )  # fmt: skip
    case.decide(
        PostAdded(position=made.uid, kind=kind, department=department, reports_to=reports_to, region=region),
        reasons=too_long(title=(title, 60), region=(region, 40)),
    )
    made.save()
    return Ref("position", made.uid, made.title)


@command(may=Power.KEEP_PEOPLE, title=Text("改岗位", "Change a post"))
def change_post(
    case: Case,
    *,
    post: Annotated[UUID, Of("position")],
    title: str,
    department: Annotated[UUID, Of("department")],
    reports_to: Annotated[UUID | None, Of("position")] = None,
    region: str = "",
) -> Ref:
    """Title, department, superior and region. The kind stays: another kind is another post."""
    changed = locked_post(post)
    superior = locked_post(reports_to) if reports_to else None
    circle = refusal("上下级绕成了圈", "These posts would report to each other in a circle", field="reports_to")
    case.decide(
        PostChanged(position=post, department=department, reports_to=reports_to, region=region),
        reasons=[
            *empty(title=title),
            *too_long(title=(title, 60), region=(region, 40)),
            circle if superior and changed.pk in superiors(superior.pk) else None,
        ],
    )
    changed.title, changed.department, changed.reports_to, changed.region = title, _department(department), superior, region
    changed.save()
    return Ref("position", post, title)


@command(may=Power.KEEP_PEOPLE, title=Text("任岗", "Assign a post"))
def assign_post(
    case: Case,
    *,
    post: Annotated[UUID, Of("position")],
    person: Annotated[UUID, Of("person")],
    since: date | None = None,
    until: date | None = None,
) -> Ref:
    """He holds the post from a day (today) through a day (open). Several posts, and several holders of one, are allowed.

    A post that approves, signs, waives, amends or reads money counts when the head has confirmed it.
    """
    appointed, held = locked_person(person), locked_post(post)
    begins = since or today(case)
    reasons = [
        inactive(appointed), own(case, person), ALREADY if holds(held, appointed, begins, until) else None, backwards(begins, until),
        waits(held, appointed),
    ]  # fmt: skip
    return _given(case, appointed, held, (begins, until), reasons)


@command(may=Power.KEEP_PEOPLE, title=Text("按岗位类别任岗", "Appoint by kind of position"))
def appoint_person(
    case: Case, *, person: Annotated[UUID, Of("person")], kind: PostKind, region: str = "", department: str = ""
) -> Ref:
    """He holds the post of this kind and region from today on; post and department are made where there are none. A post of weight waits
    for the head's confirmation.
    """
    appointed = locked_person(person)
    post = post_of(kind, region, department_called(department))
    reasons = [
        ALREADY if holds(post, appointed, today(case), None) else None, inactive(appointed), own(case, person), waits(post, appointed),
    ]  # fmt: skip
    return _given(case, appointed, post, (today(case), None), reasons)


def _given(case: Case, person: Person, post: Post, days: tuple[date, date | None], reasons: list[Reason | None]) -> Ref:
    """Held at once, or entered and waiting for the head; the system, on the machine's own terminal, gives alone."""
    since, until = days
    kind = Position(post.kind)
    if case.actor.person == SYSTEM.person or not weighty(kind):
        case.decide(PersonAppointed(person=person.uid, position=post.uid, kind=kind, since=since, until=until), reasons=reasons)
        hold(case, person, post, since, until)
        return Ref("person", person.uid, person.name)
    made = Appointment(
        uid=case.new_id(), post=post, person=person, since=midnight(since), until=midnight(until) if until else None,
        entered_by=case.actor.person, entered_at=case.at,
    )  # fmt: skip
    case.decide(AppointmentEntered(appointment=made.uid, person=person.uid, position=post.uid, kind=kind, deputy=False), reasons=reasons)
    made.save()
    return Ref("appointment", made.uid, person.name)


def waits(post: Post, person: Person) -> Reason | None:
    """That this very thing was entered already and waits."""
    open_ = Appointment.objects.filter(post=post, person=person, deputy=False, confirmed_at=None, declined_at=None)
    return refusal("已登记，等总经理确认", "It was entered and waits for the head", field="person") if open_.exists() else None


@command(may=Power.KEEP_PEOPLE, title=Text("离岗", "End an assignment"))
def end_assignment(
    case: Case, *, post: Annotated[UUID, Of("position")], person: Annotated[UUID, Of("person")], until: date | None = None
) -> Ref:
    """The last day on the post: yesterday where none is given, so that its powers end now."""
    leaving, held = locked_person(person), locked_post(post)
    last = until or today(case) - timedelta(days=1)
    open_ = Holding.objects.select_for_update().filter(post=held, person=leaving).filter(Q(until=None) | Q(until__gt=last))
    row = open_.order_by("since").first()
    none = refusal("他现在不在这个岗位上", "This person does not hold the post", field="person")
    leaderless = head_stays(leaving, last) if row and held.kind == Position.HEAD.value else None
    case.decide(AssignmentEnded(person=person, position=post, until=last), reasons=[None if row else none, leaderless])
    if row is not None:
        row.until = last
        row.save(update_fields=["until"])
    return Ref("person", person, leaving.name)


def head_stays(leaving: Person, last: date) -> Reason | None:
    """Why nobody can take the head away: after that day nobody would hold his powers, and only he hands them on."""
    others = Holding.objects.filter(Q(until=None) | Q(until__gt=last), post__kind=Position.HEAD.value, person__active=True, since__lte=last)
    if others.exclude(person=leaving).exists():
        return None
    return refusal(
        "他之后没有总经理了：先任命新的总经理，由现任确认", "Nobody would be head after him: appoint another first, whom he confirms",
        clause="M1", command="appoint_person", who=Position.ADMINISTRATOR,
    )  # fmt: skip


def superiors(post: int | None) -> list[int]:
    """This post and the posts above it, nearest first (internal keys)."""
    found: list[int] = []
    above = dict(Post.objects.values_list("id", "reports_to_id"))
    while post is not None and post not in found:
        found.append(post)
        post = above.get(post)
    return found


def own(case: Case, person: UUID) -> Reason | None:
    """Nobody gives himself a power, the administrator neither."""
    if person != case.actor.person or case.actor.person == SYSTEM.person:
        return None
    return refusal(
        "不能给自己任岗", "Nobody assigns a post to himself", clause="M1", field="person",
        cure=Text("请另一位管理员办理", "Ask another administrator"),
    )  # fmt: skip


def backwards(since: date, until: date | None) -> Reason | None:
    late = refusal("截止日期在起始日期之前", "It ends before it begins", field="until")
    return late if until is not None and until < since else None


def _department(uid: UUID) -> Department:
    found = Department.objects.filter(uid=uid).first()
    if found is None:
        raise NotFound("department")
    return found


def holder_ids(post: Post, day: date) -> list[int]:
    """Internal keys of who holds a post on a day."""
    held = Holding.objects.filter(post=post, since__lte=day, person__active=True).filter(Q(until=None) | Q(until__gte=day))
    return list(held.values_list("person_id", flat=True))

