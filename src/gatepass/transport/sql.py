"""The constant SQL of transport: locking a trip with what it carries, loading it, what clauses ask."""

from typing import Final

# Customers, orders (both only where wanted), notices, trip: each part waits for the one before it.
LOCK_TRIP: Final = """
with aboard as materialized (
    select c.notice_id, n.order_id, o.customer_id
    from transport_trip t join transport_consignment c on c.trip_id = t.id and c.voided_at is null
        join dispatch_notice n on n.id = c.notice_id join orders_order o on o.id = n.order_id
    where t.uid = %(trip)s
), customers as materialized (
    select id from customers_customer where id in (select customer_id from aboard) and %(orders)s order by id for no key update
), ordered as materialized (
    select id from orders_order
    where id in (select order_id from aboard) and %(orders)s and (select count(*) from customers) >= 0 order by id for no key update
), notices as materialized (
    select id from dispatch_notice
    where id in (select notice_id from aboard) and (select count(*) from ordered) >= 0 order by id for no key update
)
select t.id, t.carrier, (select coalesce(array_agg(notice_id order by notice_id), '{}') from aboard)
from transport_trip t where t.uid = %(trip)s and (select count(*) from notices) >= 0 for no key update
"""
HELD: Final = """
select t.*, v.*, d.*, k.*, c.*, n.*, o.*, u.*, w.*
from transport_trip t
    join carriers_vehicle v on v.id = t.vehicle_id
    join carriers_driver d on d.id = t.driver_id
    join carriers_carrier k on k.uid = t.carrier
    left join transport_consignment c on c.trip_id = t.id and c.voided_at is null
    left join dispatch_notice n on n.id = c.notice_id
    left join orders_order o on o.id = n.order_id
    left join customers_customer u on u.id = o.customer_id
    left join transport_waybill w on w.consignment_id = c.id
where t.id = %(trip)s order by n.number
"""
LOCK_NOTICES: Final = """
select n.*, o.*, u.* from dispatch_notice n join orders_order o on o.id = n.order_id join customers_customer u on u.id = o.customer_id
where n.uid = any(%(notices)s::uuid[]) order by n.id for no key update of n
"""
LOCK_WAYBILL: Final = """
with customer as materialized (
    select u.id from customers_customer u where u.id = (
        select o.customer_id from transport_waybill w join transport_consignment c on c.id = w.consignment_id
            join dispatch_notice n on n.id = c.notice_id join orders_order o on o.id = n.order_id
        where w.uid = %(waybill)s) for no key update
)
select w.id, w.carrier from transport_waybill w where w.uid = %(waybill)s and (select count(*) from customer) >= 0 for no key update
"""
WAYBILL: Final = """
select w.*, c.*, t.*, v.*, n.*, o.*, u.*
from transport_waybill w join transport_consignment c on c.id = w.consignment_id join transport_trip t on t.id = c.trip_id
    join carriers_vehicle v on v.id = t.vehicle_id join dispatch_notice n on n.id = c.notice_id join orders_order o on o.id = n.order_id
    join customers_customer u on u.id = o.customer_id
where w.id = %(waybill)s
"""
LOCK_CONSIGNMENT: Final = """
select w.*, c.*, t.*, v.*, n.*, o.*, u.*
from transport_consignment c join transport_waybill w on w.consignment_id = c.id join transport_trip t on t.id = c.trip_id
    join carriers_vehicle v on v.id = t.vehicle_id join dispatch_notice n on n.id = c.notice_id join orders_order o on o.id = n.order_id
    join customers_customer u on u.id = o.customer_id
where c.uid = %(consignment)s for no key update of c
"""
VEHICLE_AND_DRIVER: Final = """
select v.*, k.*, d.* from carriers_vehicle v join carriers_carrier k on k.id = v.carrier_id, carriers_driver d
where v.uid = %(vehicle)s and d.uid = %(driver)s
"""

# Every line that notices ever had, with its product, and every line of their orders; and what of the notices is on trips.
LINES: Final = """
with ordered as (
    select o.* from orders_orderline o where o.order_id in (select order_id from dispatch_notice where id = any(%(notices)s))
), noticed as (
    select l.* from dispatch_noticeline l where l.notice_id = any(%(notices)s)
)
select l.*, p.*, o.* from noticed l join catalogue_product p on p.id = l.product_id full join ordered o on o.id = l.order_line
order by l.notice_id, l.position, l.id
"""
ABOARD: Final = """
select c.id, c.notice_id, c.left_at is not null, k.line, k.cartons, k.gift
from transport_consignment c left join transport_consignmentline k on k.consignment_id = c.id
where c.notice_id = any(%(notices)s) and c.voided_at is null order by k.id
"""
LOAD_STATE: Final = """
select jsonb_build_object('container', v.container, 'loaded', t.loaded_at is not null,
    'counts', (select coalesce(jsonb_agg(jsonb_build_array(c.person, c.cartons) order by c.id), '[]')
                 from transport_count c where c.trip_id = t.id),
    'consignments', (select coalesce(jsonb_agg(jsonb_build_array(c.uid, c.number, c.cartons,
                        (select s.cartons from transport_carriersignature s
                          where s.consignment_id = c.id and (w.written_at is null or s.at >= w.written_at) order by s.id desc limit 1)
                     ) order by c.number), '[]')
                 from transport_consignment c join transport_waybill w on w.consignment_id = c.id where c.trip_id = t.id and c.voided_at is null))
from transport_trip t join carriers_vehicle v on v.id = t.vehicle_id where t.uid = %(trip)s
"""
WAYBILLS: Final = """
select coalesce(jsonb_agg(jsonb_build_object('uid', w.uid, 'number', w.number, 'quantity', w.quantity, 'yuan', w.yuan, 'unit', w.unit,
    'consignee', w.consignee, 'address', w.address, 'phone', w.phone, 'carrier_name', w.carrier_name,
    'carrier_company', w.carrier_company, 'bearer', w.bearer, 'own_vehicle', w.own_vehicle, 'freight_fen', w.freight_fen, 'destination', w.destination
) order by w.number), '[]')
from transport_waybill w join transport_consignment c on c.id = w.consignment_id join transport_trip t on t.id = c.trip_id
where t.uid = %(trip)s and w.voided_at is null
"""

CONSIGNED: Final = """
select c.*, t.*, n.* from transport_consignment c join transport_trip t on t.id = c.trip_id join dispatch_notice n on n.id = c.notice_id
where c.uid = %(consignment)s
"""

# Where cartons of a batch are: notices that hold them, with what of these is out.
TRACE: Final = """
select n.uid, n.number, o.uid, o.region, u.short_name, t.cartons, n.voided_at is not null,
    (select coalesce(jsonb_agg(jsonb_build_array(c.number, v.plate, c.left_at, c.trip_id) order by c.id), '[]')
       from transport_consignment c join transport_trip r on r.id = c.trip_id join carriers_vehicle v on v.id = r.vehicle_id
      where c.notice_id = n.id and c.voided_at is null and c.left_at is not null)
from (select l.notice_id, sum(k.cartons)::int as cartons
        from dispatch_pick k join dispatch_noticeline l on l.id = k.line_id join stock_batch b on b.id = k.batch_id
       where b.uid = %(batch)s group by 1 having sum(k.cartons) > 0) t
    join dispatch_notice n on n.id = t.notice_id join orders_order o on o.id = n.order_id join customers_customer u on u.id = o.customer_id
order by n.id desc limit 500
"""

OF_ORDER: Final = """
select c.*, t.*, w.*, exists (select from transport_carriersignature s where s.consignment_id = c.id) as signed
from transport_consignment c join transport_trip t on t.id = c.trip_id join transport_waybill w on w.consignment_id = c.id
where c."order" = %(order)s order by c.id
"""
