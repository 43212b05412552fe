"""Documents: numbers without gaps, approvals by two others of exactly that version, passes used as they were written."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from itertools import groupby

from gatepass.site.checking import sql
from gatepass.site.checking.finding import Books, Finding
from gatepass.words import Text

GAP = Text("{kind}-{year} 缺号：{missing}", "{kind}-{year}: numbers missing: {missing}")
BEYOND = Text("{kind}-{year} 计数到 {last}，单据到 {highest}", "{kind}-{year}: counted to {last}, documents reach {highest}")
OWN = Text("{number} 第 {version} 版由写过或改过它的人签批", "{number} version {version} was signed by who is touched by it")
BOTH = Text("{number} 第 {version} 版两项由同一人审批", "{number} version {version}: both approvals by one person")
OTHER = Text("{number} 的签批不对应任何一版内容", "{number}: a signature binds no content that is kept")
UNBACKED = Text("{number} 第 {version} 版的{side}签批没有流水", "{number} version {version}: the signature {side} is not in the journal")
LACKS = Text("{number} 已生效，第 {version} 版却没有两项审批", "{number} is in force, yet version {version} lacks an approval")
DIGEST = Text("{number} 的定格内容与其指纹不符", "{number}: the frozen content does not agree with its hash")
RELEASED = Text("出门条 {number} 放行时件数、时间或状态不符", "Gate pass {number} was used with another count, out of its time, or void")
UNRELEASED = Text("{number} 已出门，门卫没有放行记录", "{number} left without a release at the gate")
MOST_NAMED = 20
NUMBER = re.compile(r"^([A-Z]{2})-(\d{4})-(\d+)$")


def numbers(books: Books) -> Iterator[Finding]:
    counted = {(row["kind"], row["year"]): row["last"] for row in books.some(sql.COUNTERS)}
    parsed = (parts for row in books.rows(sql.NUMBERS) if (parts := NUMBER.match(row["number"])) is not None)
    for (kind, year), taken in groupby(parsed, key=lambda parts: (parts[1], int(parts[2]))):
        last, before, missing = counted.get((kind, year), 0), 0, list[int]()
        for number in (int(parts[3]) for parts in taken):
            missing += range(before + 1, min(number, before + 1 + MOST_NAMED - len(missing)))
            before = number
        missing += range(before + 1, min(last + 1, before + 1 + MOST_NAMED - len(missing)))
        if missing:
            yield Finding("numbers", GAP.fill(kind=kind, year=year, missing=", ".join(f"{n:04d}" for n in missing)))
        if before > last:
            yield Finding("numbers", BEYOND.fill(kind=kind, year=year, last=last, highest=before))


def approvals(books: Books) -> Iterator[Finding]:
    """Who acted and whom he stood in for both count, in every route alike."""
    version, people = None, list[set[str]]()
    for row in books.rows(sql.SIGNATURES):
        if version != (row["uid"], row["digest"]):
            version, people = (row["uid"], row["digest"]), []
        ids, named = (str(row["uid"]),), {"number": row["number"] or "?", "version": row["version"] or 0}
        who = {str(one) for one in (row["person"], row["acting_for"]) if one}
        if row["said"] is None:
            yield Finding("approvals", OTHER.fill(number=named["number"]), ids)
        if not row["backed"]:
            yield Finding("approvals", UNBACKED.fill(side=row["step"], **named), ids)
        if row["verdict"] not in ("signed", "word"):
            continue
        if who & set(row["touched"]):
            yield Finding("approvals", OWN.fill(**named), ids)
        if row["apart"] and any(who & others for others in people):
            yield Finding("approvals", BOTH.fill(**named), ids)
        people.append(who)
    for row in books.rows(sql.IN_FORCE):
        if row["sides"] < row["needs"]:
            yield Finding("approvals", LACKS.fill(number=row["number"], version=row["version"]), (str(row["uid"]),))


def contents(books: Books) -> Iterator[Finding]:
    for row in books.rows(sql.VERSIONS):
        text = json.dumps(row["data"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        if hashlib.sha256(text.encode()).hexdigest() != row["digest"]:
            yield Finding("documents", DIGEST.fill(number=row["number"]), (str(row["uid"]),))


def gate(books: Books) -> Iterator[Finding]:
    for row in books.rows(sql.RELEASES):
        yield Finding("gate", RELEASED.fill(number=row["number"]), (str(row["uid"]),))
    for row in books.rows(sql.LEFT_WITHOUT_RELEASE):
        yield Finding("gate", UNRELEASED.fill(number=row["number"]), (str(row["uid"]),))
