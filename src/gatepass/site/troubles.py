"""What a database's trouble means to whoever was at it: one sentence for each kind, the same on every door (rules 40 and 48)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, OperationalError
from django.utils.datastructures import MultiValueDictKeyError

from gatepass.words import Text


@dataclass(frozen=True, slots=True)
class Trouble:
    """status: of HTTP; again: whether the same may go through in a moment, so that the page tries by itself."""

    status: int
    what: Text
    cure: Text
    again: bool = False


AWAY: Final = Trouble(
    503, Text("数据库暂时连不上", "The database is away for the moment"),
    Text("没有保存。几秒后会自动再试；您填的内容还在上一页，返回就能看到。",
         "Nothing was saved. This tries again in a few seconds; what you entered is on the page before: go back to it."), again=True,
)  # fmt: skip
FULL: Final = Trouble(
    507, Text("服务器磁盘满了，没有保存", "The server's disk is full: nothing was saved"),
    Text("您填的内容在下面，没有丢。请管理员清理磁盘后再按一次。",
         "What you entered is kept below. Ask the administrator to make room, then press again."),
)  # fmt: skip
BUSY: Final = Trouble(
    503, Text("服务器正忙", "The server is busy"),
    Text("没有保存。请稍等几秒再试。", "Nothing was saved. Try again in a few seconds."), again=True,
)  # fmt: skip
UNFIT: Final = Trouble(
    422, Text("有一项内容与已有的记录冲突，或记不下", "Something that was entered does not fit what is on record, or cannot be kept"),
    Text("没有保存。请返回检查刚填的内容；看不出来就刷新后重填。",
         "Nothing was saved. Go back and look at what you entered; if nothing is wrong there, reload and enter it again."),
)  # fmt: skip
MISSING: Final = Trouble(
    422, Text("表单缺了一项", "A field of the form is missing"),
    Text("没有保存。请返回、刷新后再填一次。", "Nothing was saved. Go back, reload, and fill in the form again."),
)  # fmt: skip
_FULL, _CONFIG, _LOCKED, _CANCELLED = "53100", "53400", ("55P03", "40P01", "40001"), "57014"


def of(error: BaseException | None) -> Trouble | None:
    """The trouble that an exception tells of; None for what is a mistake of the program."""
    if isinstance(error, MultiValueDictKeyError):
        return MISSING
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    state = getattr(error.__cause__, "sqlstate", None) or ""
    if state in (_FULL, _CONFIG):
        return FULL
    if state in _LOCKED or state == _CANCELLED or state.startswith("53"):
        return BUSY
    if isinstance(error, IntegrityError | DataError):
        return UNFIT
    away = isinstance(error, InterfaceError) or state.startswith(("08", "57P")) or (isinstance(error, OperationalError) and not state)
    return AWAY if away else None
