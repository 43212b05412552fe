"""The constant SQL of the gate: what clauses ask of passes and authorities."""

from typing import Final

GATE_PASS: Final = """
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
