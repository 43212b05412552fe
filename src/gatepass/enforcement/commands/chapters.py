"""From which day each chapter of the book is in force: chosen when the company is founded, moved by the head until that day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from gatepass.enforcement import law as law_of
from gatepass.enforcement.commands.amending import REVISION, Sentence, Why, known_sentence, lock_law, worded
from gatepass.enforcement.items import Item
from gatepass.enforcement.models import Amendment, Obligation
from gatepass.journal.declaration import Among, Called
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.journal.revisions import raise_revision
from gatepass.regulations import rulebook
from gatepass.roles import SYSTEM, Position, Power
from gatepass.rules.happenings import ClauseAmended, DutyWaived
from gatepass.rules.judging import in_force
from gatepass.rules.reasons import Reason, Refused, refusal
from gatepass.words import Text

name_fields(chapter=("章", "chapter"))


@command(may=Power.AMEND_RULEBOOK, title=Text("定一章的施行日期", "Set the day a chapter takes effect"))
def set_chapter(
    case: Case, *, chapter: Annotated[str, Called(Text("章", "chapter")), Among("chapter")],
    since: Annotated[date, Called(Text("从哪天起施行", "in force from"))], reason: Why,
) -> Ref:  # fmt: skip
    """Nothing before that day is judged by it. The founding chooses any day; later the head moves it while it lies ahead."""
    found = next((one for one in rulebook.BOOK if str(one.number) == chapter), None)
    if found is None:
        what = Text("制度里没有第 {n} 章", "The rulebook has no chapter {n}").fill(n=chapter[:20])
        raise Refused([Reason(what=what, field="chapter", cure=Text("请从列表中选", "Choose one from the list"))])
    lock_law()
    law, uid = law_of.current(case.at), case.new_id()
    today, old = law.calendar.local(case.at).date(), law.starts.get(found.number)
    founding = case.actor.person == SYSTEM.person
    begun = refusal(
        "这一章已经施行，不能再改起始日", "This chapter is in force already: its first day is not changed any more", field="chapter",
        cure=Text("要停用某一条，到那一条的页上停用", "To put a clause out of force, do so on its page"),
    )  # fmt: skip
    holds = any(in_force(clause, case.at, law) for article in found.articles for clause in article.clauses if not clause.lasting)
    case.decide(
        ClauseAmended(
            amendment=uid, clause_number="", item=Item.CHAPTER.value, name=chapter, old=old.isoformat() if old else "",
            new=since.isoformat(), since=case.at, until=None, reason=reason,
        ),
        reasons=[
            *worded(reason), begun if holds and not founding else None,
            refusal("不能改过去：从今天起才能改", "The past is not changed: from today on only", field="since")
            if since < today and not founding else None,
        ],
    )  # fmt: skip
    Amendment.objects.create(
        uid=uid, item=Item.CHAPTER.value, name=chapter, value=since.isoformat(), since=case.at, reason=reason,
        set_by=Position.HEAD.value, at=case.at, by=case.actor.person, acting_for=case.actor.acting_for, entry=case.entry,
    )  # fmt: skip
    raise_revision(REVISION)
    return Ref("amendment", uid, chapter)


@command(may=Power.WAIVE_FINE, title=Text("免办停用条文下的待办", "Release from the duties of a clause out of force"))
def release_duties(case: Case, *, clause: Sentence, reason: Why) -> Ref:
    """Everything that is still open under a sentence that holds no more, in one act. What had run out stays on record."""
    versions = known_sentence(clause)
    law = law_of.current(case.at)
    rows = list(Obligation.objects.select_for_update(no_key=True).filter(clause=clause, closed_at=None).order_by("id"))
    holds = refusal(
        "这一条还在施行：先停用，才能免办", "This clause is in force: put it out of force first", clause="D18", field="clause"
    ) if any(in_force(one, case.at, law) for one in versions) else None
    none = refusal("这一条下没有未办的事", "Nothing is open under this clause", field="clause")
    case.decide(
        *(
            DutyWaived(
                obligation=row.uid, clause_number=clause, subject_kind=row.kind, subject=row.subject, reason=reason,
                customer=row.customer, order=row.order, carrier=row.carrier,
            )
            for row in rows
        ),
        reasons=[holds, None if rows else none, *worded(reason)],
    )  # fmt: skip
    return Ref("clause", case.entry, f"{clause} ×{len(rows)}")


def found_rulebook(text: str, today: date) -> None:
    """Choose the day of every chapter, as a company is founded: one day for all, or 1=2026-12-01,7=2027-01-01; today where none is named.

    Raises ValueError for what is no such day.
    """
    named = [part.strip() for part in text.split(",") if part.strip()]
    general = next((date.fromisoformat(part) for part in named if "=" not in part), today)
    chosen = dict(part.split("=", maxsplit=1) for part in named if "=" in part)
    strange = chosen.keys() - {str(chapter.number) for chapter in rulebook.BOOK}
    if strange:
        raise ValueError(f"no such chapter: {', '.join(sorted(strange))}")
    days = {str(one.number): date.fromisoformat(chosen[str(one.number)]) if str(one.number) in chosen else general for one in rulebook.BOOK}
    for chapter, since in days.items():
        set_chapter(by=SYSTEM.person, chapter=chapter, since=since, reason="建立公司")
