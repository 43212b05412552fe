"""Separation of duties, pure: who is touched by a thing signs nothing of it, and each step is another person's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from gatepass.rules.reasons import Reason
from gatepass.words import Labelled, Text


class Verdict(Labelled):
    SIGNED = "signed", "同意", "signed"
    WORD = "word", "电话同意", "consented by telephone"
    RETURNED = "returned", "退回", "returned"
    CONFIRMED = "confirmed", "本人补签", "confirmed in person"


class Part(Labelled):
    """How somebody is touched by what is bound."""

    WROTE = "wrote", "写的", "wrote it"
    CHANGED = "changed", "改过", "changed it"
    ASKED = "asked", "提出的", "asked for it"
    PRICED = "priced", "定的价格或优惠", "set its prices or discounts"
    ADDRESSED = "addressed", "写的客户资料或地址", "wrote its customer file or address"
    GAINS = "gains", "从中得利", "gains by it"
    CAUSED = "caused", "由他引起", "brought it about"


GIVEN: Final = (Verdict.SIGNED, Verdict.WORD)
WHOSE: Final = {
    Part.WROTE: Text("制单人不得审批自己写的{what}", "Nobody approves what he wrote: {what}"),
    Part.CHANGED: Text("改过的人不得审批：{what}", "Nobody approves what he changed: {what}"),
    Part.ASKED: Text("提出的人不能自己同意：{what}", "Nobody consents to what he asked for: {what}"),
    Part.PRICED: Text("定这些价格、优惠的人不得审批：{what}", "Whoever set its prices or discounts does not approve it: {what}"),
    Part.ADDRESSED: Text("写客户资料、地址的人不得审批：{what}", "Whoever wrote its customer file or address does not approve it: {what}"),
    Part.GAINS: Text("从中得利的人不得审批：{what}", "Whoever gains by it does not approve it: {what}"),
    Part.CAUSED: Text("事情由他引起的人不得审批：{what}", "Whoever brought it about does not approve it: {what}"),
}
TWICE: Final = Text("一个人不得两项都批：{what}", "One person cannot give both approvals: {what}")
ANOTHER: Final = Text(
    "请有审批权的另一位同事审批；没有别人的，自动上报", "Another with the power approves it; where there is none it goes up the line"
)
OTHERS: Final = Text("另一项请别人审批", "Have somebody else give the other")


@dataclass(frozen=True, slots=True)
class Touch:
    """Somebody who may not sign: he acted, for whom, and how he is touched."""

    person: UUID
    acting_for: UUID | None = None
    part: Part = Part.WROTE

    @property
    def people(self) -> frozenset[UUID]:
        return _both(self.person, self.acting_for)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said to a step of the present version, and for whom."""

    step: str
    verdict: Verdict
    person: UUID
    acting_for: UUID | None

    @property
    def people(self) -> frozenset[UUID]:
        return _both(self.person, self.acting_for)


def kept(
    touched: Sequence[Touch], said: Sequence[Said], people: frozenset[UUID], step: str, *, what: Text, article: str, given: Mapping[str, str],
    apart: bool = True,
) -> Iterator[Reason]:
    """Why these people (who acts, for whom) do not sign this step; another does. Nothing where nothing keeps them.

    given: the route, the subject and the digest of what is to be signed.
    """
    step_given = {**given, "step": step}
    part = next((one.part for one in touched if people & one.people), None)
    if part is not None:
        yield Reason(clause=article, what=WHOSE[part].fill(what=what), cure=ANOTHER, command="sign", given=step_given)
    if apart and any(one.step != step and one.verdict in GIVEN and people & one.people for one in said):
        yield Reason(clause=article, what=TWICE.fill(what=what), cure=OTHERS, command="sign", given=step_given)


def touches(rows: Sequence[Any]) -> tuple[Touch, ...]:
    """As statements give them: person, for whom, part."""
    return tuple(Touch(UUID(person), UUID(other) if other else None, Part(part)) for person, other, part in rows)


def saids(rows: Sequence[Any]) -> tuple[Said, ...]:
    """As statements give them: step, verdict, person, for whom."""
    return tuple(Said(step, Verdict(verdict), UUID(person), UUID(other) if other else None) for step, verdict, person, other in rows)


def _both(person: UUID, other: UUID | None) -> frozenset[UUID]:
    return frozenset({person} if other is None else {person, other})
