"""Departments propose how an article should read; the head says yes or no, and why (D18)."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID

from gatepass.enforcement.commands.amending import no_such
from gatepass.enforcement.models import Proposal, ProposalAnswer
from gatepass.journal.declaration import Among, Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.regulations import rulebook
from gatepass.roles import Power
from gatepass.rules.happenings import AmendmentAnswered, AmendmentProposed
from gatepass.rules.reasons import NotFound, Reason, Refused, refusal
from gatepass.words import Text

LONGEST: Final = 2000
ArticleNumber = Annotated[str, Called(Text("条", "article")), Among("article")]
name_fields(
    text=("建议", "proposal"), proposal=("修订建议", "proposed amendment"), accepted=("采纳", "accept"), words=("答复", "answer")
)  # fmt: skip
ANSWERED: Final = refusal("这条建议已经答复过", "This proposal is answered already", clause="D18")
once("proposal_answered_once", ANSWERED)


@command(may=None, title=Text("提出修订建议", "Propose an amendment"))
def propose_amendment(
    case: Case, *, clause: ArticleNumber, text: Annotated[str, Called(Text("建议", "proposal"), long=True)]
) -> Ref:
    """Any department proposes how an article should read, and why (D18)."""
    known_article(clause, *said(text, "text"))
    uid = case.new_id()
    none = refusal("只有在岗的人才能提", "Only who holds a position may propose", clause="D18")
    case.decide(
        AmendmentProposed(proposal=uid, clause_number=clause, wording=text),
        reasons=[None if case.actor.positions else none, *said(text, "text")],
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
    """The head says yes or no, and why; once. What he accepts leads to the form of the change."""
    found = Proposal.objects.filter(uid=proposal).first()
    if found is None:
        raise NotFound("proposal")
    known = ProposalAnswer.objects.filter(proposal=found).exists()
    case.decide(
        AmendmentAnswered(proposal=proposal, clause_number=found.article, accepted=accepted, words=words),
        reasons=[ANSWERED if known else None, *said(words, "words")],
    )
    ProposalAnswer.objects.create(
        proposal=found, accepted=accepted, words=words, at=case.at, by=case.actor.person, entry=case.entry
    )
    return Ref("proposal", proposal, found.article)


def known_article(number: str, *further: Reason | None) -> None:
    """Raises Refused for an article that the book does not have, together with what else is wrong."""
    if all(one.number != number for one in rulebook.every_article()):
        raise Refused([no_such(number), *(reason for reason in further if reason)])


def said(words: str, field: str) -> list[Reason | None]:
    return [
        refusal("没有写内容", "Nothing is written", field=field) if not words else None,
        refusal("不能超过 2000 个字", "At most 2,000 characters", field=field) if len(words) > LONGEST else None,
    ]
