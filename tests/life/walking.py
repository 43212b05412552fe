"""One walk: the program and the model side by side, every step compared; afterwards balances, stock, obligations and `gatepass check`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from company import PEOPLE, Staff
from life import rules_desk, rules_goods, rules_road
from life.proposing import Act, anything, likely
from life.world import RULES, Absent, Order, World, verdict

HOURS = timedelta(hours=8)
LOADED = (rules_desk, rules_goods, rules_road)  # their import fills the table of rules
SEALS = "CD-0042"
PLATES = {"big": "川A·8F213", "small": "川A·1T001", "container": "川A·6X901"}
CODES = {"A": "100101", "B": "200101"}
REASON = {
    "object_to_order": {"note": "数量不对"}, "withdraw_order": {"reason": "改单"}, "cancel_order": {"reason": "客户不要了"},
    "record_contact": {"outcome": "checking", "note": "在核对"}, "decline_unpaid": {"reason": "不同意"}, "change_notice": {"reason": "改版"},
    "request_unpaid": {"reason": "节前急用"}, "void_notice": {"reason": "重开"}, "refuse_approval": {"reason": "地址不对"},
    "put_back": {"reason": "多拿了"}, "raise_doubt": {"question": "批次对吗"}, "answer_doubt": {"answer": "对"},
    "propose_change": {"reason": "缺货"}, "decline_change": {"reason": "不行"}, "tell_change": {"how": "电话", "understanding": "同意"},
    "void_trip": {"reason": "车坏了"}, "void_gate_pass": {"reason": "开错"}, "record_came_back": {"reason": "路断了"},
    "tell_customer": {"how": "电话"}, "reverse_freight_credit": {"reason": "记错"}, "sign_as_carrier": {"name": "罗建平"},
    "report_short": {"kind": "short", "reason": "缺料"}, "take_up_shortage": {"outcome": "等两天"},
}  # fmt: skip


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

    def __post_init__(self) -> None:
        self.world = World((self.staff.at + HOURS).replace(tzinfo=None))

    def step(self) -> None:
        self._time_passes()
        if self.keys and self.rng.random() < 0.04:
            return self._again()
        act = (likely(self.world, self.rng) if self.rng.random() < 0.72 else None) or anything(self.world, self.rng)
        if act is not None:
            self._try(act)
        return None

    def _time_passes(self) -> None:
        """Minutes; now and then the next morning, or an evening."""
        chance = self.rng.random()
        now = self.world.now + timedelta(minutes=self.rng.randrange(1, 12))
        if chance < 0.02 or (now.time() > time(17, 30) and chance < 0.8) or now.time() < time(7):
            now = datetime.combine(now.date() + timedelta(days=now.time() > time(7)), time(9))
        elif chance < 0.03:
            now = datetime.combine(now.date(), time(20)) if now.time() < time(20) else now
        self.world.now = now
        self.staff.at = (now - HOURS).replace(tzinfo=UTC)

    def _try(self, act: Act) -> None:
        try:
            expected: Any = verdict(self.world, act.command, act.who, act.given)
        except Absent:
            expected = "absent"
        key = f"walk-{len(self.trace)}"
        given = inputs(self.staff, self.world, act)
        self.trace.append(f"{self.world.now:%d %H:%M} {act.who:6} {act.command:22} {_said(act.given)} -> {expected or 'done'}")
        made, outcome = self.call(act, given, key)
        assert outcome == "done" if expected is None else _agrees(expected, outcome), self._story(expected, outcome)
        if expected is None:
            self.done[act.command] += 1
            thing = RULES[act.command][2](self.world, act.who, **act.given)
            if thing is not None:
                name(thing, made.uid)
            self.keys.append((act, given, key, made))
            self._compare()
        else:
            self.refused.update(expected if expected != "absent" else ["absent"])

    def call(self, act: Act, given: dict[str, Any], key: str) -> tuple[Any, Any]:
        """What the program says: done, absent, or the articles that its refusal names."""
        from gatepass.journal.door import COMMANDS
        from gatepass.rules.reasons import NotFound, Refused

        try:
            return COMMANDS[act.command](by=self.staff.people[act.who], at=self.staff.at, key=key, **given), "done"
        except Refused as refused:
            return None, frozenset(reason.clause for reason in refused.reasons)
        except NotFound:
            return None, "absent"

    def _again(self) -> None:
        """A key once more: the same input answers the same and changes nothing, another input is refused."""
        from gatepass.journal.models import Entry
        from gatepass.rules.reasons import KeyReused

        act, given, key, made = self.rng.choice(self.keys[-30:])
        before = Entry.objects.count()
        self.trace.append(f"{self.world.now:%d %H:%M} {act.who:6} {act.command:22} once more with key {key}")
        again, outcome = self.call(act, given, key)
        assert (outcome, again) == ("done", made), self._story("the same answer", outcome)
        try:
            other = {**given, "order": UUID(int=7)} if "order" in given else None
            if other is not None:
                self.call(act, other, key)
                raise AssertionError(self._story("a key used for something else", "done"))
        except KeyReused:
            pass
        assert Entry.objects.count() == before, self._story("nothing more in the journal", Entry.objects.count() - before)

    def _compare(self) -> None:
        """Money and goods after every step."""
        from gatepass.orders.models import Order as Row
        from gatepass.receivables.models import Due
        from gatepass.stock.models import Batch, Reservation

        world = self.world
        assert balance(self.staff.customer) == world.balance, self._story(world.balance, balance(self.staff.customer))
        shelves = {code: list(Batch.objects.filter(product__code=code).order_by("expires_on", "id").values_list("on_hand", flat=True))
                   for code in CODES.values()}  # fmt: skip
        assert shelves == {CODES[product]: have for product, have in world.stock.items()}, self._story(world.stock, shelves)
        aside = sum(Reservation.objects.values_list("cartons", flat=True))
        assert aside == sum(world.reserved.values()), self._story(sum(world.reserved.values()), aside)
        rows = {row.uid: row for row in Row.objects.all()}
        dues = {due.order: due for due in Due.objects.all()}
        for order in world.orders:
            row, due = rows[order.uid], dues.get(order.uid)
            facts = (row.sent_at is not None, row.confirmed_at is not None, row.cancelled_at is not None, row.shipped_at is not None,
                     row.ready_at is not None, due is not None and due.ended_at is None)  # fmt: skip
            assert facts == (order.sent, order.confirmed, order.cancelled, order.shipped, order.ready, order.claims), self._story(order, facts)
            if due is not None and order.claims:
                kept = (due.remit_fen, due.committed_fen, due.received_fen, due.debited_fen)
                asked = (order.remit, order.committed, order.received, order.debited)
                assert kept == asked, self._story(asked, kept)

    def end(self, url: str) -> None:
        """The clocks that run are those that the model says; recomputed by the check, everything agrees."""
        from gatepass.enforcement.models import Obligation
        from gatepass.journal.chaining import chain
        from gatepass.site.checking.everything import check

        rows = Obligation.objects.filter(closed_at=None, clause__in=CLOCKS).values_list("clause", flat=True)
        assert Counter(rows) == clocks(self.world), self._story(clocks(self.world), Counter(rows))
        while chain():
            pass
        found = [one for one in check(url) if not _founded(one)]
        assert not found, self._story("nothing", found)

    def _story(self, expected: object, found: object) -> str:
        return "\n".join([*self.trace[-60:], f"expected: {expected}", f"found:    {found}"])


def _founded(finding: Any) -> bool:
    """The test's company got its first cartons as an import would leave them, without a journal entry."""
    return finding.where == "stock" and "no journal entry" in finding.what.en


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
    from gatepass.transport.models import Consignment, Waybill

    thing.uid = uid
    if type(thing).__name__ == "Trip":
        for part in thing.parts:
            row = Consignment.objects.get(trip__uid=uid, notice__uid=part.notice.uid)
            part.uid, part.waybill = row.uid, Waybill.objects.get(consignment=row).uid


CLOCKS = ("D1.2", "D2.2", "D3.2", "D4.1", "D4.3", "D5.1", "D6.3", "D6.4", "D7.3", "D8.2", "D8.3", "D8.5", "D11.1")


def clocks(world: World) -> Counter[str]:
    """How many clocks of each kind run, as the model knows it."""
    running: Counter[str] = Counter(clause for order in world.orders for clause in order.clocks)
    for notice in world.notices:
        running.update({"finance": "D6.3", "sales": "D6.4"}[side] for side in notice.waits)
        running["D7.3"] += sum(not doubt.answered for doubt in notice.doubts)
    for change in world.changes:
        running["D8.2"] += not (change.consented or change.declined or change.notice.void)
        running["D8.3"] += change.consented and not change.told
        running["D8.5"] += change.consented and change.after_hours and not change.countersigned
    for part in world.parts():
        out = part.left and not part.void
        running["D5.1"] += out and not part.told
        running["D11.1"] += out and not part.handed_in
    return +running


def inputs(staff: Staff, world: World, act: Act) -> dict[str, Any]:
    """The model's things as the program's input."""
    given: dict[str, Any] = dict(REASON.get(act.command, {}))
    for key, value in act.given.items():
        given |= _input(staff, act, key, value)
    return given | _more(staff, world, act)


def _input(staff: Staff, act: Act, key: str, value: Any) -> dict[str, Any]:
    match key:
        case "part":
            waybill = act.command in ("fill_waybill", "hand_in_waybill", "credit_freight", "reverse_freight_credit")
            return {"waybill": value.waybill} if waybill else {"consignment": value.uid}
        case "order" if act.command in ("report_ready", "report_short", "take_up_shortage"):
            return {"demand": _demand(value.uid, act.given["product"])}
        case "order" | "notice" | "change" | "doubt" | "trip" | "gate_pass":
            return {key: value.uid}
        case "lines" if act.command in ("take_order", "change_order"):
            return {"lines": [{"product": staff.products[CODES[p]], "cartons": n} for p, n in value.items()]}
        case "lines":
            return {"lines": value and [{"product": staff.products[CODES[p]], "cartons": c, "gift": g} for p, (c, g) in value.items()]}
        case "matches":
            return {"matches": value and [{"order": order.uid, "amount": fen} for order, fen in value]}
        case "vehicle":
            return {"vehicle": {"big": staff.vehicle, "small": staff.small_vehicle, "container": staff.container}[value]}
        case "notices":
            return {"notices": [one.uid for one in value]}
        case "product" if act.command in ("pick_line", "put_back", "propose_change"):
            return {"line": _line(act.given["notice"].uid, value)}
        case "batches":
            return {"batches": [{"batch": _batch(act.given["product"], n), "cartons": cartons} for n, cartons in value.items()]}
        case "batch":
            return {"batch": _batch(act.given["product"], value)}
        case "other":
            return {"product": staff.products[CODES[value]] if value else None}
        case "product" | "plate" | "seals" | "blank":
            return {}
    return {key: value}


def _more(staff: Staff, world: World, act: Act) -> dict[str, Any]:
    """What the model does not care about."""
    match act.command:
        case "record_receipt":
            return {"customer": staff.customer, "paid_on": world.now.date(), "reference": f"R{world.receipts}"}
        case "take_order":
            return {"customer": staff.customer}
        case "report_ready":  # every report a batch of its own, the last to expire
            return {"produced_on": world.now.date(), "code": f"N{len(world.stock[act.given['product']])}"}
        case "arrange_trip":
            return {"driver": staff.driver, "day": world.now.date()}
        case "finish_loading":
            return {"seals": SEALS}
        case "record_consigned":
            return {"moment": staff.at}
        case "fill_waybill":
            return {"phone": "" if act.given["blank"] else "13800004412"}
        case "release_vehicle":
            gate_pass = act.given["gate_pass"]
            plate = PLATES[gate_pass.trip.vehicle] if act.given["plate"] else "川B·00000"
            return {"plate": plate, "cartons": gate_pass.cartons + (not act.given["cartons"]), "seals": SEALS if act.given["seals"] else "?"}
    return {}


def _demand(order: UUID, product: str) -> UUID:
    from gatepass.production.models import Demand

    return Demand.objects.get(order=order, product__code=CODES[product]).uid


def _line(notice: UUID, product: str) -> UUID:
    from gatepass.dispatch.models import NoticeLine

    return NoticeLine.objects.get(notice__uid=notice, product__code=CODES[product], until_version=None).uid


def _batch(product: str, number: int) -> UUID:
    from gatepass.stock.models import Batch

    return Batch.objects.filter(product__code=CODES[product]).order_by("expires_on", "id")[number].uid


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
