"""The constant SQL of the journal."""

from typing import Final

ACTORS: Final = """
insert into journal_actor (uid, kind) values ('00000000-0000-7000-8000-000000000001', 'system') on conflict do nothing
"""
GUARDS: Final = (ACTORS,)

TAKE_KEY: Final = """
insert into journal_key (key, command, by, digest, at) values (%s, %s, %s, %s, %s)
on conflict (key, by) do nothing returning key
"""
FIND_KEY: Final = "select command, digest, answer from journal_key where key = %s and by = %s"

TAKE_NUMBERS: Final = """
insert into journal_counter (kind, year, last)
select kind, %s, many from jsonb_to_recordset(%s::jsonb) as w(kind text, many int) order by kind
on conflict (kind, year) do update set last = journal_counter.last + excluded.last returning kind, last
"""

RAISE_REVISION: Final = """
insert into journal_revision (name, number) values (%s, 1)
on conflict (name) do update set number = journal_revision.number + 1 returning number
"""
SET_REVISION: Final = """
insert into journal_revision (name, number) values (%s, %s) on conflict (name) do update set number = excluded.number
"""
REVISIONS: Final = "select name, number from journal_revision"

OLD_KEYS: Final = "delete from journal_key where at < %s and command not like 'import%%'"  # the same list goes in once, whenever

CHAIN_LOCK: Final = "select pg_advisory_xact_lock(77001)"
CHAIN_HEAD: Final = "select position, hash from journal_seal order by position desc limit 1"
CHAIN_NEXT: Final = """
select e.id, e.text,
    (select coalesce(string_agg(r.kind || ' ' || r.uid, ',' order by r.id), '') from journal_reference r where r.entry_id = e.id),
    (select coalesce(string_agg(p.op || ' ' || p.name || ' ' || p.key || ' ' || coalesce(encode(p.hash, 'hex'), ''), ',' order by p.id), '')
        from journal_proof p where p.act = e.wrote and not exists (select 1 from journal_entry f where f.wrote = e.wrote and f.id < e.id))
from journal_unsealed u join journal_entry e on e.id = u.entry order by e.id limit %s
"""
CHAIN_PUT: Final = """
with sealed as (
    insert into journal_seal (position, entry, hash)
    select position, entry, hash from jsonb_to_recordset(%s::jsonb) as s(position bigint, entry bigint, hash text)
    returning entry
)
delete from journal_unsealed where entry in (select entry from sealed)
"""

# Shapes of statements on rows of one model (journal/rows.py): what stands in braces are names from the models, never input.
ROWS: Final = "select * from {table}{where} order by {key}{lock}"
ADD: Final = "insert into {table} ({columns}) values {rows} returning {key}"
CHANGE: Final = "update {table} set {columns} where {key} = %s"
