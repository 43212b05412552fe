"""The rows of people as commands lock them, and what several commands refuse in the same words."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from gatepass.identity import new_id
from gatepass.journal.declaration import Called
from gatepass.journal.door import Case
from gatepass.people.models import Department, Deputy, Holding, Person, Post
from gatepass.pinyin import spelling
from gatepass.roles import Position, weighty
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text

PersonName = Annotated[str, Called(Text("姓名", "name"))]


def new_person(username: str, name: str) -> Person:
    """A person, not saved yet, who sets his password with a one-time link."""
    made = Person(uid=new_id(), username=username, name=name, pinyin=keys(name))
    made.set_unusable_password()
    return made


def keys(name: str) -> str:
    """Pinyin and initials of a person's name, for search."""
    found = spelling(name)
    return f"{found.pinyin} {found.initials}"[:160]


def locked_person(uid: UUID) -> Person:
    person = Person.objects.select_for_update(no_key=True).filter(uid=uid).first()
    if person is None:
        raise NotFound("person")
    return person


def locked_post(uid: UUID) -> Post:
    post = Post.objects.select_for_update(no_key=True).filter(uid=uid).first()
    if post is None:
        raise NotFound("position")
    return post


def today(case: Case) -> date:
    return day_of(case.at)


def aware(moment: datetime) -> datetime:
    """A moment typed without a zone is meant in the company's."""
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))


def day_of(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def midnight(day: date) -> datetime:
    """The beginning of a day in the company's zone."""
    return datetime.combine(day, time.min, ZoneInfo(settings.TIME_ZONE))


def department_called(name: str) -> Department:
    return Department.objects.get_or_create(name=name or "公司", defaults={"name_en": name or "Company"})[0]


def post_of(kind: Position, region: str, department: Department) -> Post:
    """The post of this kind and region; made, in this department, where there is none."""
    found = Post.objects.filter(kind=kind.value, region=region).order_by("id").first()
    return found or Post.objects.create(kind=kind.value, region=region, title=kind.text.zh, department=department)


def hold(case: Case, person: Person, post: Post, since: date | None = None, until: date | None = None) -> None:
    Holding.objects.create(post=post, person=person, since=since or today(case), until=until)


def holds(post: Post, person: Person, since: date, until: date | None) -> bool:
    """Whether this person holds the post on any day of a period."""
    held = Holding.objects.filter(post=post, person=person).filter(Q(until=None) | Q(until__gte=since))
    return (held if until is None else held.filter(since__lte=until)).exists()


def heavy(person: Person, at: datetime) -> bool:
    """Whether he holds, now or later, a post of weight, deputises in one, or is entered for one."""
    held = Holding.objects.filter(person=person).filter(Q(until=None) | Q(until__gte=day_of(at))).values_list("post__kind", flat=True)
    acts = Deputy.objects.filter(person=person, until__gt=at, ended_at=None).values_list("post__kind", flat=True)
    return any(weighty(Position(kind)) for kind in (*held, *acts))


def inactive(person: Person) -> Reason | None:
    return None if person.active else refusal("此人已停用", "This person is deactivated", field="person")


def too_long(**given: tuple[str, int]) -> list[Reason | None]:
    """One reason for every text that its column cannot keep: too_long(name=(name, 60))."""
    what = Text("最多 {most} 个字", "at most {most} characters")
    return [Reason(what=what.fill(most=most), field=name) for name, (text, most) in given.items() if len(text) > most]


def empty(**given: str) -> list[Reason | None]:
    """One reason for every text that must be given and is blank."""
    return [refusal("这一项要填", "This must be filled in", field=name) for name, text in given.items() if not text.strip()]
