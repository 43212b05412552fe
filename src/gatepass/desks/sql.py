"""The constant SQL of the desks: every figure of the folders in one statement, each counted from what is under way only."""

from typing import Final

FOLDERS: Final = """
with inside as (
    select %(everywhere)s::boolean as everywhere, %(regions)s::text[] as regions
), under_way as (
    select o.goods_fen, o.promised_on, coalesce(o.remit_fen, 0) - coalesce(d.received_fen, 0) as awaited_fen,
        d.covered_at is not null or s.signed is not null as cleared
    from inside i, orders_order o
        left join lateral (select * from receivables_due d where d."order" = o.uid limit 1) d on true
        left join lateral (
            select true as signed from orders_unpaidsignature s where s.order_id = o.id and s.signed_at is not null limit 1) s on true
    where o.shipped_at is null and o.cancelled_at is null and o.confirmed_at is not null and (i.everywhere or o.region = any(i.regions))
), today as (
    select count(*) filter (where n.left_at is null) as waiting, count(*) filter (where n.left_at is not null) as gone
    from inside i, dispatch_notice n join lateral (select region from orders_order o where o.id = n.order_id) o on true
    where n.voided_at is null and (n.left_at is null and n.ship_on <= %(today)s or n.left_at >= %(midnight)s and n.left_at < %(tomorrow)s)
        and (i.everywhere or o.region = any(i.regions))
)
select jsonb_build_object(
    'paid', (select count(*) from under_way where cleared),
    'goods', (select coalesce(sum(goods_fen), 0) from under_way where cleared),
    'unpaid', (select count(*) from under_way where not cleared),
    'broken', (select count(*) from under_way where not cleared and promised_on < %(today)s),
    'awaited', (select coalesce(sum(awaited_fen), 0) from under_way where not cleared),
    'waiting', (select waiting from today), 'gone', (select gone from today),
    'signatures', (select count(*) from inside i, orders_unpaidsignature s join orders_order o on o.id = s.order_id
        where s.signed_at is null and s.declined_at is null and o.cancelled_at is null and o.shipped_at is null
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
        where r.explained_at is null and r.difference_fen <> 0 and (i.everywhere or c.region = any(i.regions)))
)
"""
