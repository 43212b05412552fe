"""The constant SQL of approvals: binding, signing, what waits, and the database's own guard over signatures."""

from typing import Final

BIND: Final = """
with said as (
    insert into approvals_version (route, subject, number, version, digest, data, apart, at, entry)
    values (%(route)s::text, %(subject)s::uuid, %(number)s::text, %(version)s::int, %(digest)s::text, %(data)s::jsonb, %(apart)s::boolean,
            %(at)s::timestamptz, %(entry)s::uuid)
), touched as (
    insert into approvals_touched (route, subject, digest, person_id, acting_for_id, part, entry)
    select %(route)s::text, %(subject)s::uuid, %(digest)s::text, t.person, t.acting_for, t.part, %(entry)s::uuid
    from jsonb_to_recordset(%(touched)s::jsonb) as t(person uuid, acting_for uuid, part text)
)
insert into approvals_matter (route, subject, number, version, digest, "left", waits, since, closed_at, returned_at, "order")
values (%(route)s::text, %(subject)s::uuid, %(number)s::text, %(version)s::int, %(digest)s::text, %(left)s::text[], %(waits)s::text[],
        %(at)s::timestamptz,
        case when cardinality(%(left)s::text[]) = 0 then %(at)s::timestamptz end, null, %(order)s::uuid)
on conflict (subject, route) do update set number = excluded.number, version = excluded.version, digest = excluded.digest,
    "left" = excluded."left", waits = excluded.waits, since = excluded.since, closed_at = excluded.closed_at, returned_at = null
"""
NEXT: Final = "select coalesce(max(version), 0) + 1 from approvals_version where subject = %(subject)s and route = %(route)s"
TOUCH: Final = """
insert into approvals_touched (route, subject, digest, person_id, acting_for_id, part, entry)
select m.route, m.subject, m.digest, t.person, t.acting_for, t.part, %(entry)s::uuid
from approvals_matter m, jsonb_to_recordset(%(touched)s::jsonb) as t(person uuid, acting_for uuid, part text)
where m.route = %(route)s::text and m.subject = %(subject)s::uuid
"""
CLOSE: Final = """
update approvals_matter set closed_at = %(at)s::timestamptz, waits = '{}'
where subject = any(%(subjects)s::uuid[]) and route = any(%(routes)s::text[]) and closed_at is null
"""
CLOSE_OF_ORDER: Final = """
update approvals_matter set closed_at = %(at)s::timestamptz, waits = '{}' where "order" = %(order)s::uuid and closed_at is null
"""
# Under the lock of the room's own subject: what it says now, who is touched by any of its versions, who said what to the present one.
STATE: Final = """
select m.*,
    (select coalesce(jsonb_agg(jsonb_build_array(t.person_id, t.acting_for_id, t.part)), '[]') from approvals_touched t
      where t.subject = m.subject and t.route = m.route),
    (select coalesce(jsonb_agg(jsonb_build_array(s.step, s.verdict, s.person_id, s.acting_for_id) order by s.id), '[]')
       from approvals_signature s where s.subject = m.subject and s.route = m.route and s.digest = m.digest)
from approvals_matter m where m.subject = %(subject)s::uuid and m.route = %(route)s::text for no key update of m
"""
SIGN: Final = """
with given as (
    insert into approvals_signature
        (route, subject, digest, step, person_id, acting_for_id, recorder_id, verdict, why, at, entry)
    values (%(route)s::text, %(subject)s::uuid, %(digest)s::text, %(step)s::text, %(person)s::uuid, %(acting_for)s::uuid, %(recorder)s::uuid,
            %(verdict)s::text, %(why)s::text, %(at)s::timestamptz, %(entry)s::uuid)
    returning subject
)
update approvals_matter m set "left" = %(left)s::text[], waits = %(waits)s::text[],
    closed_at = case when %(closed)s::boolean then %(at)s::timestamptz else m.closed_at end,
    returned_at = case when %(verdict)s::text = 'returned' then %(at)s::timestamptz else m.returned_at end
from given g where m.subject = g.subject and m.route = %(route)s::text
"""

# What an event's subjects have been signed for: of every route, by the subject's id.
SIGNED: Final = """
select coalesce(jsonb_agg(jsonb_build_object(
    'route', m.route, 'subject', m.subject, 'number', m.number, 'version', m.version, 'digest', m.digest, 'left', m."left",
    'returned', m.returned_at is not null,
    'touched', (select coalesce(jsonb_agg(jsonb_build_array(t.person_id, t.acting_for_id, t.part)), '[]') from approvals_touched t
                 where t.subject = m.subject and t.route = m.route),
    'said', (select coalesce(jsonb_agg(jsonb_build_array(s.step, s.verdict, s.person_id, s.acting_for_id) order by s.id), '[]')
               from approvals_signature s where s.subject = m.subject and s.route = m.route and s.digest = m.digest)
) order by m.id), '[]')
from approvals_matter m where m.subject = any(%(subjects)s::uuid[])
"""

GUARD: Final = """
create or replace function approvals_guard_signature() returns trigger language plpgsql as $$
declare
    present approvals_version%rowtype;
    people uuid[] := array_remove(array[new.person_id, new.acting_for_id], null);
begin
    perform 1 from approvals_matter where subject = new.subject and route = new.route for no key update;
    select * into present from approvals_version
    where subject = new.subject and route = new.route order by version desc limit 1;
    if present.digest is distinct from new.digest then
        raise exception 'a signature binds the present version'
            using errcode = 'integrity_constraint_violation', constraint = 'signature_of_this_version';
    end if;
    if new.verdict = 'confirmed' then
        if not exists (
            select from approvals_signature s where s.subject = new.subject and s.route = new.route and s.digest = new.digest
              and s.step = new.step and s.verdict = 'word' and s.person_id = new.person_id
        ) then
            raise exception 'nobody confirms the word of another'
                using errcode = 'integrity_constraint_violation', constraint = 'word_of_his_own';
        end if;
        return new;
    end if;
    if exists (
        select from approvals_signature s
        where s.subject = new.subject and s.route = new.route and s.digest = new.digest and s.verdict = 'returned'
    ) then
        raise exception 'what was returned waits to be changed'
            using errcode = 'integrity_constraint_violation', constraint = 'one_return_a_version';
    end if;
    if new.verdict = 'returned' then
        return new;
    end if;
    if exists (
        select from approvals_touched t
        where t.subject = new.subject and t.route = new.route and (t.person_id = any(people) or t.acting_for_id = any(people))
    ) then  -- by any version: what somebody else rewrote is still his
        raise exception 'nobody signs what he is touched by'
            using errcode = 'integrity_constraint_violation', constraint = 'signature_not_by_touched';
    end if;
    if present.apart and exists (
        select from approvals_signature s
        where s.subject = new.subject and s.route = new.route and s.digest = new.digest and s.step <> new.step
          and s.verdict in ('signed', 'word') and (s.person_id = any(people) or s.acting_for_id = any(people))
    ) then
        raise exception 'each step is given by another person'
            using errcode = 'integrity_constraint_violation', constraint = 'steps_by_different_people';
    end if;
    return new;
end
$$;

create or replace trigger guard_signature before insert on approvals_signature
    for each row execute function approvals_guard_signature()
"""
GUARDS: Final = (GUARD,)

# Who is kept from a step of a matter m, as a row w (person, and for whom he would act): touched by it, or signer of another step.
_KEPT: Final = """(
    exists (select from approvals_touched t where t.subject = m.subject and t.route = m.route
               and (t.person_id in (w.person, w.other) or t.acting_for_id in (w.person, w.other)))
    or exists (select from approvals_signature s where s.subject = m.subject and s.route = m.route and s.digest = m.digest
               and s.verdict in ('signed', 'word') and (s.person_id in (w.person, w.other) or s.acting_for_id in (w.person, w.other)))
)"""
_OPEN: Final = "m.closed_at is null and m.returned_at is null"
_VERSION: Final = "join approvals_version v on v.subject = m.subject and v.route = m.route and v.version = m.version"
# Steps that somebody has the power for, himself or for another, of which nothing keeps him; one row a matter.
WAITING: Final = f"""
select t.* from (
    select distinct on (m.id) m.*, w.step, v.data
    from approvals_matter m {_VERSION} join jsonb_to_recordset(%(mine)s::jsonb) as w(step text, person uuid, other uuid) on w.step = any(m.waits)
    where {_OPEN} and not {_KEPT} order by m.id, w.other nulls first
) t order by t.step = any(%(later)s::text[]), t.id limit %(most)s
"""
COUNT: Final = f"""
select count(distinct m.id)
from approvals_matter m join jsonb_to_recordset(%(mine)s::jsonb) as w(step text, person uuid, other uuid) on w.step = any(m.waits)
where {_OPEN} and not {_KEPT}
"""
# Steps for which nobody who has the power is left (`acting`: everybody who has it): they go up the line.
STUCK: Final = f"""
select m.*, a.step, v.data,
    (select coalesce(jsonb_agg(jsonb_build_array(t.person_id, t.acting_for_id)), '[]') from approvals_touched t
      where t.subject = m.subject and t.route = m.route)
    || (select coalesce(jsonb_agg(jsonb_build_array(s.person_id, s.acting_for_id)), '[]') from approvals_signature s
         where s.subject = m.subject and s.route = m.route and s.digest = m.digest and s.verdict in ('signed', 'word'))
from approvals_matter m {_VERSION} join unnest(%(steps)s::text[]) as a(step) on a.step = any(m.waits)
where {_OPEN} and not exists (
    select from jsonb_to_recordset(%(acting)s::jsonb) as w(step text, person uuid, other uuid) where w.step = a.step and not {_KEPT}
) order by m.id limit %(most)s
"""
WORDS: Final = f"""
select m.*, s.step, v.data, s.at
from approvals_signature s join approvals_matter m on m.subject = s.subject and m.route = s.route and m.digest = s.digest {_VERSION}
where s.verdict = 'word' and s.person_id = %(person)s and not exists (
    select from approvals_signature c where c.subject = s.subject and c.route = s.route and c.digest = s.digest and c.step = s.step
       and c.verdict = 'confirmed')
order by s.id limit %(most)s
"""
SIGNATURES: Final = """
select s.*, v.version, p.name, coalesce(f.name, ''), coalesce(r.name, '')
from approvals_signature s join approvals_version v on v.subject = s.subject and v.route = s.route and v.digest = s.digest
    join people_person p on p.uid = s.person_id left join people_person f on f.uid = s.acting_for_id
    left join people_person r on r.uid = s.recorder_id
where s.subject = any(%(subjects)s) and s.route = %(route)s order by s.id
"""
TOUCHED: Final = """
select t.*, p.name, coalesce(f.name, '')
from approvals_touched t join people_person p on p.uid = t.person_id left join people_person f on f.uid = t.acting_for_id
where t.subject = %(subject)s and t.route = %(route)s order by t.id
"""
