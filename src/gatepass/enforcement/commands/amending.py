"""What every amendment has in common: the sentence chosen, the day, the reason, and what was announced before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Final
from uuid import UUID

from django.db import connection

from gatepass.enforcement import law as law_of
from gatepass.enforcement import sql
from gatepass.enforcement.items import Item
from gatepass.enforcement.law import CompanyLaw
from gatepass.enforcement.models import Amendment, Proposal
from gatepass.journal.declaration import Among, Called, Of
from gatepass.journal.door import Case, Ref, once
from gatepass.journal.labels import name_fields
from gatepass.journal.revisions import raise_revision
from gatepass.regulations import rulebook
from gatepass.roles import Position
from gatepass.rules.clauses import Clause
from gatepass.rules.happenings import ClauseAmended
from gatepass.rules.reasons import NotFound, Reason, Refused, refusal
from gatepass.words import Text

REVISION: Final = "law"
LONGEST: Final = 300
Sentence = Annotated[str, Called(Text("条文", "clause")), Among("sentence")]
Since = Annotated[date, Called(Text("从哪天起", "from which day"))]
Until = Annotated[date | None, Called(Text("到哪天为止（空着：一直）", "through which day (empty: for good)"))]
Why = Annotated[str, Called(Text("原因", "reason"), long=True)]
Replaces = Annotated[UUID | None, Of("amendment"), Called(Text("代替已宣布的", "instead of what was announced"), hidden=True)]
FromProposal = Annotated[UUID | None, Of("proposal"), Called(Text("来自建议", "from the proposal"), hidden=True)]
GONE: Final = refusal(
    "这条修订已经生效、撤回或被代替，请刷新后再看", "This amendment is in effect, withdrawn or replaced already: look again", clause="D18"
)
once("enforcement_amendment_instead_of_id_key", GONE)
name_fields(amendment=("已宣布的修订", "announced amendment"))


@dataclass(frozen=True, slots=True)
class Draft:
    """An amendment as it was asked for, with the law that it changes: locked, and without what it replaces."""

    case: Case
    versions: tuple[Clause, ...]
    item: Item
    name: str
    since: date
    until: date | None
    reason: str
    moment: datetime
    end: datetime | None
    law: CompanyLaw
    replaced: Amendment | None
    proposal: UUID | None

    @property
    def clause(self) -> Clause:
        """The version in force when it takes effect, else the newest."""
        return next((one for one in self.versions if self.law.in_force(one, self.moment)), self.versions[-1])

    def announce(
        self, old: str, new: str, reasons: Iterable[Reason | None], *, field: str = "value", set_by: Position = Position.HEAD
    ) -> Ref:
        """Decide and write it. What is fixed already stays; only later triggers are judged by it."""
        case, number, uid = self.case, self.versions[-1].number, self.case.new_id()
        replaces = self.replaced.uid if self.replaced else None
        case.decide(
            ClauseAmended(
                amendment=uid, clause_number=number, item=self.item.value, name=self.name, old=old, new=new, since=self.moment,
                until=self.end, reason=self.reason, replaces=replaces, proposal=self.proposal,
            ),
            reasons=[*self._days(), *self._twice(), *worded(self.reason), *reasons, unchanged(field) if old == new else None],
        )  # fmt: skip
        Amendment.objects.create(
            uid=uid, clause=number, item=self.item.value, name=self.name, value=new, since=self.moment, until=self.end,
            reason=self.reason, instead_of=self.replaced, proposal=self.proposal, set_by=set_by.value, at=case.at, by=case.actor.person,
            acting_for=case.actor.acting_for, entry=case.entry,
        )  # fmt: skip
        raise_revision(REVISION)
        return Ref("amendment", uid, number)

    def _days(self) -> list[Reason | None]:
        today = self.law.calendar.local(self.case.at).date()
        return [
            refusal("不能改过去：从今天起才能改", "The past is not changed: from today on only", field="since") if self.since < today else None,
            refusal("截止日在起始日之前", "It ends before it begins", field="until") if self.until and self.until < self.since else None,
        ]

    def _twice(self) -> list[Reason]:
        """One value for one moment: what was announced for it is withdrawn or replaced first."""
        key = (self.versions[-1].number, self.item.value, self.name)
        if self.since <= self.law.calendar.local(self.case.at).date():
            return []
        if all(one.since != self.moment for one in self.law.amendments.get(key, ())):
            return []
        return [
            refusal(
                "这一天起的值已经宣布过", "A value from this day on is announced already", clause="D18", field="since",
                cure=Text("在条文页上换掉或撤回它", "Replace or withdraw it on the clause's page"),
            )
        ]  # fmt: skip


def draft(
    case: Case, clause: str, item: Item, *, since: date, until: date | None, reason: str, replaces: UUID | None, proposal: UUID | None,
    name: str = "",
) -> Draft:  # fmt: skip
    """Lock the law and read what the amendment stands on. Raises Refused for a clause that the book does not have."""
    versions = known_sentence(clause)
    lock_law()
    replaced = announced(case, replaces) if replaces else None
    if replaced is not None and (replaced.clause, replaced.item, replaced.name) != (clause, item.value, name):
        raise Refused([GONE])
    if proposal is not None and not Proposal.objects.filter(uid=proposal).exists():
        raise NotFound("proposal")
    law = law_of.current(case.at)
    law = law.without(replaced.uid) if replaced else law
    today = law.calendar.local(case.at).date()
    moment = case.at if since <= today else law.calendar.midnight_after(since - timedelta(days=1))
    end = law.calendar.midnight_after(until) if until and until >= since else None
    return Draft(case, versions, item, name, since, until, reason, moment, end, law, replaced, proposal)


def lock_law() -> None:
    """Keep the law from other changes until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(sql.LOCK_LAW)


def known_sentence(number: str) -> tuple[Clause, ...]:
    """All versions of a sentence. Raises Refused for one that the book does not have: an answer beside what was typed."""
    found = rulebook.versions(number)
    if not found:
        raise Refused([no_such(number)])
    return found


def no_such(number: str) -> Reason:
    what = Text("制度里没有“{number}”这一条", "The rulebook has no clause {number}").fill(number=number[:20])
    return Reason(what=what, field="clause", cure=Text("请从列表中选", "Choose one from the list"))


def announced(case: Case, uid: UUID) -> Amendment:
    """An amendment that has not taken effect. Raises Refused for one that has, or that was withdrawn or replaced."""
    found = Amendment.objects.filter(uid=uid).exclude(item="").first()
    if found is None:
        raise NotFound("amendment")
    if found.since <= case.at or Amendment.objects.filter(instead_of=found).exists():
        raise Refused([GONE])
    return found


def worded(reason: str) -> list[Reason | None]:
    return [
        refusal("写明原因", "Say why", field="reason") if not reason else None,
        refusal("不能超过 300 个字", "At most 300 characters", field="reason") if len(reason) > LONGEST else None,
    ]


def unchanged(field: str) -> Reason:
    return refusal("和原来的一样", "That is what is in force already", field=field)
