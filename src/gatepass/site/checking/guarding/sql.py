"""The constant SQL of what is checked of rows and guards."""

from typing import Final

from psycopg.sql import SQL

TABLES: Final = """
select c.relname as table, a.attname as key
from pg_class c join pg_namespace n on n.oid = c.relnamespace
join pg_index i on i.indrelid = c.oid and i.indisprimary and i.indnatts = 1
join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
where n.nspname = 'public' and c.relkind = 'r' and not c.relname = any(%(besides)s) and c.relname not like 'procrastinate%%'
order by 1
"""
ROWS: Final = SQL("""
with last as (
    select distinct on (p.key) p.key, p.op, p.salt, p.hash from journal_proof p where p.name = {name} order by p.key, p.id desc
), here as (
    select t.{key}::text as key, to_jsonb(t)::text as content from {table} t
)
select coalesce(h.key, l.key) as key,
    case when h.key is null then 'gone' when l.key is null or l.op = 'D' then 'came in' else 'changed' end as how
from here h full join last l on l.key = h.key
where (h.key is null and l.op <> 'D') or (h.key is not null and (l.key is null or l.op = 'D'
    or l.hash is distinct from substring(sha256(uuid_send(l.salt) || convert_to(h.content, 'UTF8')) for 16)))
order by 1
""")
WITHOUT_ACT: Final = SQL("""
select p.name as table, p.key from journal_proof p
where not p.name = any({besides}) and not exists (select 1 from journal_entry e where e.wrote = p.act)
    and not (p.name like 'workcalendar%' and p.id < (select coalesce(min(q.id), p.id + 1) from journal_proof q where q.name = 'people_company'))
order by p.id
""")
# Salts: destroyed of every proof before a row was blanked, and of no other. The last proof of a blanked row keeps its own.
SALTS: Final = """
with blanked as (
    select p.name, p.key, max(p.id) as id from journal_entry e join journal_proof p on p.act = e.wrote
    where e.event = %(event)s group by p.name, p.key
)
select p.name as table, p.key, p.salt is null as destroyed
from journal_proof p left join blanked b on b.name = p.name and b.key = p.key and p.id < b.id
where p.op <> 'D' and (p.salt is null) <> (b.id is not null) order by p.id
"""

TRIGGERS_ON: Final = """
select c.relname as table, t.tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
where t.tgenabled in ('O', 'A') and t.tgname like 'proven_%%'
"""
TRIGGERS_OFF: Final = """
select c.relname as table, t.tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and t.tgenabled not in ('O', 'A') order by 1, 2
"""
FUNCTIONS_OF_NOBODY: Final = """
select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_%%'
    and not exists (select 1 from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')
    and not exists (select 1 from pg_trigger t where t.tgfoid = p.oid)
    and p.proname not like 'gatepass\\_%%' and p.proname not like 'procrastinate\\_%%'
order by 1
"""
BODY: Final = "select prosrc as body from pg_proc where proname = %(name)s"
RIGHTS: Final = """
select c.relname as table, w.what from pg_class c join pg_namespace n on n.oid = c.relnamespace
cross join (values ('delete'), ('truncate'), ('trigger'), ('references')) as w(what)
where n.nspname = 'public' and c.relkind = 'r' and has_table_privilege(current_user, c.oid, w.what)
    and not (w.what = 'delete' and c.relname = any(%(deleted)s))
    and not (select rolsuper from pg_roles where rolname = current_user) and pg_get_userbyid(c.relowner) <> current_user
union all
select c.relname, 'everybody: ' || x.privilege_type from pg_class c join pg_namespace n on n.oid = c.relnamespace
cross join lateral aclexplode(c.relacl) x where n.nspname = 'public' and c.relkind = 'r' and x.grantee = 0
union all
select c.relname, 'change journal' from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relname in ('journal_entry', 'journal_seal', 'journal_proof') and pg_get_userbyid(c.relowner) <> current_user
    and has_any_column_privilege(current_user, c.oid, 'update')
order by 1, 2
"""
STRONG: Final = """
select r.rolname as role from pg_roles r where r.rolname = current_user and r.rolname like '%%\\_app'
    and (r.rolsuper or exists (select 1 from pg_class c where c.relowner = r.oid))
"""
