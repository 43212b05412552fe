"""Detailed rules (细则) of a department under an article: laid down by who leads it, ended by him or by the head (D18)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final
from uuid import UUID

from gatepass.enforcement.commands.proposals import ArticleNumber, known_article, said
from gatepass.enforcement.models import DetailedRule, DetailedRuleEnd
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.people.models import Post
from gatepass.roles import Position, Power
from gatepass.rules.happenings import RuleEnded, RuleLaidDown
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text
from gatepass.workcalendar.queries import current

ENDED: Final = refusal("这条细则已经废止", "This detailed rule is ended already", clause="D18")
name_fields(rule=("细则", "detailed rule"))
once("enforcement_detailedruleend_rule_id_key", ENDED)


@command(may=Power.CONFIRM_FINE, title=Text("订立细则", "Lay down a detailed rule"))
def lay_down_rule(
    case: Case,
    *,
    clause: ArticleNumber,
    text: Annotated[str, Called(Text("细则", "detailed rule"), long=True)],
    since: Annotated[date | None, Called(Text("何时起", "in force from"))] = None,
) -> Ref:
    """How a department goes about an article. It details the article and amends nothing: only the head does."""
    known_article(clause, *said(text, "text"))
    uid, today = case.new_id(), current().local(case.at).date()
    own = _departments(case)
    case.decide(
        RuleLaidDown(rule=uid, clause_number=clause, since=since or today, wording=text),
        reasons=[
            None if own else refusal("只有在岗的人才能订立", "Only who holds a position may lay down a rule", clause="D18"),
            *said(text, "text"),
            refusal("不能从过去起", "Not from a day that is past", field="since") if since and since < today else None,
        ],
    )
    DetailedRule.objects.create(
        uid=uid, article=clause, department=own[0], text=text, since=since or today, at=case.at, by=case.actor.person, entry=case.entry
    )
    return Ref("clause", case.entry, clause)


@command(may=Power.CONFIRM_FINE, title=Text("废止细则", "End a detailed rule"))
def end_rule(
    case: Case, *, rule: Annotated[UUID, Of("rule")], reason: Annotated[str, Called(Text("原因", "reason"), long=True)]
) -> Ref:
    """It holds no more and stays on record. The department's own leader ends it, or the head, who alone interprets the book."""
    found = DetailedRule.objects.filter(uid=rule).first()
    if found is None:
        raise NotFound("rule")
    theirs = Position.HEAD not in case.actor.positions and found.department not in _departments(case)
    case.decide(
        RuleEnded(rule=rule, clause_number=found.article, reason=reason),
        reasons=[
            ENDED if DetailedRuleEnd.objects.filter(rule=found).exists() else None,
            Reason(
                clause="D18", what=Text("这是{department}的细则", "This is a rule of {department}").fill(department=found.department),
                cure=Text("请该部门负责人或总经理废止", "Ask who leads that department, or the head"),
                who=Position.HEAD, command="end_rule", given={"rule": str(rule)},
            ) if theirs else None,
            None if reason else refusal("写明原因", "Say why", field="reason"),
            refusal("不能超过 300 个字", "At most 300 characters", field="reason") if len(reason) > 300 else None,
        ],
    )  # fmt: skip
    DetailedRuleEnd.objects.create(rule=found, reason=reason, at=case.at, by=case.actor.person, entry=case.entry)
    return Ref("clause", case.entry, found.article)


def _departments(case: Case) -> list[str]:
    """Of the positions that the actor holds or stands in for now."""
    kinds = [position.value for position in case.actor.positions]
    return list(Post.objects.filter(kind__in=kinds).order_by("id").values_list("department__name", flat=True).distinct())
