"""Blanking what a person may ask to have forgotten: one mechanism for every room that keeps names, phones or addresses (rule 15).

A room declares its own command, which locks and blanks its own row, and asks `refusals` what stands against it. `DataBlanked` is the act:
with its journal entry the database destroys the salts of the earlier proofs of the rows that the act wrote (site/proving/sql.py), so that
no hash can be tried against what was there. References, ids and what follows from them stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command
from gatepass.people.events import DataBlanked
from gatepass.people.models import Attempt, Holding, Person, Token
from gatepass.people.rows import day_of, empty, locked_person
from gatepass.pinyin import digits, normal
from gatepass.roles import Position, Power
from gatepass.rules.reasons import Reason, refusal
from gatepass.words import Text

ALREADY: Final = refusal("这里的个人资料已经抹去过了", "The personal data here were blanked already")
OTHER_NAME: Final = refusal(
    "抄写的姓名和资料上的不一样", "The name typed in is not the one that is kept", field="typed_name",
    cure=Text("照资料上的姓名抄写；抹去以后不能恢复", "Copy the name as it is kept; blanking cannot be undone"),
)  # fmt: skip
TELLS: Final = refusal(
    "原因里写了要抹去的姓名、电话或地址，流水会把它永远留下", "The reason names what is to be blanked, and the journal would keep it for ever",
    field="reason", cure=Text("只写依据，例如来函日期，不写是谁", "Write the ground alone, such as the day of the letter, not who it is"),
)  # fmt: skip
TypedName = Annotated[
    str, Called(Text("照抄姓名以确认：抹去以后不能恢复", "The name, typed in to confirm: blanking cannot be undone"))
]
Ground = Annotated[str, Called(Text("依据（留在流水里，不写姓名电话）", "Ground (the journal keeps it: no names, no phones)"), long=True)]
Asks = Callable[[UUID], Reason | None]
_HOLDS: Final[defaultdict[str, list[Asks]]] = defaultdict(list)


def holds(kind: str, asks: Asks) -> None:
    """A room above says what keeps a thing of this kind from being blanked: its uid in, a reason or None out."""
    if asks not in _HOLDS[kind]:
        _HOLDS[kind].append(asks)


def mark(uid: UUID) -> str:
    """What stands where the name stood: the same for the same person everywhere, and nobody's name."""
    return f"#{uid.hex[-6:].upper()}"


def refusals(
    kind: str, uid: UUID, *, blanked_at: datetime | None, name: str, typed: str, reason: str, kept: Iterable[str]
) -> Iterator[Reason | None]:
    """What stands against blanking besides the room's own reasons. name: to be typed in; kept: every text that is blanked."""
    if blanked_at is not None:
        yield ALREADY
        return
    yield from empty(reason=reason)
    yield None if normal(typed) == normal(name) else OTHER_NAME
    yield TELLS if any(_tells(reason, text) for text in (name, *kept)) else None
    for asks in _HOLDS[kind]:
        yield asks(uid)


def _tells(reason: str, text: str) -> bool:
    """Whether a text stands in the reason, or a phone of it, however it is written."""
    number = digits(text)
    return bool(normal(text)) and (normal(text) in normal(reason) or (len(number) >= 7 and number in digits(reason)))


def _still_here(case: Case, row: Person) -> Iterator[Reason]:
    """Active, or on a post: the administrator ends both."""
    if row.active:
        yield refusal(
            "此人还没有停用", "This person is not deactivated yet", cure=Text("请管理员先停用此人", "Have the administrator deactivate him first"),
            who=Position.ADMINISTRATOR, command="deactivate_person", given={"person": str(row.uid)},
        )  # fmt: skip
    held = Holding.objects.filter(person=row).exclude(until__lt=day_of(case.at)).select_related("post").first()
    if held is not None:
        yield refusal(
            "此人名下还有没结束的岗位", "This person still holds a post", cure=Text("请管理员先办离岗", "Have the administrator end it first"),
            who=Position.ADMINISTRATOR, command="end_assignment", given={"post": str(held.post.uid), "person": str(row.uid)},
        )  # fmt: skip


@command(may=Power.DECIDE_AS_HEAD, title=Text("抹去人员的个人资料", "Blank a person's data"))
def blank_person(case: Case, *, person: Annotated[UUID, Of("person")], typed_name: TypedName, reason: Ground) -> Ref:
    """Name, sign-in name, phone and extension of somebody who has left, and his attempts to come in. What he signed stays his, by id."""
    row = locked_person(person)
    against = refusals(
        "person", person, blanked_at=row.blanked_at, name=row.name, typed=typed_name, reason=reason,
        kept=(row.username, row.phone, row.extension),
    )  # fmt: skip
    case.decide(
        DataBlanked(kind="person", thing=person, reason=reason),
        reasons=[*_still_here(case, row), *against],
    )
    row.name, row.username, row.pinyin, row.phone, row.extension = mark(person), f"blanked-{person}", "", "", ""
    row.blanked_at = case.at
    row.set_unusable_password()
    row.save(update_fields=["name", "username", "pinyin", "phone", "extension", "blanked_at", "password"])
    Token.objects.filter(person=row).update(name="")
    Attempt.objects.filter(person=person).delete()
    return Ref("person", person, row.name)
