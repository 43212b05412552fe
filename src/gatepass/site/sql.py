"""The database's own guards, as constant text: extensions, the weaker role, append-only tables."""

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

ROLE = """
do $$
begin
    if not exists (select from pg_roles where rolname = 'gatepass_app') then
        create role gatepass_app nologin;
    end if;
    execute format('grant gatepass_app to %I', current_user);
end
$$
"""

GRANTS = """
grant usage on schema public to gatepass_app;
grant select, insert, update, delete on all tables in schema public to gatepass_app;
grant usage, select on all sequences in schema public to gatepass_app;
alter default privileges in schema public grant select, insert, update, delete on tables to gatepass_app;
alter default privileges in schema public grant usage, select on sequences to gatepass_app;
revoke insert, update, delete, truncate on django_migrations from gatepass_app
"""

GUARD = """
create or replace function gatepass_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the table % is append-only: % refused', tg_table_name, tg_op
        using errcode = 'integrity_constraint_violation';
end
$$;

create or replace function gatepass_protect(target text) returns void language plpgsql as $$
begin
    execute format('revoke update, delete, truncate on %I from gatepass_app', target);
    execute format('create or replace trigger append_only_rows before update or delete on %I
                    for each row execute function gatepass_append_only()', target);
    execute format('create or replace trigger append_only_whole before truncate on %I
                    for each statement execute function gatepass_append_only()', target);
end
$$;

revoke execute on function gatepass_protect(text) from public
"""

PROTECT = "select gatepass_protect(%s)"

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
