"""The head amends the book: a number, a time of day, who owes it, from when to when it is in force, how it is to be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final
from uuid import UUID

from pydantic import BeforeValidator

from gatepass.enforcement.commands.amending import (
    REVISION,
    FromProposal,
    Replaces,
    Sentence,
    Since,
    Until,
    Why,
    announced,
    draft,
    lock_law,
    no_such,
    worded,
)
from gatepass.enforcement.items import Item
from gatepass.enforcement.law import OFF, ON, CompanyLaw
from gatepass.enforcement.models import Amendment
from gatepass.journal.declaration import Among, Called, Of
from gatepass.journal.door import COMMANDS, Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.journal.revisions import raise_revision
from gatepass.regulations import rulebook
from gatepass.roles import POWERS, Position, Power
from gatepass.rules.clauses import Clause, Owes
from gatepass.rules.happenings import AmendmentWithdrawn
from gatepass.rules.parameters import Parameter
from gatepass.rules.reasons import Reason, Refused, refusal
from gatepass.words import Labelled, Text

LONGEST_NOTE: Final = 2000
ENDS: Final = {"least": "most", "most": "least"}
OUTSIDE: Final = (Position.DRIVER, Position.ADMINISTRATOR)
Typed = Annotated[str, BeforeValidator(lambda given: given if isinstance(given, str) else str(given)), Called(Text("新值", "new value"))]
name_fields(clause=("条文", "clause"), value=("新值", "new value"))


class Reading(Labelled):
    """What is written beside a sentence."""

    NOTE = "note", "文字说明", "note on the wording"
    INTERPRETATION = "interpretation", "解释", "interpretation"


@command(may=Power.AMEND_RULEBOOK, title=Text("修订数字或时刻", "Amend a number or a time"))
def change_parameter(
    case: Case,
    *,
    clause: Sentence,
    name: Annotated[str, Called(Text("改哪一个", "which one")), Among("parameter")],
    value: Typed,
    since: Since,
    reason: Why,
    until: Until = None,
    replaces: Replaces = None,
    proposal: FromProposal = None,
) -> Ref:
    """A number or a time of day in a sentence, from a day on (today: from this moment). Clocks that run already stay as they are."""
    found = draft(
        case, clause, Item.PARAMETER, since=since, until=until, reason=reason, replaces=replaces, proposal=proposal, name=name
    )
    parameter = found.clause.parameter(name) or found.versions[-1].parameter(name)
    if parameter is None:
        what = Text("{clause} 没有这个数", "{clause} has no such number").fill(clause=clause)
        raise Refused([Reason(what=what, field="name", cure=Text("请从列表中选", "Choose one from the list"))])
    old = found.law.value(clause, name, found.moment)
    try:
        new = parameter.read(value)
    except ValueError:
        reasons: list[Reason | None] = [refusal("没有看懂这个值", "This value cannot be read", field="value")]
        return found.announce(_plain(old), value, reasons, set_by=parameter.set_by)
    reasons = [*_outside(parameter, new), *_order(found.law, clause, name, new, found.moment)]
    return found.announce(_plain(old), _plain(new), reasons, set_by=parameter.set_by)


@command(may=Power.AMEND_RULEBOOK, title=Text("停用条文", "Put a clause out of force"))
def put_out_of_force(
    case: Case,
    *,
    clause: Sentence,
    since: Since,
    reason: Why,
    until: Until = None,
    superseded_by: Annotated[str, Called(Text("由哪一条取代（可不填）", "which clause takes its place (may be empty)")), Among("article")] = "",
    replaces: Replaces = None,
    proposal: FromProposal = None,
) -> Ref:
    """From a day on it opens no clock and refuses nothing. Duties that are open under it stay; the head may release from them."""
    found = draft(case, clause, Item.FORCE, since=since, until=until, reason=reason, replaces=replaces, proposal=proposal)
    articles = {one.number for one in rulebook.every_article()}
    strange = no_such(superseded_by) if superseded_by and superseded_by not in articles else None
    own = refusal("不能由自己取代", "A clause does not take its own place", field="superseded_by") if superseded_by == found.clause.article else None
    was = found.law.in_force(found.clause, found.moment)
    lasting = refusal(
        "这一条由数据库一并守着，停不了", "The database keeps this clause as well: it cannot be put out of force", clause="D18", field="clause"
    )  # fmt: skip
    idle = None if was else refusal("那天它本来就不施行", "It is not in force on that day anyway", field="since")
    return found.announce(ON if was else OFF, superseded_by or OFF, [strange, own, lasting if found.clause.lasting else None, idle], field="since")


@command(may=Power.AMEND_RULEBOOK, title=Text("施行条文", "Put a clause in force"))
def put_in_force(
    case: Case, *, clause: Sentence, since: Since, reason: Why, until: Until = None, replaces: Replaces = None, proposal: FromProposal = None
) -> Ref:
    """From a day on it holds (again), through another if one is named."""
    found = draft(case, clause, Item.FORCE, since=since, until=until, reason=reason, replaces=replaces, proposal=proposal)
    was = found.law.in_force(found.clause, found.moment)
    return found.announce(ON if was else OFF, ON, [], field="since")


@command(may=Power.AMEND_RULEBOOK, title=Text("换责任岗位", "Change who owes it"))
def set_holder(
    case: Case, *, clause: Sentence, holder: Annotated[Position, Called(Text("责任岗位", "who owes it"))], since: Since, reason: Why,
    until: Until = None, replaces: Replaces = None, proposal: FromProposal = None,
) -> Ref:  # fmt: skip
    """Another position owes it, for what begins from then on; it must have the power to do it."""
    found = draft(case, clause, Item.HOLDER, since=since, until=until, reason=reason, replaces=replaces, proposal=proposal)
    own = found.law.holder(found.clause, found.moment)
    return found.announce(own.value if own else "", holder.value, [_holds(found.clause, own, holder)], field="holder")


@command(may=Power.AMEND_RULEBOOK, title=Text("换上级", "Change the superior"))
def set_superior(
    case: Case, *, clause: Sentence, superior: Annotated[Position, Called(Text("上级", "superior"))], since: Since, reason: Why,
    until: Until = None, replaces: Replaces = None, proposal: FromProposal = None,
) -> Ref:  # fmt: skip
    """Who sees it when it ran out, for what begins from then on."""
    found = draft(case, clause, Item.SUPERIOR, since=since, until=until, reason=reason, replaces=replaces, proposal=proposal)
    own = found.law.superior(found.clause, found.moment)
    untimed = refusal("这一句不计时，没有上级", "This sentence has no clock and no superior", field="clause")
    outside = refusal("上级要是公司里的岗位", "A superior is a position of the company", field="superior")
    reasons = [None if isinstance(found.clause.says, Owes) else untimed, outside if superior in OUTSIDE else None]
    return found.announce(own.value if own else "", superior.value, reasons, field="superior")


@command(may=Power.AMEND_RULEBOOK, title=Text("写说明或解释", "Write a note or an interpretation"))
def interpret_clause(
    case: Case, *, clause: Sentence, reading: Annotated[Reading, Called(Text("写什么", "what"))],
    text: Annotated[str, Called(Text("内容", "text"), long=True)], since: Since, reason: Why,
    until: Until = None, replaces: Replaces = None, proposal: FromProposal = None,
) -> Ref:  # fmt: skip
    """How a sentence is worded or to be read; it stands in the book, beside the sentence, and changes no clock."""
    item = Item(reading.value)
    found = draft(case, clause, item, since=since, until=until, reason=reason, replaces=replaces, proposal=proposal)
    reasons = [
        refusal("没有写内容", "Nothing is written", field="text") if not text else None,
        refusal("不能超过 2000 个字", "At most 2,000 characters", field="text") if len(text) > LONGEST_NOTE else None,
    ]
    return found.announce(found.law.words(clause, item, found.moment), text, reasons, field="text")


@command(may=Power.AMEND_RULEBOOK, title=Text("撤回已宣布的修订", "Withdraw an announced amendment"))
def withdraw_amendment(case: Case, *, amendment: Annotated[UUID, Of("amendment")], reason: Why) -> Ref:
    """Until the day it takes effect; nothing was ever judged by it."""
    lock_law()
    found = announced(case, amendment)
    case.decide(AmendmentWithdrawn(amendment=amendment, clause_number=found.clause, reason=reason), reasons=worded(reason))
    Amendment.objects.create(
        uid=case.new_id(), clause=found.clause, since=case.at, reason=reason, instead_of=found, set_by=found.set_by, at=case.at,
        by=case.actor.person, acting_for=case.actor.acting_for, entry=case.entry,
    )  # fmt: skip
    raise_revision(REVISION)
    return Ref("amendment", amendment, found.clause)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _outside(parameter: Parameter, value: Decimal) -> list[Reason | None]:
    """The value keeps within the bounds that the clause states; days and people are whole."""
    bounds = Text("要在 {bounds} 之间", "From {bounds}").fill(bounds=parameter.bounds)
    return [
        None if parameter.fits(value) else Reason(what=bounds, field="value"),
        None if parameter.whole(value) else refusal("要填整数", "A whole number", field="value"),
        refusal("最多三位小数", "At most three decimals", field="value") if value != round(value, 3) else None,
    ]


def _order(law: CompanyLaw, clause: str, name: str, value: Decimal, at: datetime) -> Iterator[Reason]:
    """The lower end of a range stays below its upper end."""
    if name not in ENDS or rulebook.versions(clause)[-1].parameter(ENDS[name]) is None:
        return
    other = law.value(clause, ENDS[name], at)
    if (value > other) if name == "least" else (value < other):
        yield refusal("最低不能高于最高", "The least cannot be above the most", field="value")


def _holds(clause: Clause, own: Position | None, wished: Position) -> Reason | None:
    """Whoever owes it must be able to do it: nobody gets a duty that he may not fulfil."""
    owes = clause.says
    if not isinstance(owes, Owes) or own is None:
        return refusal("这一句不由岗位负责，换不了责任岗位", "No position owes this sentence", field="clause")
    power = owes.power or COMMANDS[owes.act].may
    if power is None or power in POWERS[wished]:
        return None
    what = Text("{position}没有“{power}”的权限，办不了这件事", "The {position} does not have the power to {power}")
    able = [position.text for position in POWERS if power in POWERS[position]]
    cure = Text("可选：{able}", "Choose among: {able}").fill(able=able)
    return Reason(what=what.fill(position=wished, power=power), field="holder", cure=cure)
