"""Signatures in the model: one way to sign and to send back, whatever it is that is signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from life import rules_changes, rules_notices, rules_samples, rules_unpaid, rules_waybills
from life.world import World, rule

Say = Callable[[World, str, Any, str, int], Iterator[str]]
Do = Callable[[World, str, Any, str], None]
# What is signed: why it is not signed, why it is not sent back, what follows of each.
ROUTES: dict[str, tuple[Say, Say, Do, Do]] = {
    "notice": (rules_notices.unsigned, rules_notices.not_sent_back, rules_notices.signed, rules_notices.sent_back),
    "change": (rules_changes.unconsented, rules_changes.undeclined, rules_changes.consented, rules_changes.declined),
    "countersign": (rules_changes.uncountersigned, rules_changes.unrefused, rules_changes.countersigned, rules_changes.refused),
    "unpaid": (rules_unpaid.unsigned, rules_unpaid.not_returned, rules_unpaid.signed, rules_unpaid.returned),
    "reversal": (rules_waybills.not_taken_back, rules_waybills.not_refused, rules_waybills.taken_back, rules_waybills.kept_booked),
    "sample": (rules_samples.unapproved, rules_samples.undeclined, rules_samples.approved, rules_samples.declined),
}


def _signed(world: World, who: str, route: str, subject: Any, step: str, version: int) -> None:
    ROUTES[route][2](world, who, subject, step)


@rule("sign", None, _signed)
def sign(world: World, who: str, route: str, subject: Any, step: str, version: int) -> Iterator[str]:
    return ROUTES[route][0](world, who, subject, step, version)


def _sent_back(world: World, who: str, route: str, subject: Any, step: str, version: int) -> None:
    ROUTES[route][3](world, who, subject, step)


@rule("send_back", None, _sent_back)
def send_back(world: World, who: str, route: str, subject: Any, step: str, version: int) -> Iterator[str]:
    return ROUTES[route][1](world, who, subject, step, version)
