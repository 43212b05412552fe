"""A fact that stands beside a form."""

from __future__ import annotations

from dataclasses import dataclass

from gatepass.words import Text


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact beside a form: what it is called, what it is, and the page where there is more of it."""

    word: Text
    value: object
    href: str = ""
