"""The constant SQL of dispatch: what clauses ask of notices, and the database's own guard over approvals."""

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

APPROVALS: Final = """
select coalesce(jsonb_agg(jsonb_build_object(
    'notice', n.uid, 'number', n.number, 'version', n.version, 'writers', jsonb_build_array(n.written_by, n.written_for),
    'given', (select coalesce(jsonb_agg(jsonb_build_array(a.side, a.person, a.represented)), '[]')
                from dispatch_approval a where a.notice_id = n.id and a.version = n.version)
) order by n.id), '[]')
from dispatch_notice n where n.uid = any(%(notices)s::uuid[])
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
# Of each order the goods through its last notice named: what earlier notices took is covered first (C4).
UNPAID: Final = """
select coalesce(jsonb_agg(jsonb_build_object(
    'order', o.uid, 'number', o.number,
    'lines', (select coalesce(jsonb_agg(jsonb_build_array(l.yuan::text, l.cartons)), '[]')
                from dispatch_noticeline l join dispatch_notice e on e.id = l.notice_id
               where e.order_id = o.id and e.id <= last.id and (e.voided_at is null or e.id = last.id) and l.until_version is null),
    'asked', (select jsonb_build_object('whole', c.fen, 'open', (case when c.ended_at is null then c.fen - c.gone_fen else 0 end) + coalesce((
                select sum(i.rest_fen) from receivables_item i
                    left join receivables_claim k on k.item_id = i.id and k.freed_at is null
                where i.customer = c.customer and i.rest_fen <> 0 and (k."order" = o.uid
                    or i."order" = o.uid and i.kind in ('goods', 'freight_charged', 'subsidy'))), 0))
              from receivables_commitment c where c."order" = o.uid),
    'signed', (select coalesce(sum(s.fen), 0) from orders_unpaidsignature s where s.order_id = o.id and s.signed_at is not null)
) order by last.id), '[]')
from (select order_id, max(id) as id from dispatch_notice where uid = any(%(notices)s::uuid[]) group by order_id) last
    join orders_order o on o.id = last.order_id
"""
SIGNED_FOR: Final = """
select jsonb_build_object('number', o.number,
    'signed', (select coalesce(sum(s.fen), 0) from orders_unpaidsignature s where s.order_id = o.id and s.signed_at is not null))
from orders_order o where o.uid = %(order)s
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

APPROVAL_GUARD: Final = """
create or replace function dispatch_guard_approval() returns trigger language plpgsql as $$
declare
    noticed dispatch_notice%rowtype;
    people uuid[] := array_remove(array[new.person, new.represented], null);
begin
    select * into noticed from dispatch_notice where id = new.notice_id for no key update;
    if new.version <> noticed.version or new.digest <> noticed.digest then
        raise exception 'an approval binds the present version'
            using errcode = 'integrity_constraint_violation', constraint = 'approval_of_this_version';
    end if;
    if noticed.written_by = any(people) or noticed.written_for = any(people) or exists (
        select from dispatch_noticeversion v
        where v.notice_id = new.notice_id and (v.written_by = any(people) or v.written_for = any(people))
    ) then  -- of any version: what somebody else rewrote is still his
        raise exception 'nobody approves what he wrote'
            using errcode = 'integrity_constraint_violation', constraint = 'approval_not_by_writer';
    end if;
    if exists (
        select from dispatch_approval a
        where a.notice_id = new.notice_id and a.version = new.version and a.side <> new.side
          and (a.person = any(people) or a.represented = any(people))
    ) then
        raise exception 'one person cannot give both approvals'
            using errcode = 'integrity_constraint_violation', constraint = 'two_people_approve';
    end if;
    return new;
end
$$;

create or replace trigger guard_approval before insert on dispatch_approval
    for each row execute function dispatch_guard_approval()
"""
GUARDS: Final = (APPROVAL_GUARD,)

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
