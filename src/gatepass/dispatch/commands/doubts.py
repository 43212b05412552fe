"""Doubts of the warehouse (D7): a question stops the notice until the client admin has answered."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from gatepass.dispatch.events import DoubtAnswered, DoubtRaised
from gatepass.dispatch.models import Doubt
from gatepass.dispatch.scope import line_of, lock_doubt, lock_notice
from gatepass.dispatch.standing import needed, over
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.orders import plan_book
from gatepass.roles import Power
from gatepass.rules.reasons import refusal
from gatepass.words import Text

name_fields(question=("疑问", "question"), doubt=("疑问", "doubt"))


@command(may=Power.PICK, title=Text("有疑问，停下", "Doubt a line, stop"))
def raise_doubt(
    case: Case,
    *,
    notice: Annotated[UUID, Of("notice")],
    question: Annotated[str, Called(Text("疑问", "question"), long=True)],
    line: Annotated[UUID | None, Of("line")] = None,
) -> Ref:
    """A question on a line, or on the notice as a whole. Nothing of it is picked, loaded or let out until it is answered."""
    found = lock_notice(case.actor, notice)
    about = line_of(found, line) if line else None
    uid = case.new_id()
    case.decide(
        DoubtRaised(doubt=uid, notice=found.uid, order=found.order.uid, customer=found.order.customer.uid),
        reasons=[over(found), needed(question, "question")],
    )
    Doubt.objects.create(uid=uid, notice=found, line=about, question=question, asked_by=case.actor.person, asked_at=case.at)
    named = f"{found.number} {about.product.name}" if about else found.number
    noted = Text("{about}：{question}", "{about}: {question}").fill(about=named, question=question)
    plan_book.note(case, order_id=found.order_id, kind="doubt", text=noted)
    return Ref("doubt", uid, found.number)


@command(may=Power.ISSUE_NOTICE, title=Text("答复仓库", "Answer a doubt"))
def answer_doubt(
    case: Case, *, doubt: Annotated[UUID, Of("doubt")], answer: Annotated[str, Called(Text("答复", "answer"), long=True)]
) -> Ref:
    """The client admin's answer; picking goes on. Question and answer stand in the plan book."""
    found = lock_doubt(case.actor, doubt)
    notice = found.notice
    answered = refusal("已经答复过了", "It is answered already") if found.answered_at else None
    case.decide(
        DoubtAnswered(doubt=found.uid, notice=notice.uid, order=notice.order.uid, customer=notice.order.customer.uid),
        reasons=[answered, needed(answer, "answer")],
    )
    found.answer, found.answered_by, found.answered_at = answer, case.actor.person, case.at
    found.save(update_fields=["answer", "answered_by", "answered_at"])
    plan_book.note(case, order_id=notice.order_id, kind="doubt", text=f"{notice.number} {found.question} → {answer}")
    return Ref("notice", notice.uid, notice.number)
