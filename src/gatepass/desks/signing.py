"""Signatures on the desk: every one that waits for somebody is a row, whether a clause runs a clock over it or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from gatepass.approvals.queries import SHOWN, Waits, count, waiting
from gatepass.enforcement.queries.duties import Duty
from gatepass.people.roster import roster
from gatepass.roles import Sight
from gatepass.words import Text, same
from gatepass.workcalendar.queries import calendar_of

UP: Final = Text("下面没有能签的人，上报到您", "nobody below is left to sign: it comes up to you")


@dataclass(frozen=True, slots=True)
class Signing:
    """mine: duties of signing that this person can fulfil; more: signatures that wait for him under no clock; gone: how many duties of
    signing are of his position but not his to fulfil; total: how many of `more` there are, listed or not."""

    mine: tuple[Duty, ...]
    more: tuple[Waits, ...]
    gone: int
    total: int


def signing(sight: Sight, duties: Iterable[Duty], at: datetime) -> Signing:
    """Sort the duties of somebody's desk: those of signing stay where he may sign."""
    waits = waiting(sight, at=at)
    open_to_him = {(one.full, one.subject) for one in waits}
    listed = list(duties)
    mine = tuple(one for one in listed if not one.signs or (one.signs, one.subject) in open_to_him)
    shown = {(one.signs, one.subject) for one in mine}
    more = tuple(one for one in waits if (one.full, one.subject) not in shown)
    unlisted = max(0, count(sight, roster(at)) - len(waits)) if len(waits) >= SHOWN else 0
    return Signing(mine, more, len(listed) - len(mine), len(more) + unlisted)


FEW: Final = 5
"""So many confirmations of what counts already stand on the desk one by one; the others on the page of signatures."""


def rows(signed: Signing, sight: Sight) -> list[dict[str, Any]]:
    """As look/todo_row.html draws them: what something waits for, then a few confirmations and how many there are besides."""
    urgent = [one for one in signed.more if not one.confirms]
    quiet = [one for one in signed.more if one.confirms]
    rest = signed.total - len(urgent) - min(len(quiet), FEW)
    listed = _rows([*urgent, *quiet[:FEW]], sight)
    if not rest:
        return listed
    others = Text("另有 {n} 件价格、政策、客户资料、地址待确认", "{n} more prices, policies, files and addresses to confirm").fill(n=rest)
    return [*listed, {**listed[-1], "due": None, "what": others, "why": same(""), "who": "", "href": "/approvals/", "verb": Text("去看", "Look")}]


def _rows(waits: Sequence[Waits], sight: Sight, superior: Text = same("")) -> list[dict[str, Any]]:
    """As look/todo_row.html draws them."""
    calendar = calendar_of(sight)
    return [
        {
            "due": one.step.within.due(one.since, calendar).due if one.step.within else None, "opened": one.since, "provisional": False,
            "label": None, "explain_url": "", "clause": one.route.article, "what": _what(one), "why": _why(one), "parts": [],
            "who": one.number, "who_sub": same(""), "whose": Text("您", "you"), "superior": superior, "note": "", "selected": False,
            "verb": Text("补签", "Confirm") if one.own_word else Text("签批", "Sign"), "href": one.href,
        }
        for one in waits
    ]  # fmt: skip


def address(duty: Duty) -> str:
    """Where a duty of signing is done."""
    return f"/approvals/{duty.signs.split('.', maxsplit=1)[0]}/{duty.subject}/"


def _what(one: Waits) -> Text:
    if one.own_word:
        return Text("本人补签：{title}", "Confirm your word: {title}").fill(title=one.route.title)
    return Text("{step}：{title}", "{step}: {title}").fill(step=one.step.text, title=one.route.title).capital()


def _why(one: Waits) -> Text:
    said = Text("第 {v} 版，{what}", "version {v}, {what}").fill(v=one.version, what=one.headline)
    return said + Text("；", "; ") + UP if one.up else said
