"""Every sentence of the book fires and lets through: counted at the gatekeeper, of commands of the program alone.

A gate fires when it refuses and lets through when it does not; a duty fires when it opens and lets through when it is kept; what costs
something fires when it is recorded and lets through when its event is none. Each test process counts for itself and tells the run at its
end; `make test`, which runs everything, fails where a sentence was never seen to do the one or the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, Literal

import pytest

from gatepass.enforcement.keeper import Enforcement
from gatepass.regulations import rulebook
from gatepass.rules.clauses import Clause, Facts, Gate, Pays
from gatepass.rules.events import Event
from gatepass.rules.reasons import Reason

if TYPE_CHECKING:
    from uuid import UUID

    from gatepass.journal.door import Case

Did = Literal["fired", "let through"]
SEEN: Final[set[tuple[str, Did]]] = set()
KEY: Final = "sentences"
ALL: Final = "--every-sentence"
RECORDS: Final = {"D1.3"}  # it writes down each refusal of work; there is none that it would let through


def see(case: Case, clause: Clause, did: Did) -> None:
    """What tests journal past the program's commands does not count."""
    from gatepass.journal.door import COMMANDS

    if case.command in COMMANDS:
        SEEN.add((clause.number, did))


class Counting(Enforcement):
    """The gatekeeper of the program, which also writes down what each sentence did."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        super().__init__(clauses)
        self._open: set[tuple[str, str]] = set()

    def judged(self, case: Case, clause: Clause, gate: Gate, event: Event, facts: Facts) -> list[Reason]:
        found = super().judged(case, clause, gate, event, facts)
        see(case, clause, "fired" if found else "let through")
        return found

    def _opening(self, case: Case, uid: UUID, event: Event) -> Iterator[Any]:
        paid: set[str] = set()
        for row, fine in super()._opening(case, uid, event):
            clause = rulebook.clause(row["clause"], row["version"])
            see(case, clause, "fired")
            paid.add(clause.number)
            if not isinstance(clause.says, Pays):
                self._open.add((clause.number, row["subject"]))
            yield row, fine
        for clause in self._pays.get(type(event), ()):
            if clause.number not in paid:
                see(case, clause, "let through")

    def _closing(self, uid: UUID, event: Event) -> Iterator[Any]:
        for row in super()._closing(uid, event):
            if row["how"] == "kept" and (row["clause"], row["subject"]) in self._open:
                SEEN.add((row["clause"], "let through"))
            yield row


def silent() -> list[str]:
    """The sentences of the book that did not do both."""
    whole: tuple[Did, ...] = ("fired", "let through")
    said = [clause.number for clause in rulebook.every_clause() if clause.says is not None]
    missing = ((number, [did for did in whole[: 1 if number in RECORDS else 2] if (number, did) not in SEEN]) for number in said)
    return sorted({f"{number}: never {' nor '.join(never)}" for number, never in missing if never})


def count() -> None:
    """Let the counting gatekeeper stand at the door of this process."""
    from gatepass.journal.door import arm

    arm(Counting(rulebook.every_clause()))


class Told:
    """The plugin of a run: what its processes saw comes together, and is held against the book."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        SEEN.update((number, did) for number, did in getattr(node, "workeroutput", {}).get(KEY, ()))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[KEY] = sorted(SEEN)
        elif session.config.getoption(ALL) and not session.config.option.collectonly and silent() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any, config: pytest.Config) -> None:
        if config.getoption(ALL):
            for line in silent():
                terminalreporter.write_line(f"a sentence of the book that no command was seen to meet both ways: {line}", red=True)
