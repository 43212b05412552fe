"""Attempts to come in: signing in, the present password, links and codes. All are kept in one table, which every process looks at.

An attempt is written before what was typed is looked at, so that a hundred at once are a hundred. What a stranger's device gets wrong
counts against the name and against his address; a device from which the person has signed in counts for itself, so that strangers cannot
keep him out. After a few wrong ones there is a wait, and each further one doubles it.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from gatepass.identity import new_id
from gatepass.journal import clock
from gatepass.journal.prepared import prepared
from gatepass.people import sql
from gatepass.people.visitors import Visitor
from gatepass.rules.reasons import Beyond, Reason
from gatepass.words import Labelled, Text

FREE: Final = 5
FREE_OF_ADDRESS: Final = 20
LONGEST: Final = 60
COUNTED: Final = timedelta(days=1)
COUNTED_OF_ADDRESS: Final = timedelta(hours=1)
WRONG_ONES_STAY: Final = timedelta(days=90)
RIGHT_ONES_STAY: Final = timedelta(days=400)
OFTEN: Final = Text("试错太多次，{n} 分钟后再试", "Too many wrong attempts: try again in {n} minutes")
OTHERWISE: Final = Text(
    "急用：换一台您登录过的设备，或请管理员发一次性链接",
    "If it cannot wait: use a device on which you signed in before, or ask the administrator for a one-time link",
)


class Way(Labelled):
    SIGN_IN = "sign_in", "登录", "signing in"
    FACE = "face", "演示点名登录", "signing in by one press in the demo"
    PASSWORD = "password", "改密码时输入现在的密码", "the present password, to change it"
    LINK = "link", "一次性链接", "one-time link"
    CODE = "code", "确认码", "code of a link"
    LETTER = "letter", "给客户的链接", "a customer's link"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One that is under way. before: how many wrong ones counted against it; near: those of its address, in the last hour."""

    uid: UUID
    way: Way
    person: UUID | None
    known: bool
    before: int
    near: int

    @property
    def series(self) -> tuple[int, int] | None:
        """The wrong ones with this one, of the name and of the address, when it is one at which a wait begins or the count has doubled."""
        name, address = self.before + 1, self.near + 1
        return (name, address) if _doubled(name, FREE) or (not self.known and _doubled(address, FREE_OF_ADDRESS)) else None


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing may be tried for so many minutes."""

    minutes: int

    @property
    def reason(self) -> Reason:
        return Reason(what=OFTEN.fill(n=self.minutes), cure=OTHERWISE, beyond=Beyond.TIME)


def begin(way: Way, name: str, visitor: Visitor, *, person: UUID | None = None, waits: bool = True) -> Attempt | Wait:
    """Write the attempt down as a wrong one, or say how long to wait. `name`: what is tried; it is kept as a hash where it is nobody's.

    waits: whether earlier ones count at all.
    """
    at, uid, subject = clock.now(), new_id(), str(person) if person else _hash(name)
    asked = {
        "subject": subject, "device": visitor.device, "address": visitor.address, "day": at - COUNTED, "hour": at - COUNTED_OF_ADDRESS,
        "uid": uid, "at": at, "way": way.value, "person": person, "browser": visitor.browser,
    }  # fmt: skip
    with transaction.atomic(), prepared() as cursor:
        cursor.execute(sql.ONE_ATTEMPT_AT_A_TIME, asked)
        cursor.execute(sql.ATTEMPTS_BEFORE, asked)
        known, own, own_last, others, others_last, near, near_last = cursor.fetchone()
        before, last = (own, own_last) if known else (others, others_last)
        left = _left(before, FREE, last, at)
        if not known and visitor.address:
            left = max(left, _left(near, FREE_OF_ADDRESS, near_last, at))
        if waits and left:
            return Wait(left)
        cursor.execute(sql.ADD_ATTEMPT, asked | {"known": known})
    return Attempt(uid, way, person, known, before, near)


def right(attempt: Attempt, device: str) -> None:
    """It was right, and from this device on it is known for the person."""
    with prepared() as cursor:
        cursor.execute(sql.RIGHT, {"uid": attempt.uid, "device": device})


def forget_old(now: datetime) -> None:
    """What no longer counts goes: wrong ones after ninety days, right ones with the device that they made known after four hundred."""
    with connection.cursor() as cursor:
        cursor.execute(sql.OLD_ATTEMPTS, {"wrong": now - WRONG_ONES_STAY, "right": now - RIGHT_ONES_STAY})


def _left(count: int, free: int, last: datetime | None, now: datetime) -> int:
    """Minutes that are left to wait: one after the last free one, twice as many after each further one, an hour at most."""
    if count < free or last is None:
        return 0
    minutes = min(LONGEST, 2 ** min(count - free, 16))
    seconds = (last + timedelta(minutes=minutes) - now).total_seconds()
    return min(minutes, int(-(-seconds // 60))) if seconds > 0 else 0


def _doubled(count: int, free: int) -> bool:
    """Whether the count is `free`, twice that, four times that, ..."""
    times, rest = divmod(count, free)
    return rest == 0 and times > 0 and times & (times - 1) == 0


def _hash(name: str) -> str:
    """A name that is nobody's may be a password typed into the wrong field: it is kept as what nobody can guess back."""
    return hmac.new(settings.SECRET_KEY.encode(), name.strip().casefold().encode(), "sha256").hexdigest()
