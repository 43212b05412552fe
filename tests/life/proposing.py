"""What is tried next: a random command by a random person about random things, right ones and wrong ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from life.rules_waybills import unused
from life.things import EVERYBODY, FINANCE, LEADERS, VEHICLES, Absent
from life.world import RULES, World, verdict

LIKELY = {
    "take_order": 2, "answer_account_check": 4, "request_account_check": 0.4, "change_order": 0.5,
    "send_order": 4, "confirm_order": 4, "object_to_order": 0.5,
    "withdraw_order": 0.5, "cancel_order": 0.4, "notify_payment": 2, "record_contact": 1, "request_unpaid": 2.5,
    "record_receipt": 6, "hand_over_demand": 3, "report_ready": 3, "report_short": 1, "take_up_shortage": 1,
    "issue_notice": 6, "change_notice": 0.7, "void_notice": 0.4, "sign": 16, "send_back": 1.2, "start_picking": 6,
    "pick_line": 12, "put_back": 1, "finish_picking": 9, "raise_doubt": 0.6, "answer_doubt": 4, "propose_change": 1,
    "withdraw_change": 0.4, "apply_change": 4, "tell_change": 2, "arrange_trip": 6, "take_notice_off_trip": 0.6,
    "void_trip": 0.4, "count_load": 3, "finish_loading": 9, "sign_as_carrier": 7, "issue_gate_pass": 12, "void_gate_pass": 0.6,
    "release_vehicle": 12, "record_came_back": 0.6, "claim_consigned": 2, "record_consigned": 2, "refuse_claim": 0.5, "tell_customer": 3,
    "fill_waybill": 1.5, "hand_in_waybill": 6,
    "credit_freight": 6, "reverse_freight_credit": 0.5,
    "give_authority": 1, "release_on_authority": 4, "hand_over_copies": 3, "issue_sample_notice": 0.5, "send_sample": 2, "follow_up_sample": 0.7,
}  # fmt: skip
MOST_OPEN = 2
SIGNERS = {
    ("notice", "finance"): FINANCE, ("notice", "sales"): LEADERS, ("change", "consent"): LEADERS, ("countersign", "finance"): FINANCE,
    ("sample", "sales"): LEADERS, ("unpaid", "director"): {"liang"}, ("reversal", "second"): FINANCE,
}  # fmt: skip
OFTEN = (4, 4, 4, 2, 1.5, 3, 1.5)


@dataclass(frozen=True)
class Act:
    command: str
    who: str
    given: dict[str, Any]


def likely(world: World, rng: Random) -> Act | None:
    """Something that the model lets through, so that orders get on; None where none was found."""
    for _ in range(60):
        act = anything(world, rng, right=0.97)
        if act is None:
            continue
        try:
            if verdict(world, act.command, act.who, act.given) is None:
                return act
        except Absent:
            continue
    return None


def anything(world: World, rng: Random, right: float = 0.6) -> Act | None:
    """A command about things that exist; None where there is nothing to do it to. `right`: how often by one who may."""
    (command,) = rng.choices(list(LIKELY), list(LIKELY.values()))
    given = _given(world, rng, command)
    if given is None:
        return None
    may = RULES[command][0] or _natural(command, given)
    who = rng.choice(sorted(may)) if rng.random() < right else rng.choice(sorted(EVERYBODY))
    return Act(command, who, given)


def _natural(command: str, given: dict[str, Any]) -> set[str]:
    if "route" in given:
        return SIGNERS[given["route"], given["step"]]
    return {"lin", "deng"}


def _given(world: World, rng: Random, command: str) -> dict[str, Any] | None:
    try:
        return GIVEN[command](world, rng)
    except IndexError:  # nothing of the kind exists
        return None


def recent(rng: Random, things: list[Any]) -> Any:
    """Mostly one of the latest: the old ones are over."""
    return rng.choice(things[-4:]) if rng.random() < 0.9 else rng.choice(things)


def _order(world: World, rng: Random) -> dict[str, Any]:
    return {"order": recent(rng, world.orders)}


def _notice(world: World, rng: Random) -> dict[str, Any]:
    return {"notice": recent(rng, world.notices)}


def _part(world: World, rng: Random) -> dict[str, Any]:
    return {"part": recent(rng, world.parts())}


def _change(world: World, rng: Random) -> dict[str, Any]:
    return {"change": recent(rng, world.changes)}


def _trip(world: World, rng: Random) -> dict[str, Any]:
    return {"trip": recent(rng, world.trips)}


def _wanted(rng: Random) -> dict[str, int]:
    cartons = rng.choice([20, 30, 40, 45, 100, 300, 0 if rng.random() < 0.1 else 60])
    return {"A": cartons} if rng.random() < 0.6 else {"A": cartons, "B": rng.choice([10, 25, 60])}


def _take(world: World, rng: Random) -> dict[str, Any]:
    alive = [one for one in world.orders if not one.over]
    return {"lines": {} if rng.random() < 0.05 else _wanted(rng)} if len(alive) < MOST_OPEN else _nothing()


def _nothing() -> dict[str, Any]:
    raise IndexError


def _demand(world: World, rng: Random, cartons: bool = True) -> dict[str, Any]:
    order = recent(rng, [one for one in world.orders if one.demands])
    demand = rng.choice(list(order.demands.values()))
    missing = demand.cartons - demand.from_stock - demand.ready
    many = rng.choice([missing, missing, max(1, missing // 2), missing + 5, 0])
    return {"order": order, "product": demand.product} | ({"cartons": many} if cartons else {})


def _receipt(world: World, rng: Random) -> dict[str, Any]:
    order = recent(rng, world.orders)
    rest = world.money.asks(order)
    amount = rng.choice([rest, rest, rest, max(1, rest // 2), rest + 700, 12_345, 0])
    if rng.random() < 0.5:
        return {"amount": amount, "matches": None}
    return {"amount": amount, "matches": [(order, rng.choice([amount, amount, amount // 2, amount + 1]))]}


def _unpaid(world: World, rng: Random) -> dict[str, Any]:
    order = recent(rng, world.orders)
    mine = [one for one in world.notices if one.order is order]
    return {"order": order, "notice": recent(rng, mine) if mine and rng.random() < 0.6 else None}


def _some(rng: Random, free: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]] | None:
    """All of it, part of it, or a little too much."""
    if rng.random() < 0.5:
        return None
    part = rng.choice([0.5, 0.5, 1.0])
    extra = 1 if rng.random() < 0.1 else 0
    return {product: (int(paid * part) + extra, int(gift * part)) for product, (paid, gift) in free.items()}


def _issue(world: World, rng: Random) -> dict[str, Any]:
    order = recent(rng, world.orders)
    return {"order": order, "lines": _some(rng, world.open(order))}


def _rewrite(world: World, rng: Random) -> dict[str, Any]:
    notice = recent(rng, world.notices)
    return {"notice": notice, "lines": _some(rng, world.open(notice.order, notice))}


def _signing(world: World, rng: Random) -> dict[str, Any]:
    """Anything that is signed, mostly in its present version."""
    ((route, step),) = rng.choices(list(SIGNERS), OFTEN)
    things = {"notice": world.notices, "change": world.changes, "countersign": world.changes, "sample": world.samples, "unpaid": world.wishes,
              "reversal": [one for one in world.backs if one.done or one.returned or unused(world, one)]}
    subject = recent(rng, things[route])
    version = subject.version if rng.random() < 0.93 else rng.choice([0, subject.version + 1, max(1, subject.version - 1)])
    return {"route": route, "subject": subject, "step": step, "version": version}


def _pick(world: World, rng: Random) -> dict[str, Any]:
    notice = recent(rng, [one for one in world.notices if one.lines])
    product = rng.choice(list(notice.lines))
    left = sum(notice.lines[product]) - notice.taken(product)
    left = rng.choice([left, left, left, left // 2, left + 1])
    batches: dict[int, int] = {}
    shelf = world.stock[product]
    first = 0 if rng.random() < 0.9 else rng.randrange(len(shelf))
    for batch in range(first, len(shelf)):
        if part := min(left, shelf[batch]):
            batches[batch] = part
            left -= part
    return {"notice": notice, "product": product, "batches": batches}


def _back(world: World, rng: Random) -> dict[str, Any]:
    notice = recent(rng, [one for one in world.notices if any(one.picked.get((p, 0)) or one.taken(p) for p in one.lines)])
    product = rng.choice([p for p in notice.lines if any(key[0] == p for key in notice.picked)])
    batch = rng.choice([key[1] for key in notice.picked if key[0] == product])
    have = notice.picked[product, batch]
    return {"notice": notice, "product": product, "batch": batch, "cartons": rng.choice([have, max(1, have // 2), have + 1, 1])}


def _propose(world: World, rng: Random) -> dict[str, Any]:
    notice = recent(rng, [one for one in world.notices if one.lines])
    product = rng.choice(list(notice.lines))
    kind = rng.choice(["short", "extra", "substitute"])
    other = rng.choice(["A", "B"]) if kind == "substitute" else None
    return {"notice": notice, "kind": kind, "product": product, "other": other, "cartons": rng.choice([1, 2, 5, 10, 0, 400])}


def _doubt(world: World, rng: Random) -> dict[str, Any]:
    return {"doubt": recent(rng, [doubt for one in world.notices for doubt in one.doubts])}


def _arrange(world: World, rng: Random) -> dict[str, Any]:
    """One or two notices: all that is on no trip yet, or a part of it."""
    left = [one for one in world.notices if world.rest(one)]
    fit = left if left and rng.random() < 0.9 else world.notices
    first = recent(rng, fit)
    both = list(dict.fromkeys([first, recent(rng, fit)] if rng.random() < 0.3 else [first]))
    parts = {one: some for one in both if rng.random() < 0.35 and (some := _part_of(rng, world.rest(one)))}
    return {"vehicle": rng.choice(["big", "big", "container", "small"] if rng.random() < 0.5 else ["big", "container"]),
            "notices": both, "parts": parts}  # fmt: skip


def _part_of(rng: Random, rest: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Half or so of what is left, or one carton more than that."""
    share, more = rng.choice([0.3, 0.5, 0.5, 1.0]), rng.random() < 0.08
    some = {product: (int(paid * share), int(gift * share)) for product, (paid, gift) in rest.items()}
    if more:
        some = {product: (paid + 1, gift) for product, (paid, gift) in rest.items()}
    return {product: pair for product, pair in some.items() if sum(pair)}


def _take_off(world: World, rng: Random) -> dict[str, Any]:
    trip = recent(rng, world.trips)
    return {"trip": trip, "notice": rng.choice([part.notice for part in trip.parts])}


def _count(world: World, rng: Random) -> dict[str, Any]:
    trip = recent(rng, world.trips)
    total = sum(paid + gift for part in trip.aboard for paid, gift in world.load(part).values())
    return {"trip": trip, "cartons": total if rng.random() < 0.9 else total + 1}


def _sign(world: World, rng: Random) -> dict[str, Any]:
    part = recent(rng, world.parts())
    total = sum(paid + gift for paid, gift in world.load(part).values())
    return {"part": part, "cartons": total if rng.random() < 0.9 else total - 1}


def _pass(world: World, rng: Random) -> dict[str, Any]:
    return {"gate_pass": recent(rng, world.passes())}


def _release(world: World, rng: Random) -> dict[str, Any]:
    plate, cartons, seals = (rng.random() < 0.95 for _ in range(3))
    return _pass(world, rng) | {"plate": plate, "cartons": cartons, "seals": seals}


def _authorise(world: World, rng: Random) -> dict[str, Any]:
    some = [recent(rng, world.notices) for _ in range(rng.choice([1, 1, 2]))]
    return {"guard": "feng" if rng.random() < 0.93 else "deng", "notices": list(dict.fromkeys(some)) if rng.random() < 0.95 else []}


def _at_night(world: World, rng: Random) -> dict[str, Any]:
    authority = recent(rng, world.authorities)
    named = [one for one in world.trips if one.aboard and all(part.notice in authority.notices for part in one.aboard)]
    trip = recent(rng, named) if named and rng.random() < 0.9 else recent(rng, world.trips)
    wrong = rng.choice(["plate", "cartons", "seals", "copies"]) if rng.random() < 0.15 else ""
    return {"authority": authority, "trip": trip, "wrong": wrong}


def _copies(world: World, rng: Random) -> dict[str, Any]:
    return {"authority": recent(rng, world.authorities), "to": rng.choice(["lin", "tang", "lin", "deng"])}


def _sample(world: World, rng: Random) -> dict[str, Any]:
    return {"sample": recent(rng, world.samples)}


def _send_sample(world: World, rng: Random) -> dict[str, Any]:
    sample = recent(rng, world.samples)
    return {"sample": sample, "cartons": sample.cartons if rng.random() < 0.9 else sample.cartons + 1}


def _fill(world: World, rng: Random) -> dict[str, Any]:
    return _part(world, rng) | {"freight": rng.choice([None, None, 12_347]), "blank": rng.random() < 0.15}


GIVEN: dict[str, Callable[[World, Random], dict[str, Any]]] = {
    **dict.fromkeys(
        ("answer_account_check", "request_account_check",
         "send_order", "confirm_order", "object_to_order", "withdraw_order", "cancel_order", "record_contact",
         "hand_over_demand"), _order),
    **dict.fromkeys(("void_notice", "start_picking", "finish_picking", "raise_doubt"), _notice),
    **dict.fromkeys(("withdraw_change", "apply_change", "tell_change"), _change),
    **dict.fromkeys(("void_trip", "finish_loading", "record_came_back"), _trip),
    **dict.fromkeys(("claim_consigned", "record_consigned", "refuse_claim", "tell_customer"), _part),
    **dict.fromkeys(("hand_in_waybill", "credit_freight", "reverse_freight_credit"), _part),
    "take_order": _take, "change_order": lambda world, rng: _order(world, rng) | {"lines": _wanted(rng)},
    "notify_payment": lambda world, rng: _order(world, rng)
    | {"claims_ready": rng.random() < 0.5, "promised": rng.choice([None, 0, 1, 3])},
    "request_unpaid": _unpaid, "record_receipt": _receipt, "report_ready": _demand, "report_short": _demand,
    "take_up_shortage": lambda world, rng: _demand(world, rng, cartons=False), "issue_notice": _issue, "change_notice": _rewrite,
    "sign": _signing, "send_back": _signing, "pick_line": _pick, "put_back": _back, "answer_doubt": _doubt,
    "propose_change": _propose, "arrange_trip": _arrange, "take_notice_off_trip": _take_off, "count_load": _count,
    "sign_as_carrier": _sign, "issue_gate_pass": lambda world, rng: _trip(world, rng) | {"sales_copy": rng.random() < 0.9},
    "follow_up_sample": _sample, "send_sample": _send_sample,
    "issue_sample_notice": lambda world, rng: {"product": rng.choice("AB"), "cartons": rng.choice([1, 2, 0, 300])},
    "give_authority": _authorise, "release_on_authority": _at_night, "hand_over_copies": _copies,
    "void_gate_pass": _pass, "release_vehicle": _release, "fill_waybill": _fill,
}  # fmt: skip
assert set(GIVEN) == set(LIKELY) == set(RULES), set(RULES) ^ set(LIKELY)  # every rule of the model is tried
assert set(VEHICLES) == {"big", "small", "container"}
