"""The rows: each against the proof that was written with its last change, for every table, without knowing the trade; and whether
whatever writes and guards the proofs is still in place.

Which tables are proven is drawn from the catalogue: all but those of `NOT_PROVEN`. What compares is one statement a table, so that memory
stays bounded however long the tables are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from psycopg.sql import Identifier, Literal

from gatepass.site.checking.finding import Books, Finding
from gatepass.site.checking.guarding import sql
from gatepass.site.proving.sql import BLANKED, DELETED, FORGET, FORGET_NAME, NOT_PROVEN, PROVE, PROVE_NAME, WITHOUT_ACT
from gatepass.words import Text

CHANGED = Text("{table} 第 {row} 行被改过：与最后一次留下的凭据不符", "{table}, row {row}: altered; it differs from the proof of its last change")
CAME_IN = Text("{table} 第 {row} 行没有凭据：不是程序写进来的", "{table}, row {row}: no proof; the program did not write it")
GONE = Text("{table} 第 {row} 行不见了", "{table}, row {row}: gone")
NO_ACT = Text("{table} 第 {row} 行的改动不属于任何一笔流水", "{table}, row {row}: no journal entry made this change")
FROM_NOWHERE = Text("凭据 {row} 属于没有留下凭据的表 {table}", "Proof {row} is of a table that has none: {table}")
SWITCHED_OFF = Text("{table} 的触发器 {name} 被关掉或不在了", "{table}: the trigger {name} is switched off or gone")
STRANGE = Text("库里有不认识的函数 {name}", "There is an unknown function in the database: {name}")
OTHER_BODY = Text("凭据的函数 {name} 被改过", "The function {name} of the proofs was altered")
DESTROYED = Text(
    "{table} 第 {row} 行旧凭据的盐没了，流水里却没有抹去的记录",
    "{table}, row {row}: the salt of a proof is gone, and no act in the journal blanked the row",
)
KEPT = Text("{table} 第 {row} 行已抹去，旧凭据的盐却还在", "{table}, row {row}: blanked, yet the salt of an earlier proof is still there")
TOO_MUCH = Text("程序的角色对 {table} 的权限多了：{what}", "The program's role may do more to {table} than it should: {what}")
TOO_STRONG = Text("程序的角色 {role} 是库主或超级用户", "The program's role {role} owns tables or is a superuser")
WORDS: Final = {"changed": CHANGED, "came in": CAME_IN, "gone": GONE}
TRIGGERS: Final = ("proven_insert", "proven_update", "proven_delete")


def rows(books: Books) -> Iterator[Finding]:
    """Every row of every proven table, as it is and as it was proven."""
    for table, key in _tables(books):
        statement = sql.ROWS.format(table=Identifier(table), key=Identifier(key), name=Literal(table))
        for row in books.rows(statement):
            yield Finding("rows", WORDS[row["how"]].fill(table=table, row=row["key"]), (f"{table}:{row['key']}",))


def acts(books: Books) -> Iterator[Finding]:
    """Every change belongs to an act of the journal, but for the tables that are written besides."""
    for row in books.rows(sql.WITHOUT_ACT.format(besides=Literal(list(WITHOUT_ACT)))):
        yield Finding("rows", NO_ACT.fill(table=row["table"], row=row["key"]), (f"{row['table']}:{row['key']}",))


def salts(books: Books) -> Iterator[Finding]:
    """What was blanked is forgotten, and nothing else is: a salt goes by an act of the journal alone."""
    for row in books.rows(sql.SALTS, event=BLANKED):
        word = DESTROYED if row["destroyed"] else KEPT
        yield Finding("rows", word.fill(table=row["table"], row=row["key"]), (f"{row['table']}:{row['key']}",))


def guards(books: Books) -> Iterator[Finding]:
    """Triggers on, functions known, the function of the proofs as it was written, rights as they were given."""
    known = {table for table, _ in _tables(books)}
    there = {(row["table"], row["name"]) for row in books.some(sql.TRIGGERS_ON)}
    for table in sorted(known):
        for name in TRIGGERS:
            if (table, name) not in there:
                yield Finding("guards", SWITCHED_OFF.fill(table=table, name=name), (f"{table}:{name}",))
    for row in books.some(sql.TRIGGERS_OFF):
        if row["name"] not in TRIGGERS:
            yield Finding("guards", SWITCHED_OFF.fill(table=row["table"], name=row["name"]), (f"{row['table']}:{row['name']}",))
    for row in books.some(sql.FUNCTIONS_OF_NOBODY):
        yield Finding("guards", STRANGE.fill(name=row["name"]), (row["name"],))
    yield from _bodies(books)
    for row in books.some(sql.RIGHTS, deleted=list(DELETED)):
        yield Finding("guards", TOO_MUCH.fill(table=row["table"], what=row["what"]), (row["table"],))
    for row in books.some(sql.STRONG):
        yield Finding("guards", TOO_STRONG.fill(role=row["role"]), (row["role"],))


def _bodies(books: Books) -> Iterator[Finding]:
    """The functions that write proofs and destroy their salts, as they were written."""
    for name, text in ((PROVE_NAME, PROVE), (FORGET_NAME, FORGET)):
        body = [row["body"].strip() for row in books.some(sql.BODY, name=name)]
        if body != [text.split("$$")[1].strip()]:
            yield Finding("guards", OTHER_BODY.fill(name=name), (name,))


def _tables(books: Books) -> list[tuple[str, str]]:
    """The proven tables with their keys, by name."""
    return [(row["table"], row["key"]) for row in books.some(sql.TABLES, besides=list(NOT_PROVEN))]
