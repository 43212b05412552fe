"""`gatepass do COMMAND`: run one command from the terminal with JSON, as the API would; without a command it lists them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from gatepass.site.cli import _company, fail, language, tell
from gatepass.words import Text, same

SUMMARY = Text("从命令行办一件事（JSON）", "Run one command with JSON")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("command", nargs="?", default="", help="its name; none: list them")
    parser.add_argument("input", nargs="?", default="{}", help="JSON, @FILE, or - for standard input")
    parser.add_argument("--as", dest="username", default="", help="sign-in name of who acts")
    parser.add_argument("--key", default="", help="idempotency key: the same key acts once")


def run(options: argparse.Namespace) -> int:
    return _company.on_company(lambda: _do(options) if options.command else _list())


def _list() -> int:
    from gatepass.journal.door import COMMANDS

    for name, command in sorted(COMMANDS.items()):
        if not command.hidden:
            names = " ".join(field.name if field.required else f"[{field.name}]" for field in command.declaration.fields)
            tell(same(f"{name:26} {command.title.said(language())}  {names}"))
    return 0


def _do(options: argparse.Namespace) -> int:
    from gatepass.journal.door import COMMANDS
    from gatepass.people.models import Person
    from gatepass.rules.reasons import KeyReused, NotFound

    command = COMMANDS.get(options.command)
    person = Person.objects.filter(username=options.username, active=True).first()
    if command is None or command.hidden:
        return fail(Text("没有这个命令：{name}", "No such command: {name}").fill(name=options.command), 2)
    if person is None:
        return fail(Text("用 --as 说明是谁办", "Say who acts with --as"), 2)
    try:
        made = command(by=person.uid, key=options.key or None, **_given(options.input))
    except (ValueError, OSError) as error:
        return fail(same(str(error)), 2)
    except KeyReused as reused:
        return fail(Text("这个 --key 已用于 {made}", "This --key was used for {made}").fill(made=reused.made))
    except NotFound:
        return fail(Text("没有", "Not found"))
    tell(same(json.dumps({"kind": made.kind, "id": str(made.uid), "label": made.label} if made else None, ensure_ascii=False)))
    return 0


def _given(text: str) -> dict[str, Any]:
    """The input as JSON, from the argument, a file or standard input. Raises ValueError, OSError."""
    if text == "-":
        text = sys.stdin.read()
    elif text.startswith("@"):
        text = Path(text[1:]).read_text("utf-8")
    given = json.loads(text)
    if not isinstance(given, dict):
        raise ValueError("the input must be a JSON object")
    return given
