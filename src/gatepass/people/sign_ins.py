"""Signing in as acts: who came in and how, and each series of wrong attempts. Also while the clock is not believed: somebody has to see to it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.people.attempts import Attempt, Way, begin
from gatepass.people.events import AttemptsFailed, SignedIn
from gatepass.people.visitors import Visitor
from gatepass.roles import SYSTEM
from gatepass.words import Text

name_fields(
    way=("方式", "way"), known=("用过的设备", "a device used before"), failed=("试错次数", "wrong attempts"),
    near=("同一地址一小时内", "from its address, in an hour"),
)  # fmt: skip


@command(may=None, title=Text("登录", "Sign in"), hidden=True, always=True)
def record_sign_in(case: Case, *, way: Way, known: bool) -> Ref:
    """By the person himself, once what he typed was found right."""
    case.decide(SignedIn(person=case.actor.person, way=way.value, known=known))
    return Ref("person", case.actor.person, case.actor.name)


@command(may=None, title=Text("记下连续试错", "Note wrong attempts"), hidden=True, always=True)
def record_attempts(case: Case, *, way: Way, failed: int, near: int, person: Annotated[UUID | None, Of("person")] = None) -> None:
    """By the system, when a wait begins and whenever the count has doubled: an attack does not fill the journal."""
    case.decide(AttemptsFailed(person=person, way=way.value, failed=failed, near=near))


def wrong(attempt: Attempt) -> None:
    """It was wrong, as it was written down before: a series is journalled."""
    if attempt.series is not None:
        failed, near = attempt.series
        record_attempts(by=SYSTEM.person, way=attempt.way, failed=failed, near=near, person=attempt.person)


def guessed(way: Way, token: str, visitor: Visitor) -> None:
    """Somebody came with a secret that is nobody's: it counts against his address."""
    attempt = begin(way, token, visitor)
    if isinstance(attempt, Attempt):
        wrong(attempt)
