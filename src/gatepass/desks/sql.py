"""The constant SQL of the desks: every figure of the folders in one statement, each counted from what is under way only."""

from typing import Final

FOLDERS: Final = """
with inside as (
    select %(everywhere)s::boolean as everywhere, %(regions)s::text[] as regions
), at_work as (
    select o.* from inside i, orders_order o
    where o.shipped_at is null and o.cancelled_at is null and o.confirmed_at is not null and (i.everywhere or o.region = any(i.regions))
    union all
    select o.* from inside i, orders_order o
    where o.shipped_at is not null and (i.everywhere or o.region = any(i.regions))
        and o.uid in (select "order" from receivables_item where rest_fen > 0 and document_kind = 'consignment')
), under_way as (
    select case when c.ended_at is null then c.fen - c.gone_fen else 0 end as inside_fen, o.promised_on, greatest(open.fen, 0) as awaited_fen,
        o.shipped_at is null and (c.covered_at is not null
            or coalesce(s.of_notice or least(open.whole, c.fen - c.gone_fen) between 1
                and s.fen - greatest(0, greatest(0, c.fen - open.whole) - s.paid), false)) as cleared
    from at_work o
        left join lateral (select * from receivables_commitment c where c."order" = o.uid limit 1) c on true
        left join lateral (
            select s.fen, s.paid_fen as paid, n.id is not null as of_notice
            from dispatch_unpaidsignature s left join dispatch_notice n on n.id = s.notice_id
            where s.order_id = o.id and s.signed_at is not null and s.voided_at is null
                and (n.id is null or n.left_at is null and n.version = s.version)
            order by n.id is not null desc, s.fen desc, s.id desc limit 1) s on true
        left join lateral (
            select case when c.ended_at is null then c.fen - c.gone_fen else 0 end
                    + coalesce(sum(i.rest_fen) filter (where i.document_kind <> 'consignment' or i."order" = o.uid), 0) as fen,
                case when c.ended_at is null then c.fen - c.gone_fen else 0 end + coalesce(sum(i.rest_fen), 0) as whole
            from receivables_item i left join receivables_claim k on k.item_id = i.id and k.freed_at is null
            where i.customer = c.customer and i.rest_fen <> 0 and (k."order" = o.uid
                or i.document_kind = 'consignment' and i."order" = o.uid)) open on true
), due as (
    select "order" as uid from enforcement_obligation where clause = 'D4.3' and closed_at is null and due_at <= %(tomorrow)s
), today as (
    select count(*) filter (where n.left_at is null) as waiting, count(*) filter (where n.left_at is not null) as gone
    from inside i, dispatch_notice n join lateral (select uid, region from orders_order o where o.id = n.order_id) o on true
    where n.voided_at is null and (n.left_at >= %(midnight)s and n.left_at < %(tomorrow)s or n.left_at is null and (n.ship_on <= %(today)s
            or o.uid in (select uid from due) or exists (select from transport_consignment c join transport_trip t on t.id = c.trip_id
                where c.notice_id = n.id and c.voided_at is null and c.left_at is null and t.day <= %(today)s)))
        and (i.everywhere or o.region = any(i.regions))
), unnoticed as (
    select count(*) as waiting from inside i, orders_order o
    where o.uid in (select uid from due) and o.shipped_at is null and o.cancelled_at is null and (i.everywhere or o.region = any(i.regions))
        and not exists (select from dispatch_notice n where n.order_id = o.id and n.voided_at is null and n.left_at is null)
)
select jsonb_build_object(
    'paid', (select count(*) from under_way where cleared),
    'goods', (select coalesce(sum(inside_fen), 0) from under_way where cleared),
    'unpaid', (select count(*) from under_way where not cleared),
    'broken', (select count(*) from under_way where not cleared and promised_on < %(today)s),
    'awaited', (select coalesce(sum(awaited_fen), 0) from under_way where not cleared),
    'waiting', (select waiting from today) + (select waiting from unnoticed), 'gone', (select gone from today),
    'unsent', (select count(*) from inside i, orders_order o where o.shipped_at is null and o.cancelled_at is null
        and o.checked_at is not null and o.sent_at is null and (i.everywhere or o.region = any(i.regions))),
    'signatures', (select count(*) from inside i, dispatch_unpaidsignature s join orders_order o on o.id = s.order_id
        where s.signed_at is null and s.returned_at is null and s.voided_at is null and o.cancelled_at is null and o.shipped_at is null
            and (i.everywhere or o.region = any(i.regions))),
    'doubts', (select count(*) from inside i, dispatch_doubt d join dispatch_notice n on n.id = d.notice_id
            join orders_order o on o.id = n.order_id
        where d.answered_at is null and n.voided_at is null and (i.everywhere or o.region = any(i.regions))),
    'changes', (select count(*) from inside i, dispatch_change c join dispatch_notice n on n.id = c.notice_id
            join orders_order o on o.id = n.order_id
        where c.consented_at is null and c.declined_at is null and c.withdrawn_at is null and n.voided_at is null
            and (i.everywhere or o.region = any(i.regions))),
    'shortages', (select count(*) from inside i, production_shortage s join production_demand d on d.id = s.demand_id
            join orders_order o on o.uid = d."order"
        where s.taken_up_at is null and o.cancelled_at is null and (i.everywhere or o.region = any(i.regions))),
    'vouchers', (select count(*) from inside i, receivables_voucher v join customers_customer c on c.uid = v.customer
        where v.booked_at is null and v.rejected_at is null and (i.everywhere or c.region = any(i.regions))),
    'differences', (select count(*) from inside i, receivables_receipt r join customers_customer c on c.uid = r.customer
        where r.explained_at is null and r.reversed_at is null and r.difference_fen <> 0 and (i.everywhere or c.region = any(i.regions)))
)
"""

ENTRIES: Final = """
select e.* from journal_entry e where e.id in (select entry_id from journal_reference where kind = 'order' and uid = %(order)s)
order by e.at, e.id
"""

PASSES: Final = """
select g.*, exists (select from gate_release r where r.gate_pass_id = g.id) as released
from gate_gatepass g where g.trip_id = any(%(trips)s) order by g.id
"""
RECEIPTS: Final = """
select r.* from receivables_receipt r
where r.uid in (select document from receivables_item where "order" = %(order)s and kind = 'receipt') order by r.id
"""
SHORT: Final = """
select d.uid from production_shortage s join production_demand d on d.id = s.demand_id
where d."order" = %(order)s and s.taken_up_at is null order by s.id limit 1
"""
LINKS: Final = """
select l.*, o.uid from orders_link l join orders_composition c on c.id = l.composition_id join orders_order o on o.id = c.order_id
where o.uid = any(%(orders)s) and c.withdrawn_at is null order by l.opened_at nulls first, l.id
"""
SIDES: Final = """
select m.subject, array_agg(s.step) from approvals_signature s
    join approvals_matter m on m.subject = s.subject and m.route = s.route and m.digest = s.digest
where m.route = 'notice' and s.verdict in ('signed', 'word') and m.subject = any(%(notices)s) group by m.subject
"""
LOADS: Final = """
select c.*, t.*, v.*, w.uid from transport_consignment c join transport_waybill w on w.consignment_id = c.id
    join transport_trip t on t.id = c.trip_id join carriers_vehicle v on v.id = t.vehicle_id
where c.uid = any(%(consignments)s) or w.uid = any(%(waybills)s)
"""
REPRESENTED: Final = """
select r.uid, r.name from people_deputy d join people_person p on p.id = d.person_id join people_person r on r.id = d.represented_id
where p.uid = %(person)s and d.since <= %(at)s and d.until > %(at)s and d.ended_at is null order by d.rank, d.id
"""
DONE: Final = """
select count(distinct act) from journal_entry where at >= %(since)s and by = %(person)s and not event = any(%(hidden)s)
"""
