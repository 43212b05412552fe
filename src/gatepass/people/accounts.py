"""The first people and their sign-ins: founding the company, adding, passwords, deactivating, own preferences."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.db.models import Q

from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.people.blanking import ALREADY
from gatepass.people.events import (
    CompanyFounded,
    PasswordSet,
    PersonAdded,
    PersonChanged,
    PersonDeactivated,
    PreferencesSet,
)
from gatepass.people.links import invite, not_a_digest
from gatepass.people.models import Appointment, Company, Deputy, Holding, Invitation, Person, Token
from gatepass.people.passwords import of_person, weak
from gatepass.people.posts import appoint_person, head_stays
from gatepass.people.rows import (
    PersonName,
    department_called,
    empty,
    hold,
    inactive,
    keys,
    locked_person,
    new_person,
    post_of,
    today,
    too_long,
)
from gatepass.roles import SYSTEM, Position, Power
from gatepass.rules.reasons import Reason, refusal
from gatepass.words import Labelled, Text

__all__ = [
    "add_person",
    "appoint_person",
    "change_password",
    "change_person",
    "deactivate_person",
    "found_company",
    "set_preferences",
]
name_fields(
    short_name=("简称", "short name"), name_en=("英文名称", "English name"), username=("登录名", "sign-in name"),
    password=("密码", "password"), current=("现在的密码", "present password"), extension=("分机", "extension"),
    language=("语言", "language"), theme=("明暗", "light or dark"),
    head=("总经理姓名", "name of the head"), head_username=("总经理登录名", "sign-in name of the head"),
    administrator=("管理员姓名", "name of the administrator"),
    administrator_username=("管理员登录名", "sign-in name of the administrator"),
)  # fmt: skip
TAKEN = refusal("这个登录名已有人用", "This sign-in name is taken", field="username")
once("people_person_username_key", TAKEN)
once("people_company_pkey", refusal("这个数据库里已经有公司了", "There is already a company in this database"))


ALIKE = refusal("总经理和管理员的密码要不同", "Head and administrator need different passwords", field="head_password")
NOT_THE_PRESENT = refusal("现在的密码不对", "The present password is not right", field="current")
Secret = Annotated[str, Called(Text("新密码", "new password"), secret=True)]
Present = Annotated[str, Called(Text("现在的密码", "present password"), secret=True)]


class Tongue(Labelled):
    ZH = "zh", "中文", "Chinese"
    EN = "en", "英文", "English"


class Theme(Labelled):
    AUTO = "auto", "随系统", "as the system"
    LIGHT = "light", "浅色", "light"
    DARK = "dark", "深色", "dark"


@command(may=None, title=Text("建立公司", "Found the company"), hidden=True)
def found_company(
    case: Case,
    *,
    name: str,
    short_name: str,
    name_en: str,
    head: str,
    head_username: str,
    administrator: str,
    administrator_username: str,
    head_password: Secret = "",
    administrator_password: Secret = "",
    head_link: str = "",
    administrator_link: str = "",
    phone: str = "",
    demo: bool = False,
) -> Ref:
    """The one company of this database, its head and first administrator: each with a password of his own, or the digest of a one-time link.

    Office week and hours begin with the calendar's defaults (R9). Only the system founds, and only once.
    """
    there = refusal("这个数据库里已经有公司了", "There is already a company in this database")
    same = refusal("管理员和总经理要用不同的登录名", "Head and administrator need different sign-in names")
    stranger = refusal("公司只能在命令行上建立", "A company is founded on the command line only")
    people = [new_person(head_username, head), new_person(administrator_username, administrator)]
    ways = [(head_password, head_link), (administrator_password, administrator_link)]
    case.decide(
        CompanyFounded(persons=tuple(p.uid for p in people)),
        reasons=[
            stranger if case.actor.person != SYSTEM.person else None,
            there if Company.objects.exists() else None,
            same if head_username == administrator_username else None,
            ALIKE if head_password and head_password == administrator_password else None,
            *empty(name=name, head=head, administrator=administrator),
            *too_long(name=(name, 120), short_name=(short_name, 40), name_en=(name_en, 120), phone=(phone, 40)),
            *_ways_in(people, ways, name, short_name, name_en),
        ],
    )
    Company.objects.create(name=name, short_name=short_name, name_en=name_en, phone=phone, demo=demo)
    for person, (password, link), kind in zip(people, ways, (Position.HEAD, Position.ADMINISTRATOR), strict=True):
        if password:
            person.set_password(password)
        person.proven = True
        person.save()
        hold(case, person, post_of(kind, "", department_called("")))
        if link:
            invite(case, person, link, needs_code=False)
    return Ref("company", case.entry, name)


def _ways_in(people: list[Person], ways: list[tuple[str, str]], *names: str) -> list[Reason | None]:
    """A password that nobody guesses, or a link: for each of the two."""
    none = refusal("每人要有自己的密码或一次性链接", "Each needs a password of his own or a one-time link", field="password")
    found: list[Reason | None] = []
    for person, (password, link) in zip(people, ways, strict=True):
        found += [none if bool(password) == bool(link) else None]
        found += weak(password, person.username, person.name, *names) if password else [not_a_digest(link)] if link else []
    return found


@command(may=Power.KEEP_PEOPLE, title=Text("新增人员", "Add a person"))
def add_person(
    case: Case,
    *,
    username: str,
    name: PersonName,
    phone: str = "",
    extension: str = "",
    language: Tongue = Tongue.ZH,
) -> Ref:
    """Somebody who sets his own password with a one-time link; he has no power before he holds a post."""
    person = new_person(username, name)
    person.phone, person.extension, person.language = phone, extension, language.value
    case.decide(
        PersonAdded(person=person.uid),
        reasons=[
            *empty(username=username, name=name),
            *too_long(username=(username, 60), name=(name, 60), phone=(phone, 40), extension=(extension, 20)),
            TAKEN if Person.objects.filter(username=username).exists() else None,
        ],
    )
    person.save()
    return Ref("person", person.uid, name)


@command(may=Power.KEEP_PEOPLE, title=Text("改人员资料", "Change a person's details"))
def change_person(
    case: Case, *, person: Annotated[UUID, Of("person")], name: PersonName, phone: str = "", extension: str = ""
) -> Ref:
    """Name, phone and extension as they are from now on; papers that were made keep what stands on them."""
    changed = locked_person(person)
    given = {"name": name, "phone": phone, "extension": extension}
    different = tuple(field for field, value in given.items() if getattr(changed, field) != value)
    case.decide(
        PersonChanged(person=person, changed=different),
        reasons=[
            *empty(name=name),
            *too_long(name=(name, 60), phone=(phone, 40), extension=(extension, 20)),
            None if different else refusal("没有改动", "Nothing is different"),
            ALREADY if changed.blanked_at else None,
        ],
    )
    changed.name, changed.phone, changed.extension, changed.pinyin = name, phone, extension, keys(name)
    changed.save(update_fields=["name", "phone", "extension", "pinyin"])
    return Ref("person", person, name)


@command(may=None, title=Text("改自己的密码", "Change one's own password"), hidden=True)
def change_password(case: Case, *, current: Present, password: Secret) -> Ref:
    """One's own, by who knows the present one; every other session of his ends. On his own page alone, where attempts are counted: a
    token of the API is no place to guess passwords from.
    """
    changed = locked_person(case.actor.person)
    case.decide(
        PasswordSet(person=changed.uid),
        reasons=[None if changed.check_password(current) else NOT_THE_PRESENT, *of_person(changed, password)],
    )
    changed.set_password(password)
    changed.save(update_fields=["password"])
    return Ref("person", changed.uid, changed.name)


@command(may=None, title=Text("个人设置", "Set one's preferences"))
def set_preferences(case: Case, *, language: Tongue, theme: Theme) -> Ref:
    changed = locked_person(case.actor.person)
    case.decide(PreferencesSet(person=changed.uid, language=language.value, theme=theme.value))
    changed.language, changed.theme = language.value, theme.value
    changed.save(update_fields=["language", "theme"])
    return Ref("person", changed.uid, changed.name)


@command(may=Power.KEEP_PEOPLE, title=Text("停用人员", "Deactivate a person"))
def deactivate_person(case: Case, *, person: Annotated[UUID, Of("person")]) -> Ref:
    """No more signing in, from the moment this commits: sessions look at `active` on every request, tokens are revoked,
    periods as a deputy end, links and posts to be confirmed lapse. What the person did stays."""
    leaving = locked_person(person)
    own = refusal("不能停用自己", "Nobody deactivates himself")
    is_head = Holding.objects.filter(Q(until=None) | Q(until__gte=today(case)), person=leaving, post__kind=Position.HEAD.value).exists()
    leaderless = head_stays(leaving, today(case)) if is_head else None
    case.decide(
        PersonDeactivated(person=person), reasons=[inactive(leaving), own if person == case.actor.person else None, leaderless]
    )
    leaving.active = False
    leaving.save(update_fields=["active"])
    for token in Token.objects.select_for_update().filter(person=leaving, revoked_at=None):
        token.revoked_at = case.at
        token.save(update_fields=["revoked_at"])
    for deputy in Deputy.objects.select_for_update().filter(person=leaving, ended_at=None, until__gt=case.at):
        deputy.ended_at = case.at
        deputy.save(update_fields=["ended_at"])
    for link in Invitation.objects.select_for_update().filter(person=leaving, used_at=None, withdrawn_at=None):
        link.withdrawn_at = case.at
        link.save(update_fields=["withdrawn_at"])
    for open_ in Appointment.objects.select_for_update().filter(person=leaving, confirmed_at=None, declined_at=None):
        open_.declined_at, open_.declined_by = case.at, case.actor.person
        open_.save(update_fields=["declined_at", "declined_by"])
    return Ref("person", person, leaving.name)
