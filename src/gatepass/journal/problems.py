"""Wrong input, said in both languages: every problem with the field it is in."""

from __future__ import annotations

import re
from typing import Final

from pydantic import ValidationError

from gatepass.journal.labels import label
from gatepass.rules.reasons import Reason
from gatepass.words import Text

SAID: Final = {
    "missing": Text("{field}没有填", "{field} is missing"),
    "extra_forbidden": Text("没有“{field}”这一项", "there is no field {field}"),
    "uuid_parsing": Text("{field}请从列表中选", "{field}: choose one from the list"),
    "int_parsing": Text("{field}要填整数", "{field} must be a whole number"),
    "decimal_parsing": Text("{field}要填数字", "{field} must be a number"),
    "date_from_datetime_parsing": Text("{field}要填日期", "{field} must be a date"),
    "date_parsing": Text("{field}要填日期", "{field} must be a date"),
    "enum": Text("{field}请从列表中选", "{field}: choose one from the list"),
    "datetime_parsing": Text("{field}要填日期和时间", "{field} must be a date and a time"),
    "datetime_from_date_parsing": Text("{field}要填日期和时间", "{field} must be a date and a time"),
    "timezone_aware": Text("{field}要写明时区", "{field} needs its time zone"),
    "bool_parsing": Text("{field}请选是或否", "{field}: yes or no"),
    "string_too_short": Text("{field}没有填", "{field} is missing"),
    "string_too_long": Text("{field}最多 {most} 个字", "{field} has at most {most} characters"),
    "too_long": Text("{field}最多 {most} 个字", "{field} has at most {most} characters"),
}
AMOUNT: Final = Text("{field}填数字，元，最多两位小数", "{field} must be an amount in yuan, with two decimals at most")
AMOUNTS: Final = ("not an amount", "more than two decimals", "amount out of range", "an amount in yuan")
OTHERWISE: Final = Text("{field}填得不对：{why}", "{field} is not right: {why}")


def problems_of(error: ValidationError) -> list[Reason]:
    """One Reason for each problem that pydantic found, with its place in the input (lines counted from 1)."""
    return [problem_of(found["type"], found["loc"], found["msg"]) for found in error.errors(include_url=False)]


def problem_of(kind: str, place: tuple[int | str, ...], message: str) -> Reason:
    """A Reason for one problem with the input: pydantic's kind, where it is, and its words."""
    names = [part for part in place if isinstance(part, str) and not part.startswith("function-")]
    row = next((part for part in place if isinstance(part, int)), None)
    name = label(names[-1]) if names else Text("输入", "input")
    why = message.removeprefix("Value error, ")
    said = AMOUNT if kind == "value_error" and why.startswith(AMOUNTS) else SAID.get(kind, OTHERWISE)
    most = next(iter(re.findall(r"\d+", message)), "")
    what = said.fill(field=name, most=most, why=Text("请核对写法", why or "look at how it is written"))
    if row is not None:
        what = Text("第 {row} 行：{what}", "line {row}: {what}").fill(row=row + 1, what=what)
    return Reason(what=what, field=".".join(str(part) for part in place if not str(part).startswith("function-")))
