"""The constant SQL of orders: locking in the one order of the house, and what clauses ask."""

from typing import Final

# The customer is locked first: the order's row is joined to what the materialized part has locked.
LOCK_ORDER: Final = """
with customer as materialized (
    select c.* from customers_customer c where c.id = (select customer_id from orders_order where uid = %(order)s) for no key update
)
select o.*, c.*, a.* from customer c join orders_order o on o.customer_id = c.id join customers_address a on a.id = o.address_id
where o.uid = %(order)s for no key update of o
"""

CHECKED: Final = """
select jsonb_build_object('at', a.answered_at, 'reversed', exists (
    select from receivables_reversal r where r.customer = c.uid and r.done_at > a.answered_at))
from orders_accountcheck a join orders_order o on o.id = a.order_id join customers_customer c on c.id = o.customer_id
where o.uid = %(order)s order by a.id desc limit 1
"""

SHIP: Final = """
with gone as (
    update orders_orderline l set shipped = l.shipped + w.cartons, shipped_gift = l.shipped_gift + w.gift
    from (select id, sum(cartons) as cartons, sum(gift) as gift
            from jsonb_to_recordset(%(lines)s::jsonb) as g(id bigint, cartons int, gift int) group by id) w
    where l.id = w.id
), closed as (
    update orders_order set shipped_at = %(at)s where uid = any(%(completed)s::uuid[])
)
update stock_reservation set cartons = 0, beyond = 0 where "order" = any(%(completed)s::uuid[]) and (cartons <> 0 or beyond <> 0)
"""

FREEZE: Final = """
with made as (
    insert into orders_composition (uid, order_id, version, at, by, remit_fen, committed_fen, data, digest)
    values (%(uid)s, %(order)s, %(version)s, %(at)s, %(by)s, %(remit)s, %(committed)s, %(data)s::jsonb, %(digest)s) returning id
)
insert into orders_part (composition_id, position, kind, fen, zh, en, source_kind, source, entries)
select made.id, p.position, p.kind, p.fen, p.zh, p.en, p.source_kind, p.source, p.entries
from made, jsonb_to_recordset(%(parts)s::jsonb)
    as p(position int, kind text, fen bigint, zh text, en text, source_kind text, source uuid, entries jsonb)
"""

LINES: Final = """
select l.*, p.* from orders_orderline l join catalogue_product p on p.id = l.product_id where l.order_id = %(order)s order by l.position
"""

ORDER: Final = """
select o.*, c.*, a.* from orders_order o join customers_customer c on c.id = o.customer_id join customers_address a on a.id = o.address_id
where o.uid = %(order)s
"""
