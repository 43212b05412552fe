"""One walk: the program and the model side by side, every step compared; afterwards balances, stock, obligations and `gatepass check`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from company import PEOPLE, Staff, not_founded_by_commands
from life import (
    rules_changes,
    rules_desk,
    rules_gate,
    rules_night,
    rules_notices,
    rules_picking,
    rules_road,
    rules_samples,
    rules_signing,
    rules_unpaid,
    rules_waybills,
)
from life.curing import Curer
from life.hands import Hands
from life.inputs import CODES, inputs
from life.proposing import Act, anything, likely
from life.things import Absent, Order, Trip, count
from life.world import RULES, World, verdict

HOURS = timedelta(hours=8)
CURED = 0.35  # of the refusals
LOADED = (
    rules_desk, rules_notices, rules_picking, rules_changes, rules_road, rules_gate, rules_waybills, rules_night, rules_samples,
    rules_signing, rules_unpaid,
)  # fmt: skip  # their import fills the table of rules


@dataclass
class Walk:
    """A company, its model, and what was done so far."""

    staff: Staff
    rng: Random
    world: World = field(init=False)
    trace: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    keys: list[tuple[Act, dict[str, Any], str, Any]] = field(default_factory=list)
    reasons: tuple[Any, ...] = ()  # of the last refusal
    cures: float = CURED

    def __post_init__(self) -> None:
        self.world = World((self.staff.at + HOURS).replace(tzinfo=None))
        self.curer, self.hands, self.steps = Curer(self), Hands(self), 0

    def step(self) -> None:
        self._time_passes()
        if self.keys and self.rng.random() < 0.04:
            return self._again()
        if self.rng.random() < 0.06 and (trip := self._signed_for()):
            return self._by_night(trip)
        act = (likely(self.world, self.rng) if self.rng.random() < 0.72 else None) or anything(self.world, self.rng)
        if act is not None and not self._try(act) and self.rng.random() < self.cures:
            self.curer.cure(act)
        self.steps += 1
        self.hands.look(every_one=self.steps % 50 == 0)
        return None

    def _signed_for(self) -> Trip | None:
        """A trip that waits for nothing but its way out."""
        ready = [
            one for one in self.world.trips
            if one.loaded and not one.left and one.aboard and all(part.signed == count(part.stored) for part in one.aboard)
        ]  # fmt: skip
        return self.rng.choice(ready) if ready else None

    def _by_night(self, trip: Trip) -> None:
        """The desk gives the guard authority and goes home; he lets the trip out on it."""
        if self.world.now.time() < time(18):
            self._set(datetime.combine(self.world.now.date(), time(19)))
        known = len(self.world.authorities)
        self._try(Act("give_authority", "lin", {"guard": "feng", "notices": [part.notice for part in trip.aboard]}))
        if len(self.world.authorities) > known:
            self._set(self.world.now + timedelta(minutes=5))
            wrong = self.rng.choice(["", "", "", "plate", "cartons", "seals", "copies"])
            self._try(Act("release_on_authority", "feng", {"authority": self.world.authorities[-1], "trip": trip, "wrong": wrong}))

    def _set(self, now: datetime) -> None:
        self.world.now = now
        self.staff.at = (now - HOURS).replace(tzinfo=UTC)

    def _time_passes(self) -> None:
        """Minutes; now and then the next morning, or an evening."""
        chance = self.rng.random()
        now = self.world.now + timedelta(minutes=self.rng.randrange(1, 12))
        if chance < 0.02 or (now.time() > time(17, 30) and chance < 0.5) or now.time() < time(7):
            now = datetime.combine(now.date() + timedelta(days=now.time() > time(7)), time(9))
        elif chance < 0.05:
            now = datetime.combine(now.date(), time(20)) if now.time() < time(20) else now
        self._set(now)

    def attempt(self, act: Act) -> bool:
        """A moment later somebody does this; whether it went through."""
        self._set(self.world.now + timedelta(minutes=1))
        return self._try(act)

    def _try(self, act: Act) -> bool:
        try:
            expected: Any = verdict(self.world, act.command, act.who, act.given)
        except Absent:
            expected = "absent"
        key = f"walk-{len(self.trace)}"
        given = inputs(self.staff, self.world, act)
        self.trace.append(f"{self.world.now:%d %H:%M} {act.who:6} {act.command:22} {_said(act.given)} -> {expected or 'done'}")
        made, outcome = self.call(act, given, key)
        assert outcome == "done" if expected is None else _agrees(expected, outcome), self.story(expected, outcome)
        if expected is None:
            self.done[act.command] += 1
            thing = RULES[act.command][2](self.world, act.who, **act.given)
            if thing is not None:
                name(thing, made.uid)
            self.keys.append((act, given, key, made))
            self._compare()
        else:
            self.refused.update(expected if expected != "absent" else ["absent"])
        return expected is None

    def call(self, act: Act, given: dict[str, Any], key: str) -> tuple[Any, Any]:
        """What the program says: done, absent, or the articles that its refusal names."""
        from gatepass.journal.door import COMMANDS
        from gatepass.rules.reasons import NotFound, Refused

        try:
            return COMMANDS[act.command](by=self.staff.people[act.who], at=self.staff.at, key=key, **given), "done"
        except Refused as refused:
            self.reasons = refused.reasons
            return None, frozenset(reason.clause for reason in refused.reasons)
        except NotFound:
            self.reasons = ()
            return None, "absent"

    def _again(self) -> None:
        """A key once more: the same input answers the same and changes nothing, another input is refused."""
        from gatepass.journal.models import Entry
        from gatepass.rules.reasons import KeyReused

        act, given, key, made = self.rng.choice(self.keys[-30:])
        before = Entry.objects.count()
        self.trace.append(f"{self.world.now:%d %H:%M} {act.who:6} {act.command:22} once more with key {key}")
        again, outcome = self.call(act, given, key)
        assert (outcome, again) == ("done", made), self.story("the same answer", outcome)
        try:
            other = {**given, "order": UUID(int=7)} if "order" in given else None
            if other is not None:
                self.call(act, other, key)
                raise AssertionError(self.story("a key used for something else", "done"))
        except KeyReused:
            pass
        assert Entry.objects.count() == before, self.story("nothing more in the journal", Entry.objects.count() - before)

    def _compare(self) -> None:
        """Money and goods after every step."""
        from gatepass.orders.models import Order as Row
        from gatepass.receivables.rests import covers
        from gatepass.stock.models import Batch, Reservation

        world = self.world
        assert balance(self.staff.customer) == world.balance, self.story(world.balance, balance(self.staff.customer))
        shelves = {code: list(Batch.objects.filter(product__code=code).order_by("expires_on", "id").values_list("on_hand", flat=True))
                   for code in CODES.values()}  # fmt: skip
        assert shelves == {CODES[product]: have for product, have in world.stock.items()}, self.story(world.stock, shelves)
        aside = sum(Reservation.objects.values_list("cartons", flat=True))
        assert aside == sum(world.reserved.values()), self.story(sum(world.reserved.values()), aside)
        rows = {row.uid: row for row in Row.objects.all()}
        asked = covers(list(rows))
        for order in world.orders:
            row, cover = rows[order.uid], asked.get(order.uid)
            facts = (row.sent_at is not None, row.confirmed_at is not None, row.cancelled_at is not None, row.shipped_at is not None,
                     row.ready_at is not None, cover is not None and cover.asked.ended_at is None)  # fmt: skip
            assert facts == (order.sent, order.confirmed, order.cancelled, order.shipped, order.ready, order.claims), self.story(order, facts)
            if cover is not None:
                kept = (cover.open_fen, cover.asked.fen, cover.asked.received_fen, cover.asked.gone_fen, cover.asked.covered_at is not None)
                said = (world.money.asks(order), order.committed, order.received, order.debited, order.covered)
                assert kept == said, self.story(said, kept)

    def end(self, url: str) -> None:
        """The clocks that run are those that the model says; recomputed by the check, everything agrees."""
        from gatepass.enforcement.models import Obligation
        from gatepass.journal.chaining import chain
        from gatepass.site.checking.everything import check

        rows = Obligation.objects.filter(closed_at=None, clause__in=CLOCKS).values_list("clause", flat=True)
        assert Counter(rows) == clocks(self.world), self.story(clocks(self.world), Counter(rows))
        while chain():
            pass
        found = [one for one in check(url) if not not_founded_by_commands(one)]
        assert not found, self.story("nothing", found)

    def story(self, expected: object, found: object) -> str:
        return "\n".join([*self.trace[-600:], f"expected: {expected}", f"found:    {found}"])


def _agrees(expected: Any, outcome: Any) -> bool:
    """Everything that must be named is named; where only clauses speak, no other clause is."""
    if isinstance(outcome, str) or isinstance(expected, str):
        return bool(outcome == expected)
    articles = {word.split(".")[0] for word in outcome}
    return expected - {""} <= articles and ("" in expected or articles <= expected)


def _said(given: dict[str, Any]) -> str:
    def word(value: Any) -> str:
        if isinstance(value, list):
            return "+".join(word(one) for one in value)
        uid = getattr(value, "uid", None)
        return f"{type(value).__name__} {str(uid)[-4:]}" if uid else str(value)

    return ", ".join(f"{key}={word(value)}" for key, value in given.items())


def balance(customer: UUID) -> int:
    from gatepass.receivables.models import Balance

    found = Balance.objects.filter(account="customer", party=customer).values_list("fen", flat=True).first()
    return found or 0


def name(thing: Any, uid: UUID) -> None:
    """Tie what the model made to what the program made."""
    from gatepass.dispatch.models import UnpaidSignature
    from gatepass.transport.models import Consignment, Waybill

    thing.uid = uid
    if type(thing).__name__ == "Wish":
        thing.uid = UnpaidSignature.objects.filter(order__uid=thing.order.uid).latest("id").uid
    if type(thing).__name__ == "Trip":
        for part in thing.parts:
            row = Consignment.objects.get(trip__uid=uid, notice__uid=part.notice.uid)
            part.uid, part.waybill = row.uid, Waybill.objects.get(consignment=row).uid


CLOCKS = (
    "D1.2", "D2.2", "D3.2", "D4.1", "D4.3", "D4.5", "D4.7", "D5.1", "D6.3", "D6.4", "D7.3", "D8.2", "D8.3", "D8.5", "D10.4", "D11.1", "D11.4",
    "C11.3",
)  # fmt: skip


def clocks(world: World) -> Counter[str]:
    """How many clocks of each kind run, as the model knows it."""
    running: Counter[str] = Counter(clause for order in world.orders for clause in order.clocks)
    for notice in world.notices:
        running.update({"finance": "D6.3", "sales": "D6.4"}[side] for side in notice.waits)
        running["D7.3"] += sum(not doubt.answered for doubt in notice.doubts)
    for change in world.changes:
        alive = change.consented and not change.withdrawn and not change.notice.order.cancelled
        running["D8.2"] += not (change.consented or change.declined or change.withdrawn or change.notice.void)
        running["D8.3"] += alive and not change.told
        running["D8.5"] += alive and change.after_hours and not change.countersigned and not change.refused
    for part in world.parts():
        out = part.left and not part.void
        running["D5.1"] += out and not part.told
        running["D11.1"] += out and not part.handed_in
        running["D11.4"] += out and part.claimed
    running["D4.5"] += sum(one.kind == "goods" and one.left > 0 for one in world.money.pieces)
    running["D10.4"] += sum(one.used and not one.handed for one in world.authorities)
    running["C11.3"] += sum(one.sent and not one.followed for one in world.samples)
    return +running


def engage(staff: Staff) -> None:
    """Two people more: `bo` holds a post in finance and one in sales, `mo` writes notices and is a sales manager."""
    from datetime import date

    from gatepass.people.models import Department, Holding, Person, Post
    from gatepass.roles import Position

    for short, kinds in {"bo": (Position.RECEIVABLES, Position.SALES_MANAGER), "mo": (Position.CLIENT_ADMIN, Position.SALES_MANAGER)}.items():
        person = Person.objects.create(username=short, name=short, phone="", password="!")
        for kind in kinds:
            post = Post.objects.create(kind=kind.value, title=kind.text.zh, department=Department.objects.get(), region="")
            Holding.objects.create(post=post, person=person, since=date(2026, 1, 1))
        staff.people[short] = person.uid
    assert set(staff.people) == set(PEOPLE) | {"bo", "mo"}


__all__ = ["Order", "Walk", "engage"]
