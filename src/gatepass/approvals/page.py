"""One thing under signature, as its page shows it: what changed, what is bound, who said what, who comes next, what this viewer may do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from gatepass.approvals.line import eligible
from gatepass.approvals.models import Matter, Touched, Version
from gatepass.approvals.queries import SignatureRow, signatures
from gatepass.approvals.routes import Line, Route, Step
from gatepass.approvals.separation import GIVEN, Part, Said, Touch, Verdict, kept
from gatepass.approvals.state import WHAT
from gatepass.people.roster import Acting, Roster, roster
from gatepass.people.visits import names_of
from gatepass.roles import Sight
from gatepass.rules.reasons import NotFound
from gatepass.words import Text

UP: Final = Text("{position}里没有能签的人，上报到{who}", "Nobody of {position} is left to sign: it goes up the line to {who}")
NOBODY: Final = Text(
    "公司里没有人能签这一步，绝不自动通过；请换人办或另设代行",
    "Nobody in the company is left to sign this step, and it never passes by itself: have others do the work, or name another deputy",
)


@dataclass(frozen=True, slots=True)
class Change:
    """What a version says otherwise than the one before; before, after None: it was not there."""

    what: Text
    before: Text | None
    after: Text | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of the present version. given: who signed; word: not yet confirmed by himself; who: who may give it now; note: how it goes on."""

    step: Step
    given: SignatureRow | None
    confirmed: SignatureRow | None
    turn: bool
    who: tuple[str, ...] = ()
    note: Text | None = None

    @property
    def owed(self) -> bool:
        return self.given is not None and self.given.verdict is Verdict.WORD and self.confirmed is None


@dataclass(frozen=True, slots=True)
class OldVersion:
    """A version before: what was signed of it is void, and stays to be seen."""

    version: int
    at: datetime
    signatures: tuple[SignatureRow, ...]


@dataclass(frozen=True, slots=True)
class MatterPage:
    """mine: the step that this viewer may give now; own_word: the one whose word he has to confirm; kept: why he may not sign at all."""

    route: Route
    subject: UUID
    number: str
    version: int
    digest: str
    headline: Text
    touched: tuple[tuple[str, str, Part], ...]
    changes: tuple[Change, ...]
    since_version: int | None
    same: tuple[Line, ...]
    beside: tuple[Line, ...]
    steps: tuple[StepRow, ...]
    returned: SignatureRow | None
    closed_at: datetime | None
    before: tuple[OldVersion, ...]
    mine: Step | None
    own_word: Step | None
    word: Step | None
    kept: tuple[Text, ...]

    @property
    def done(self) -> int:
        return sum(one.given is not None for one in self.steps)


def page(sight: Sight, route: Route, subject: UUID, *, at: datetime) -> MatterPage:
    """Raises NotFound for what is not bound, and for who neither signs it nor sees the thing itself."""
    matter = Matter.objects.filter(route=route.code, subject=subject).first()
    if matter is None:
        raise NotFound(route.kind)
    now = roster(at)
    versions = list(Version.objects.filter(route=route.code, subject=subject).order_by("-version"))
    said = signatures(route.code, [subject]).get(subject, [])
    touched = list(Touched.objects.filter(route=route.code, subject=subject).order_by("id"))
    touches = tuple(Touch(row.person_id, row.acting_for_id, Part(row.part)) for row in touched)
    present = [one for one in said if one.digest == matter.digest]
    needed = [one for one in route.steps if one.when(versions[0].data)]
    steps = tuple(_step(route, one, matter, present, touches, now) for one in needed)
    signing = {one.step.code: _who(route, one.step, present, touches, now) for one in steps}
    turns = [one.step for one in steps if one.turn]
    mine = next((one for one in turns if _acts(sight, signing[one.code][1]) or _free(sight, route, one, present, touches)), None)
    if not (route.sees(sight, subject) or mine or any(sight.may(one.power) for one in route.steps) or _spoke(sight, present)):
        raise NotFound(route.kind)
    now_said = route.said(sight, versions[0].data)
    older = route.said(sight, versions[1].data) if len(versions) > 1 else None
    changes, unchanged = compared(older, now_said)
    return MatterPage(
        route=route, subject=subject, number=matter.number, version=matter.version, digest=matter.digest,
        headline=route.headline(sight, versions[0].data), touched=_named(touches), changes=changes,
        since_version=versions[1].version if len(versions) > 1 else None, same=unchanged, beside=tuple(route.beside(sight, subject)),
        steps=steps, returned=next((one for one in present if one.verdict is Verdict.RETURNED), None), closed_at=matter.closed_at,
        before=tuple(_old(row, said) for row in versions[1:]), mine=mine,
        own_word=next((one.step for one in steps if one.owed and one.given and one.given.person == sight.person), None),
        word=next((one for one in turns if one.word and any(map(sight.may, one.word)) and not mine), None),
        kept=_kept(sight, route, turns, matter, present, touches) if mine is None else (),
    )  # fmt: skip


def compared(before: Sequence[Line] | None, after: Sequence[Line]) -> tuple[tuple[Change, ...], tuple[Line, ...]]:
    """What differs from the version before, and what is the same; everything is the same where there was none. What he may not see is left out."""
    shown = [one for one in after if one.value is not None]
    if before is None:
        return (), tuple(shown)
    old = {one.key: one for one in before if one.value is not None}
    changed = [Change(one.what, old[one.key].value if one.key in old else None, one.value) for one in shown if _differs(old.get(one.key), one)]
    gone = [Change(one.what, one.value, None) for key, one in old.items() if key not in {line.key for line in shown}]
    return (*changed, *gone), tuple(one for one in shown if not _differs(old.get(one.key), one))


def _differs(old: Line | None, new: Line) -> bool:
    return old is None or old.value != new.value


def _old(row: Version, said: Sequence[SignatureRow]) -> OldVersion:
    return OldVersion(row.version, row.at, tuple(one for one in said if one.digest == row.digest))


def _step(route: Route, step: Step, matter: Matter, present: Sequence[SignatureRow], touches: tuple[Touch, ...], now: Roster) -> StepRow:
    own = [one for one in present if one.step == step.code]
    given = next((one for one in own if one.given), None)
    confirmed = next((one for one in own if one.verdict is Verdict.CONFIRMED), None)
    turn = matter.returned_at is None and matter.closed_at is None and route.full(step.code) in matter.waits
    if given is not None or not turn:
        return StepRow(step, given, confirmed, turn=False)
    level, left = _who(route, step, present, touches, now)
    names = tuple(_called(one) for one in left)
    note = None if left and not level else UP.fill(position=step.position, who=names) if left else NOBODY
    return StepRow(step, None, None, turn=True, who=names, note=note)


def _who(route: Route, step: Step, present: Sequence[SignatureRow], touches: tuple[Touch, ...], now: Roster) -> tuple[int, tuple[Acting, ...]]:
    signers = {who for one in present if route.apart and one.given and one.step != step.code for who in one.people}
    return eligible(step, now, frozenset({who for one in touches for who in one.people} | signers))


def _acts(sight: Sight, people: Sequence[Acting]) -> bool:
    return any(one.person == sight.person for one in people)


def _free(sight: Sight, route: Route, step: Step, present: Sequence[SignatureRow], touches: tuple[Touch, ...]) -> bool:
    return sight.may(step.power) and not _reasons(sight, route, step, "", present, touches)


def _reasons(
    sight: Sight, route: Route, step: Step, number: str, present: Sequence[SignatureRow], touches: tuple[Touch, ...]
) -> tuple[Text, ...]:
    other = sight.stands_in.get(step.power)
    people = frozenset(one for one in (sight.person, other) if one)
    said = [Said(one.step, one.verdict, one.person, one.acting_for) for one in present if one.verdict in GIVEN]
    what = WHAT.fill(title=route.title, number=number)
    return tuple(one.what for one in kept(touches, said, people, step.code, what=what, article=route.article, given={}, apart=route.apart))


def _kept(
    sight: Sight, route: Route, turns: Sequence[Step], matter: Matter, present: Sequence[SignatureRow], touches: tuple[Touch, ...]
) -> tuple[Text, ...]:
    """Why somebody with the power for a step whose turn it is may not give it."""
    mine = [one for one in turns if sight.may(one.power)]
    return _reasons(sight, route, mine[0], matter.number, present, touches) if mine else ()


def _spoke(sight: Sight, present: Sequence[SignatureRow]) -> bool:
    return any(sight.person in one.people for one in present)


def _called(one: Acting) -> str:
    return f"{one.name}（{one.instead_of_name}）" if one.instead_of_name else one.name


def _named(touches: Sequence[Touch]) -> tuple[tuple[str, str, Part], ...]:
    names = names_of({who for one in touches for who in one.people})
    found = dict.fromkeys((names.get(one.person, ""), names.get(one.acting_for, "") if one.acting_for else "", one.part) for one in touches)
    return tuple(found)
