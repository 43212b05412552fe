"""A notice is void: its number stays listed, its goods are open again, what waited on it is over. Under the locks of order and notice."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F

from gatepass.approvals.binding import close
from gatepass.dispatch.consenting import CHANGE, COUNTERSIGN
from gatepass.dispatch.events import ChangeDeclined, ChangeWithdrawn, DoubtAnswered, NoticeVoided
from gatepass.dispatch.models import Change, Doubt, Notice
from gatepass.dispatch.routes import NOTICE
from gatepass.dispatch.unpaid import uncleared, void
from gatepass.journal.door import Case
from gatepass.orders.models import Order
from gatepass.receivables.rests import cover_of
from gatepass.rules.events import Event


@dataclass(frozen=True, slots=True)
class Voiding:
    """A notice with what is open of it: changes without and with consent, doubts."""

    notice: Notice
    changes: list[Change]
    consented: list[Change]
    doubts: list[Doubt]

    def events(self, reason: str) -> list[Event]:
        about = {"notice": self.notice.uid, "order": self.notice.order.uid, "customer": self.notice.order.customer.uid}
        return [
            NoticeVoided(**about, reason=reason, uncleared=uncleared(self.notice, cover_of(self.notice.order.uid))),
            *(ChangeDeclined(change=change.uid, **about) for change in self.changes),
            *(ChangeWithdrawn(change=change.uid, **about, reason=reason) for change in self.consented),
            *(DoubtAnswered(doubt=doubt.uid, **about) for doubt in self.doubts),
        ]

    def write(self, case: Case, reason: str) -> None:
        found = self.notice
        found.voided_at, found.voided_why = case.at, reason
        found.save(update_fields=["voided_at", "voided_why"])
        void(case, found)
        close(case, found.uid, *(one.uid for one in [*self.changes, *self.consented]), routes=[NOTICE, CHANGE, COUNTERSIGN])
        Order.objects.filter(id=found.order_id).update(noticed=F("noticed") - 1)
        Change.objects.filter(id__in=[one.id for one in self.changes]).update(declined_at=case.at, declined_why=reason)
        Change.objects.filter(id__in=[one.id for one in self.consented]).update(
            withdrawn_at=case.at, withdrawn_by=case.actor.person, withdrawn_why=reason
        )
        answered = {"answer": reason, "answered_by": case.actor.person, "answered_at": case.at}
        Doubt.objects.filter(id__in=[one.id for one in self.doubts]).update(**answered)


def voiding(notice: Notice, *, but: Change | None = None) -> Voiding:
    """What is open of a notice, locked. but: the change that empties it."""
    unmade = Change.objects.select_for_update(no_key=True).filter(notice=notice, declined_at=None, withdrawn_at=None, applied_at=None)
    unmade = unmade.exclude(pk=but.pk) if but else unmade
    doubts = Doubt.objects.select_for_update(no_key=True).filter(notice=notice, answered_at=None)
    return Voiding(notice, list(unmade.filter(consented_at=None)), list(unmade.exclude(consented_at=None)), list(doubts))
