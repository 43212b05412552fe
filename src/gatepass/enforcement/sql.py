"""The constant SQL of enforcement."""

from typing import Final

# What a command leaves behind, all of it: its entries with their references, the answer beside its key, the clocks that it closes and
# those that it opens. The clocks open after the others are closed, whatever order the planner likes: `opened` waits for `closed`.
RECORD: Final = """
with events as (
    select * from jsonb_to_recordset(%(events)s::jsonb) as e(uid uuid, event text, payload jsonb, text text, refs jsonb, ord int)
), entries as (
    insert into journal_entry (uid, act, at, command, event, by, acting_for, payload, text)
    select uid, %(act)s, %(at)s, %(command)s, event, %(by)s, %(for)s, payload, text from events order by ord
    returning id, uid
), refs as (
    insert into journal_reference (entry_id, kind, uid)
    select n.id, r.kind, r.uid from entries n join events e on e.uid = n.uid,
         jsonb_to_recordset(e.refs) as r(kind text, uid uuid)
), unsealed as (
    insert into journal_unsealed (entry) select id from entries
), answered as (
    update journal_key set answer = %(answer)s::jsonb where key = %(key)s and by = %(by)s
), closing as (
    select * from jsonb_to_recordset(%(closing)s::jsonb)
        as c(clause text, version int, subject uuid, entry uuid, how text, anyhow boolean)
), closed as (
    update enforcement_obligation o set
        closed_at = %(at)s, closed_by = c.entry,
        closed_how = case when c.how = 'kept' and %(at)s >= o.due_at then 'late' else c.how end,
        withdrawn_at = case when o.breached_at is not null and (c.how = 'moved' or %(at)s < o.due_at) then %(at)s end,
        breached_at = case when c.how = 'moved' or %(at)s < o.due_at then null else o.breached_at end
    from closing c
    where o.clause = c.clause and o.version = c.version and o.subject = c.subject and o.closed_at is null
        and (o.opened_at <= %(at)s or c.anyhow)
    returning o.id, o.uid, o.clause, o.kind, o.subject, o.due_at, o.customer, o."order", o.carrier, o.withdrawn_at
), unfined as (
    update enforcement_fine f set withdrawn_at = %(at)s from closed c
    where c.withdrawn_at is not null and f.obligation_id = c.id and f.waived_at is null
), opened as (
    insert into enforcement_obligation (uid, clause, version, kind, subject, customer, "order", carrier, holder_position, holder_kind,
        holder, superior, opened_at, opened_by, started_at, due_at, parameters, revision, provisional, breached_at, breached_holder, closed_at,
        closed_by, closed_how)
    select uid, clause, version, kind, subject, customer, "order", carrier, holder_position, holder_kind, holder, superior, opened_at,
        opened_by, started_at, due_at, parameters, revision, provisional, breached_at, breached_holder, closed_at, closed_by, closed_how
    from jsonb_to_recordset(%(opening)s::jsonb) as o(uid uuid, clause text, version int, kind text, subject uuid, customer uuid,
        "order" uuid, carrier uuid, holder_position text, holder_kind text, holder uuid, superior text, opened_at timestamptz, opened_by uuid,
        started_at timestamptz, due_at timestamptz, parameters jsonb, revision int, provisional boolean, breached_at timestamptz,
        breached_holder uuid, closed_at timestamptz, closed_by uuid, closed_how text)
    where (select count(*) from closed) >= 0
    on conflict (clause, subject) where closed_at is null do nothing
)
select uid, clause, kind, subject, due_at, customer, "order", carrier from closed where withdrawn_at is not null order by id
"""

NOTICED: Final = """
update enforcement_obligation o set due_at = n.due, provisional = n.provisional, noticed_revision = coalesce(n.revision, o.noticed_revision)
from jsonb_to_recordset(%s::jsonb) as n(id bigint, due timestamptz, provisional boolean, revision int)
where o.id = n.id
"""

DUE: Final = """
select id, uid, clause, version, kind, subject, customer, "order", carrier, holder_position, holder_kind, holder, due_at, parameters,
    closed_at is not null as fulfilled
from enforcement_obligation
where due_at < %s and breached_at is null
    and (closed_at is null or (closed_how in ('late', 'ended', 'waived') and closed_at >= due_at))
order by due_at, id limit %s for no key update skip locked
"""

BREACH: Final = """
update enforcement_obligation o set breached_at = o.due_at, breached_holder = b.holder
from jsonb_to_recordset(%s::jsonb) as b(id bigint, holder uuid)
where o.id = b.id and o.breached_at is null
"""

FINE: Final = """
insert into enforcement_fine (uid, obligation_id, clause, subject, holder_kind, holder, base_fen, percent, fen, proposed_at, waiver_reason,
    waived_why)
select f.uid, o.id, f.clause, f.subject, f.holder_kind, f.holder, f.base_fen, f.percent, f.fen, %s, '', ''
from jsonb_to_recordset(%s::jsonb) as f(uid uuid, obligation uuid, clause text, subject uuid, holder_kind text, holder uuid,
    base_fen bigint, percent numeric, fen bigint)
join enforcement_obligation o on o.uid = f.obligation
on conflict (clause, subject) where withdrawn_at is null do nothing
"""

LAW: Final = """
select a.uid, a.clause, a.item, a.name, a.value, a.since, a.until from enforcement_amendment a
where a.item <> '' and not exists (select from enforcement_amendment b where b.instead_of_id = a.uid)
order by a.id
"""
ANY_DUE: Final = """
select 1 from enforcement_obligation
where due_at < %s and breached_at is null
    and (closed_at is null or (closed_how in ('late', 'ended', 'waived') and closed_at >= due_at))
limit 1
"""

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
LOCK_LAW: Final = "select pg_advisory_xact_lock(77003)"

STATISTICS: Final = """
select o.clause, date_trunc('month', o.opened_at at time zone %(zone)s)::date as month,
    count(*) filter (where o.closed_how = 'kept') as kept,
    count(*) filter (where o.breached_at is not null or o.closed_how in ('late', 'breach')) as broken,
    count(*) filter (where o.closed_at is null and o.breached_at is null) as running,
    count(*) filter (where o.closed_at is null and o.breached_at is not null) as still_open,
    coalesce(avg(extract(epoch from o.closed_at - o.due_at)) filter (where o.closed_how = 'late'), 0)::bigint as late,
    coalesce(max(extract(epoch from o.closed_at - o.due_at)) filter (where o.closed_how = 'late'), 0)::bigint as latest,
    coalesce(sum(f.fen), 0)::bigint as proposed,
    coalesce(sum(f.fen) filter (where f.confirmed_at is not null), 0)::bigint as confirmed,
    coalesce(sum(f.fen) filter (where f.waived_at is not null), 0)::bigint as waived,
    count(f.id) as fines
from enforcement_obligation o left join enforcement_fine f on f.obligation_id = o.id and f.withdrawn_at is null
where o.opened_at >= %(since)s and o.opened_at < %(until)s and (%(article)s = '' or split_part(o.clause, '.', 1) = %(article)s)
    and o.closed_how <> 'moved' and not (o.closed_how in ('ended', 'waived') and o.breached_at is null)
group by 1, 2 order by 1, 2
"""

WHO_KEPT: Final = """
with holders as (
    select o.kind, h.person_id from people_post o join people_holding h on h.post_id = o.id
    where h.since <= %(until)s and (h.until is null or h.until >= %(since)s)
    group by 1, 2
), sole as (
    select kind, min(person_id) as person_id from holders group by 1 having count(*) = 1
), mine as (
    select o.*, case when o.holder_kind <> 'carrier' then coalesce(o.breached_holder, o.holder, d.uid, s.uid) end as person
    from enforcement_obligation o
        left join journal_entry e on e.uid = o.closed_by and o.closed_how = 'kept'
        left join people_person d on d.uid = e.by
            and exists (select 1 from holders h where h.kind = o.holder_position and h.person_id = d.id)
        left join sole on sole.kind = o.holder_position
        left join people_person s on s.id = sole.person_id
    where o.opened_at >= %(since)s and o.opened_at < %(until)s and (%(article)s = '' or split_part(o.clause, '.', 1) = %(article)s)
        and o.closed_how <> 'moved' and not (o.closed_how in ('ended', 'waived') and o.breached_at is null)
)
select case when m.holder_kind = 'carrier' then 'carrier' when m.person is not null then 'person' else 'position' end,
    coalesce(c.name, p.name, ''), case when c.id is null and p.id is null then m.holder_position else '' end,
    count(*) filter (where m.closed_how = 'kept'),
    count(*) filter (where m.breached_at is not null or m.closed_how in ('late', 'breach')),
    count(*) filter (where m.closed_at is null and m.breached_at is null),
    coalesce(sum(f.fen), 0)::bigint, coalesce(sum(f.fen) filter (where f.confirmed_at is not null), 0)::bigint,
    coalesce(sum(f.fen) filter (where f.waived_at is not null), 0)::bigint
from mine m
    left join enforcement_fine f on f.obligation_id = m.id and f.withdrawn_at is null
    left join carriers_carrier c on m.holder_kind = 'carrier' and c.uid = m.holder
    left join people_person p on p.uid = m.person
group by 1, 2, 3 order by 5 desc, 4 desc, 2, 3
"""

REFUSALS: Final = """
select c.clause, count(*), count(distinct r.by),
    (select jsonb_agg(jsonb_build_array(n.name, n.times) order by n.times desc, n.name)
       from (select coalesce(p.name, '') as name, count(*) as times
               from journal_refusal q left join people_person p on p.uid = q.by
              where q.at >= %(since)s and q.at < %(until)s and q.clauses ? c.clause
              group by 1 order by 2 desc, 1 limit 6) n)
from journal_refusal r, jsonb_array_elements_text(r.clauses) as c(clause)
where r.at >= %(since)s and r.at < %(until)s and (%(article)s = '' or c.clause = %(article)s)
group by 1 order by 2 desc, 1
"""

PASSED: Final = "select event, count(*) from journal_entry where event = any(%s) and at >= %s and at < %s group by 1"
