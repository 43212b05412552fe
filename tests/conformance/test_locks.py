"""Each command holds the locks of the facts that its gates read: while a clause judges, nobody else could change what it judges by.

Asked from outside, of a second connection, for every gate of a story through the house: the rows that a fact stands on cannot be had.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
import pytest

from company import Staff, digest_of, paid
from counting import Counting
from gatepass.approvals.facts import Signed
from gatepass.dispatch.facts import ConsentState, LineToPick, OpenDoubts, Picked, PickedBatches, Uncountersigned
from gatepass.dispatch.models import NoticeLine
from gatepass.gate.facts import PassState
from gatepass.journal import door
from gatepass.orders.facts import CheckState, Unpaid
from gatepass.regulations import rulebook
from gatepass.rules.clauses import Clause, Facts, Gate
from gatepass.rules.events import Event
from gatepass.rules.reasons import Reason
from gatepass.site import database
from gatepass.transport.facts import LoadState, WaybillBlanks
from test_whole_way import effective_notice, through_the_gate

if TYPE_CHECKING:
    from databases import Clones

NOTICE = "select n.uid from dispatch_notice n where n.uid = any(%s) for no key update skip locked"
CHANGED = """select n.uid from dispatch_notice n join dispatch_change c on c.notice_id = n.id where c.uid = any(%s)
for no key update of n skip locked"""
ORDER = "select o.uid from orders_order o where o.uid = any(%s) for no key update skip locked"
CUSTOMER = """select c.uid from customers_customer c join orders_order o on o.customer_id = c.id where o.uid = any(%s)
for no key update of c skip locked"""
TRIP = "select t.uid from transport_trip t where t.uid = any(%s) for no key update skip locked"
PASS = "select p.uid from gate_gatepass p where p.uid = any(%s) for no key update skip locked"
AUTHORITY = "select a.uid from gate_authority a where a.uid = any(%s) for no key update skip locked"
SAMPLE = "select s.uid from dispatch_sample s where s.uid = any(%s) for no key update skip locked"
# What each fact stands on. Rows that are made in the same act are nobody else's yet.
STANDS_ON: dict[Any, tuple[str, ...]] = {
    Signed: (NOTICE, SAMPLE), OpenDoubts: (NOTICE,), LineToPick: (NOTICE,), Picked: (NOTICE,), PickedBatches: (NOTICE,),
    Uncountersigned: (NOTICE,), ConsentState: (CHANGED, ORDER), Unpaid: (ORDER, CUSTOMER), CheckState: (ORDER,),
    LoadState: (TRIP,), WaybillBlanks: (TRIP,), PassState: (PASS, AUTHORITY, TRIP),
}  # fmt: skip


class Probing(Counting):
    """The gatekeeper, while somebody else tries to lock what its facts stand on."""

    def __init__(self, url: str) -> None:
        super().__init__(rulebook.every_clause())
        self.other = psycopg.connect(url, autocommit=True)
        self.free: set[tuple[str, str, str]] = set()
        self.probed: set[Any] = set()

    def judged(self, case: door.Case, clause: Clause, gate: Gate, event: Event, facts: Facts) -> list[Reason]:
        about = list(_named(event))
        for fact in gate.needs:
            for asked in STANDS_ON.get(fact, ()):
                self.probed.add(fact)
                if self.other.execute(asked, [about]).fetchall():
                    self.free.add((case.command, fact.__name__, asked.split()[3]))
        return super().judged(case, clause, gate, event, facts)


def _named(event: Event) -> Iterator[UUID]:
    yield from (uid for _, uid in event.concerns())
    for several in ("notices", "orders"):
        yield from getattr(event, several, ())


@pytest.fixture
def probing(staff: Staff, clones: Clones, fresh: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Probing]:
    keeper = Probing(database.other(clones.url, fresh))
    monkeypatch.setattr(door._Hooks, "keeper", keeper)
    yield keeper
    keeper.other.close()


@pytest.mark.requirement("D18")
def test_while_a_gate_judges_nobody_else_can_have_what_it_judges_by(staff: Staff, probing: Probing) -> None:
    through_the_gate(staff)
    notice = effective_notice(staff, paid(staff))
    line = NoticeLine.objects.get(notice__uid=notice).uid
    staff.run("start_picking", "deng", notice=notice)
    change = staff.run("propose_change", "deng", notice=notice, kind="short", line=line, cartons=2, reason="缺货").uid
    staff.run("sign", "he", route="change", subject=change, step="consent", digest=digest_of("change", change))
    staff.run("apply_change", "lin", change=change)
    _sample(staff)
    assert probing.free == set(), "commands that read a fact without the lock of a row that it stands on"
    assert set(STANDS_ON) - probing.probed == set(), "facts that the story did not ask for"


def _sample(staff: Staff) -> None:
    lines = [{"product": staff.products["100101"], "cartons": 1}]
    made = staff.run(
        "issue_sample_notice", "lin", lines=lines, customer=staff.customer, recipient="味研所", address="成都市锦江区", phone="13800001111",
        purpose="试用", cost=100, follow_up_on=staff.today() + timedelta(days=7),
    )  # fmt: skip
    staff.sign("he", "sample", made.uid, "sales")
