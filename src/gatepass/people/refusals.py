"""A refusal as pages show it: each reason with its clock, who can cure it and the one action that does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gatepass.identity import new_id
from gatepass.journal.door import COMMANDS
from gatepass.look.addresses import PAGES, address_of, where_to
from gatepass.look.countings import things
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import Reason, Refused
from gatepass.words import Text, same

HEADLINE = Text("现在还不能{title}，差{missing}", "{title}: not yet, {missing} missing")
FIRST = Text("先请{who}{verb}", "first {who}: {verb}")
THEN = Text("再请{who}{verb}", "then {who}: {verb}")
LAST = Text("最后请{who}{verb}", "last {who}: {verb}")


@dataclass(frozen=True, slots=True)
class Cure:
    """What is known about curing one reason, for who is looking. `mine`: he can do it himself.

    due, opened: the clock that bears on it, with `label` where it is another thing's; duty: what somebody can be reminded of.
    name: how a button calls who can; who: how a sentence does; call: where he is reached, "" where the viewer may not see it.
    """

    mine: bool = False
    who: Text = same("")
    name: Text = same("")
    call: str = ""
    due: datetime | None = None
    opened: datetime | None = None
    provisional: bool = False
    label: Text | None = None
    duty: UUID | None = None


Finder = Callable[[Sight, Sequence[Reason], Mapping[str, Any]], Sequence[Cure]]


class _Hooks:
    finder: Finder | None = None


def know_cures(finder: Finder) -> None:
    """Register who finds clocks and people of reasons: enforcement, which knows the duties."""
    _Hooks.finder = finder


def refusal_of(
    refused: Refused, sight: Sight, title: Text, *, given: Mapping[str, Any], crumb: Sequence[tuple[Any, str]] = (), record: Text | None = None
) -> dict[str, Any]:
    """What look/refusal.html expects, rendered for who is looking: sums only for who may see money."""
    cures = cures_of(refused.reasons, sight, given)
    missing = things(len(refused.reasons))
    return {
        "title": HEADLINE.fill(title=title, missing=missing),
        "order": _order(cures),
        "crumb": list(crumb),
        "cures": cures,
        "holds": [(words, clause) for clause, words in refused.holds],
        "record": record,
    }


def known_cures(reasons: Sequence[Reason], sight: Sight, given: Mapping[str, Any]) -> Sequence[Cure]:
    """One Cure for each reason, in their order."""
    return _Hooks.finder(sight, reasons, given) if _Hooks.finder else [Cure() for _ in reasons]


def cures_of(reasons: Sequence[Reason], sight: Sight, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Reasons as look/cure.html and the small forms draw them, in the order in which to cure them: what others do first, by its clock."""
    pairs = sorted(zip(reasons, known_cures(reasons, sight, given), strict=True), key=lambda pair: (pair[1].mine, pair[1].duty is None))
    return [_drawn(reason, cure, sight) for reason, cure in pairs]


def _drawn(reason: Reason, cure: Cure, sight: Sight) -> dict[str, Any]:
    command = COMMANDS.get(reason.command)
    return {
        "what": reason.seen(sums=sight.may(Power.SEE_MONEY)),
        "clause": reason.clause.split(".")[0],
        "why": "",
        "who": cure.who if cure.who.zh else "",
        "how": reason.cure if reason.cure.zh else same(""),
        "nobody": reason.nobody.text if reason.nobody else None,
        "due": cure.due or reason.until,
        "opened": cure.opened,
        "provisional": cure.provisional,
        "label": cure.label,
        "action": _action(reason, cure),
        "call": {"text": _call(cure), "href": f"tel:{cure.call.replace(' ', '')}"} if cure.call else None,
        "name": cure.name,
        "number": cure.call,
        "own": cure.mine,
        "verb": command.titled(reason.given) if command else None,
    }


def _action(reason: Reason, cure: Cure) -> dict[str, Any] | None:
    """The one thing to press: the cure itself, a reminder to who can, a call, else the document that it is about."""
    command = COMMANDS.get(reason.command)
    if cure.mine and command is not None:
        return {"text": command.titled(reason.given), "href": where_to(command.name, reason.given)}
    if cure.duty is not None:
        text = Text("提醒{who}", "Remind {who}").fill(who=cure.name)
        return {"text": text, "href": f"/enforcement/duties/{cure.duty}/remind", "remind": True, "key": new_id()}
    if cure.call or cure.mine:
        return None
    about = next(((kind, uid) for kind, uid in reason.given.items() if kind in PAGES and kind != "order"), None)
    return {"text": Text("打开单据", "Open the document"), "href": address_of(about[0], UUID(about[1]))} if about else None


def _lowered(verb: Text) -> Text:
    return Text(verb.zh, verb.en[:1].lower() + verb.en[1:])


def _call(cure: Cure) -> Text:
    return Text("打电话 {number}", "Call {number}").fill(number=cure.call)


def _order(cures: Sequence[dict[str, Any]]) -> Text | None:
    """In which order to turn to whom, where it is more than one thing."""
    steps = list(dict.fromkeys((one["name"], _lowered(one["verb"])) for one in cures if one["name"].zh and one["verb"]))
    if len(steps) < 2:
        return None
    said = [(FIRST if n == 0 else LAST if n == len(steps) - 1 else THEN).fill(who=who, verb=verb) for n, (who, verb) in enumerate(steps)]
    zh, en = "；".join(one.zh for one in said), "; ".join(one.en for one in said)
    return Text(f"{zh}。".replace("请您", "您"), f"{en[:1].upper()}{en[1:]}.")
