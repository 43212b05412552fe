"""The checks' own SQL, as constant text."""

from typing import Final

ENTRIES: Final = "select id, uid, act, at, command, event, by, acting_for, payload, text from journal_entry order by id"
SEALS: Final = """
select s.position, s.entry, s.hash, e.uid, e.text,
    (select coalesce(string_agg(r.kind || ' ' || r.uid, ',' order by r.id), '') from journal_reference r where r.entry_id = e.id) as about,
    (select coalesce(string_agg(p.op || ' ' || p.name || ' ' || p.key || ' ' || coalesce(encode(p.hash, 'hex'), ''), ',' order by p.id), '')
        from journal_proof p where p.act = e.wrote and not exists (select 1 from journal_entry f where f.wrote = e.wrote and f.id < e.id)) as proofs
from journal_seal s left join journal_entry e on e.id = s.entry order by s.position
"""
SEAL_AT: Final = "select hash from journal_seal where position = %(position)s"
OUTSIDE_THE_CHAIN: Final = """
select e.id, e.uid from journal_entry e
where not exists (select 1 from journal_seal s where s.entry = e.id) and not exists (select 1 from journal_unsealed u where u.entry = e.id)
order by e.id
"""

BALANCES: Final = """
with sides as (
    select debit as account, debit_party as party, fen from receivables_posting where debit_party is not null
    union all select credit, credit_party, -fen from receivables_posting where credit_party is not null
), sums as (select account, party, sum(fen)::bigint as fen from sides group by account, party)
select coalesce(b.account, s.account) as account, coalesce(b.party, s.party) as party,
    coalesce(c.name, r.name, '?') as name, coalesce(b.fen, 0) as kept, coalesce(s.fen, 0) as summed
from receivables_balance b full join sums s on s.account = b.account and s.party = b.party
left join customers_customer c on c.uid = coalesce(b.party, s.party) left join carriers_carrier r on r.uid = coalesce(b.party, s.party)
order by 1, 3
"""
POSTINGS_WITHOUT_ENTRY: Final = """
select p.uid, p.label, p.fen from receivables_posting p
where not exists (select 1 from journal_entry e where e.act = p.entry) order by p.id
"""
# Each with the one before it that it approves or undoes: the voucher that was prepared, the goods that had left.
MONEY_EVENTS: Final = """
select e.event, e.payload,
    case e.event
        when 'voucher.approved' then (select p.payload from journal_entry p join journal_reference r on r.entry_id = p.id
            where r.uid = (e.payload ->> 'voucher')::uuid and p.event = 'voucher.prepared' and p.id < e.id order by p.id desc limit 1)
        when 'vehicle.came_back' then (select g.payload from journal_entry g join journal_reference r on r.entry_id = g.id
            where r.uid = (e.payload ->> 'consignment')::uuid and g.event = 'goods.left' and g.id < e.id order by g.id desc limit 1)
    end as before
from journal_entry e
where e.event in ('balance.opened', 'receipt.recorded', 'voucher.approved', 'goods.left', 'vehicle.came_back',
    'freight.credited', 'money.reversed', 'refund.paid', 'debt.written_off', 'price.corrected') order by e.id
"""
FREIGHT_WITH_THE_GOODS: Final = """
select coalesce(debit_party, credit_party) as party, sum(case when debit = 'customer' then fen else -fen end)::bigint as fen
from receivables_posting
where document_kind = 'consignment' and kind in ('freight_charged', 'subsidy', 'promotion') and 'customer' in (debit, credit) group by 1
"""
CUSTOMER_POSTINGS: Final = """
with sides as (
    select debit_party as party, fen from receivables_posting where debit = 'customer'
    union all select credit_party, -fen from receivables_posting where credit = 'customer'
)
select s.party, coalesce(c.name, '?') as name, sum(s.fen)::bigint as summed
from sides s left join customers_customer c on c.uid = s.party group by 1, 2 order by 2
"""
RESTS: Final = """
select b.party, coalesce(c.name, '?') as name, b.rests_fen as kept,
    coalesce((select sum(i.rest_fen) from receivables_item i where i.customer = b.party), 0)::bigint as summed, b.fen as balance
from receivables_balance b left join customers_customer c on c.uid = b.party where b.account = 'customer' order by 2
"""
# Each item with what its matches leave of it; an undone match counts no more. `posted`: what its posting says.
ITEMS: Final = """
with standing as (
    select m.debit_id, m.credit_id, m.fen from receivables_match m
    where m.undoes_id is null and not exists (select 1 from receivables_match u where u.undoes_id = m.id)
), matched as (
    select item, sum(fen)::bigint as fen from (select debit_id as item, fen from standing union all select credit_id, -fen from standing) s
    group by item
)
select i.uid, i.label, i.customer, coalesce(c.name, '?') as name, i.fen, i.rest_fen as kept, i.fen - coalesce(m.fen, 0) as summed,
    case when p.debit = 'customer' and p.debit_party = i.customer then p.fen
         when p.credit = 'customer' and p.credit_party = i.customer then -p.fen end as posted
from receivables_item i left join matched m on m.item = i.id left join receivables_posting p on p.uid = i.uid
left join customers_customer c on c.uid = i.customer order by i.id
"""
POSTINGS_WITHOUT_ITEM: Final = """
select p.uid, p.label, p.fen from receivables_posting p
where 'customer' in (p.debit, p.credit) and not exists (select 1 from receivables_item i where i.uid = p.uid) order by p.id
"""
STRANGE_MATCHES: Final = """
select m.uid, m.fen from receivables_match m join receivables_item d on d.id = m.debit_id join receivables_item c on c.id = m.credit_id
left join receivables_match u on u.id = m.undoes_id
where d.fen <= 0 or c.fen >= 0 or d.customer <> c.customer
    or (m.undoes_id is not null and (u.debit_id, u.credit_id, u.fen) is distinct from (m.debit_id, m.credit_id, m.fen)) order by m.id
"""
CLAIMS: Final = """
select k.item_id, i.uid, i.label, k."order", o.number, count(*) over (partition by k.item_id) as holders,
    (a.ended_at is not null or a."order" is null) and c.id is null as over, i.customer <> coalesce(a.customer, c.customer) as other
from receivables_claim k join receivables_item i on i.id = k.item_id left join receivables_commitment a on a."order" = k."order"
left join orders_order o on o.uid = k."order"
left join receivables_clearing c on c.uid = k."order" and c.item_id = k.item_id and c.done_at is null and c.returned_at is null
where k.freed_at is null order by k.id
"""
COMMITMENTS: Final = """
select a."order", o.number, a.received_fen, a.gone_fen, a.remit_fen, a.ended_at is not null as ended,
    a.covered_at is not null as covered, o.shipped_at is not null as shipped, o.cancelled_at is not null or o.sent_at is null as off,
    coalesce((select -sum(i.fen) from receivables_item i
        where i."order" = a."order" and i.kind = 'receipt' and i.at >= a.sent_at), 0)::bigint as came,
    coalesce((select sum(case when p.debit = 'customer' then p.fen else -p.fen end)
        from receivables_posting p join transport_consignment c on c.uid = p.document
        where c."order" = a."order" and p.document_kind = 'consignment' and 'customer' in (p.debit, p.credit)), 0)::bigint as posted,
    (case when a.ended_at is null then a.fen - a.gone_fen else 0 end + coalesce((
        select sum(i.rest_fen) from receivables_item i left join receivables_claim k on k.item_id = i.id and k.freed_at is null
        where i.customer = a.customer and (k."order" = a."order" or i."order" = a."order" and i.document_kind = 'consignment')), 0))::bigint as open,
    (select k.remit_fen from orders_composition k where k.order_id = o.id and k.withdrawn_at is null)::bigint as frozen,
    (select sum(t.fen) from orders_part t join orders_composition k on k.id = t.composition_id
        where k.order_id = o.id and k.withdrawn_at is null)::bigint as composed,
    (select bool_and((select coalesce(sum((e ->> 'fen')::bigint), 0) from jsonb_array_elements(t.entries) e) = t.fen)
        from orders_part t join orders_composition k on k.id = t.composition_id
        where k.order_id = o.id and k.withdrawn_at is null and t.kind not in ('goods', 'freight', 'subsidy')) as explained
from receivables_commitment a join orders_order o on o.uid = a."order" order by o.number
"""
RECEIPTS: Final = """
select r.uid, r.number, r.fen as kept, coalesce(-sum(i.fen) filter (where p.reverses is null), 0)::bigint as summed
from receivables_receipt r left join receivables_item i on i.document = r.uid left join receivables_posting p on p.uid = i.uid
group by 1, 2, 3 order by 2
"""

ON_HAND: Final = """
select b.uid, b.code, p.name, b.on_hand as kept, coalesce(sum(m.cartons), 0)::bigint as summed
from stock_batch b join catalogue_product p on p.id = b.product_id left join stock_move m on m.batch_id = b.id
group by 1, 2, 3, 4 order by 3, 2
"""
MOVES: Final = """
select m.id, m.batch_id, m.cartons, b.uid, b.code, p.name,
    exists (select 1 from journal_entry e where e.act = m.entry) as backed
from stock_move m join stock_batch b on b.id = m.batch_id join catalogue_product p on p.id = b.product_id order by m.batch_id, m.id
"""
PICKS: Final = """
with taken as (
    select l.notice_id, k.batch_id, sum(k.cartons)::bigint as cartons
    from dispatch_pick k join dispatch_noticeline l on l.id = k.line_id group by 1, 2
), moved as (
    select n.id as notice_id, m.batch_id, -sum(m.cartons)::bigint as cartons
    from stock_move m join dispatch_notice n on n.uid = m.document where m.kind in ('picked', 'put_back') group by 1, 2
)
select n.uid, n.number, coalesce(t.cartons, 0) as picked, coalesce(v.cartons, 0) as moved
from taken t full join moved v on v.notice_id = t.notice_id and v.batch_id = t.batch_id
join dispatch_notice n on n.id = coalesce(t.notice_id, v.notice_id)
where coalesce(t.cartons, 0) <> coalesce(v.cartons, 0) order by n.number
"""
RESERVATIONS: Final = """
select r."order", o.number, p.name, r.cartons, r.picked,
    coalesce((select sum(l.cartons + l.gift) from orders_orderline l where l.order_id = o.id and l.product_id = r.product_id), 0)::bigint
        as wanted,
    coalesce((select sum(k.cartons) from dispatch_notice n join dispatch_noticeline l on l.notice_id = n.id and l.product_id = r.product_id
        join dispatch_pick k on k.line_id = l.id where n.order_id = o.id), 0)::bigint as taken,
    o.shipped_at is not null or o.cancelled_at is not null as over
from stock_reservation r join catalogue_product p on p.id = r.product_id left join orders_order o on o.uid = r."order"
where r.cartons > 0 or r.picked > 0 order by o.number
"""
SHIPPED: Final = """
select o.uid, o.number, sum(l.shipped + l.shipped_gift)::bigint as kept,
    coalesce((select sum(c.cartons) from transport_consignment c
        where c."order" = o.uid and c.left_at is not null and c.voided_at is null), 0)::bigint as gone,
    bool_or(l.shipped > l.cartons or l.shipped_gift > l.gift) as beyond
from orders_order o join orders_orderline l on l.order_id = o.id group by o.id order by o.number
"""
GIFTS: Final = """
select o.uid, o.number, o.allocated_at, l.position, l.product_id, p.name, p.family, l.cartons, l.gift, l.gift_why,
    e.file ->> 'grade' as grade, e.file ->> 'region' as region,
    (select j.payload ->> 'by_hand' from journal_entry j join journal_reference f on f.entry_id = j.id
        where j.event = 'order.allocated' and f.uid = o.uid and f.kind = 'order' order by j.id desc limit 1) as by_hand
from orders_order o join orders_orderline l on l.order_id = o.id join catalogue_product p on p.id = l.product_id
left join lateral (select file from customers_edition e where e.customer_id = o.customer_id and e.since <= o.allocated_at
    order by e.since desc limit 1) e on true
where o.allocated_at is not null and o.cancelled_at is null and o.rest_ended_at is null
    and not exists (select 1 from dispatch_change g join dispatch_notice n on n.id = g.notice_id
        where n.order_id = o.id and g.applied_at is not null)
order by o.number, l.position
"""
PROMOTIONS: Final = """
select uid, name, product_id, family, grade, region, since, until, from_cartons, buy, get
from catalogue_promotion where kind = 'giveaway'
"""

CALENDAR: Final = """
select 'week' as kind, revision, since as day, weekdays::text as said from workcalendar_officeweek
union all select 'hours', revision, since, intervals::text from workcalendar_officehoursrow
union all select 'day', revision, date, working::text from workcalendar_dayexception
union all select 'year', revision, make_date(year, 1, 1), null from workcalendar_year
"""
OBLIGATIONS: Final = """
select o.id, o.uid, o.clause, o.version, o.subject, o.started_at, o.due_at, o.parameters, o.revision, o.noticed_revision, o.opened_at, o.breached_at,
    o.withdrawn_at, o.closed_at, o.closed_how, e.event as opened_event, e.payload as opened_said, e.at as opened_entry_at,
    c.event as closed_event, c.payload as closed_said, c.at as closed_entry_at,
    exists (select 1 from journal_entry m join journal_reference r on r.entry_id = m.id
        where r.uid = o.uid and m.event = 'deadline.missed' and m.payload ->> 'obligation' = o.uid::text) as missed,
    (select jsonb_agg(m.payload order by m.id) from journal_entry m join journal_reference r on r.entry_id = m.id
        where r.uid = o.uid and m.event = 'deadline.moved') as moves
from enforcement_obligation o left join journal_entry e on e.uid = o.opened_by left join journal_entry c on c.uid = o.closed_by
order by o.id
"""
AMENDMENTS: Final = "select id, uid, clause, item, name, value, since, until, instead_of_id from enforcement_amendment order by id"
OCCASIONS: Final = "select uid, event, at, payload from journal_entry where event = any(%(events)s) order by id"
KNOWN: Final = "select distinct clause, subject from enforcement_obligation where subject = any(%(subjects)s::uuid[])"
FINES: Final = """
select f.uid, f.clause, f.base_fen, f.percent, f.fen, o.breached_at, f.withdrawn_at, f.confirmed_at, f.confirmed_by, f.holder,
    o.kind = 'finding' as found, (select e.payload ->> 'fen' from journal_entry e where e.uid = o.opened_by and e.event = 'breach.found'
        and e.payload ->> 'finding' = f.subject::text and e.payload ->> 'person' = f.holder::text)::bigint as named_fen
from enforcement_fine f left join enforcement_obligation o on o.id = f.obligation_id order by f.id
"""

COUNTERS: Final = "select kind, year, last from journal_counter order by kind, year"
NUMBERS: Final = """
select number from (
select number from orders_order union all select number from dispatch_notice union all select number from dispatch_sample
union all select number from transport_trip union all select number from transport_consignment
union all select number from transport_waybill
union all select number from gate_gatepass union all select number from gate_authority
union all select number from receivables_receipt union all select number from receivables_voucher
union all select number from receivables_openinglist union all select number from receivables_clearing
union all select number from transport_pricecorrection
) every order by left(number, 8) collate "C", length(number), number collate "C"
"""

SIGNATURES: Final = """
select s.id, s.subject as uid, v.number, v.version, v.apart, s.step, s.verdict, s.person_id as person, s.acting_for_id as acting_for, s.digest,
    v.digest as said, s.recorder_id as recorder,
    exists (select 1 from journal_entry e where e.act = s.entry and e.by = coalesce(s.recorder_id, s.person_id)) as backed,
    (select coalesce(array_agg(t.person_id::text) || array_agg(t.acting_for_id::text), '{}') from approvals_touched t
        join journal_entry w on w.uid = t.entry join journal_entry g on g.uid = s.entry
      where t.subject = s.subject and t.route = s.route and w.id <= g.id) as touched
from approvals_signature s left join approvals_version v on v.subject = s.subject and v.route = s.route and v.digest = s.digest
order by v.number, v.version, s.subject, s.digest, s.id
"""
# What took effect, with how many different steps it needs; signatures of the present version are counted by hand.
IN_FORCE: Final = """
with force (uid, number, version, route, digest, needs) as (
    select uid, number, version, 'notice', digest, 2 from dispatch_notice where effective_at is not null and voided_at is null
    union all select uid, number, 1, 'voucher', null, 2 from receivables_voucher where booked_at is not null
    union all select uid, number, 1, 'opening', null, 1 from receivables_openinglist where booked_at is not null
    union all select uid, label, 1, 'reversal', null, 1 from receivables_reversal where done_at is not null
    union all select uid, number, 1, kind, null, case kind when 'refund' then 2 else 1 end from receivables_clearing where done_at is not null
    union all select uid, number, 1, 'price_correction', null, 2 from transport_pricecorrection where booked_at is not null
)
select f.uid, f.number, f.version, f.needs, (select count(distinct s.step) from approvals_signature s where s.subject = f.uid
    and s.route = f.route and (f.digest is null or s.digest = f.digest) and s.verdict in ('signed', 'word')) as sides
from force f order by f.number
"""
# Opening balances: what is booked of a list is posted, what is not is not.
# Refunds, write-offs and price corrections: what is done moved so much on the account, what is not moved nothing.
CLEARED: Final = """
with done (uid, number, fen) as (
    select uid, number, case when done_at is null or reversed_at is not null then 0 when kind = 'refund' then fen else -fen end
    from receivables_clearing
    union all select uid, number, case when booked_at is null then 0 else fen end from transport_pricecorrection
)
select d.number, d.fen as kept, coalesce((select sum(case when p.debit = 'customer' then p.fen else -p.fen end) from receivables_posting p
    where p.document = d.uid and 'customer' in (p.debit, p.credit)), 0)::bigint as posted from done d order by d.number
"""
OPENINGS: Final = """
select l.number, o.label, o.fen, l.booked_at is not null as booked,
    coalesce((select sum(case when p.debit = 'customer' then p.fen else -p.fen end) from receivables_posting p
        where p.document = o.uid and p.reverses is null), 0)::bigint as posted
from receivables_opening o join receivables_openinglist l on l.id = o.list_id order by l.number
"""
VERSIONS: Final = """
select v.route as kind, v.number, v.subject as uid, v.data, v.digest from approvals_version v
union all select 'composition', o.number, o.uid, c.data, c.digest from orders_composition c join orders_order o on o.id = c.order_id
"""
RELEASES: Final = """
select r.uid, r.plate, p.number, p.cartons, r.cartons as seen, p.plate as written, p.valid_until, p.voided_at, r.at
from gate_release r join gate_gatepass p on p.id = r.gate_pass_id
where r.cartons <> p.cartons or r.at >= p.valid_until or (p.voided_at is not null and p.voided_at <= r.at) order by r.at
"""
LEFT_WITHOUT_RELEASE: Final = """
select t.uid, t.number from transport_trip t
where t.left_at is not null and not exists (select 1 from gate_release r where r.trip_id = t.id) order by t.number
"""
