"""A refusal as pages show it: each reason with its clause, who can cure it and the one action that does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gatepass.journal.door import COMMANDS
from gatepass.look.addresses import where_to
from gatepass.people.duty import on_duty
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import Reason, Refused
from gatepass.words import Text, same

ONE = Text("差一件事", "one thing is missing")
MANY = Text("差 {n} 件事", "{n} things are missing")


def refusal_of(refused: Refused, sight: Sight, title: Text, *, crumb: list[tuple[Any, str]], again_url: str = "") -> dict[str, Any]:
    """What look/refusal.html expects, rendered for who is looking: sums only for who may see money."""
    count = len(refused.reasons)
    missing = ONE if count == 1 else MANY.fill(n=count)
    return {
        "title": Text("现在还不能{title}，{missing}", "{title}: not yet, {missing}").fill(title=title, missing=missing),
        "order": _order(refused.reasons),
        "crumb": crumb,
        "again_url": again_url,
        "cures": [cure_of(reason, sight) for reason in refused.reasons],
        "holds": [(words, clause) for clause, words in refused.holds],
        "record": Text("{who}，{title}，未通过。已记录。", "{who}: {title}, refused. This is on record.").fill(who=sight.name, title=title),
    }


def _order(reasons: Sequence[Reason]) -> Text | None:
    """Whom to turn to, in the order of the reasons, where it is more than one."""
    asked = list(dict.fromkeys(reason.who for reason in reasons if reason.who is not None))
    return Text("依次找：{who}", "In this order: {who}").fill(who=asked) if len(asked) > 1 else None


def cure_of(reason: Reason, sight: Sight) -> dict[str, Any]:
    """One reason as look/cure.html draws it."""
    command = COMMANDS.get(reason.command)
    action = None
    if command is not None and (command.may is None or sight.may(command.may)):
        action = {"text": command.title, "href": where_to(command.name, reason.given)}
    who = None
    if reason.who is not None:
        names = on_duty(reason.who)
        who = Text("{position} {names}", "{position} {names}").fill(position=reason.who, names=names) if names else reason.who.text
    return {
        "what": reason.seen(sums=sight.may(Power.SEE_MONEY)),
        "clause": reason.clause.split(".")[0],
        "why": "",
        "who": who or "",
        "how": reason.cure if reason.cure.zh else same(""),
        "action": action,
    }
