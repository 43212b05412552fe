"""The constant SQL of people."""

from typing import Final

# Each person is an actor of the journal from the moment he exists: the only way in, as the owner, whoever inserts the person.
ACTORS: Final = """
create or replace function people_known_actor() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into journal_actor (uid, kind) values (new.uid, 'person') on conflict do nothing;
    return null;
end
$$;
create or replace trigger known_actor after insert on people_person for each row execute function people_known_actor();
insert into journal_actor (uid, kind) select uid, 'person' from people_person on conflict do nothing
"""
GUARDS: Final = (ACTORS,)

# Who is asking; and where a command came with a key, whether it was free and is taken now (key null: nobody takes one).
# A deputy acts unless one before him in rank, for the same person at the same post, is there: active and not represented himself.
SIGHT: Final = """
with taken as (
    insert into journal_key (key, command, by, digest, at)
    select %(key)s::text, %(command)s::text, %(person)s::uuid, %(digest)s::text, %(at)s::timestamptz where %(key)s::text is not null
    on conflict (key, by) do nothing returning key
)
select p.name, p.carrier,
  (select coalesce(jsonb_agg(jsonb_build_array(o.kind, o.region)), '[]')
     from people_holding h join people_post o on o.id = h.post_id
    where h.person_id = p.id and h.since <= %(day)s and (h.until is null or h.until >= %(day)s)),
  (select coalesce(jsonb_agg(jsonb_build_array(o.kind, o.region, r.uid) order by d.rank, d.id), '[]')
     from people_deputy d join people_post o on o.id = d.post_id left join people_person r on r.id = d.represented_id
    where d.person_id = p.id and d.since <= %(at)s and d.until > %(at)s and (d.ended_at is null or d.ended_at > %(at)s)
      and not exists (
        select from people_deputy e join people_person q on q.id = e.person_id
         where e.post_id = d.post_id and e.represented_id is not distinct from d.represented_id and e.rank < d.rank and q.active
           and e.since <= %(at)s and e.until > %(at)s and (e.ended_at is null or e.ended_at > %(at)s)
           and not exists (
             select from people_deputy a
              where a.represented_id = e.person_id
                and a.since <= %(at)s and a.until > %(at)s and (a.ended_at is null or a.ended_at > %(at)s)))),
  (select coalesce(jsonb_object_agg(name, number), '{}') from journal_revision),
  (select count(*) from taken)
from people_person p where p.uid = %(person)s and p.active
"""

NAMES: Final = "select uid, name from people_person where uid = any(%(people)s)"
OF_DEPARTMENT: Final = """
select distinct kind from people_post
where department_id in (select department_id from people_post where kind = any(%(positions)s))
    or reports_to_id in (select id from people_post where kind = any(%(positions)s))
"""
# The organisation at one moment: each post with its holders of that day and its deputies of that moment.
ROSTER: Final = """
select o.id, o.kind, o.region, o.title, o.reports_to_id,
  (select coalesce(jsonb_agg(jsonb_build_array(p.uid, p.name, p.phone, p.extension) order by p.name), '[]')
     from people_holding h join people_person p on p.id = h.person_id and p.active
    where h.post_id = o.id and h.since <= %(day)s and (h.until is null or h.until >= %(day)s)),
  (select coalesce(jsonb_agg(jsonb_build_array(p.uid, p.name, p.phone, p.extension, r.uid, r.name) order by d.rank, d.id), '[]')
     from people_deputy d join people_person p on p.id = d.person_id and p.active
     left join people_person r on r.id = d.represented_id
    where d.post_id = o.id and d.since <= %(at)s and d.until > %(at)s and (d.ended_at is null or d.ended_at > %(at)s))
from people_post o order by o.id
"""

# Whose token this is and what it is for; whether its last use is worth noting again.
CALLER: Final = """
select t.id, p.uid, t.reads, t.acts, t.commands, u.at is null or u.at < %(at)s::timestamptz - interval '10 minutes'
from people_token t join people_person p on p.id = t.person_id left join people_tokenuse u on u.token_id = t.id
where t.digest = %(digest)s and t.revoked_at is null and t.expires_at > %(at)s and p.active
"""
USED: Final = "insert into people_tokenuse (token_id, at) values (%s, %s) on conflict (token_id) do update set at = excluded.at"

# Attempts to come in. Those on one name, and those from one address, go one after the other: always the name first.
ONE_ATTEMPT_AT_A_TIME: Final = """
select pg_advisory_xact_lock(77002, hashtext(%(subject)s)), pg_advisory_xact_lock(77003, hashtext(%(address)s))
"""
# Whether the device is known for this person; the wrong ones of this device, of strangers' devices on this name, of this address.
ATTEMPTS_BEFORE: Final = """
with own as (
    select count(*) as wrong, max(a.at) as last from people_attempt a
    where a.subject = %(subject)s and a.at > %(day)s and a.device = %(device)s and a.known and not a.good
        and a.id > coalesce((select max(g.id) from people_attempt g where g.subject = %(subject)s and g.device = %(device)s and g.good), 0)
), others as (
    select count(*) as wrong, max(a.at) as last from people_attempt a
    where a.subject = %(subject)s and a.at > %(day)s and not a.known and not a.good
        and a.id > coalesce((select max(g.id) from people_attempt g where g.subject = %(subject)s and not g.known and g.good), 0)
), near as (
    select count(*) as wrong, max(a.at) as last from people_attempt a
    where a.address = %(address)s and a.at > %(hour)s and not a.known and not a.good
)
select %(device)s <> '' and exists (select from people_attempt where subject = %(subject)s and device = %(device)s and good),
    own.wrong, own.last, others.wrong, others.last, near.wrong, near.last
from own, others, near
"""
ADD_ATTEMPT: Final = """
insert into people_attempt (uid, at, way, subject, person, address, device, known, good, browser)
values (%(uid)s, %(at)s, %(way)s, %(subject)s, %(person)s, %(address)s, %(device)s, %(known)s, false, %(browser)s)
"""
RIGHT: Final = "update people_attempt set good = true, device = %(device)s where uid = %(uid)s"
OLD_ATTEMPTS: Final = "delete from people_attempt where at < %(right)s or (at < %(wrong)s and not good)"
