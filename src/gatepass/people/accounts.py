"""The first people and their sign-ins: founding the company, adding, appointing, passwords, deactivating."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from pypinyin import Style, lazy_pinyin

from gatepass.identity import new_id
from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.people.events import CompanyFounded, PasswordSet, PersonAdded, PersonAppointed, PersonDeactivated
from gatepass.people.models import Company, Department, Holding, Person, Post, Token
from gatepass.roles import Position, Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text

SHORTEST: Final = 8
name_fields(
    short_name=("简称", "short name"), name_en=("英文名称", "English name"), username=("登录名", "sign-in name"),
    password=("密码", "password"), department=("部门", "department"), kind=("岗位", "position"),
    region=("片区", "region"),
    head=("总经理姓名", "name of the head"), head_username=("总经理登录名", "sign-in name of the head"),
    administrator=("管理员姓名", "name of the administrator"),
    administrator_username=("管理员登录名", "sign-in name of the administrator"),
)  # fmt: skip
once("people_person_username_key", refusal("这个登录名已有人用", "This sign-in name is taken", field="username"))


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
    password: str,
) -> Ref:
    """The one company of this database, its head and first administrator; both sign in with this password at first."""
    there = refusal("这个数据库里已经有公司了", "There is already a company in this database")
    same = refusal("管理员和总经理要用不同的登录名", "Head and administrator need different sign-in names")
    people = [_person(head_username, head, password), _person(administrator_username, administrator, password)]
    case.decide(
        CompanyFounded(persons=tuple(p.uid for p in people)),
        reasons=[
            there if Company.objects.exists() else None,
            same if head_username == administrator_username else None,
            *_weak(password, head_username),
        ],
    )
    Company.objects.create(name=name, short_name=short_name, name_en=name_en)
    for person, kind in zip(people, (Position.HEAD, Position.ADMINISTRATOR), strict=True):
        person.save()
        _hold(case, person, _post(kind, "", _department("")))
    return Ref("company", case.entry, name)


@command(may=Power.KEEP_PEOPLE, title=Text("新增人员", "Add a person"))
def add_person(
    case: Case, *, username: str, name: str, password: str, phone: str = "", extension: str = "", language: str = "zh"
) -> Ref:
    """Somebody who can sign in; he has no power before he holds a post."""
    person = _person(username, name, password)
    person.phone, person.extension, person.language = phone, extension, "en" if language == "en" else "zh"
    taken = refusal("这个登录名已有人用", "This sign-in name is taken", field="username")
    case.decide(
        PersonAdded(person=person.uid),
        reasons=[*_weak(password, username), taken if Person.objects.filter(username=username).exists() else None],
    )
    person.save()
    return Ref("person", person.uid, name)


@command(may=Power.KEEP_PEOPLE, title=Text("任岗", "Appoint a person"))
def appoint_person(
    case: Case, *, person: Annotated[UUID, Of("person")], kind: Position, region: str = "", department: str = ""
) -> Ref:
    """He holds a post of this kind and region from today on; the post is made when there is none."""
    appointed = _locked(person)
    post = _post(kind, region, _department(department))
    already = refusal("他已经在这个岗位上", "This person already holds the post", field="kind")
    held = Holding.objects.filter(post=post, person=appointed, until=None).exists()
    case.decide(
        PersonAppointed(person=person, position=post.uid, kind=kind, since=_today(case)),
        reasons=[already if held else None, _inactive(appointed)],
    )
    _hold(case, appointed, post)
    return Ref("person", person, appointed.name)


@command(may=Power.KEEP_PEOPLE, title=Text("重设密码", "Set a password"))
def set_password(case: Case, *, person: Annotated[UUID, Of("person")], password: str) -> Ref:
    """A new password; whoever is signed in with the old one is signed out."""
    changed = _locked(person)
    case.decide(PasswordSet(person=person), reasons=[*_weak(password, changed.username), _inactive(changed)])
    changed.set_password(password)
    changed.save(update_fields=["password"])
    return Ref("person", person, changed.name)


@command(may=Power.KEEP_PEOPLE, title=Text("停用人员", "Deactivate a person"))
def deactivate_person(case: Case, *, person: Annotated[UUID, Of("person")]) -> Ref:
    """No more signing in, at once: open sessions and tokens end. What the person did stays."""
    leaving = _locked(person)
    own = refusal("不能停用自己", "Nobody deactivates himself")
    case.decide(
        PersonDeactivated(person=person), reasons=[_inactive(leaving), own if person == case.actor.person else None]
    )
    leaving.active = False
    leaving.save(update_fields=["active"])
    for token in Token.objects.filter(person=leaving, revoked_at=None):
        token.revoked_at = case.at
        token.save(update_fields=["revoked_at"])
    return Ref("person", person, leaving.name)


def _person(username: str, name: str, password: str) -> Person:
    made = Person(uid=new_id(), username=username, name=name, pinyin=_pinyin(name))
    made.set_password(password)
    return made


def _pinyin(name: str) -> str:
    return f"{''.join(lazy_pinyin(name))} {''.join(lazy_pinyin(name, style=Style.FIRST_LETTER))}"


def _locked(uid: UUID) -> Person:
    person = Person.objects.select_for_update(no_key=True).filter(uid=uid).first()
    if person is None:
        raise NotFound("person")
    return person


def _department(name: str) -> Department:
    return Department.objects.get_or_create(name=name or "公司", defaults={"name_en": name or "Company"})[0]


def _post(kind: Position, region: str, department: Department) -> Post:
    found = Post.objects.filter(kind=kind.value, region=region).first()
    return found or Post.objects.create(kind=kind.value, region=region, title=kind.text.zh, department=department)


def _hold(case: Case, person: Person, post: Post) -> None:
    Holding.objects.create(post=post, person=person, since=_today(case))


def _today(case: Case) -> date:
    return case.at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def _inactive(person: Person) -> Reason | None:
    return None if person.active else refusal("此人已停用", "This person is deactivated", field="person")


def _weak(password: str, username: str) -> list[Reason | None]:
    short = refusal("密码至少 8 个字符", "A password has at least 8 characters", field="password")
    alike = refusal("密码不能就是登录名", "A password differs from the sign-in name", field="password")
    return [short if len(password) < SHORTEST else None, alike if password == username else None]
