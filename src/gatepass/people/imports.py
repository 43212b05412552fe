"""People from a list, with department and position: everything is looked at first, then one command with an event for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from gatepass.journal.declaration import Called
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.lines import Found, in_lines, of_line, repeated
from gatepass.people.accounts import TAKEN, Tongue
from gatepass.people.events import AppointmentEntered, PersonAdded, PersonAppointed
from gatepass.people.models import Appointment, Holding, Person, Post
from gatepass.people.rows import PersonName, department_called, empty, midnight, new_person, post_of, today, too_long
from gatepass.roles import SYSTEM, Position, Power, weighty
from gatepass.rules.events import Event
from gatepass.rules.reasons import refusal
from gatepass.words import Text


@dataclass(frozen=True)
class PersonLine:
    """A person; with a position, he holds the post of that kind and region from today on. He sets his password with a one-time link."""

    username: str
    name: PersonName
    phone: str = ""
    extension: str = ""
    position: Position | None = None
    department: Annotated[str, Called(Text("部门", "department"))] = ""
    region: str = ""
    language: Tongue = Tongue.ZH


@command(may=Power.KEEP_PEOPLE, title=Text("导入人员", "Import people"))
def import_people(case: Case, *, rows: list[PersonLine]) -> Ref:
    """New people; departments and posts are made where there are none, posts of weight wait for the
    head. Nothing is written where one line is wrong."""
    found = wrong_people(dict(enumerate(rows)))
    made = [] if found else [(line, _person(line)) for line in rows]
    given = [(person, _post(line), line.position) for line, person in made if line.position]
    alone = case.actor.person == SYSTEM.person
    held = [one for one in given if alone or not weighty(one[2])]
    waiting = [_waiting(case, person, post) for person, post, kind in given if not alone and weighty(kind)]
    events: list[Event] = [PersonAdded(person=person.uid) for _, person in made]
    events += [
        PersonAppointed(person=person.uid, position=post.uid, kind=kind, since=today(case)) for person, post, kind in held
    ]
    events += [
        AppointmentEntered(appointment=one.uid, person=one.person.uid, position=one.post.uid, kind=Position(one.post.kind), deputy=False)
        for one in waiting
    ]
    case.decide(*events, reasons=in_lines(found))
    Person.objects.bulk_create(person for _, person in made)
    Holding.objects.bulk_create(Holding(post=post, person=person, since=today(case)) for person, post, _ in held)
    Appointment.objects.bulk_create(waiting)
    return Ref("import_", case.entry, str(len(rows)))


def _waiting(case: Case, person: Person, post: Post) -> Appointment:
    return Appointment(
        uid=case.new_id(), post=post, person=person, since=midnight(today(case)), entered_by=case.actor.person, entered_at=case.at
    )


def wrong_people(lines: Mapping[int, PersonLine]) -> Found:
    names = [line.username for line in lines.values()]
    taken = set(Person.objects.filter(username__in=names).values_list("username", flat=True))
    found: Found = []
    for n, line in lines.items():
        reasons = [
            *empty(username=line.username, name=line.name),
            *too_long(
                username=(line.username, 60), name=(line.name, 60), phone=(line.phone, 40), extension=(line.extension, 20),
                department=(line.department, 60), region=(line.region, 40),
            ),
            TAKEN if line.username in taken else None,
        ]  # fmt: skip
        found += of_line(n, reasons)
    twice = refusal("登录名在表里不止一次", "This sign-in name stands twice", field="username")
    found += repeated({n: line.username for n, line in lines.items()}, twice)
    return sorted(found, key=lambda one: one[0])


def _person(line: PersonLine) -> Person:
    row = new_person(line.username, line.name)
    row.phone, row.extension, row.language = line.phone, line.extension, line.language.value
    return row


def _post(line: PersonLine) -> Post:
    if line.position is None:
        raise ValueError("a line without a position holds no post")
    return post_of(line.position, line.region, department_called(line.department))
