"""The constant SQL of money that somebody of the desk has to follow up."""

from typing import Final

# Orders of which a part came, differences that nobody explained yet, days of payment that passed without the money and are under no clock.
FOLLOW_UP: Final = """
with seen as (
    select o.uid, o.number, o.promised_on, o.confirmed_at, k.short_name, k.uid as customer
    from orders_order o join customers_customer k on k.id = o.customer_id
    where (%(everywhere)s::boolean or o.region = any(%(regions)s::text[])) and o.cancelled_at is null
), open as (
    select s.*, c.received_fen, c.sent_at, (case when c.ended_at is null then c.fen - c.gone_fen else 0 end + coalesce((
        select sum(i.rest_fen) from receivables_item i left join receivables_claim k on k.item_id = i.id and k.freed_at is null
        where i.customer = c.customer and i.rest_fen <> 0
            and (k."order" = c."order" or i."order" = c."order" and i.document_kind = 'consignment')), 0))::bigint as fen
    from seen s join receivables_commitment c on c."order" = s.uid
    where c.covered_at is null and (c.received_fen > 0 or s.promised_on < %(today)s)
)
select kind, uid, number, who, fen, day, since from (
    select 'part' as kind, uid, number, short_name as who, fen, promised_on as day, sent_at as since from open
    where received_fen > 0 and fen > 0
    union all
    select 'broken', uid, number, short_name, fen, promised_on, promised_on::timestamptz from open o
    where o.promised_on < %(today)s and o.fen > 0 and o.received_fen <= 0 and not exists (
        select from enforcement_obligation b where b.subject = o.uid and b.clause = 'D4.7' and b.closed_at is null)
    union all
    select 'difference', r.uid, r.number, k.short_name, r.difference_fen, null, r.recorded_at
    from receivables_receipt r join customers_customer k on k.uid = r.customer
    where r.explained_at is null and r.reversed_at is null and r.difference_fen <> 0
        and (%(everywhere)s::boolean or k.region = any(%(regions)s::text[]))
) rows order by since, number limit %(most)s
"""
