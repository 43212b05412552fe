"""Every cure cures: what a refusal offers is done by whom it names, through the door; then the command goes through, or its reasons are others.

What nobody here can do says why: somebody outside, time, or the rule (`Reason.nobody`). What is entered wrongly names its field. Anything
else names a command, and that command is played here, in the program and in the model alike, with its own cures first where it is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist

from life.inputs import inputs
from life.proposing import SIGNERS, Act
from life.things import EVERYBODY, Change, Notice, Order, Part, Pass, Trip, count
from life.world import RULES, World

if TYPE_CHECKING:
    from gatepass.rules.reasons import Reason
    from life.walking import Walk

DEEPEST: Final = 4
Found = dict[str, Any]
Given = Callable[[World, Found], list[dict[str, Any]]]


class Curer:
    """Plays cures of one walk; `seen` counts how reasons ended."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.seen: Counter[str] = Counter()
        self.stuck: list[str] = []  # what was offered and could not be done, with the reasons of each who tried
        self._tried: list[Act] = []

    def cure(self, act: Act) -> bool:
        """The act was just refused: do what its reasons offer, then the act again. Whether it, or another's in its place, went through."""
        self._tried.append(act)
        try:
            cured = self._each(act, self.walk.reasons)
        finally:
            self._tried.pop()
        if any(reason.command == act.command for reason in cured):
            self.seen["done by another"] += 1
            return True
        if not cured or not self.walk.attempt(act):
            return False
        self.seen["went through"] += 1
        return True

    def _each(self, act: Act, reasons: Sequence[Reason]) -> list[Reason]:
        """One after the other, as long as they stand; with each that is done its reason is gone."""
        cured: list[Reason] = []
        for reason in reasons:
            if cured and _same(reason) not in self._stand(act):
                self.seen["gone with another"] += 1
            elif self._one(act, reason):
                cured.append(reason)
                there = reason.command != act.command and _same(reason) in self._stand(act)
                said = (act.command, reason.what.zh, reason.command, dict(reason.given))
                assert not there, self.walk.story("a cure that cures", said)
        return cured

    def _stand(self, act: Act) -> set[tuple[str, str, str]]:
        """Why it would be refused now; nothing where it is out of sight by now."""
        from gatepass.journal.door import COMMANDS
        from gatepass.rules.reasons import NotFound

        staff = self.walk.staff
        try:
            given = inputs(staff, self.walk.world, act)
            return {_same(one) for one in COMMANDS[act.command].reasons(by=staff.people[act.who], at=staff.at, **given)}
        except (NotFound, ObjectDoesNotExist):
            return set()

    def _one(self, act: Act, reason: Reason) -> bool:
        """Whether what a reason offers was done."""
        kind = kind_of(reason)
        assert kind, self.walk.story("a reason that says who can do what", (act.command, reason.what.zh))
        self.seen[kind] += 1
        if kind == "colleague":
            assert self._colleague(act), self.walk.story("somebody whose position may do it", act)
        if kind != "command":
            return False
        if reason.command not in OFFERED:
            self.seen[f"not played: {reason.command}"] += 1
            return False
        found = things(self.walk.world, reason)
        played = [self._play(reason, dict(given)) for given in OFFERED[reason.command](self.walk.world, found)]
        self.seen[f"{reason.command}: {'done' if played and all(played) else 'not done'}"] += 1
        return bool(played) and all(played)

    def _play(self, reason: Reason, given: dict[str, Any]) -> bool:
        """Done by one of those named; each may have cures of his own to wait for."""
        command = given.pop("_command", reason.command)
        ends: list[tuple[str, list[str]]] = []
        for who in self._named(reason, command, given):
            wanted = Act(command, who, given)
            if wanted in self._tried:
                continue
            if self.walk.attempt(wanted) or (len(self._tried) < DEEPEST and self.cure(wanted)):
                return True
            ends.append((who, [f"{kind_of(one)}: {one.what.zh}" for one in self.walk.reasons]))
        self.walk.trace.append(f"    nobody could {command} for “{reason.what.zh}”: {ends}")
        self.stuck.append(f"{command} for “{reason.what.zh}”: {ends}")
        return False

    def _named(self, reason: Reason, command: str, given: dict[str, Any]) -> list[str]:
        """Whom the reason names, who could; where it names nobody, whoever may."""
        may = RULES[command][0] or SIGNERS[given["route"], given["step"]]
        named = self._of(reason) & may
        return sorted(named or may)

    def _of(self, reason: Reason) -> set[str]:
        from gatepass.people.roster import roster

        if reason.who is None:
            return set()
        short = {uid: name for name, uid in self.walk.staff.people.items()}
        return {short[one.person] for one in roster(self.walk.staff.at).acting(reason.who.value) if one.person in short}

    def _colleague(self, act: Act) -> bool:
        may = RULES[act.command][0] or SIGNERS.get((act.given.get("route", ""), act.given.get("step", "")), EVERYBODY)
        return bool(may - {act.who})


def kind_of(reason: Reason) -> str:
    if reason.clause == "M1" and not reason.command:
        return "colleague"
    if reason.nobody:
        return reason.nobody.value
    return "command" if reason.command else "input" if reason.field else ""


def _same(reason: Reason) -> tuple[str, str, str]:
    return reason.what.zh, reason.command, str(sorted(reason.given.items()))


def things(world: World, reason: Reason) -> Found:
    """What a reason names, as the model's things; a route's subject with its version."""
    known: dict[UUID, Any] = {one.uid: one for one in (*world.orders, *world.notices, *world.changes, *world.trips, *world.samples) if one.uid}
    known |= {one.uid: one for one in world.passes()} | {one.uid: one for notice in world.notices for one in notice.doubts}
    known |= {one.uid: one for one in world.parts()} | {one.waybill: one for one in world.parts()}
    found: Found = {}
    for name, text in reason.given.items():
        try:
            found[name] = known.get(UUID(text), text)
        except ValueError:
            found[name] = text
    return found


def _thing(name: str, model: str = "") -> Given:
    return lambda world, found: [{model or name: found[name]}] if name in found else []


def _sign(world: World, found: Found) -> list[dict[str, Any]]:
    if "subject" not in found or isinstance(found["subject"], str):
        return []
    return [{"route": found["route"], "subject": found["subject"], "step": found["step"], "version": found["subject"].version}]


def _pick(world: World, found: Found) -> list[dict[str, Any]]:
    """Everything that is left, out of what expires first."""
    notice: Notice = found["notice"]
    wanted = ((product, sum(pair) - notice.taken(product)) for product, pair in notice.lines.items())
    return [{"notice": notice, "product": product, "batches": dict(_first(world, product, left))} for product, left in wanted if left > 0]


def _first(world: World, product: str, left: int) -> Iterator[tuple[int, int]]:
    for batch in sorted(range(len(world.stock[product])), key=lambda one: world.made[product][one]):
        if take := min(left, world.stock[product][batch]):
            left -= take
            yield batch, take


def _put_back(world: World, found: Found) -> list[dict[str, Any]]:
    notice: Notice = found["notice"]
    taken = [(key, cartons) for key, cartons in notice.picked.items() if cartons]
    return [{"notice": notice, "product": product, "batch": batch, "cartons": cartons} for (product, batch), cartons in taken]


def _count(world: World, found: Found) -> list[dict[str, Any]]:
    trip: Trip = found["trip"]
    return [{"trip": trip, "cartons": sum(count(world.load(part)) for part in trip.aboard)}]


def _carrier(world: World, found: Found) -> list[dict[str, Any]]:
    part: Part = found["consignment"]
    return [{"part": part, "cartons": count(world.load(part))}]


def _unpaid(world: World, found: Found) -> list[dict[str, Any]]:
    order: Order = found["order"]
    return [*([] if order.wish else [{"order": order}]), {"_command": "sign_unpaid", "order": order}]


def _off(world: World, found: Found) -> list[dict[str, Any]]:
    """Every vehicle that carries the notice, or every notice of the vehicle."""
    carried = [(trip, part.notice) for trip in world.trips if not (trip.void or trip.left) for part in trip.aboard]
    fit = [(trip, one) for trip, one in carried if found.get("notice", one) is one and found.get("trip", trip) is trip]
    return [{"trip": trip, "notice": one} for trip, one in fit]


def _void_pass(world: World, found: Found) -> list[dict[str, Any]]:
    old: Pass | None = found["gate_pass"] if "gate_pass" in found else found["trip"].in_force()
    return [{"gate_pass": old}] if old else []


def _void_notices(world: World, found: Found) -> list[dict[str, Any]]:
    return [{"notice": one} for one in world.of(found["order"])]


def _less(world: World, found: Found) -> list[dict[str, Any]]:
    change: Change = found["change"]
    return [{"change": change}]


OFFERED: Final[dict[str, Given]] = {
    **{name: _thing("order") for name in ("answer_account_check", "withdraw_order", "send_order", "confirm_order")},
    **{name: _thing("notice") for name in ("start_picking",)},
    **{name: _thing("trip") for name in ("finish_loading",)},
    **{name: _thing("waybill", "part") for name in ("hand_in_waybill", "reverse_freight_credit")},
    "answer_doubt": _thing("doubt"), "record_consigned": _thing("consignment", "part"),
    "fill_waybill": lambda world, found: [{"part": found["waybill"], "freight": None, "blank": False}],
    "issue_gate_pass": lambda world, found: [{"trip": found["trip"], "sales_copy": True}],
    "sign": _sign, "pick_line": _pick, "put_back": _put_back, "count_load": _count, "sign_as_carrier": _carrier, "request_unpaid": _unpaid,
    "take_notice_off_trip": _off, "void_gate_pass": _void_pass, "void_notice": _void_notices, "withdraw_change": _less,
}  # fmt: skip
