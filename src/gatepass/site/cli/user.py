"""`gatepass user create|reset|deactivate|list`: people and their sign-ins, for whoever runs the machine. Nobody sets another's password."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from gatepass.roles import SYSTEM, Position
from gatepass.site.cli import _company, _passwords, fail, language, tell
from gatepass.words import Text, same

if TYPE_CHECKING:
    from gatepass.people.models import Person

KINDS = {position.value: position for position in Position}
SUMMARY = Text("人员：新增、发一次性链接、停用、列出", "People: create, a one-time link, deactivate, list")


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    create = actions.add_parser("create")
    create.add_argument("username")
    create.add_argument("--name", required=True)
    create.add_argument("--position", action="append", default=[], choices=[p.value for p in Position])
    create.add_argument("--region", default="")
    create.add_argument("--language", choices=["zh", "en"], default="zh")
    for action in ("reset", "deactivate"):
        actions.add_parser(action).add_argument("username")
    actions.add_parser("list")


def run(options: argparse.Namespace) -> int:
    actions = {"create": _create, "reset": _reset, "deactivate": _deactivate, "list": _list}
    return _company.on_company(lambda: actions[options.action](options))


def _create(options: argparse.Namespace) -> int:
    from gatepass.people.accounts import add_person, appoint_person
    from gatepass.people.models import Person

    made = add_person(
        by=SYSTEM.person,
        username=options.username,
        name=options.name,
        language=options.language,
    )
    for position in options.position:
        appoint_person(by=SYSTEM.person, person=made.uid if made else None, kind=position, region=options.region)
    tell(Text("已新增 {name}", "Created {name}").fill(name=options.username))
    _link(Person.objects.get(username=options.username))
    return 0


def _reset(options: argparse.Namespace) -> int:
    from gatepass.people.models import Person

    person = Person.objects.filter(username=options.username).first()
    if person is None:
        return fail(Text("没有 {name}", "There is no {name}").fill(name=options.username))
    _link(person)
    return 0


def _link(person: Person) -> None:
    """A link that needs no code: whoever sits at the machine's own terminal could do anything anyway (SECURITY.md)."""
    from django.conf import settings

    from gatepass.people.links import issue_link, new_link

    token, digest = new_link()
    issue_link(by=SYSTEM.person, person=person.uid, digest=digest)
    _passwords.show_link(person.name, token, settings.URL)


def _deactivate(options: argparse.Namespace) -> int:
    from gatepass.people.accounts import deactivate_person
    from gatepass.people.models import Person

    person = Person.objects.filter(username=options.username).first()
    if person is None:
        return fail(Text("没有 {name}", "There is no {name}").fill(name=options.username))
    deactivate_person(by=SYSTEM.person, person=person.uid)
    tell(Text("已停用 {name}", "{name} deactivated").fill(name=options.username))
    return 0


def _list(options: argparse.Namespace) -> int:
    from gatepass.people.models import Holding, Person

    for person in Person.objects.order_by("username"):
        held = Holding.objects.filter(person=person, until=None).select_related("post")
        posts = " ".join(f"{KINDS[h.post.kind].text.said(language())}{h.post.region}" for h in held)
        state = "" if person.active else Text("（停用）", " (deactivated)").said(language())
        tell(same(f"{person.username:<16} {person.name}{state}  {posts}"))
    return 0
