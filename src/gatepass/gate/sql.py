"""The constant SQL of the gate: what clauses ask of passes and authorities."""

from typing import Final

IN_HAND: Final = """
select jsonb_build_object('number', g.number, 'plate', g.plate, 'cartons', g.cartons, 'valid_until', g.valid_until,
    'voided', g.voided_at is not null, 'released_at', (select min(r.at) from gate_release r where r.gate_pass_id = g.id))
from gate_gatepass g where g.uid = %(gate_pass)s
"""
AUTHORITY: Final = """
select jsonb_build_object('number', a.number, 'plate', v.plate,
    'cartons', (select coalesce(sum(c.cartons), 0) from transport_consignment c where c.trip_id = t.id and c.voided_at is null),
    'voided', a.withdrawn_at is not null, 'released_at', (select min(r.at) from gate_release r where r.trip_id = t.id),
    'guard', a.guard, 'since', a.since, 'until', a.until,
    'notices', (select coalesce(jsonb_agg(n.uid), '[]') from gate_authoritynotice m join dispatch_notice n on n.id = m.notice_id
                 where m.authority_id = a.id))
from gate_authority a, transport_trip t join carriers_vehicle v on v.id = t.vehicle_id
where a.uid = %(authority)s and t.uid = %(trip)s
"""

# The release itself, and that trip, consignments and notices have left; a pass for materials has no trip.
RELEASE: Final = """
with released as (
    insert into gate_release (uid, trip_id, gate_pass_id, authority_id, guard, at, plate, cartons, seals, copies_collected, entry)
    values (%(entry)s, %(trip)s, %(pass)s, %(authority)s, %(guard)s, %(at)s, %(plate)s, %(cartons)s, %(seals)s, %(copies)s, %(entry)s)
), gone as (
    update transport_trip set left_at = %(at)s, pass_issued_at = null where id = %(trip)s
), papers as (
    update transport_waybill w set gate_fen = p.gate from jsonb_to_recordset(%(parts)s::jsonb) as p(id bigint, gate bigint)
    where w.consignment_id = p.id
), parts as (
    update transport_consignment c set left_at = %(at)s, goods_fen = p.fen
    from jsonb_to_recordset(%(parts)s::jsonb) as p(id bigint, fen bigint) where c.id = p.id
)
update dispatch_notice set left_at = %(at)s where id = any(%(notices)s::bigint[])
"""

FOUND: Final = """
select g.*, t.* from gate_gatepass g left join transport_trip t on t.id = g.trip_id
where g.uid = %(uid)s or g.code = %(code)s order by g.id
"""
