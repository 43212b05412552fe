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
        and (c.how <> 'moved' or not exists (select from enforcement_fine f
                where f.obligation_id = o.id and f.confirmed_at is not null and f.withdrawn_at is null))
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
insert into enforcement_fine (uid, obligation_id, clause, subject, holder_kind, holder, base_fen, percent, fen, proposed_at, waiver_reason)
select f.uid, o.id, f.clause, f.subject, f.holder_kind, f.holder, f.base_fen, f.percent, f.fen, %s, ''
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

LOCK_LAW: Final = "select pg_advisory_xact_lock(77003)"

# How the duties of a time are counted, everywhere alike: neither what another clock replaced nor what ended in time.
_COUNTED: Final = """o.opened_at >= %(since)s and o.opened_at < %(until)s and (%(article)s = '' or split_part(o.clause, '.', 1) = %(article)s)
        and o.closed_how <> 'moved' and not (o.closed_how in ('ended', 'waived') and o.breached_at is null)"""
_KEPT: Final = "o.closed_how = 'kept'"
_BROKEN: Final = "(o.breached_at is not null or o.closed_how in ('late', 'breach'))"
_RUNNING: Final = "(o.closed_at is null and o.breached_at is null)"
_STILL_OPEN: Final = "(o.closed_at is null and o.breached_at is not null)"
_FIGURES: Final = f"""
    count(*) filter (where {_KEPT}) as kept, count(*) filter (where {_BROKEN}) as broken, count(*) filter (where {_RUNNING}) as running,
    count(*) filter (where {_STILL_OPEN}) as still_open,
    coalesce(sum(extract(epoch from o.closed_at - o.due_at)) filter (where o.closed_how = 'late'), 0)::bigint as late,
    count(*) filter (where o.closed_how = 'late') as lates,
    coalesce(max(extract(epoch from o.closed_at - o.due_at)) filter (where o.closed_how = 'late'), 0)::bigint as latest,
    coalesce(sum(f.fen), 0)::bigint as proposed,
    coalesce(sum(f.fen) filter (where f.confirmed_at is not null), 0)::bigint as confirmed,
    coalesce(sum(f.fen) filter (where f.waived_at is not null), 0)::bigint as waived,
    count(f.id) as fines
"""
# Whose each duty is: a carrier's, of who broke it, of whom it names, of who kept it, of the one holder of its position.
_ATTRIBUTED: Final = f"""
with holders as (
    select o.kind, h.person_id from people_post o join people_holding h on h.post_id = o.id
    where h.since <= %(until)s and (h.until is null or h.until >= %(since)s)
    group by 1, 2
), sole as (
    select kind, min(person_id) as person_id from holders group by 1 having count(*) = 1
), mine as (
    select o.*, case when o.holder_kind <> 'carrier' then coalesce(o.breached_holder, o.holder, d.uid, s.uid) else o.holder end as whose
    from enforcement_obligation o
        left join journal_entry e on e.uid = o.closed_by and o.closed_how = 'kept'
        left join people_person d on d.uid = e.by
            and exists (select 1 from holders h where h.kind = o.holder_position and h.person_id = d.id)
        left join sole on sole.kind = o.holder_position
        left join people_person s on s.id = sole.person_id
    where {_COUNTED}
)
"""

STATISTICS: Final = f"""
select o.clause, date_trunc('month', o.opened_at at time zone %(zone)s)::date as month, {_FIGURES}
from enforcement_obligation o left join enforcement_fine f on f.obligation_id = o.id and f.withdrawn_at is null
where {_COUNTED}
group by 1, 2 order by 1, 2
"""

OWN: Final = f"""{_ATTRIBUTED}
select o.clause, date_trunc('month', o.opened_at at time zone %(zone)s)::date as month, {_FIGURES}
from mine o left join enforcement_fine f on f.obligation_id = o.id and f.withdrawn_at is null
where o.whose = %(whose)s
group by 1, 2 order by 1, 2
"""

WHO_KEPT: Final = f"""{_ATTRIBUTED}
select case when o.holder_kind = 'carrier' then 'carrier' when o.whose is not null then 'person' else 'position' end,
    coalesce(o.whose::text, o.holder_position), coalesce(c.name, p.name, ''),
    case when c.id is null and p.id is null then o.holder_position else '' end,
    count(*) filter (where {_KEPT}), count(*) filter (where {_BROKEN}), count(*) filter (where {_RUNNING}),
    coalesce(sum(f.fen), 0)::bigint, coalesce(sum(f.fen) filter (where f.confirmed_at is not null), 0)::bigint,
    coalesce(sum(f.fen) filter (where f.waived_at is not null), 0)::bigint
from mine o
    left join enforcement_fine f on f.obligation_id = o.id and f.withdrawn_at is null
    left join carriers_carrier c on o.holder_kind = 'carrier' and c.uid = o.whose
    left join people_person p on p.uid = o.whose
group by 1, 2, 3, 4 order by 6 desc, 5 desc, 3, 4
"""

# The entries of a figure, by the same reading; whose '' for everybody's.
ENTRIES: Final = f"""{_ATTRIBUTED}
select o.id from mine o
where (%(whose)s::text = '' or coalesce(o.whose::text, o.holder_position) = %(whose)s::text) and o.id > %(after)s
    and case %(shows)s::text when 'kept' then {_KEPT} when 'broken' then {_BROKEN} when 'running' then {_RUNNING}
        when 'still_open' then {_STILL_OPEN} else true end
order by o.id limit %(most)s
"""

# Who answers for what was refused: the position that can cure it, or the person whom the reason names; where it names nobody, who tried.
REFUSALS: Final = """
with told as (
    select distinct r.id, r.by, e.reason ->> 'clause' as clause, coalesce(e.reason ->> 'who', '') as position,
        case when coalesce(e.reason ->> 'person', '') <> '' then (e.reason ->> 'person')::uuid
             when coalesce(e.reason ->> 'who', '') = '' then r.by end as person
    from journal_refusal r, jsonb_array_elements(r.reasons) as e(reason)
    where r.at >= %(since)s and r.at < %(until)s and coalesce(e.reason ->> 'clause', '') <> ''
        and (%(article)s = '' or e.reason ->> 'clause' = %(article)s)
), counted as (
    select t.clause, case when t.person is null then t.position else '' end as position, coalesce(p.name, '') as name, count(distinct t.id) as times
    from told t left join people_person p on p.uid = t.person
    group by 1, 2, 3
)
select t.clause, count(distinct t.id), count(distinct t.by),
    (select jsonb_agg(jsonb_build_array(c.position, c.name, c.times) order by c.times desc, c.position, c.name)
       from counted c where c.clause = t.clause)
from told t group by 1 order by 2 desc, 1
"""

PASSED: Final = "select event, count(*) from journal_entry where event = any(%s) and at >= %s and at < %s group by 1"
