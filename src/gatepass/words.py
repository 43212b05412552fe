"""Words in both languages, kept where they are used.

A `Text` holds a sentence in Simplified Chinese and in English with the same `{placeholders}`. Nothing on a screen, paper or in an
answer of the API is written in one language only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Final, Literal

Language = Literal["zh", "en"]
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages. Raises ValueError when their placeholders differ."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        if placeholders(self.zh) != placeholders(self.en):
            raise ValueError(f"placeholders differ: {self.zh!r} / {self.en!r}")

    def fill(self, **values: object) -> Text:
        """Both languages with their placeholders filled; a Text or Enum with a `.text` among the values is said in each language."""
        def filled(language: Language) -> str:
            return _PLACEHOLDER.sub(lambda found: say(values[found[1]], language), self.said(language))

        return Text(filled("zh"), filled("en"))

    def said(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en

    def capital(self) -> Text:
        """As a heading has it: the English begins with a capital."""
        return Text(self.zh, self.en[:1].upper() + self.en[1:])

    def __add__(self, other: Text) -> Text:
        return Text(self.zh + other.zh, self.en + other.en)


def say(value: object, language: Language) -> str:
    """A value as text in one language: Text, labelled enums, dates, lists; everything else by str()."""
    if isinstance(value, Text):
        return value.said(language)
    if isinstance(value, Enum) and isinstance(text := getattr(value, "text", None), Text):
        return text.said(language)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ("、" if language == "zh" else ", ").join(say(v, language) for v in value)
    return str(value)


def same(word: str) -> Text:
    """A word that is the same in both languages: a number, a code, a name."""
    return Text(word, word)


def recalled(kept: str, known: Iterable[Text]) -> Text:
    """What was kept in Chinese alone, in both languages: as the one of the known sentences that it is, else as it stands in both."""
    for text in known:
        found = parsed(kept, text)
        if found is not None:
            return text.fill(**found)
    return same(kept)


def parsed(kept: str, text: Text) -> dict[str, str] | None:
    """What stands in the placeholders of a sentence that was kept in Chinese; None where it is another sentence."""
    found = _pattern(text.zh).fullmatch(kept)
    return found.groupdict() if found else None


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    parts = _PLACEHOLDER.split(sentence)
    return re.compile("".join(f"(?P<{part}>.+)" if at % 2 else re.escape(part) for at, part in enumerate(parts)))


def placeholders(sentence: str) -> frozenset[str]:
    return frozenset(_PLACEHOLDER.findall(sentence))


class Labelled(Enum):
    """An enum whose members are written `NAME = "stable code", "中文", "English"`: value is the code, `.text` the words."""

    text: Text

    def __new__(cls, code: str, zh: str = "", en: str = "") -> Labelled:
        member = object.__new__(cls)
        member._value_ = code
        member.text = Text(zh, en)
        return member
