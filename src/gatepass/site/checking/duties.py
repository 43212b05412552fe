"""Obligations: opened by what the journal says, due when an independent calculator says, closed by what fulfils them; their fines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice

from gatepass.site.checking import sql
from gatepass.site.checking.amended import Held
from gatepass.site.checking.calendar import HERE, Days
from gatepass.site.checking.finding import PIECE, Books, Finding, Row
from gatepass.site.checking.terms import TERMS, Term
from gatepass.words import Text

UNOPENED = Text("{clause} 的时限 {uid} 不是由流水开启的", "The {clause} clock {uid} was opened by nothing in the journal")
MOVED = Text("{clause} 的时限记为 {kept} 到期，算出 {wanted}", "{clause}: kept as due {kept}, worked out {wanted}")
SHIFTED = Text("{clause} 的时限改动过，流水里没有这样的顺延", "{clause}: a clock was moved in a way that the journal does not bear out")
CLOSED = Text("{clause} 的时限记为{how}，与流水不符", "{clause}: closed as {how}, which the journal does not bear out")
MISSING = Text("{event} 该开启 {clause} 的时限，没有", "{event} should have opened a {clause} clock: there is none")
SILENT = Text("{clause} 的时限记为超时，流水里没有", "{clause}: kept as run out, which is not in the journal")
FINE = Text(
    "{clause} 罚款 {fen} 分，按 {base} 分的 {percent}% 应为 {wanted} 分",
    "{clause}: a fine of {fen} fen, {percent}% of {base} is {wanted}",
)
UNFOUND = Text("{clause} 查实的罚款 {fen} 分，与流水不符", "A fine of {fen} fen found under {clause}, which the journal does not bear out")
BASELESS = Text("{clause} 的罚款没有超时的时限", "A fine under {clause} without a clock that ran out")


def obligations(books: Books) -> Iterator[Finding]:
    """Every clock that was opened, against the journal and the calculator."""
    rows = books.some(sql.CALENDAR)
    known: dict[tuple[int, int | None], Days] = {}
    for row in books.rows(sql.OBLIGATIONS):
        term = TERMS.get(row["clause"])
        if term is None or row["closed_how"] == "breach":
            continue
        at = (row["revision"], row["noticed_revision"])
        days = known.get(at) or known.setdefault(at, Days(rows, *at))
        yield from _judged(row, term, days)
        first = known.get((at[0], None)) or known.setdefault((at[0], None), Days(rows, at[0]))
        if not _moved_well(row, term, first, row["moves"] or []):
            yield Finding("obligations", SHIFTED.fill(clause=row["clause"]), (str(row["uid"]),))


def _judged(row: Row, term: Term, days: Days) -> Iterator[Finding]:
    ids = (str(row["uid"]),)
    if row["opened_event"] not in term.opened or not _about(row["opened_said"], term, row):
        yield Finding("obligations", UNOPENED.fill(clause=row["clause"], uid=row["uid"]), ids)
        return
    start = _start(row, term)
    wanted = term.due(days, start, row["parameters"], row["opened_said"])
    if wanted != row["due_at"]:
        said = MOVED.fill(clause=row["clause"], kept=_said(row["due_at"]), wanted=_said(wanted))
        yield Finding("obligations", said, ids)
    if row["closed_at"] is not None and not _closed_well(row, term):
        yield Finding("obligations", CLOSED.fill(clause=row["clause"], how=row["closed_how"]), ids)
    if row["breached_at"] is not None and not row["missed"]:
        yield Finding("obligations", SILENT.fill(clause=row["clause"]), ids)


def _moved_well(row: Row, term: Term, first: Days, moves: list[Row]) -> bool:
    """A clock that was moved: by the journal, from where it stood, later each time, in a year whose notice was not known; no other was."""
    if not moves:
        return row["noticed_revision"] is None
    start = _start(row, term)
    stood = term.due(first, start, row["parameters"], row["opened_said"])
    unknown = set(range(start.astimezone(HERE).year, stood.astimezone(HERE).year + 1)) - first.years
    for move in moves:
        was, due = datetime.fromisoformat(move["was"]), datetime.fromisoformat(move["due"])
        if was != stood or due <= was:
            return False
        stood = due
    return bool(unknown) and stood == row["due_at"] and moves[-1]["revision"] == row["noticed_revision"]


def _about(said: Row | None, term: Term, row: Row) -> bool:
    return said is not None and said.get(term.field) in (str(row["subject"]), None)


def _start(row: Row, term: Term) -> datetime:
    if term.starts and row["opened_said"].get(term.starts):
        start = datetime.fromisoformat(row["opened_said"][term.starts])
        if not term.after:
            return start
        after = datetime.fromisoformat(row["opened_said"][term.after])
        return min(start, after + timedelta(days=float(row["parameters"][term.days])))
    opened: datetime = row["opened_entry_at"]
    return opened


def _closed_well(row: Row, term: Term) -> bool:
    event, how, late = row["closed_event"], row["closed_how"], row["closed_at"] >= row["due_at"]
    if event is None or row["closed_entry_at"] != row["closed_at"]:
        return False
    match how:
        case "kept":
            return event in term.kept and not late
        case "late":
            return event in term.kept and late
        case "waived":
            return bool(event == "duty.waived")
        case "moved":
            return event in term.opened
        case _:
            return event in term.ended


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(HERE):%Y-%m-%d %H:%M}"


def occasions(books: Books) -> Iterator[Finding]:
    """Nothing that opens a clock went by without one."""
    held = Held(books.some(sql.AMENDMENTS))
    events = sorted({event for term in TERMS.values() for event in term.opened})
    occasions = books.rows(sql.OCCASIONS, events=events)
    while piece := list(islice(occasions, PIECE)):
        owed = [(row, clause, subject) for row in piece for clause, subject in _owed(row, held)]
        subjects = list({subject for _, _, subject in owed})
        known = {(row["clause"], str(row["subject"])) for row in books.rows(sql.KNOWN, subjects=subjects)}
        for row, clause, subject in owed:
            if (clause, subject) not in known:
                yield Finding("obligations", MISSING.fill(event=row["event"], clause=clause), (str(row["uid"]), subject))


def _owed(row: Row, held: Held) -> Iterator[tuple[str, str]]:
    """The clauses that ask for a clock upon this event, and whose it is."""
    for clause, term in TERMS.items():
        if row["event"] not in term.opened or not term.when(row["event"], row["payload"]):
            continue
        subject = row["payload"].get(term.field)
        if subject is not None and held.in_force(clause, row["at"]):
            yield clause, subject


def fines(books: Books) -> Iterator[Finding]:
    for row in books.rows(sql.FINES):
        ids = (str(row["uid"]),)
        if row["breached_at"] is None and row["withdrawn_at"] is None:
            yield Finding("fines", BASELESS.fill(clause=row["clause"]), ids)
        if row["found"] and row["named_fen"] != row["fen"]:
            yield Finding("fines", UNFOUND.fill(clause=row["clause"], fen=row["fen"]), ids)
        if row["percent"] is not None:
            wanted = int((Decimal(row["base_fen"]) * row["percent"] / 100).quantize(Decimal(1), ROUND_HALF_UP))
            if wanted != row["fen"]:
                percent = f"{row['percent'].normalize():f}"
                said = FINE.fill(clause=row["clause"], fen=row["fen"], base=row["base_fen"], percent=percent, wanted=wanted)
                yield Finding("fines", said, ids)
