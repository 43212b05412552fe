"""Races on real connections: every pair of commands on one order, at the same moment. Some serial order explains what came of it.

Each pair is run at once on a copy of a company, and one after the other (both ways) on two more. What the two serial runs end in are the
only ends allowed; nothing but a refusal reaches a user, never a deadlock or a failure; afterwards `gatepass check` finds nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from company import Staff, confirmed, digest_of, found_company, paid, sent
from databases import Clones
from gatepass.rules.reasons import NotFound, Refused

Act = tuple[str, str, dict[str, Any]]


@dataclass
class Scene:
    """A company at one stage, and the ids of what is raced about."""

    staff: Staff
    ids: dict[str, Any] = field(default_factory=dict)

    def given(self, given: dict[str, Any]) -> dict[str, Any]:
        """$order and the like replaced by ids."""
        return {key: self._one(value) for key, value in given.items()}

    def _one(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith("$"):
            return self.ids[value[1:]]
        if isinstance(value, list):
            return [self.given(one) if isinstance(one, dict) else self._one(one) for one in value]
        return value


SCENES: dict[str, Scene] = {}


def _kept(name: str, build: Callable[[Scene], None]) -> Callable[[], object]:
    def made() -> object:
        scene = Scene(found_company())
        scene.ids |= {"customer": scene.staff.customer, "vehicle": scene.staff.vehicle, "container": scene.staff.container,
                      "driver": scene.staff.driver, "today": scene.staff.today(), "soy": scene.staff.products["100101"]}  # fmt: skip
        build(scene)
        SCENES[name] = scene
        return scene

    return made


def _sent(scene: Scene) -> None:
    scene.ids["order"] = sent(scene.staff)


def _confirmed(scene: Scene) -> None:
    scene.ids["order"] = confirmed(scene.staff)
    scene.ids["second"] = confirmed(scene.staff, cartons=300)


def _noticed(scene: Scene) -> None:
    from gatepass.dispatch.models import NoticeLine

    scene.ids["order"] = paid(scene.staff)
    scene.ids["notice"] = notice = scene.staff.run("issue_notice", "lin", order=scene.ids["order"]).uid
    scene.ids["line"] = NoticeLine.objects.get(notice__uid=notice).uid
    scene.ids["digest"] = digest_of("notice", notice)
    scene.staff.later(minutes=5)


def _effective(scene: Scene) -> None:
    from gatepass.stock.models import Batch

    _noticed(scene)
    for who, side in (("zhou", "finance"), ("he", "sales")):
        scene.staff.sign(who, "notice", scene.ids["notice"], side)
    scene.staff.later(minutes=5).run("start_picking", "deng", notice=scene.ids["notice"])
    batches = Batch.objects.filter(product__code="100101").order_by("expires_on").values_list("uid", flat=True)
    scene.ids["first"], scene.ids["later"] = batches


def _scarce(scene: Scene) -> None:
    """A notice in hand of an order for which nothing is set aside, 400 cartons on the shelf, another order about to be handed over."""
    _effective(scene)
    scene.ids["second"] = confirmed(scene.staff, cartons=380)  # 399 with giveaways


def _loaded(scene: Scene) -> None:
    from gatepass.transport.models import Consignment, Waybill
    from test_whole_way import effective_notice, loaded, picked

    staff = scene.staff
    scene.ids["order"] = paid(staff)
    scene.ids["notice"] = notice = effective_notice(staff, scene.ids["order"])
    picked(staff, notice)
    scene.ids["trip"], part = loaded(staff, notice)
    staff.run("sign_as_carrier", "luo", consignment=part.uid, name="罗建平", cartons=part.cartons)
    scene.ids |= {"consignment": Consignment.objects.get().uid, "waybill": Waybill.objects.get().uid, "cartons": part.cartons}


def _passed(scene: Scene) -> None:
    _loaded(scene)
    made = scene.staff.run("issue_gate_pass", "lin", trip=scene.ids["trip"], sales_copy=True)
    scene.ids["pass"] = made.uid
    scene.staff.later(minutes=5)


def _left(scene: Scene) -> None:
    _passed(scene)
    scene.staff.run("release_vehicle", "feng", gate_pass=scene.ids["pass"], plate="川A·8F213", cartons=scene.ids["cartons"], seals="CD-0042")
    scene.staff.later(minutes=5).run("hand_in_waybill", "zhou", waybill=scene.ids["waybill"])


BUILD = {
    "sent": _sent, "confirmed": _confirmed, "noticed": _noticed, "effective": _effective, "scarce": _scarce, "loaded": _loaded,
    "passed": _passed, "left": _left,
}  # fmt: skip
ORDER, NOTICE, TRIP = {"order": "$order"}, {"notice": "$notice"}, {"trip": "$trip"}
APPROVE = {"route": "notice", "subject": "$notice", "digest": "$digest"}
RELEASE = {"gate_pass": "$pass", "plate": "川A·8F213", "cartons": "$cartons", "seals": "CD-0042"}
ARRANGE = {"vehicle": "$vehicle", "driver": "$driver", "day": "$today", "notices": ["$notice"]}
PAY = {"customer": "$customer", "amount": 1_280_000, "paid_on": "$today", "matches": [{"order": "$order", "amount": 1_280_000}]}
PAIRS: dict[str, tuple[str, Act, Act]] = {
    "confirm and object": ("sent", ("confirm_order", "lin", ORDER), ("object_to_order", "yang", ORDER | {"note": "不对"})),
    "confirm and withdraw": ("sent", ("confirm_order", "yang", ORDER), ("withdraw_order", "lin", ORDER | {"reason": "改"})),
    "confirm and cancel": ("sent", ("confirm_order", "lin", ORDER), ("cancel_order", "tang", ORDER | {"reason": "不要了"})),
    "confirm twice": ("sent", ("confirm_order", "lin", ORDER), ("confirm_order", "yang", ORDER)),
    "pay and object": ("sent", ("record_receipt", "zhou", PAY), ("object_to_order", "lin", ORDER | {"note": "不对"})),
    "hand over demand of two orders": (
        "confirmed", ("hand_over_demand", "lin", ORDER), ("hand_over_demand", "tang", {"order": "$second"})),
    "hand over twice": ("confirmed", ("hand_over_demand", "lin", ORDER), ("hand_over_demand", "tang", ORDER)),
    "two payments on one due": ("confirmed", ("record_receipt", "zhou", PAY), ("record_receipt", "xu", PAY)),
    "a payment matched and one that goes where it may": (
        "confirmed", ("record_receipt", "zhou", PAY), ("record_receipt", "cash", PAY | {"matches": None})),
    "two requests to ship unpaid": (
        "confirmed", ("request_unpaid", "lin", ORDER | {"amount": 100, "reason": "急"}),
        ("request_unpaid", "tang", ORDER | {"amount": 200, "reason": "急"})),
    "notice and cancel": ("noticed", ("issue_notice", "tang", ORDER), ("void_notice", "lin", NOTICE | {"reason": "重开"})),
    "approve and rewrite": (
        "noticed", ("sign", "zhou", APPROVE | {"step": "finance"}), ("change_notice", "lin", NOTICE | {"reason": "改"})),
    "approve and return": (
        "noticed", ("sign", "zhou", APPROVE | {"step": "finance"}),
        ("send_back", "he", APPROVE | {"step": "sales", "why": "地址"})),
    "both approvals": (
        "noticed", ("sign", "zhou", APPROVE | {"step": "finance"}), ("sign", "he", APPROVE | {"step": "sales"})),
    "one approval twice": (
        "noticed", ("sign", "zhou", APPROVE | {"step": "finance"}), ("sign", "xu", APPROVE | {"step": "finance"})),
    "pick twice": (
        "effective", ("pick_line", "deng", NOTICE | {"line": "$line", "batches": [{"batch": "$first", "cartons": 60}]}),
        ("pick_line", "gao", NOTICE | {"line": "$line", "batches": [{"batch": "$first", "cartons": 60}]})),
    "pick and rewrite": (
        "effective", ("pick_line", "deng", NOTICE | {"line": "$line", "batches": [{"batch": "$first", "cartons": 60}]}),
        ("change_notice", "lin", NOTICE | {"reason": "减", "lines": [{"product": "$soy", "cartons": 20, "gift": 1}]})),
    "pick and set the same cartons aside for another order": (
        "scarce", ("pick_line", "deng", NOTICE | {"line": "$line", "batches": [{"batch": "$first", "cartons": 60}]}),
        ("hand_over_demand", "tang", {"order": "$second"})),
    "two trips take one notice": ("effective", ("arrange_trip", "lin", ARRANGE), ("arrange_trip", "tang", ARRANGE | {"vehicle": "$container"})),
    "a trip and a void": ("effective", ("arrange_trip", "lin", ARRANGE), ("void_notice", "tang", NOTICE | {"reason": "重开"})),
    "pass and cancelled trip": (
        "loaded", ("issue_gate_pass", "lin", TRIP | {"sales_copy": True}), ("void_trip", "tang", TRIP | {"reason": "车坏"})),
    "pass and doubt": (
        "loaded", ("issue_gate_pass", "lin", TRIP | {"sales_copy": True}), ("raise_doubt", "deng", NOTICE | {"question": "对吗"})),
    "two passes": ("loaded", ("issue_gate_pass", "lin", TRIP | {"sales_copy": True}), ("issue_gate_pass", "tang", TRIP | {"sales_copy": True})),
    "release and void the pass": ("passed", ("release_vehicle", "feng", RELEASE), ("void_gate_pass", "lin", {"gate_pass": "$pass", "reason": "错"})),
    "release twice": ("passed", ("release_vehicle", "feng", RELEASE), ("release_vehicle", "feng", RELEASE)),
    "credit twice": ("left", ("credit_freight", "zhou", {"waybill": "$waybill"}), ("credit_freight", "xu", {"waybill": "$waybill"})),
    "credit and come back": ("left", ("credit_freight", "zhou", {"waybill": "$waybill"}), ("record_came_back", "lin", TRIP | {"reason": "路断"})),
}  # fmt: skip


def attempt(scene: Scene, act: Act, start: threading.Barrier | None = None) -> str:
    """Done, absent, or refused; anything else is raised."""
    command, who, given = act
    try:
        if start is not None:
            start.wait()
        scene.staff.run(command, who, **scene.given(given))
    except Refused:
        return "refused"
    except NotFound:
        return "absent"
    return "done"


def ends(scene: Scene) -> dict[str, Any]:
    """What a company has come to, without ids and moments: what happened, money, cartons, clocks, papers in force."""
    from collections import Counter

    from gatepass.enforcement.models import Obligation
    from gatepass.journal.models import Entry
    from gatepass.receivables.models import Balance, Commitment
    from gatepass.stock.models import Batch, Reservation

    return {
        "happened": Counter(Entry.objects.values_list("event", flat=True)),
        "money": sorted(Balance.objects.values_list("account", "fen")),
        "dues": sorted(Commitment.objects.values_list("remit_fen", "received_fen", "gone_fen")),
        "cartons": sorted(Batch.objects.values_list("code", "on_hand")),
        "aside": sorted(Reservation.objects.values_list("cartons", "picked", "beyond")),
        "clocks": Counter(Obligation.objects.filter(closed_at=None).values_list("clause", flat=True)),
    }


def run_on_copy(clones: Clones, stage: str, play: Callable[[Scene], tuple[str, str]], check: bool = False) -> tuple[tuple[str, str], dict[str, Any]]:
    from gatepass.site import database
    from gatepass.site.checking.everything import check as checked

    name = clones.clone(clones.template(f"race_{stage}", _kept(stage, BUILD[stage])))
    clones.use(name)
    try:
        scene = deepcopy(SCENES[stage])
        outcome = play(scene)
        end = ends(scene)
        if check:
            found = [one for one in checked(database.other(clones.url, name)) if "no journal entry" not in one.what.en and one.where != "chain"]
            assert not found, found
        return outcome, end
    finally:
        connections.close_all()
        clones.leave()
        clones.drop(name)


def at_once(first: Act, second: Act) -> Callable[[Scene], tuple[str, str]]:
    def play(scene: Scene) -> tuple[str, str]:
        start, found = threading.Barrier(2), ["", ""]

        def run(number: int, act: Act) -> None:
            try:
                found[number] = attempt(scene, act, start)
            except Exception as error:
                found[number] = repr(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=one) for one in enumerate((first, second))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return found[0], found[1]

    return play


@pytest.mark.requirement("D1", "D2", "D4", "D6", "D7", "D10", "D11")
@pytest.mark.parametrize("pair", PAIRS)
def test_two_commands_at_once_end_as_one_after_the_other(clones: Clones, pair: str) -> None:
    stage, first, second = PAIRS[pair]

    def forwards(scene: Scene) -> tuple[str, str]:
        return attempt(scene, first), attempt(scene, second)

    def backwards(scene: Scene) -> tuple[str, str]:
        later = attempt(scene, second)
        return attempt(scene, first), later

    serial = [run_on_copy(clones, stage, forwards), run_on_copy(clones, stage, backwards)]
    raced = run_on_copy(clones, stage, at_once(first, second), check=True)
    assert raced[0] in [outcome for outcome, _ in serial], (raced[0], serial[0][0], serial[1][0])
    assert raced in serial, [name for name, value in raced[1].items() if value not in (serial[0][1][name], serial[1][1][name])]


@pytest.mark.requirement("D10")
def test_twenty_five_guards_release_one_vehicle_once(clones: Clones) -> None:
    from gatepass.receivables.models import Posting

    def play(scene: Scene) -> tuple[str, str]:
        start, found = threading.Barrier(25), list[str]()

        def guard() -> None:
            try:
                found.append(attempt(scene, ("release_vehicle", "feng", RELEASE), start))
            except Exception as error:
                found.append(repr(error))
            finally:
                connections.close_all()

        threads = [threading.Thread(target=guard) for _ in range(25)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert Posting.objects.filter(kind="goods").count() == 1
        return str(found.count("done")), str(found.count("refused"))

    outcome, end = run_on_copy(clones, "passed", play, check=True)
    assert outcome == ("1", "24")
    assert end["happened"]["vehicle.released"] == 1
    assert isinstance(SCENES["passed"].ids["pass"], UUID)
