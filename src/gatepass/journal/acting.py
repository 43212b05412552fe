"""Powers that depend on what is asked: the side of an approval, the way of a consent. The door's words, the door's deputies."""

from __future__ import annotations

from dataclasses import replace

from gatepass.journal.door import Case
from gatepass.roles import Power
from gatepass.rules.reasons import Reason
from gatepass.words import Text


def act_with(case: Case, *powers: Power) -> Reason | None:
    """Act by the first of these powers that the actor has, as its deputy where he only stands in; the reason when he has none."""
    for power in powers:
        if case.actor.may(power):
            represented = case.actor.stands_in.get(power)
            if represented is not None:
                case.actor = replace(case.actor, acting_for=represented)
            return None
    return Reason(
        clause="M1",
        what=Text("您的岗位没有“{power}”的权限", "Your position does not have the power to {power}").fill(power=powers[0]),
        cure=Text("请有此权限的同事办理，或请管理员登记代行", "Ask a colleague who has it, or have a deputy registered"),
    )
