"""The constant SQL of enforcement."""

from typing import Final

CLOSE: Final = """
with closing as (
    select * from jsonb_to_recordset(%(closing)s::jsonb) as c(clause text, subject uuid, entry uuid, ended boolean, moved boolean)
), closed as (
    update enforcement_obligation o set
        closed_at = %(at)s, closed_by = c.entry,
        closed_how = case when c.ended then 'ended' when %(at)s >= o.due_at then 'late' else 'kept' end,
        withdrawn_at = case when o.breached_at is not null and (c.moved or %(at)s < o.due_at) then %(at)s else o.withdrawn_at end,
        breached_at = case when c.moved or %(at)s < o.due_at then null else o.breached_at end
    from closing c
    where o.clause = c.clause and o.subject = c.subject and o.closed_at is null and o.opened_at <= %(at)s
    returning o.id, o.withdrawn_at
)
update enforcement_fine f set withdrawn_at = %(at)s from closed c
where c.withdrawn_at is not null and f.obligation_id = c.id and f.confirmed_at is null
"""

OPEN: Final = """
insert into enforcement_obligation (uid, clause, version, kind, subject, customer, "order", carrier, holder_position, holder_kind,
    holder, opened_at, opened_by, started_at, due_at, parameters, revision, provisional, breached_at, closed_at, closed_by, closed_how)
select uid, clause, version, kind, subject, customer, "order", carrier, holder_position, holder_kind, holder, opened_at, opened_by,
    started_at, due_at, parameters, revision, provisional, breached_at, closed_at, closed_by, closed_how
from jsonb_to_recordset(%s::jsonb) as o(uid uuid, clause text, version int, kind text, subject uuid, customer uuid, "order" uuid,
    carrier uuid, holder_position text, holder_kind text, holder uuid, opened_at timestamptz, opened_by uuid, started_at timestamptz,
    due_at timestamptz, parameters jsonb, revision int, provisional boolean, breached_at timestamptz, closed_at timestamptz,
    closed_by uuid, closed_how text)
on conflict (clause, subject) where closed_at is null do nothing
"""

DUE: Final = """
select id, uid, clause, version, kind, subject, customer, "order", carrier, holder_position, holder_kind, holder, due_at, parameters
from enforcement_obligation
where due_at < %s and closed_at is null and breached_at is null
order by due_at, id limit %s for no key update skip locked
"""

BREACH: Final = """
update enforcement_obligation o set breached_at = %s, breached_holder = b.holder
from jsonb_to_recordset(%s::jsonb) as b(id bigint, holder uuid)
where o.id = b.id and o.closed_at is null and o.breached_at is null
"""

FINE: Final = """
insert into enforcement_fine (uid, obligation_id, clause, subject, holder_kind, holder, base_fen, percent, fen, proposed_at, waiver_reason)
select f.uid, o.id, f.clause, f.subject, f.holder_kind, f.holder, f.base_fen, f.percent, f.fen, %s, ''
from jsonb_to_recordset(%s::jsonb) as f(uid uuid, obligation uuid, clause text, subject uuid, holder_kind text, holder uuid,
    base_fen bigint, percent numeric, fen bigint)
join enforcement_obligation o on o.uid = f.obligation
on conflict (clause, subject) where withdrawn_at is null do nothing
"""

PARAMETERS: Final = "select clause, name, value, since from enforcement_parameterchange order by since, id"
ANY_DUE: Final = "select 1 from enforcement_obligation where due_at < %s and closed_at is null and breached_at is null limit 1"
