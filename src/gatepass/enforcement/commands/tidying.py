"""The daily tidy-up of one's desk: an item of the checklist (A17)."""

from __future__ import annotations

from gatepass.enforcement.models import TidyUp
from gatepass.enforcement.queries.desk import counts
from gatepass.journal.door import Case, Ref, command, once
from gatepass.rules.happenings import DeskTidied
from gatepass.rules.reasons import refusal
from gatepass.words import Text
from gatepass.workcalendar.queries import current

AGAIN = refusal("今天的桌面已经整理过", "Your desk was tidied today already", clause="A17")
once("tidied_once", AGAIN)


@command(may=None, title=Text("整理桌面", "Tidy the desk"))
def tidy_desk(case: Case) -> Ref:
    """I went through my desk: what is done is closed, what is left is known. How much is left is kept with it."""
    day = current().local(case.at).date()
    found = counts(case.actor, at=case.at)
    known = TidyUp.objects.filter(person=case.actor.person, day=day).exists()
    case.decide(
        DeskTidied(person=case.actor.person, day=day, left=found.mine, overdue=found.overdue), reasons=[AGAIN if known else None]
    )
    TidyUp.objects.create(person=case.actor.person, day=day, left=found.mine, overdue=found.overdue, at=case.at, entry=case.entry)
    return Ref("person", case.actor.person, day.isoformat())
