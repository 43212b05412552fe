"""The proofs of rows (rule 44): which tables have them, and the one function that writes them. Constant text, no Django: the check
reads it too.

Each change of a row of a proven table leaves, in the same statement, a proof: the act, the table, the row's key and sixteen bytes of
SHA-256 over the row as canonical JSON with a random salt of its own. Nobody but the trigger writes there. The chain hashes an entry with
the proofs of its act, so that neither a row, nor a proof, nor an entry can be altered alone.
"""

from __future__ import annotations

from typing import Final

DELETED: Final = (
    "django_session", "procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers",
    "journal_key", "journal_unsealed", "people_attempt", "orders_orderline", "transport_consignmentline",
)  # fmt: skip

# Sums that the check recomputes, what is technical, and what is not of the company: each with its reason.
NOT_PROVEN: Final = {
    "journal_entry": "the chain is its proof", "journal_reference": "hashed with its entry", "journal_seal": "the chain itself",
    "journal_proof": "hashed with its entry", "journal_actor": "known by foreign keys", "journal_unsealed": "technical",
    "journal_key": "keys, purged after thirty days", "journal_refusal": "written after a rollback, outside of any act",
    "journal_counter": "recomputed", "journal_revision": "technical", "receivables_balance": "recomputed",
    "journal_clockseen": "where the clock stood last",
    "django_session": "sessions", "django_migrations": "technical", "django_content_type": "technical", "auth_permission": "unused",
    "auth_group": "unused", "auth_group_permissions": "unused", "people_attempt": "attempts", "people_tokenuse": "when a token was last used",
    "site_backuprun": "of the machine", "site_pulse": "of the machine",
}  # fmt: skip

# Proven, but also changed outside of commands: by pages that note that something was opened or printed, and by the demo's clock. (The
# first calendar is written when the database is prepared, before there is a company: the check knows that, too.)
WITHOUT_ACT: Final = ("papers_paper", "papers_print", "people_company", "orders_link", "imports_upload")

ACT: Final = """
create or replace function gatepass_act() returns uuid language plpgsql as $$
declare
    act text := current_setting('gatepass.act', true);
begin
    if act is null or act = '' then
        act := gen_random_uuid()::text;
        perform set_config('gatepass.act', act, true);
    end if;
    return act::uuid;
end
$$
"""

PROVE_NAME: Final = "gatepass_prove"
PROVE: Final = """
create or replace function gatepass_prove() returns trigger language plpgsql security definer
set search_path = public, pg_temp set timezone = 'UTC' as $$
begin
    if tg_op = 'DELETE' then
        insert into journal_proof (act, op, name, key)
        select gatepass_act(), 'D', tg_table_name, to_jsonb(r) ->> tg_argv[0] from gone r;
    else
        insert into journal_proof (act, op, name, key, salt, hash)
        select gatepass_act(), left(tg_op, 1), tg_table_name, r.content ->> tg_argv[0], r.salt,
            substring(sha256(uuid_send(r.salt) || convert_to(r.content::text, 'UTF8')) for 16)
        from (select to_jsonb(m) as content, gen_random_uuid() as salt from made m) r;
    end if;
    return null;
end
$$
"""
# Blanking is an act: with its entry the salts of all earlier proofs of the rows that it wrote are destroyed, as the owner. The new proofs
# keep theirs, so that the blanked rows are proven like all others; no other way leads to a salt. What was answered of the thing beside a
# key loses its name.
BLANKED: Final = "people.data_blanked"
FORGET_NAME: Final = "gatepass_forget"
FORGET: Final = """
create or replace function gatepass_forget() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update journal_proof o set salt = null
    from (select name, key, max(id) as id from journal_proof where act = new.wrote group by name, key) n
    where o.name = n.name and o.key = n.key and o.id < n.id and o.salt is not null;
    update journal_key set answer = jsonb_set(answer, '{label}', '""') where answer ->> 'uid' = new.payload ->> 'thing';
    return null;
end
$$;
create or replace trigger blanked after insert on journal_entry
for each row when (new.event = 'people.data_blanked') execute function gatepass_forget();
revoke execute on function gatepass_forget() from public
"""
ENTRY: Final = """
alter table journal_entry alter column wrote set default gatepass_act();
revoke execute on function gatepass_prove() from public
"""
