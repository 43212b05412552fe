"""How Chinese names are found: by characters, by pinyin, by initials; and when two names are likely one. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_LEGAL_FORMS: Final = re.compile(r"(股份有限公司|有限责任公司|有限公司|集团公司|分公司|公司|经营部|商行|co\.?,?\s*ltd\.?|ltd\.?|inc\.?)$")
_MARKS: Final = re.compile(r"[\s\-‐-―·・.,，。、()（）\[\]【】《》/\\_'\"“”‘’&]+")
_LATIN: Final = re.compile(r"[a-z0-9]+")
_RUNS: Final = re.compile(r"[a-z0-9]|[^a-z0-9]+")
_NOT_DIGITS: Final = re.compile(r"\D+")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as search sees it. `pinyin` and `initials` are lower case without spaces; `grams` every two neighbouring characters."""

    pinyin: str
    initials: str
    grams: tuple[str, ...]


def normal(name: str) -> str:
    """Full width to half width, lower case, without spaces and punctuation."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", name).lower())


def heart(name: str) -> str:
    """The name without its legal form: what two spellings of one company have in common."""
    bare = unicodedata.normalize("NFKC", name).lower().strip()
    return normal(_LEGAL_FORMS.sub("", bare)) or normal(name)


def digits(phone: str) -> str:
    """A phone number as its digits, without separators and without China's country code."""
    bare = _NOT_DIGITS.sub("", unicodedata.normalize("NFKC", phone))
    return bare[2:] if len(bare) == 13 and bare.startswith("86") else bare


def spelling(*names: str, said: str = "") -> Spelling:
    """Search keys of a thing's names. `said` corrects the pinyin of the first one (syllables apart: `chong qing`)."""
    first = said.lower().split() or _syllables(names[0])
    pinyin, initials = "".join(first), "".join(syllable[0] for syllable in first)
    bare = [normal(name) for name in names if name]
    grams = {name[n : n + 2] for name in bare for n in range(max(len(name) - 1, 1))}
    return Spelling(pinyin[:300], initials[:80], tuple(sorted(grams)))


def grams(needle: str) -> list[str]:
    """The pairs of characters that a name must have to contain this needle."""
    bare = normal(needle)
    return sorted({bare[n : n + 2] for n in range(max(len(bare) - 1, 1))})


def is_latin(needle: str) -> bool:
    """Whether a needle is to be looked for in pinyin, initials and codes."""
    return bool(_LATIN.fullmatch(normal(needle)))


def _syllables(name: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 (its dictionaries take half a second of every start, and few starts need them)

    return [s for run in _RUNS.findall(normal(name)) for s in lazy_pinyin(run, style=Style.NORMAL, errors="ignore") or [run]]
