"""People from a list, with department and position: everything is looked at first, then one command with an event for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from gatepass.journal.declaration import Called
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.lines import Found, in_lines, of_line, repeated
from gatepass.people.accounts import TAKEN, Tongue
from gatepass.people.events import PersonAdded, PersonAppointed
from gatepass.people.models import Holding, Person, Post
from gatepass.people.rows import PersonName, department_called, empty, new_person, post_of, today, too_long
from gatepass.roles import Position, Power
from gatepass.rules.events import Event
from gatepass.rules.reasons import refusal
from gatepass.words import Text


@dataclass(frozen=True)
class PersonLine:
    """A person; with a position, he holds the post of that kind and region from today on. Passwords are set on his page."""

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
    """New people; departments and posts are made where there are none. Nothing is written where one line is wrong."""
    found = wrong_people(dict(enumerate(rows)))
    made = [] if found else [(line, _person(line)) for line in rows]
    held = [(person, _post(line), line.position) for line, person in made if line.position]
    events: list[Event] = [PersonAdded(person=person.uid) for _, person in made]
    events += [
        PersonAppointed(person=person.uid, position=post.uid, kind=kind, since=today(case)) for person, post, kind in held
    ]
    case.decide(*events, reasons=in_lines(found))
    Person.objects.bulk_create(person for _, person in made)
    Holding.objects.bulk_create(Holding(post=post, person=person, since=today(case)) for person, post, _ in held)
    return Ref("import_", case.entry, str(len(rows)))


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
