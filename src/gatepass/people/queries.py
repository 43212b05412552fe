"""What is read of people: the organisation, a person, one's own account. For everybody inside; carriers' people see themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from gatepass.journal import clock
from gatepass.people.deputies import hands_on
from gatepass.people.models import Company, Department, Deputy, Holding, Person, Post, Token, TokenUse
from gatepass.people.rows import day_of
from gatepass.pinyin import normal
from gatepass.roles import POWERS, Position, Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.words import Text, same


@dataclass(frozen=True, slots=True)
class Named:
    """A person as others see him."""

    uid: UUID
    name: str
    phone: str
    extension: str


@dataclass(frozen=True, slots=True)
class DeputyRow:
    """Who acts for whom. `represented` None: the post is vacant. `now`: at this moment; `may_end`: by this viewer."""

    uid: UUID
    post: UUID
    post_title: Text
    person: Named
    represented: Named | None
    rank: int
    since: datetime
    until: datetime
    reason: str
    now: bool
    may_end: bool = False


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post in the chart. `depth` counts the superiors in the same department; `above` is named where it stands elsewhere."""

    uid: UUID
    title: Text
    kind: Position
    region: str
    department: UUID
    reports_to: UUID | None
    above: Text | None
    depth: int
    holders: tuple[Named, ...]
    deputies: tuple[DeputyRow, ...]
    powers: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    uid: UUID
    name: str
    name_en: str
    posts: tuple[PostRow, ...]


@dataclass(frozen=True, slots=True)
class HoldingRow:
    post: UUID
    title: Text
    department: str
    region: str
    since: date
    until: date | None
    now: bool
    powers: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class PersonFile:
    uid: UUID
    username: str
    name: str
    phone: str
    extension: str
    active: bool
    blanked_at: datetime | None
    can_sign_in: bool
    holdings: tuple[HoldingRow, ...]
    stands_in: tuple[DeputyRow, ...]
    replaced_by: tuple[DeputyRow, ...]


@dataclass(frozen=True, slots=True)
class TokenRow:
    uid: UUID
    name: str
    made_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None
    expires_at: datetime
    over: bool


def organisation(sight: Sight, at: datetime) -> list[DepartmentRow]:
    """Departments with their posts as indented lists: who reports to whom, who holds what, who stands in."""
    _inside(sight)
    posts = list(Post.objects.select_related("reports_to", "department").order_by("id"))
    held, acting = _holders(day_of(at)), _deputies(sight, at, Q(until__gt=at, ended_at=None))
    rows = {post.pk: _post(post, held[post.pk], acting[post.pk], _depth(post, posts)) for post in posts}
    return [
        DepartmentRow(d.uid, d.name, d.name_en, tuple(rows[pk] for pk in _in_order([p for p in posts if p.department_id == d.pk])))
        for d in Department.objects.order_by("id")
    ]


def people(sight: Sight, q: str = "", *, inactive: bool = False, most: int = 200) -> list[Named]:
    """People by name, pinyin, initials or sign-in name."""
    _inside(sight)
    rows = Person.objects.all() if inactive else Person.objects.filter(active=True)
    if q.strip():
        needle = normal(q)
        rows = rows.filter(Q(name__contains=q.strip()) | Q(pinyin__contains=needle) | Q(username__startswith=q.strip()))
    return [_named(row) for row in rows.order_by("pinyin", "id")[:most]]


def named(sight: Sight, uid: UUID) -> list[Named]:
    """One person as a list of none or one, also a deactivated one."""
    _inside(sight)
    return [_named(row) for row in Person.objects.filter(uid=uid)]


def pick(sight: Sight, q: str) -> list[Named]:
    return people(sight, q, most=12)


def posts(sight: Sight, q: str = "", *, most: int = 200) -> list[tuple[UUID, str, str]]:
    """Posts by title, region or holder, for pickers: (uid, title, who holds it)."""
    _inside(sight)
    rows = Post.objects.select_related("department").order_by("department_id", "id")
    if q.strip():
        rows = rows.filter(Q(title__contains=q.strip()) | Q(region__contains=q.strip()) | Q(department__name__contains=q.strip()))
    held = Holding.objects.filter(until=None, post__in=rows).select_related("person")
    names = defaultdict(list)
    for row in held:
        names[row.post_id].append(row.person.name)
    return [(post.uid, f"{post.title} {post.region}".strip(), "、".join(names[post.pk]) or post.department.name) for post in rows[:most]]


def departments(sight: Sight, q: str = "") -> list[tuple[UUID, str]]:
    _inside(sight)
    return [(d.uid, d.name) for d in Department.objects.filter(name__contains=q.strip()).order_by("id")]


def one(sight: Sight, uid: UUID, at: datetime) -> PersonFile:
    """A person with his posts and deputies. A carrier's people see themselves only. Raises NotFound."""
    row = Person.objects.filter(uid=uid).first()
    if row is None or (sight.carrier is not None and uid != sight.person):
        raise NotFound("person")
    held = Holding.objects.filter(person=row).select_related("post__department").order_by("-since", "-id")
    by_post = _deputies(sight, at, Q(person=row) | Q(represented=row))
    all_ = sorted((d for rows in by_post.values() for d in rows), key=lambda d: d.since, reverse=True)
    return PersonFile(
        uid=row.uid, username="—" if row.blanked_at else row.username, name=row.name, phone=row.phone, extension=row.extension,
        active=row.active, blanked_at=row.blanked_at,
        can_sign_in=row.has_usable_password(), holdings=tuple(_holding(h, day_of(at)) for h in held),
        stands_in=tuple(d for d in all_ if d.person.uid == uid),
        replaced_by=tuple(d for d in all_ if d.represented and d.represented.uid == uid),
    )  # fmt: skip


def tokens(sight: Sight, person: UUID | None = None) -> list[TokenRow]:
    """One's own tokens, or somebody's for who keeps people."""
    owner = person or sight.person
    if owner != sight.person and not sight.may(Power.KEEP_PEOPLE):
        raise NotFound("token")
    rows = list(Token.objects.filter(person__uid=owner).order_by("-made_at"))
    used = dict(TokenUse.objects.filter(token__in=rows).values_list("token_id", "at"))
    return [TokenRow(t.uid, t.name, t.made_at, used.get(t.pk), t.revoked_at, t.expires_at, t.expires_at <= clock.now()) for t in rows]


def demo_faces() -> list[tuple[str, Text, UUID]]:
    """Everybody who holds a post, for the demo's sign-in page: name, position, id. Only views of the demo call this."""
    seen: dict[int, tuple[str, Text, UUID]] = {}
    for held in Holding.objects.filter(until=None, person__active=True).select_related("person", "post").order_by("post_id", "id"):
        position = Position(held.post.kind).text
        seen.setdefault(held.person_id, (held.person.name, position, held.person.uid))
    return list(seen.values())


def uid_of(username: str) -> UUID | None:
    """Whose sign-in name this is; for the door alone, before anybody is known."""
    return Person.objects.filter(username=username).values_list("uid", flat=True).first()


def founded() -> bool:
    """Whether there is a company in this database."""
    return Company.objects.exists()


def titled(post: Post) -> Text:
    """A post's title; in both languages where it is that of its kind."""
    kind = Position(post.kind).text
    return kind if post.title == kind.zh else same(post.title)


def powers_of(kind: Position) -> tuple[Text, ...]:
    """What a kind of position may do and see, in the order of the list of powers."""
    return tuple(power.text for power in Power if power in POWERS[kind])


def _inside(sight: Sight) -> None:
    if sight.carrier is not None or not sight.positions:
        raise NotFound("people")


def _holders(day: date) -> defaultdict[int, list[Named]]:
    found: defaultdict[int, list[Named]] = defaultdict(list)
    rows = Holding.objects.filter(since__lte=day, person__active=True).filter(Q(until=None) | Q(until__gte=day))
    for row in rows.select_related("person").order_by("since", "id"):
        found[row.post_id].append(_named(row.person))
    return found


def _deputies(sight: Sight, at: datetime, wanted: Q) -> defaultdict[int, list[DeputyRow]]:
    found: defaultdict[int, list[DeputyRow]] = defaultdict(list)
    rows = Deputy.objects.filter(wanted).select_related("post", "person", "represented").order_by("rank", "since", "id")
    for row in rows:
        over = row.ended_at is not None or row.until <= at
        concerned = sight.person in (row.person.uid, row.represented.uid if row.represented else None)
        found[row.post_id].append(
            DeputyRow(
                row.uid, row.post.uid, titled(row.post), _named(row.person), _named(row.represented) if row.represented else None,
                row.rank, row.since, row.ended_at or row.until, row.reason, row.since <= at and not over,
                not over and (concerned or sight.may(Power.KEEP_PEOPLE)),
            )
        )  # fmt: skip
    return found


def _post(post: Post, held: list[Named], acting: list[DeputyRow], depth: int) -> PostRow:
    kind, superior = Position(post.kind), post.reports_to
    return PostRow(
        uid=post.uid, title=titled(post), kind=kind, region=post.region, department=post.department.uid,
        reports_to=superior.uid if superior else None,
        above=titled(superior) if superior and superior.department_id != post.department_id else None, depth=depth,
        holders=tuple(held), deputies=tuple(acting), powers=powers_of(kind),
    )  # fmt: skip


def _depth(post: Post, posts: Iterable[Post]) -> int:
    above = {p.pk: p for p in posts}
    depth, at = 0, post
    while at.reports_to_id and at.reports_to_id in above and above[at.reports_to_id].department_id == post.department_id and depth < 5:
        depth, at = depth + 1, above[at.reports_to_id]
    return depth


def _in_order(posts: list[Post]) -> list[int]:
    """Superiors before those who report to them, each followed by his own."""
    here = {p.pk for p in posts}
    below: defaultdict[int | None, list[int]] = defaultdict(list)
    for p in posts:
        below[p.reports_to_id if p.reports_to_id in here else None].append(p.pk)
    found: list[int] = []

    def walk(parent: int | None) -> None:
        for pk in below[parent]:
            found.append(pk)
            walk(pk)

    walk(None)
    return found


def _holding(row: Holding, day: date) -> HoldingRow:
    post = row.post
    now = row.since <= day and (row.until is None or row.until >= day)
    return HoldingRow(
        post.uid, titled(post), post.department.name, post.region, row.since, row.until, now, powers_of(Position(post.kind))
    )


def _named(row: Any) -> Named:
    return Named(row.uid, row.name, row.phone, row.extension)


def may_represent(sight: Sight, post: UUID) -> bool:
    """Whether this viewer stands above a post, so that he may name its deputies, or keeps people and may enter them."""
    row = Post.objects.filter(uid=post).first()
    return row is not None and (sight.may(Power.KEEP_PEOPLE) or hands_on(sight.person, row, None, day_of(clock.now())))
