"""The database's own guards, as constant text: extensions, the weaker role, append-only tables, known actors."""

from __future__ import annotations

from psycopg.sql import SQL

DATABASE_EXISTS = "select 1 from pg_database where datname = %s"
CREATE_DATABASE = SQL("create database {} template template0 encoding 'UTF8'")
CLONE_DATABASE = SQL("create database {} template {} strategy wal_log")
DROP_DATABASE = SQL("drop database if exists {} with (force)")
RENAME_DATABASE = SQL("alter database {} rename to {}")

ONE_AT_A_TIME = "select pg_advisory_lock(hashtext('gatepass.prepare'))"
NO_HURRY = "set statement_timeout = 0; set lock_timeout = '60s'"
EXTENSIONS = "create extension if not exists pg_trgm; create extension if not exists btree_gist"

ROLE_EXISTS = "select 1 from pg_roles where rolname = %s"
CREATE_ROLE = SQL("create role {} login nosuperuser nocreatedb nocreaterole password {}")
CREATE_OWNED_DATABASE = SQL("create database {} owner {} template template0 encoding 'UTF8'")
KEEP_STRANGERS_OUT = SQL("revoke connect, temporary on database {} from public")
LET_IN = SQL("grant connect on database {} to {}")
POWER_OF = """
select r.rolsuper or r.rolcreaterole or r.rolbypassrls or d.datdba = r.oid
    or exists (select from pg_auth_members m where m.member = r.oid)
    or exists (select from pg_class c where c.relowner = r.oid)
from pg_roles r, pg_database d where r.rolname = %s and d.datname = current_database()
"""
IS_SUPERUSER = "select rolsuper from pg_roles where rolname = current_user"
WHO_AM_I = "select current_user"
OWNS_TABLES = "select count(*) from pg_class where relowner = (select oid from pg_roles where rolname = %s)"

NOTHING_YET = (
    SQL("revoke all on schema public from public"),
    SQL("revoke all on all tables in schema public from public, {role}"),
    SQL("revoke all on all sequences in schema public from public, {role}"),
    SQL("grant usage on schema public to {role}"),
    SQL("grant usage, select on all sequences in schema public to {role}"),
    SQL("grant select, insert on all tables in schema public to {role}"),
)
MAY_DELETE = SQL("grant delete on {table} to {role}")
MAY_CHANGE = SQL("grant update on {table} to {role}")
MAY_CHANGE_SOME = SQL("grant update ({columns}) on {table} to {role}")
MAY_ONLY_READ = SQL("revoke insert, update, delete on {table} from {role}")
FOREIGN_TABLES = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relname = any(%s)
"""

GUARD = """
create or replace function gatepass_append_only() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and tg_table_name = 'journal_proof' and to_jsonb(new) = to_jsonb(old) || '{"salt": null}' then
        return new;  -- of a proof the salt may be destroyed, nothing else: gatepass_forget
    end if;
    raise exception 'the table % is append-only: % refused', tg_table_name, tg_op
        using errcode = 'integrity_constraint_violation';
end
$$;

create or replace function gatepass_protect(target text) returns void language plpgsql as $$
begin
    execute format('create or replace trigger append_only_rows before update or delete on %I
                    for each row execute function gatepass_append_only()', target);
    execute format('create or replace trigger append_only_whole before truncate on %I
                    for each statement execute function gatepass_append_only()', target);
end
$$;

create or replace function gatepass_once() returns trigger language plpgsql as $$
declare
    before jsonb := to_jsonb(old);
    after jsonb := to_jsonb(new);
    name text;
begin
    foreach name in array tg_argv loop
        if before -> name <> 'null' and before -> name <> after -> name then
            raise exception 'who signed is written once: %.%', tg_table_name, name using errcode = 'integrity_constraint_violation';
        end if;
    end loop;
    return new;
end
$$;

revoke execute on function gatepass_protect(text) from public
"""

PROTECT = "select gatepass_protect(%s)"
ONCE = SQL("create or replace trigger written_once before update of {columns} on {table} for each row execute function gatepass_once({names})")
PROVEN = (
    SQL("create or replace trigger proven_insert after insert on {table} referencing new table as made "
        "for each statement execute function gatepass_prove({key})"),
    SQL("create or replace trigger proven_update after update on {table} referencing new table as made "
        "for each statement execute function gatepass_prove({key})"),
    SQL("create or replace trigger proven_delete after delete on {table} referencing old table as gone "
        "for each statement execute function gatepass_prove({key})"),
)  # fmt: skip
HAS_CONSTRAINT = "select 1 from pg_constraint where conrelid = %s::regclass and conname = %s"
KNOWN_ACTOR = SQL("alter table {table} add constraint {name} foreign key ({column}) references journal_actor (uid)")

BEAT = """
insert into site_pulse (name, at, trouble) values (%(name)s, %(at)s, %(trouble)s)
on conflict (name) do update set at = case when %(alive)s then excluded.at else site_pulse.at end, trouble = excluded.trouble
"""
DEMO_STOPPED = "update people_company set stopped_at = %s where demo"

UNPROTECTED = """
select wanted.name
from unnest(%s::text[]) as wanted(name)
where 2 > (
    select count(*)
    from pg_trigger t
    where t.tgrelid = to_regclass(quote_ident(wanted.name))
      and t.tgname in ('append_only_rows', 'append_only_whole')
      and t.tgenabled <> 'D'
)
order by wanted.name
"""
