"""Every proven table, one row at a time: changed, put in, taken out, exchanged with its neighbour, past every trigger. The check names
each; and a chain that was written anew does not agree with its published head.

A share runs with the tests; `make campaign-tamper` takes every table and column: SEED, TAMPERINGS.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from gatepass.site.checking.everything import check
from gatepass.site.proving.sql import NOT_PROVEN

SEED, MOST = int(os.environ.get("SEED", "1")), int(os.environ.get("TAMPERINGS", "24"))
KINDS = ("change", "insert", "delete", "swap")
CHANGED = {
    "text": "{} || 'x'", "character varying": "left({} || 'x', 1) || 'x'", "bigint": "{} + 1", "integer": "{} + 1", "smallint": "{} + 1",
    "numeric": "{} + 1", "boolean": "not {}", "date": "{} + 1", "timestamp with time zone": "{} + interval '1 second'", "uuid": "gen_random_uuid()",
    "jsonb": "'{{\"x\": 1}}'::jsonb", "bytea": "'x'::bytea", "double precision": "{} + 1", "time without time zone": "{} + interval '1 minute'",
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    name: str
    key: str
    columns: tuple[tuple[str, str], ...]
    count: int


def tables(owner: psycopg.Connection[Any]) -> Iterator[Table]:
    """Drawn from the schema: every table but those that the written list leaves out, with its columns."""
    found = owner.execute("""
        select c.relname, a.attname from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
        join pg_index i on i.indrelid = c.oid and i.indisprimary join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where c.relkind = 'r' and c.relname not like 'procrastinate%' order by 1""").fetchall()
    for name, key in found:
        if name in NOT_PROVEN:
            continue
        columns = owner.execute(
            "select column_name, data_type from information_schema.columns where table_name = %s and column_name <> %s order by 1", [name, key]
        ).fetchall()
        row = owner.execute(SQL("select count(*) from {}").format(Identifier(name))).fetchone()
        yield Table(name, key, tuple(columns), int(row[0]) if row else 0)


def tampered(owner: psycopg.Connection[Any], kind: str, table: Table, column: tuple[str, str]) -> str | None:
    """One tampering; the row that it touched, or None where this table has no such row."""
    names = {"t": Identifier(table.name), "k": Identifier(table.key), "c": Identifier(column[0])}
    picked = owner.execute(SQL("select {k}::text from {t} where {c} is not null order by random() limit 2").format(**names)).fetchall()
    if not picked or (kind == "swap" and len(picked) < 2):
        return None
    row = str(picked[0][0])
    if kind == "delete":
        owner.execute(SQL("delete from {t} where {k}::text = %s").format(**names), [row])
    elif kind == "insert":
        others = SQL(", ").join(Identifier(name) for name, _ in table.columns)
        kept = SQL("insert into {t} ({k}, {o}) select {k} + 777000, {o} from {t} where {k}::text = %s returning {k}::text")
        try:
            with owner.transaction():
                for index in _unique(owner, table.name):
                    owner.execute(SQL("alter table {t} drop constraint if exists {i}").format(i=Identifier(index), **names))
                    owner.execute(SQL("drop index if exists {i}").format(i=Identifier(index)))
                made = owner.execute(kept.format(o=others, **names), [row]).fetchone()
        except psycopg.Error:
            return None
        return str(made[0]) if made else None
    else:
        value = SQL(CHANGED[column[1]]).format(Identifier(column[0])) if kind == "change" else None
        try:
            with owner.transaction():
                if value is not None:
                    owner.execute(SQL("update {t} set {c} = {v} where {k}::text = %s").format(v=value, **names), [row])
                else:
                    swap = "update {t} a set {c} = b.{c} from {t} b where a.{k}::text = %s and b.{k}::text = %s and a.{c} is distinct from b.{c}"
                    if not owner.execute(SQL(swap).format(**names), [row, str(picked[1][0])]).rowcount:
                        return None
        except psycopg.Error:
            return None
    return row


def _unique(owner: psycopg.Connection[Any], table: str) -> list[str]:
    statement = """select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
                   where i.indrelid = %s::regclass and (i.indisunique or i.indisexclusion) and not i.indisprimary"""
    return [name for (name,) in owner.execute(statement, [f'"{table}"'])]


@pytest.mark.requirement("D18", "R7")
def test_every_tampering_is_found_and_named_with_its_row(copy: Any) -> None:
    from gatepass.site.checking import proven
    from gatepass.site.checking.finding import Books

    chance = random.Random(SEED)  # noqa: S311 - which row is tampered with, not a secret
    with psycopg.connect(copy.url) as owner:
        owner.execute("select setseed(%s)", [chance.random()])
        owner.execute("set session_replication_role = replica")
        known = [table for table in tables(owner) if table.count]
        assert len(known) > 40
        plan = [(kind, table) for kind in KINDS for table in known]
        chance.shuffle(plan)
        done = missed = 0
        expected: set[str] = set()
        for kind, table in plan:
            if done >= MOST:
                break
            column = chance.choice(table.columns)
            if column[1] not in CHANGED or (row := tampered(owner, kind, table, column)) is None:
                missed += 1
                continue
            done += 1
            expected.add(f"{table.name}:{row}")
        owner.commit()
    books = Books(copy.url)
    named = {one for finding in proven.rows(books) for one in finding.ids}
    books.close()
    assert done >= min(MOST, len(plan) // 2), (done, missed)
    assert expected <= named, sorted(expected - named)


@pytest.mark.requirement("D18")
def test_triggers_off_strange_functions_and_rights_are_found(copy: Any) -> None:
    copy.tamper("alter table orders_order disable trigger proven_update")
    copy.tamper("drop trigger written_once on gate_gatepass")
    copy.tamper("alter table approvals_signature disable trigger append_only_rows")
    copy.tamper("create function help_yourself() returns int language sql as 'select 1'")
    copy.tamper("grant delete on orders_order to public")
    said = {(finding.where, finding.ids[0]) for finding in copy.found()}
    for guard in ("orders_order:proven_update", "approvals_signature:append_only_rows", "help_yourself", "orders_order"):
        assert ("guards", guard) in said, guard
    copy.tamper("create or replace function gatepass_prove() returns trigger language plpgsql as $$ begin return null; end $$")
    assert ("guards", "gatepass_prove") in {(finding.where, finding.ids[0]) for finding in copy.found()}


@pytest.mark.requirement("D18", "R7")
def test_a_chain_written_anew_does_not_fit_the_head_that_was_published(copy: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gatepass.site import witness

    monkeypatch.setenv("GATEPASS_WITNESS", str(tmp_path))
    with psycopg.connect(copy.url) as owner:
        row = owner.execute("select position, hash from journal_seal order by position desc limit 1").fetchone()
    assert row is not None
    witness.publish(*row)
    assert list(check(copy.url)) == []
    with psycopg.connect(copy.url) as owner:
        owner.execute("set session_replication_role = replica")
        owner.execute("update orders_order set note = note || '!' where id = (select min(id) from orders_order)")
        owner.execute("""update journal_proof p set hash = substring(sha256(uuid_send(p.salt) || convert_to(to_jsonb(o)::text, 'UTF8')) for 16)
            from orders_order o where p.name = 'orders_order' and p.key = o.id::text and o.id = (select min(id) from orders_order)
            and p.id = (select max(id) from journal_proof q where q.name = p.name and q.key = p.key)""")
    assert "chain" in {finding.where for finding in check(copy.url)}
    _written_anew(copy.url)
    (finding,) = list(check(copy.url))
    assert finding.where == "witness" and str(row[0]) in finding.what.en


def _written_anew(url: str) -> None:
    from gatepass.site.checking import sql
    from gatepass.site.checking.chain import linked

    with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as owner:
        owner.execute("set session_replication_role = replica")
        head = "0" * 64
        for row in owner.execute(sql.SEALS).fetchall():
            head = linked(head, row)
            owner.execute("update journal_seal set hash = %s where position = %s", [head, row["position"]])
