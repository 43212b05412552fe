"""Bringing a checked file in: its commands with their keys, so that the same file twice is one file, and a long one can go on later."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from gatepass.imports.kinds import Kind
from gatepass.journal.door import once
from gatepass.journal.models import Key
from gatepass.rules.reasons import Beyond, Reason
from gatepass.words import Text

once(
    "one_file_once",
    Reason(
        what=Text("这个文件别人已经导入过", "Somebody else brought this file in already"),
        cure=Text("到列表里看导入的结果；内容改过的，存成新文件再导入", "Look at what came in; if its content was changed, save it as a new file"),
    beyond=Beyond.MEANT,
    ),
)
PATIENCE: Final = 20.0  # seconds that one press of the button works on a file of many commands


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the file's commands have run."""

    done: int
    parts: int

    @property
    def whole(self) -> bool:
        return self.done == self.parts


def key_of(kind: Kind, data: bytes, upload: object = "") -> str:
    """The key of a file: by what it holds where its rows have no codes that tell twice from once; else of this upload alone."""
    if kind.parts is None:
        return f"import {upload}"
    return f"import {kind.name} {hashlib.sha256(data).hexdigest()[:48]}"


def parts_of(kind: Kind, lines: Sequence[Any]) -> list[list[Any]]:
    """The rows of each command; one command for all where the kind does not say otherwise."""
    return kind.parts(lines) if kind.parts else [list(lines)]


def brought(kind: Kind, data: bytes) -> tuple[int, datetime | None]:
    """How many commands of a file like this have run already, and when the first did."""
    if kind.parts is None:
        return 0, None
    ran = Key.objects.filter(key__startswith=key_of(kind, data))
    return ran.count(), ran.order_by("at").values_list("at", flat=True).first()


def bring(kind: Kind, lines: Sequence[Any], *, by: UUID, key: str | None, patience: float | None = None) -> Progress:
    """Run the commands of a file, one after the other; those that ran before answer as they did. Stops when patience runs out.

    Raises Refused, KeyReused (somebody else brought this file).
    """
    began, parts = time.monotonic(), parts_of(kind, lines)
    for done, part in enumerate(parts):
        if done and patience is not None and time.monotonic() - began > patience:
            return Progress(done, len(parts))
        own = key and (f"{key} {done + 1}" if len(parts) > 1 else key)
        kind.command(by=by, key=own, rows=part)
    return Progress(len(parts), len(parts))
