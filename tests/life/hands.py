"""Every duty has a hand: whoever has it on his desk can do it, now or as soon as what is offered to him was done.

Asked of each duty when it opens, of all of them every fifty steps: it stands on the desk of somebody whose attempt is not refused for his
position, and not because the rule means it so. What a carrier owes is recorded by the company: there somebody with the power counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from gatepass.enforcement.queries.duties import Duty
    from life.walking import Walk

TEXT = "按约定办"


class Hands:
    """Looks for hands of one walk's duties."""

    def __init__(self, walk: Walk) -> None:
        self.walk, self.known = walk, set[UUID]()
        self.looked = 0

    def look(self, *, every_one: bool) -> None:
        from gatepass.enforcement.models import Obligation

        there = dict(Obligation.objects.filter(closed_at=None).values_list("uid", "clause"))
        for uid in there if every_one else there.keys() - self.known:
            self._hand(uid)
        self.known |= there.keys()

    def _hand(self, uid: UUID) -> None:
        from gatepass.enforcement.queries import duties
        from gatepass.journal.who import sight_of

        at = self.walk.staff.at
        duty = duties.one(sight_of(self.walk.staff.people["chen"], at), uid, at=at)
        people = [one.person for one in duty.people] if duty.position else list(self.walk.staff.people.values())
        tried = {person: self._stopped(duty, person) for person in people if duty.position is None or self._stands(duty, person)}
        self.looked += 1
        short = {one: name for name, one in self.walk.staff.people.items()}
        said = {short.get(person, str(person)): why for person, why in tried.items()}
        assert any(not why for why in tried.values()), self.walk.story(f"a hand for {duty.clause} {duty.what.zh} ({duty.act})", said)

    def _stands(self, duty: Duty, person: UUID) -> bool:
        """Whether it is on his desk, with the verb that does it."""
        from gatepass.desks.signing import signing
        from gatepass.enforcement.queries.desk import desk
        from gatepass.journal.who import sight_of

        sight, at = sight_of(person, self.walk.staff.at), self.walk.staff.at
        return any(one.uid == duty.uid for one in signing(sight, desk(sight, at=at).mine, at).mine)

    def _stopped(self, duty: Duty, person: UUID) -> list[str]:
        """Why he cannot, whatever anybody does."""
        from gatepass.journal.door import COMMANDS
        from life.curing import kind_of

        found = COMMANDS[duty.act].reasons(by=person, at=self.walk.staff.at, **self._given(duty))
        return [one.what.zh for one in found if kind_of(one) in ("colleague", "meant", "")]

    def _given(self, duty: Duty) -> dict[str, Any]:
        """Its form, filled in."""
        from gatepass.journal.door import COMMANDS

        if duty.signs:
            return self._signature(duty)
        known: dict[str, Any] = {
            "order": duty.order, "customer": duty.customer, duty.kind: duty.subject, "outcome": TEXT, "note": TEXT, "how": TEXT, "answer": TEXT,
            "understanding": TEXT, "reason": TEXT, "to": self.walk.staff.people["lin"], "person": self.walk.staff.people["lin"],
            "day": duty.document,
        }  # fmt: skip
        special: dict[str, Any] = {"answer_account_check": {}, "record_contact": {"outcome": "checking"}, "put_back": self._stopped_batch(duty)}
        known |= special.get(duty.act) or {}
        fields = {field.name: field for field in COMMANDS[duty.act].declaration.fields}
        wanted = {name for name, field in fields.items() if field.required or name in (duty.kind, "order")}
        return {name: known[name] for name in wanted if known.get(name) is not None}

    def _signature(self, duty: Duty) -> dict[str, Any]:
        from gatepass.approvals.models import Matter

        route, step, *word = duty.signs.split(".")
        about = {"route": route, "subject": duty.subject, "step": step}
        return about if word else about | {"digest": Matter.objects.get(route=route, subject=duty.subject).digest}

    def _stopped_batch(self, duty: Duty) -> dict[str, Any]:
        from gatepass.dispatch.models import Pick

        picked = Pick.objects.filter(line__notice__uid=duty.subject).exclude(batch__quality="passed").values_list("batch__uid", flat=True).first()
        return {"batch": picked, "cartons": 1}
