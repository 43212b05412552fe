"""The press: a paper's data in, PDF or PNG pages out.

Typst runs in a child process under limits of memory, processor time and time on the clock; it is replaced after
some hundred papers and after any failure, so that a bad paper costs its own request only. The data travels as JSON:
no text of a user ever becomes typst source.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, overload

import manimgx_fonts_cjk  # type: ignore[import-untyped]

from gatepass.papers.children import Child, ChildFailed
from gatepass.papers.faces import faced
from gatepass.words import Language

Form = Literal["pdf", "png"]
TEMPLATES: Final = Path(__file__).resolve().parent / "templates_typst"
FONTS: Final = Path(manimgx_fonts_cjk.__file__).resolve().parent
MOST_BYTES: Final = 8_000_000  # of JSON: a paper of some ten thousand lines


class PressFailed(Exception):
    """The paper could not be made: the template refused the data, or the child crashed or took too long. The next
    paper is not affected."""


class Press(Child):
    """The child that runs typst.

    Sizes: `wall` and `seconds` (processor time of one paper) in seconds, `memory` in bytes of address space, `jobs`
    papers to a child.
    """

    def __init__(self, *, root: Path = TEMPLATES, wall: float = 30.0, seconds: int = 20, memory: int = 1 << 30, jobs: int = 400) -> None:
        settings = json.dumps({"root": str(root), "fonts": str(FONTS), "memory": memory, "seconds": seconds})
        super().__init__("gatepass.papers.child", settings, wall=wall, jobs=jobs)

    def make(self, template: str, paper: str, form: Form, ppi: float) -> list[bytes]:
        """One job: JSON text in, the pieces out. Raises PressFailed."""
        job = json.dumps({"template": template, "paper": paper, "form": form, "ppi": ppi}).encode()
        try:
            said, pieces = self.ask(job, template)
        except ChildFailed as error:
            raise PressFailed(f"the press: {error}") from error
        if not pieces:
            raise PressFailed(f"{template}: {said.decode(errors='replace')}")
        return pieces


_press = Press()


def _fresh() -> None:
    """After a fork the child belongs to the parent; this process starts its own when it needs one."""
    global _press  # noqa: PLW0603
    _press = Press()


def _last_stop() -> None:
    _press.stop()


os.register_at_fork(after_in_child=_fresh)
atexit.register(_last_stop)


@overload
def press(paper: str, data: Mapping[str, Any], *, language: Language, form: Literal["pdf"] = "pdf") -> bytes: ...
@overload
def press(paper: str, data: Mapping[str, Any], *, language: Language, form: Literal["png"], ppi: float = 144) -> list[bytes]: ...
def press(paper: str, data: Mapping[str, Any], *, language: Language, form: Form = "pdf", ppi: float = 144) -> bytes | list[bytes]:
    """Make a paper: `paper` names the template, `data` comes from `shapes.assembled`. The PDF, or a PNG for each
    page. Raises PressFailed."""
    if paper not in kinds():
        raise PressFailed(f"no such paper: {paper}")
    text = json.dumps({"language": language} | faced(data, language), ensure_ascii=False, separators=(",", ":"))
    if len(text) > MOST_BYTES:
        raise PressFailed("too much for one paper")
    pieces = _press.make(paper, text, form, ppi)
    return pieces[0] if form == "pdf" else pieces


@cache
def kinds() -> frozenset[str]:
    """The papers there are: every template but the shared sheet."""
    return frozenset(found.stem for found in TEMPLATES.glob("*.typ")) - {"sheet"}


@cache
def template_version(paper: str) -> str:
    """A short hash of the template and the shared sheet: which form a paper was made with."""
    seen = hashlib.sha256()
    for name in ("sheet", paper):
        seen.update((TEMPLATES / f"{name}.typ").read_bytes())
    return seen.hexdigest()[:16]
