"""What happens to the company's people. Names and phones stay in their rows; passwords stay nowhere."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from gatepass.roles import Position
from gatepass.rules.events import Event, event
from gatepass.words import Text


@event("people.company_founded", Text(zh="公司建立", en="Company founded"))
class CompanyFounded(Event):
    persons: tuple[UUID, ...]


@event("people.department_added", Text(zh="新增部门", en="Department added"))
class DepartmentAdded(Event):
    department: UUID


@event("people.post_added", Text(zh="新增岗位", en="Post added"))
class PostAdded(Event):
    position: UUID
    kind: Position
    department: UUID
    reports_to: UUID | None
    region: str


@event("people.post_changed", Text(zh="岗位变更", en="Post changed"))
class PostChanged(Event):
    position: UUID
    department: UUID
    reports_to: UUID | None
    region: str


@event("people.person_added", Text(zh="新增人员", en="Person added"))
class PersonAdded(Event):
    person: UUID


@event("people.person_changed", Text(zh="人员资料变更", en="Person's details changed"))
class PersonChanged(Event):
    person: UUID
    changed: tuple[str, ...]


@event("people.person_appointed", Text(zh="任岗", en="Person appointed"))
class PersonAppointed(Event):
    person: UUID
    position: UUID
    kind: Position
    since: date
    until: date | None = None


@event("people.appointment_entered", Text(zh="登记任岗或代行，待确认", en="Post or deputy entered, to be confirmed"))
class AppointmentEntered(Event):
    appointment: UUID
    person: UUID
    position: UUID
    kind: Position
    deputy: bool


@event("people.appointment_declined", Text(zh="未同意任岗或代行", en="Post or deputy declined"))
class AppointmentDeclined(Event):
    appointment: UUID
    person: UUID
    position: UUID


@event("people.link_issued", Text(zh="发一次性链接", en="One-time link issued"))
class LinkIssued(Event):
    person: UUID
    link: UUID


@event("people.link_confirmed", Text(zh="确认一次性链接", en="One-time link confirmed"))
class LinkConfirmed(Event):
    person: UUID
    link: UUID


@event("people.link_spent", Text(zh="确认码试错太多，链接收回", en="Link withdrawn after wrong codes"))
class LinkSpent(Event):
    person: UUID
    link: UUID


@event("people.signed_in", Text(zh="登录", en="Signed in"))
class SignedIn(Event):
    """known: from a device on which the person had signed in before."""

    person: UUID
    way: str
    known: bool


@event("people.attempts_failed", Text(zh="连续试错", en="Wrong attempts to come in"))
class AttemptsFailed(Event):
    """`person` None: a name or a link that is nobody's. failed: on this name; near: from the address of the last, in an hour."""

    person: UUID | None
    way: str
    failed: int
    near: int


@event("people.assignment_ended", Text(zh="离岗", en="Assignment ended"))
class AssignmentEnded(Event):
    person: UUID
    position: UUID
    until: date


@event("people.deputy_named", Text(zh="登记代行", en="Deputy named"))
class DeputyNamed(Event):
    """`represented` None: the post is vacant. `rank` 1 acts first, the next where he is away himself."""

    deputy: UUID
    position: UUID
    represented: UUID | None
    person: UUID
    rank: int
    since: datetime
    until: datetime


@event("people.deputy_ended", Text(zh="代行提前结束", en="Deputy ended early"))
class DeputyEnded(Event):
    deputy: UUID
    position: UUID
    person: UUID


@event("people.password_set", Text(zh="设置密码", en="Password set"))
class PasswordSet(Event):
    person: UUID


@event("people.preferences_set", Text(zh="个人设置", en="Preferences set"))
class PreferencesSet(Event):
    person: UUID
    language: str
    theme: str


@event("people.token_issued", Text(zh="发接口令牌", en="API token issued"))
class TokenIssued(Event):
    person: UUID
    token: UUID
    until: datetime | None = None


@event("people.token_revoked", Text(zh="收回接口令牌", en="API token revoked"))
class TokenRevoked(Event):
    person: UUID
    token: UUID


@event("people.person_deactivated", Text(zh="停用人员", en="Person deactivated"))
class PersonDeactivated(Event):
    person: UUID


@event("people.data_blanked", Text("抹去个人资料", "Personal data blanked"))
class DataBlanked(Event):
    """Name, phone and address of a thing are gone for good. kind: person, driver, contact or address; reason: the ground, no names."""

    kind: str
    thing: UUID
    reason: str
    customer: UUID | None = None
    carrier: UUID | None = None

    def concerns(self) -> tuple[tuple[str, UUID], ...]:
        return (*super().concerns(), (self.kind, self.thing))


@event("people.drives_for", Text(zh="登记为承运人", en="Signs in for a carrier"))
class DrivesFor(Event):
    person: UUID
    carrier: UUID | None
