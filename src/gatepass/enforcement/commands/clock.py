"""After the clock leapt: the administrator says that what it shows is right."""

from __future__ import annotations

from typing import Annotated

from gatepass.enforcement.commands.amending import worded
from gatepass.journal import watch
from gatepass.journal.declaration import Called
from gatepass.journal.door import Case, Ref, command
from gatepass.roles import Power
from gatepass.rules.happenings import ClockConfirmed
from gatepass.rules.reasons import refusal
from gatepass.words import Text


@command(may=Power.KEEP_PEOPLE, title=Text("确认时钟", "Confirm the clock"), always=True)
def confirm_clock(case: Case, *, reason: Annotated[str, Called(Text("为什么没错", "why it is right"), long=True)]) -> Ref:
    """Clocks run out again and commands go through, by the time that is shown now. Whoever is wrong here breaks duties: look twice."""
    doubt = watch.doubt()
    fine = refusal("时钟没有问题，不用确认", "Nothing is wrong with the clock")
    case.decide(
        ClockConfirmed(expected=doubt.expected if doubt else case.at, reason=reason), reasons=[None if doubt else fine, *worded(reason)]
    )
    watch.confirm(case.at)
    return Ref("clock", case.entry, case.law.calendar.local(case.at).strftime("%Y-%m-%d %H:%M"))
