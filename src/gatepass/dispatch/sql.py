"""The constant SQL of dispatch: locking notices, and what clauses ask of them."""

from typing import Final

# Customer, order, notice: each is joined to what was locked before it. The rows are as they are under the locks.
LOCK_NOTICE_AND_ORDER: Final = """
with customer as materialized (
    select c.* from customers_customer c
    where c.id = (select o.customer_id from orders_order o join dispatch_notice n on n.order_id = o.id where n.uid = %(notice)s)
    for no key update
), ordered as materialized (
    select o.* from customer c join orders_order o on o.customer_id = c.id
    where o.id = (select order_id from dispatch_notice where uid = %(notice)s) for no key update of o
)
select n.*, o.*, c.* from ordered o join dispatch_notice n on n.order_id = o.id join customer c on c.id = o.customer_id
where n.uid = %(notice)s for no key update of n
"""
LOCK_NOTICE: Final = """
select n.*, o.*, c.* from dispatch_notice n join orders_order o on o.id = n.order_id join customers_customer c on c.id = o.customer_id
where n.uid = %(notice)s for no key update of n
"""

UNCOUNTERSIGNED: Final = """
select coalesce(jsonb_agg(distinct jsonb_build_array(n.uid, n.number)), '[]')
from dispatch_change h join dispatch_notice n on n.id = h.notice_id and n.version = h.applied_version
    join approvals_matter m on m.subject = h.uid and m.route = 'countersign' and m.returned_at is not null
where n.uid = any(%(notices)s::uuid[])
"""
OPEN_DOUBTS: Final = """
select coalesce(jsonb_agg(jsonb_build_array(d.uid, n.uid, n.number, d.question) order by d.id), '[]')
from dispatch_doubt d join dispatch_notice n on n.id = d.notice_id
where n.uid = any(%(notices)s::uuid[]) and d.answered_at is null
"""
PICKED: Final = """
select coalesce(jsonb_agg(jsonb_build_array(n.uid, n.number,
    (select coalesce(sum(l.cartons + l.gift), 0) from dispatch_noticeline l where l.notice_id = n.id and l.until_version is null),
    (select coalesce(sum(p.cartons), 0) from dispatch_pick p join dispatch_noticeline l on l.id = p.line_id where l.notice_id = n.id)
) order by n.id), '[]')
from dispatch_notice n where n.uid = any(%(notices)s::uuid[])
"""
# Of each notice its goods, what those of the order's earlier notices are worth (money covers notices in their order, C4), what the
# order asks, and what the director signed for of this version.
UNPAID: Final = """
select coalesce(jsonb_agg(jsonb_build_object(
    'order', o.uid, 'number', o.number, 'notice', n.uid,
    'lines', (select coalesce(jsonb_agg(jsonb_build_array(l.yuan::text, l.cartons, e.id < n.id)), '[]')
                from dispatch_noticeline l join dispatch_notice e on e.id = l.notice_id
               where e.order_id = o.id and e.id <= n.id and (e.voided_at is null or e.id = n.id) and l.until_version is null),
    'asked', (select jsonb_build_object('whole', c.fen, 'open', (case when c.ended_at is null then c.fen - c.gone_fen else 0 end) + coalesce((
                select sum(i.rest_fen) from receivables_item i
                    left join receivables_claim k on k.item_id = i.id and k.freed_at is null
                where i.customer = c.customer and i.rest_fen <> 0 and (k."order" = o.uid
                    or i."order" = o.uid and i.document_kind = 'consignment')), 0))
              from receivables_commitment c where c."order" = o.uid),
    'signed', (select coalesce(jsonb_agg(jsonb_build_array(s.covers_fen, s.paid_fen)), '[]') from dispatch_unpaidsignature s
                where s.notice_id = n.id and s.version = n.version and s.signed_at is not null and s.voided_at is null)
) order by n.id), '[]')
from dispatch_notice n join orders_order o on o.id = n.order_id where n.uid = any(%(notices)s::uuid[])
"""
# What was signed for of an order's next notice; what of the order's goods is paid.
SIGNED_FOR_NEXT: Final = """
select jsonb_build_object('number', o.number, 'lines', '[]'::jsonb,
    'signed', (select coalesce(jsonb_agg(jsonb_build_array(s.fen, s.paid_fen)), '[]') from dispatch_unpaidsignature s
                where s.order_id = o.id and s.notice_id is null and s.signed_at is not null and s.voided_at is null),
    'paid', (select greatest(0, c.fen - (case when c.ended_at is null then c.fen - c.gone_fen else 0 end) - coalesce((
                select sum(i.rest_fen) from receivables_item i
                    left join receivables_claim k on k.item_id = i.id and k.freed_at is null
                where i.customer = c.customer and i.rest_fen <> 0 and (k."order" = o.uid
                    or i."order" = o.uid and i.document_kind = 'consignment')), 0))
              from receivables_commitment c where c."order" = o.uid))
from orders_order o where o.uid = %(order)s
"""
# What was signed for of a notice that gets another version: of the one that it has, and of the one that it gets.
SIGNED_FOR_VERSION: Final = """
select jsonb_build_object('number', o.number,
    'lines', (select coalesce(jsonb_agg(jsonb_build_array(l.yuan::text, l.cartons, e.id < n.id)), '[]')
                from dispatch_noticeline l join dispatch_notice e on e.id = l.notice_id
               where e.order_id = o.id and e.id <= n.id and (e.voided_at is null or e.id = n.id) and l.until_version is null),
    'asked', (select jsonb_build_object('whole', c.fen, 'open', (case when c.ended_at is null then c.fen - c.gone_fen else 0 end) + coalesce((
                select sum(i.rest_fen) from receivables_item i
                    left join receivables_claim k on k.item_id = i.id and k.freed_at is null
                where i.customer = c.customer and i.rest_fen <> 0 and (k."order" = o.uid
                    or i."order" = o.uid and i.document_kind = 'consignment')), 0))
              from receivables_commitment c where c."order" = o.uid),
    'signed', (select coalesce(jsonb_agg(jsonb_build_array(s.covers_fen, s.paid_fen)), '[]') from dispatch_unpaidsignature s
                where s.notice_id = n.id and s.version between n.version and n.version + 1 and s.signed_at is not null and s.voided_at is null))
from dispatch_notice n join orders_order o on o.id = n.order_id where n.uid = %(notice)s
"""
LIVE_SIGNATURES: Final = """
select s.* from dispatch_unpaidsignature s join orders_order o on o.id = s.order_id
where o.uid = any(%(orders)s::uuid[]) and s.signed_at is not null and s.voided_at is null order by s.id for no key update of s
"""
LINE_TO_PICK: Final = """
select jsonb_build_object(
    'product', p.uid, 'name', p.name, 'wanted', l.cartons + l.gift,
    'picked', (select coalesce(sum(t.cartons), 0) from dispatch_pick t join dispatch_noticeline e on e.id = t.line_id
                where e.notice_id = l.notice_id and e.position = l.position and e.product_id = l.product_id),
    'offers', (select coalesce(jsonb_agg(jsonb_build_array(b.uid, b.code, b.expires_on, b.on_hand, b.quality) order by b.expires_on, b.code),
                               '[]')
                 from stock_batch b where b.product_id = p.id and b.on_hand > 0))
from dispatch_noticeline l join catalogue_product p on p.id = l.product_id where l.uid = %(line)s
"""

PICKED_BATCHES: Final = """
select coalesce(jsonb_agg(jsonb_build_array(n.uid, n.number, b.uid, b.code, p.name, t.cartons, b.quality, b.expires_on)
                          order by n.number, b.code), '[]')
from (select l.notice_id, k.batch_id, sum(k.cartons)::int as cartons
        from dispatch_pick k join dispatch_noticeline l on l.id = k.line_id join dispatch_notice m on m.id = l.notice_id
       where m.uid = any(%(notices)s::uuid[]) group by 1, 2 having sum(k.cartons) > 0) t
    join dispatch_notice n on n.id = t.notice_id join stock_batch b on b.id = t.batch_id join catalogue_product p on p.id = b.product_id
"""
# Who holds cartons of a batch: notices with their orders, and whether they are out.
HOLDERS: Final = """
select n.*, o.*, sum(k.cartons)::int
from dispatch_pick k join dispatch_noticeline l on l.id = k.line_id join dispatch_notice n on n.id = l.notice_id
    join orders_order o on o.id = n.order_id join stock_batch b on b.id = k.batch_id
where b.uid = %(batch)s group by n.id, o.id having sum(k.cartons) > 0 order by n.id
"""
LOCK_HOLDERS: Final = "select id from dispatch_notice where id = any(%(notices)s) order by id for no key update"
STOPPED: Final = """
select distinct l.notice_id
from dispatch_pick k join dispatch_noticeline l on l.id = k.line_id join stock_batch b on b.id = k.batch_id
where l.notice_id = any(%(notices)s) and b.uid <> %(batch)s and b.quality <> 'passed' group by l.notice_id, b.id having sum(k.cartons) > 0
"""

NOTICED: Final = """
select l.notice_id, l.order_line, l.yuan, l.cartons, l.gift from dispatch_noticeline l join dispatch_notice n on n.id = l.notice_id
where n.order_id = %(order)s and n.voided_at is null and l.until_version is null
"""
LINES: Final = """
select l.*, p.* from dispatch_noticeline l join catalogue_product p on p.id = l.product_id
where l.notice_id = %(notice)s and l.until_version is null order by l.position
"""
LINE_AND_LOCKED_PRODUCT: Final = """
select l.*, p.* from dispatch_noticeline l join catalogue_product p on p.id = l.product_id
where l.notice_id = %(notice)s and l.uid = %(line)s and l.until_version is null for no key update of p
"""
TAKEN: Final = """
select l.position, l.product_id, sum(t.cartons)::int from dispatch_pick t join dispatch_noticeline l on l.id = t.line_id
where l.notice_id = %(notice)s group by l.position, l.product_id having sum(t.cartons) <> 0
"""
COMPOSITION: Final = """
select p.* from orders_part p join orders_composition c on c.id = p.composition_id
where c.order_id = %(order)s and c.withdrawn_at is null order by p.position
"""

# Who wrote what a notice stands on (rule 43), and how: the order's lines, giveaways and freight always; the price lists and policies that its
# goods came from, the customer's file and the address only until another has confirmed what they wrote.
TOUCHED: Final = """
with lines as (
    select distinct l.product_id, p.uid as product, p.family, l.gift > 0 as free
    from orders_orderline l join catalogue_product p on p.id = l.product_id where l.order_id = %(order)s
), lists as (
    select distinct on (p.product_id) l.uid, lines.product
    from lines join catalogue_price p on p.product_id = lines.product_id join catalogue_pricelist l on l.id = p.list_id
    where l.grade in ('', %(grade)s) and l.region in ('', %(region)s) and l.since <= %(day)s and (l.until is null or l.until >= %(day)s)
    order by p.product_id, l.grade <> '' desc, l.region <> '' desc, l.since desc, l.id desc
), policies as (
    select m.uid from catalogue_promotion m
    where m.grade in ('', %(grade)s) and m.region in ('', %(region)s) and m.since <= %(day)s and (m.until is null or m.until >= %(day)s)
      and (m.kind = 'discount' or exists (select from lines where free))
      and exists (select from lines where coalesce(m.product_id, lines.product_id) = lines.product_id and m.family in ('', lines.family))
), wrote as (
    select e.by, e.acting_for, 'changed' as part, null::uuid as about, e.at
    from journal_reference r join journal_entry e on e.id = r.entry_id
    where r.uid = %(uid)s and e.event in ('order.taken', 'order.changed', 'order.allocated', 'order.sent')
    union all
    select e.by, e.acting_for, 'priced', lists.uid, e.at
    from lists join journal_reference r on r.uid = lists.uid join journal_entry e on e.id = r.entry_id
    where e.event = 'prices.list_added' or e.event = 'prices.price_set' and e.payload ->> 'product' = lists.product::text
    union all
    select e.by, e.acting_for, 'priced', policies.uid, e.at
    from policies join journal_reference r on r.uid = policies.uid join journal_entry e on e.id = r.entry_id where e.event = 'promotion.added'
    union all
    select e.by, e.acting_for, 'addressed', c.uid, e.at
    from customers_customer c join customers_edition d on d.customer_id = c.id join journal_entry e on e.uid = d.entry where c.id = %(customer)s
    union all
    select e.by, e.acting_for, 'addressed', a.uid, e.at
    from customers_address a join journal_entry e on e.uid = a.entry where a.id = %(address)s
)
select distinct w.by, w.acting_for, w.part from wrote w join people_person p on p.uid = w.by
where w.about is null or not exists (
    select from approvals_signature s
    where s.subject = w.about and s.route in ('price_list', 'promotion', 'customer', 'address') and s.verdict = 'signed' and s.at >= w.at
)
"""
