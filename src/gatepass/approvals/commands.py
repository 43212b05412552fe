"""The one way to sign: give a step, send a version back, record a word given by telephone, confirm one's own word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Any, Final
from uuid import UUID

from gatepass.approvals import sql
from gatepass.approvals.line import eligible
from gatepass.approvals.routes import ROUTES, Given, Route, Step, Subject, route_of
from gatepass.approvals.separation import GIVEN, Verdict
from gatepass.approvals.state import State, state_of
from gatepass.journal.acting import act_with
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.journal.reading import run
from gatepass.journal.who import sight_of
from gatepass.people.roster import roster
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text

RouteCode = Annotated[str, Called(Text("哪一类签批", "kind of approval"), hidden=True)]
SubjectId = Annotated[UUID, Of("matter"), Called(Text("签什么", "what is signed"), hidden=True)]
StepCode = Annotated[str, Called(Text("哪一步", "step"), hidden=True)]
Digest = Annotated[str, Called(Text("指纹", "hash"), hidden=True)]
LONGEST: Final = 300
OTHER_VERSION: Final = Reason(
    what=Text("已经改版，请看新的一版再签", "There is a newer version: look at that before signing"),
    cure=Text("打开新的一版，看清改动", "Open the new version and look at what changed"), command="sign", stale=True,
)  # fmt: skip
RETURNED: Final = refusal("这一版已被退回，等改版或作废", "This version was returned: it waits to be changed or voided")
ALREADY: Final = refusal("这一步已经签过", "This step is given already")
OVER: Final = refusal("都签完了，要改请改版", "Every step is given: change it instead")
GONE: Final = refusal("已经办结或作废，不用再签", "It is settled or void: nothing is signed any more")
name_fields(route=("签批类别", "kind of approval"), step=("签批步骤", "step"), digest=("指纹", "hash"))
once("one_signature_a_step", ALREADY)
once("one_return_a_version", RETURNED)
once("signature_of_this_version", OTHER_VERSION)
once("signature_not_by_touched", refusal("写过、改过或从中得利的人不得签批", "Nobody signs what he wrote, changed or gains by", clause="D6"))
once("steps_by_different_people", refusal("一个人不得签两步", "One person cannot give two steps", clause="D6"))
once("word_confirmed_once", refusal("已经补签过了", "It is confirmed already"))
once("word_of_his_own", refusal("须由口头同意的本人补签", "Only he whose word it was can confirm it"))


def _says(words: Text) -> Callable[[Mapping[str, Any]], Text]:
    """The title of a command of signing: with what is signed, by its route."""

    def said(given: Mapping[str, Any]) -> Text:
        way = ROUTES.get(str(given.get("route", "")))
        return words.fill(what=way.title if way else Text("单据", "document"))

    return said


@command(may=None, title=Text("签批", "Sign"), about="subject", says=_says(Text("签批{what}", "Sign the {what}")))
def sign(
    case: Case, *, route: RouteCode, subject: SubjectId, step: StepCode, digest: Digest,
    why: Annotated[str, Called(Text("附言", "remark"), long=True)] = "",
) -> Ref:  # fmt: skip
    """Give one step of exactly the version with this hash; with the last one what was to be signed takes effect."""
    way, one, found, state, powerless = _opened(case, route, subject, step)
    people = case.actor.people()
    given = replace(_given(state, way, found, one, Verdict.SIGNED, case.actor.person, case.actor.acting_for), why=why)
    _decide_and_write(case, given, state, [powerless, *_not_now(given, state, digest), *_kept(given, state, people), *_long(why)])
    return Ref(way.kind, subject, state.matter.number)


@command(may=None, title=Text("签批退回", "Send back"), about="subject", says=_says(Text("退回{what}", "Send back the {what}")))
def send_back(
    case: Case, *, route: RouteCode, subject: SubjectId, step: StepCode, digest: Digest,
    why: Annotated[str, Called(Text("退回的原因", "reason to send it back"), long=True)],
) -> Ref:  # fmt: skip
    """Send a version back with a reason, by whoever could sign one of its steps. It waits to be changed, or is off."""
    way, one, found, state, powerless = _opened(case, route, subject, step)
    given = replace(_given(state, way, found, one, Verdict.RETURNED, case.actor.person, case.actor.acting_for), why=why, last=False)
    case.decide(*way.returned(case, given), reasons=[powerless, *_not_now(given, state, digest), *_worded(why)])
    _write(case, given, state.matter.left, [])
    way.sent_back(case, given)
    return Ref(way.kind, subject, state.matter.number)


@command(may=None, title=Text("记下电话同意", "Record a consent by telephone"), about="subject")
def record_word(
    case: Case, *, route: RouteCode, subject: SubjectId, step: StepCode, digest: Digest,
    person: Annotated[UUID, Of("person"), Called(Text("谁在电话里同意的", "who consented by telephone"))],
    why: Annotated[str, Called(Text("他怎么说", "what he said"), long=True)] = "",
) -> Ref:  # fmt: skip
    """Somebody who may sign said yes by telephone: it counts at once, and he owes his own confirmation."""
    way = route_of(route)
    one = way.step(step)
    powerless = act_with(case, *one.word) if one.word else refusal("这一步不能电话同意", "This step is not given by telephone")
    found, state = way.subject(case, subject), state_of(way, subject)
    given = replace(_given(state, way, found, one, Verdict.WORD, person, None), recorder=case.actor.person, why=why)
    own = [*_not_now(given, state, digest), *_kept(given, state, frozenset({person})), _speechless(person, one), *_long(why)]
    _decide_and_write(case, given, state, [powerless, *own])
    return Ref(way.kind, subject, state.matter.number)


@command(may=None, title=Text("本人补签", "Confirm your word"), about="subject")
def confirm_word(case: Case, *, route: RouteCode, subject: SubjectId, step: StepCode) -> Ref:
    """He whose word by telephone was acted on stands by it, himself."""
    way = route_of(route)
    one, found, state = way.step(step), way.subject(case, subject), state_of(way, subject)
    words = [said for said in state.said if said.step == step]
    spoken = next((said.person for said in words if said.verdict is Verdict.WORD), None)
    given = _given(state, way, found, one, Verdict.CONFIRMED, case.actor.person, None)
    case.decide(
        *way.confirmed(case, given),
        reasons=[
            *found.reasons,
            refusal("这一步不是电话里同意的", "This step was not given by telephone") if spoken is None else None,
            refusal("已经补签过了", "It is confirmed already") if any(said.verdict is Verdict.CONFIRMED for said in words) else None,
            refusal("须由口头同意的本人补签", "Only he whose word it was can confirm it")
            if spoken not in (None, case.actor.person)
            else None,
        ],
    )
    _write(case, given, state.matter.left, state.matter.waits)
    way.own_word(case, given)
    return Ref(way.kind, subject, state.matter.number)


def _opened(case: Case, route: str, subject: UUID, step: str) -> tuple[Route, Step, Subject, State, Reason | None]:
    """Route and step, the room's subject and the matter under their locks, and why this person has no say; who stands up the line where
    nobody below is left acts as himself."""
    way = route_of(route)
    one = way.step(step)
    powerless = act_with(case, one.power)
    found, state = way.subject(case, subject), state_of(way, subject)
    if powerless is not None and _next_in_line(case, one, state, way):
        powerless = None
    return way, one, found, state, powerless


def _next_in_line(case: Case, one: Step, state: State, way: Route) -> bool:
    """Whether nobody with the power is left for this step and the actor is the next up the line; for whom he acts is then kept."""
    level, left = eligible(one, roster(case.at), state.kept_people(way, one.code))
    mine = [acting for acting in left if acting.person == case.actor.person]
    if not level or not mine:
        return False
    case.actor = replace(case.actor, acting_for=mine[0].instead_of)
    return True


def _decide_and_write(case: Case, given: Given, state: State, reasons: list[Reason | None]) -> None:
    way, full = given.route, given.route.full(given.step.code)
    left = [one for one in state.matter.left if one != full]
    case.decide(*way.signed(case, given), reasons=reasons)
    _write(case, given, left, way.turn(left))
    way.then(case, given)


def _given(state: State, way: Route, found: Subject, one: Step, verdict: Verdict, person: UUID, represented: UUID | None) -> Given:
    matter = state.matter
    return Given(
        route=way, subject=found, step=one, version=matter.version, digest=matter.digest, verdict=verdict, person=person,
        represented=represented, last=set(matter.left) == {way.full(one.code)},
    )  # fmt: skip


def _write(case: Case, given: Given, left: list[str], waits: list[str]) -> None:
    closed = not left and given.verdict in GIVEN
    run(
        sql.SIGN,
        {
            "route": given.route.code, "subject": given.subject.uid, "digest": given.digest, "step": given.step.code,
            "person": given.person, "acting_for": given.represented, "recorder": given.recorder, "verdict": given.verdict.value,
            "why": given.why, "at": case.at, "entry": case.entry, "left": left, "waits": waits, "closed": closed,
        },
    )  # fmt: skip


def _not_now(given: Given, state: State, digest: str) -> list[Reason | None]:
    """Why this step of this version cannot be given or sent back now, whoever asks."""
    way, matter, full = given.route, state.matter, given.route.full(given.step.code)
    there = any(said.step == given.step.code and said.verdict in GIVEN for said in state.said)
    waiting = [one for one in way.steps if one.code in given.step.after and way.full(one.code) in matter.left]
    needless = full not in matter.left and not there
    present = {"route": way.code, "subject": str(given.subject.uid), "step": given.step.code, "digest": matter.digest}
    other = replace(OTHER_VERSION, clause=way.article, given=present) if digest != matter.digest else None
    return [
        *given.subject.reasons,
        *(given.subject.unsigned if given.verdict in GIVEN else ()),
        other,
        _anew(RETURNED, way, given.subject.uid) if matter.returned_at else None,
        _anew(OVER, way, given.subject.uid) if matter.closed_at and not matter.left and given.verdict is Verdict.RETURNED else None,
        GONE if matter.closed_at and matter.left and not any(given.subject.reasons) else None,
        ALREADY if there and given.verdict is not Verdict.RETURNED else None,
        refusal("这一版不用这一步", "This version does not need this step") if needless else None,
        *(_first(way, given, matter.digest, one) for one in waiting),
    ]


def _anew(reason: Reason, way: Route, subject: UUID) -> Reason:
    """What was returned is changed by who writes such things, where a command of its room changes it."""
    if not way.anew:
        return reason
    cure = Text("请制单人改版", "Have its writer change it")
    return replace(reason, cure=cure, command=way.anew, given={way.kind: str(subject)})


def _first(way: Route, given: Given, digest: str, one: Step) -> Reason:
    return Reason(
        what=Text("先要{step}", "First: {step}").fill(step=one.text), clause=way.article, who=one.position, command="sign",
        given={"route": way.code, "subject": str(given.subject.uid), "step": one.code, "digest": digest},
    )  # fmt: skip


def _kept(given: Given, state: State, people: frozenset[UUID]) -> list[Reason]:
    """Separation of duties, where no clause of the book says it of this route."""
    return [] if given.route.by_clause else list(state.kept(given.route, given.step.code, people))


def _worded(why: str) -> list[Reason | None]:
    return [None if why.strip() else refusal("请写明退回的原因", "Say why it goes back", field="why"), *_long(why)]


def _long(why: str) -> list[Reason | None]:
    return [refusal("最多 300 个字", "At most 300 characters", field="why") if len(why) > LONGEST else None]


def _speechless(person: UUID, one: Step) -> Reason | None:
    """Only whose signature it would be can give his word for it."""
    try:
        able = sight_of(person).may(one.power)
    except NotFound:
        able = False
    who = Text("他没有“{power}”的权限", "He does not have the power to {power}")
    return None if able else Reason(clause="M1", what=who.fill(power=one.power), field="person")
