"""What of a sentence may be amended: data over the code."""

from __future__ import annotations

from gatepass.words import Labelled


class Item(Labelled):
    """The value is stable: it stands in the journal."""

    PARAMETER = "parameter", "数", "number"
    FORCE = "force", "施行与停用", "in force or not"
    HOLDER = "holder", "责任岗位", "who owes it"
    SUPERIOR = "superior", "上级", "superior"
    NOTE = "note", "文字说明", "note on the wording"
    INTERPRETATION = "interpretation", "解释", "interpretation"
    CHAPTER = "chapter", "一章的施行日期", "effect of a chapter"
