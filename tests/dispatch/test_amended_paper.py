"""A change after hours prints on the shipping notice's paper as what it is: changed after approval, with whose consent and countersignature."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.test import Client
from pypdf import PdfReader

from dispatch.stage import NIGHT, Stage
from gatepass.journal.clock import clock_at
from gatepass.papers.models import Paper
from gatepass.people.models import Person

pytestmark = pytest.mark.requirement("D8")


def printed(stage: Stage, notice: UUID, language: str = "zh", version: int = 1) -> str:
    """The words of the notice's paper, as printed now, with what was set apart by the layout taken together."""
    paper = Paper.objects.get(kind="notice", subject_uid=notice, version=version)
    client = Client()
    client.force_login(Person.objects.get(uid=stage.people["lin"]), "gatepass.people.sign_in.PersonBackend")
    with clock_at(stage.at):
        answer = client.get(f"/papers/{paper.uid}.pdf?language={language}")
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.getvalue())).pages)
    return " ".join(text.replace("\u200b", "").split())


def at_night(stage: Stage) -> tuple[UUID, UUID]:
    notice = stage.in_hand()
    stage.at = NIGHT
    change = stage.do("deng", "propose_change", notice=notice, kind="short", line=stage.line(notice, "泡菜"), cartons=10, reason="缺货").uid
    stage.record_word("deng", change, "he")
    stage.do("deng", "apply_change", change=change)
    return notice, change


def test_the_paper_says_what_was_changed_and_that_finance_still_owes_its_signature(stage: Stage) -> None:
    notice, _ = at_night(stage)
    text = printed(stage, notice)
    for words in ("批后改动", "减少 泡菜 10 件", "缺货", "邓海", "何志远", "口头同意，待补认", "财务待补签"):
        assert words.replace(" ", "") in text.replace(" ", "")
    english = printed(stage, notice, "en")
    assert all(words in english for words in ("Changed after approval", "shortage: 泡菜, 10 cartons", "finance to countersign"))


def test_the_morning_after_it_names_who_confirmed_and_countersigned(stage: Stage) -> None:
    notice, change = at_night(stage)
    stage.at += timedelta(hours=12)
    stage.sign_it("zhou", "countersign", change, "finance")
    stage.confirm_it("he", change)
    text = printed(stage, notice).replace(" ", "")
    assert "财务待补签" not in text
    assert "口头同意，补认" in text
    assert "周敏" in text.split("财务补签")[-1]


def test_a_change_in_office_hours_prints_as_a_new_version_not_as_a_change_after_approval(stage: Stage) -> None:
    notice = stage.in_hand()
    change = stage.do("lin", "propose_change", notice=notice, kind="short", line=stage.line(notice, "泡菜"), cartons=10, reason="缺货").uid
    stage.sign_it("he", "change", change, "consent")
    stage.do("lin", "apply_change", change=change)
    assert "批后改动" not in printed(stage, notice)
    assert "批后改动" not in printed(stage, notice, version=2)
