"""What a password must not be: short, long, one of the commonest twenty thousand, or made of words that everybody here knows."""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path
from typing import Final

from django.contrib.auth import password_validation

from gatepass.people.models import Company, Person
from gatepass.pinyin import spelling
from gatepass.rules.reasons import Reason, refusal
from gatepass.words import Text

SHORTEST: Final = 8
LONGEST: Final = 200
OURS: Final = ("gatepass", "fangxing", "放行", "password", "mima")
TIMES: Final = re.compile(r"[\W\d_]+")
COMMON: Final = refusal("这个密码太常见，别人一试就中", "This password is one of the commonest: it is guessed at once", field="password")
KNOWN: Final = refusal(
    "密码不能只是公司名、人名、登录名加几个数字", "A password is more than the company's, a person's or the sign-in name with some digits",
    field="password",
)  # fmt: skip


@cache
def commonest() -> frozenset[str]:
    """The commonest passwords, in small letters, as Django carries them."""
    file = Path(password_validation.__file__).parent / "common-passwords.txt.gz"
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return frozenset(line.strip() for line in lines)


def weak(password: str, username: str, *names: str) -> list[Reason | None]:
    """Everything that speaks against a password of this person; `names` besides those of the company are known too."""
    short = Text("密码至少 {n} 个字符", "A password has at least {n} characters").fill(n=SHORTEST)
    long = Text("密码最多 {n} 个字符", "A password has at most {n} characters").fill(n=LONGEST)
    alike = refusal("密码不能就是登录名", "A password differs from the sign-in name", field="password")
    core = TIMES.sub("", password.lower())
    return [
        Reason(what=short, field="password") if len(password) < SHORTEST else None,
        Reason(what=long, field="password") if len(password) > LONGEST else None,
        alike if password == username else None,
        COMMON if password.lower() in commonest() or len(set(password)) < 3 else None,
        KNOWN if core and password != username and core in _known(username, *names) else None,
    ]


def of_person(person: Person, password: str) -> list[Reason | None]:
    return weak(password, person.username, person.name)


def _known(*names: str) -> set[str]:
    company = Company.objects.values_list("name", "short_name", "name_en").first() or ()
    known = set(OURS)
    for name in (*company, *names):
        found = spelling(name)
        known |= {TIMES.sub("", text.lower()) for text in (name, found.pinyin, found.initials)}
    return known
