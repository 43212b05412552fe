"""What happens to the company's people. Names and phones stay in their rows; passwords stay nowhere."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from gatepass.roles import Position
from gatepass.rules.events import Event, event
from gatepass.words import Text


@event("people.company_founded", Text(zh="公司建立", en="Company founded"))
class CompanyFounded(Event):
    persons: tuple[UUID, ...]


@event("people.person_added", Text(zh="新增人员", en="Person added"))
class PersonAdded(Event):
    person: UUID


@event("people.person_appointed", Text(zh="任岗", en="Person appointed"))
class PersonAppointed(Event):
    person: UUID
    position: UUID
    kind: Position
    since: date


@event("people.password_set", Text(zh="设置密码", en="Password set"))
class PasswordSet(Event):
    person: UUID


@event("people.person_deactivated", Text(zh="停用人员", en="Person deactivated"))
class PersonDeactivated(Event):
    person: UUID
