"""The rulebook changes: parameters by the head, with a date and a reason; departments may propose more."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final
from uuid import UUID

from django.db import connection

from gatepass.enforcement import law, sql
from gatepass.enforcement.models import ParameterChange, Proposal, ProposalAnswer
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.journal.revisions import raise_revision
from gatepass.regulations import rulebook
from gatepass.roles import Power
from gatepass.rules.clauses import Clause, Owes, Parameter, Unit
from gatepass.rules.happenings import AmendmentAnswered, AmendmentProposed, ParameterChanged
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text

REVISION: Final = "law"
LONGEST: Final = 2000
WHOLE: Final = (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.PEOPLE)
name_fields(
    clause=("条文", "clause"), name=("名称", "name"), value=("新值", "new value"), text=("建议", "proposal"),
    proposal=("修订建议", "proposed amendment"), accepted=("采纳", "accept"), words=("答复", "answer"),
)  # fmt: skip
once("one_parameter_change_at_a_moment", refusal("这一时刻的值已经定过", "This moment already has a value", field="since"))
once("proposal_answered_once", refusal("这条建议已经答复过", "This proposal is answered already", clause="D18"))


@command(may=Power.AMEND_RULEBOOK, title=Text("修订参数", "Amend a parameter"))
def change_parameter(
    case: Case,
    *,
    clause: str,
    name: Annotated[str, Called(Text("参数", "parameter"))],
    value: Decimal,
    since: Annotated[datetime, Called(Text("何时起", "in force from"))],
    reason: Annotated[str, Called(Text("原因", "reason"), long=True)],
) -> Ref:
    """A number of a clause from a moment on. What is fixed already stays; only later triggers are judged by it."""
    _, parameter = _parameter(clause, name, since)
    with connection.cursor() as cursor:
        cursor.execute(sql.LOCK_LAW)
    old = law.current(case.at).value(clause, name, since)
    past = refusal("不能改过去：从现在起才能改", "The past is not changed: from now on only", field="since")
    unchanged = refusal("和原来的数一样", "That is the number in force already", field="value")
    case.decide(
        ParameterChanged(clause_number=clause, name=name, old=old, new=value, since=since, reason=reason),
        reasons=[
            past if since < case.at else None, unchanged if value == old else None, *_outside(parameter, clause, value),
            refusal("写明原因", "Say why", field="reason") if not reason else None,
            refusal("不能超过 300 个字", "At most 300 characters", field="reason") if len(reason) > 300 else None,
        ],
    )  # fmt: skip
    ParameterChange.objects.create(
        clause=clause, name=name, value=value, since=since, reason=reason, by=case.actor.person, entry=case.entry
    )
    raise_revision(REVISION)
    return Ref("clause", case.entry, clause)


@command(may=None, title=Text("提出修订建议", "Propose an amendment"))
def propose_amendment(
    case: Case,
    *,
    clause: Annotated[str, Called(Text("条", "article"))],
    text: Annotated[str, Called(Text("建议", "proposal"), long=True)],
) -> Ref:
    """Any department proposes how an article should read, and why (D18)."""
    _article(clause)
    uid = case.new_id()
    none = refusal("只有在岗的人才能提", "Only who holds a position may propose", clause="D18")
    case.decide(
        AmendmentProposed(proposal=uid, clause_number=clause, wording=text),
        reasons=[None if case.actor.positions else none, *_worded(text, "text")],
    )
    position = min((p.value for p in case.actor.positions), default="")
    Proposal.objects.create(
        uid=uid, article=clause, text=text, position=position, at=case.at, by=case.actor.person, entry=case.entry
    )
    return Ref("proposal", uid, clause)


@command(may=Power.AMEND_RULEBOOK, title=Text("答复修订建议", "Answer a proposed amendment"))
def answer_amendment(
    case: Case,
    *,
    proposal: Annotated[UUID, Of("proposal")],
    accepted: bool,
    words: Annotated[str, Called(Text("答复", "answer"), long=True)],
) -> Ref:
    """The head says yes or no, and why; once."""
    found = Proposal.objects.filter(uid=proposal).first()
    if found is None:
        raise NotFound("proposal")
    case.decide(
        AmendmentAnswered(proposal=proposal, clause_number=found.article, accepted=accepted, words=words),
        reasons=_worded(words, "words"),
    )
    ProposalAnswer.objects.create(
        proposal=found, accepted=accepted, words=words, at=case.at, by=case.actor.person, entry=case.entry
    )
    return Ref("proposal", proposal, found.article)


def _article(number: str) -> None:
    try:
        rulebook.article(number)
    except KeyError:
        raise NotFound("clause") from None


def _parameter(number: str, name: str, at: datetime) -> tuple[Clause, Parameter]:
    """The parameter of the version in force at a moment, else of the newest. Raises NotFound."""
    versions = sorted((one for one in rulebook.every_clause() if one.number == number), key=lambda one: one.version)
    inside = [one for one in versions if one.in_force(at.date())] or versions[-1:]
    for clause in inside:
        for parameter in clause.all_parameters():
            if parameter.name == name:
                return clause, parameter
    raise NotFound("parameter")


def _outside(parameter: Parameter, number: str, value: Decimal) -> list[Reason | None]:
    """The number keeps within its bounds; days and people are whole; a time limit is more than nothing."""
    bounds = Text("要在 {least} 到 {most} 之间", "From {least} to {most}").fill(
        least=parameter.said(parameter.least), most=parameter.said(parameter.most)
    )
    counts = parameter.name == "within" and any(
        one.number == number and isinstance(one.says, Owes) for one in rulebook.every_clause()
    )
    return [
        Reason(what=bounds, field="value") if not parameter.least <= value <= parameter.most else None,
        refusal("要填整数", "A whole number", field="value") if parameter.unit in WHOLE and value != int(value) else None,
        refusal("时限要大于 0", "A time limit is more than 0", field="value") if counts and value <= 0 else None,
        refusal("最多三位小数", "At most three decimals", field="value") if value != round(value, 3) else None,
    ]


def _worded(words: str, field: str) -> list[Reason | None]:
    return [
        refusal("没有写内容", "Nothing is written", field=field) if not words else None,
        refusal("不能超过 2000 个字", "At most 2,000 characters", field=field) if len(words) > LONGEST else None,
    ]
