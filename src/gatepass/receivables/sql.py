"""The constant SQL of the ledger: postings with their items, rests, matches and claims, and the database's own guards over them."""

from typing import Final

# Every posting to a customer's account is an item of the posting's id; its rest is whole until it is matched.
POST: Final = """
with given as (
    select * from jsonb_to_recordset(%s::jsonb) as p(uid uuid, entry uuid, at timestamptz, day date, debit text, debit_party uuid, credit text,
        credit_party uuid, fen bigint, kind text, document_kind text, document uuid, label text, reverses uuid, "order" uuid, aged timestamptz)
), posting as (
    insert into receivables_posting (uid, entry, at, day, debit, debit_party, credit, credit_party, fen, kind, document_kind, document,
        label, reverses, nth)
    select uid, entry, at, day, debit, debit_party, credit, credit_party, fen, kind, document_kind, document, label, reverses,
        case when kind = 'freight_credit' and reverses is null then (select count(*) from receivables_posting p
            join receivables_posting r on r.reverses = p.uid
            where p.document = given.document and p.kind = 'freight_credit' and p.reverses is null) else 0 end
    from given
    returning debit, debit_party, credit, credit_party, fen
), item as (
    insert into receivables_item (uid, entry, customer, kind, fen, rest_fen, at, day, aged, label, document_kind, document, "order")
    select uid, entry, customer, kind, fen, fen, at, day, coalesce(aged, at), label, document_kind, document, "order" from (
        select g.*, g.debit_party as customer, g.fen as signed from given g where debit = 'customer' and debit_party is not null
        union all select g.*, g.credit_party, -g.fen from given g where credit = 'customer' and credit_party is not null
    ) sides(uid, entry, at, day, debit, debit_party, credit, credit_party, amount, kind, document_kind, document, label, reverses, "order", aged,
        customer, fen)
), moved as (
    select account, party, sum(fen) as fen from (
        select debit as account, debit_party as party, fen from posting where debit_party is not null
        union all
        select credit, credit_party, -fen from posting where credit_party is not null
    ) sides group by account, party order by account, party
)
insert into receivables_balance (account, party, fen) select account, party, fen from moved
on conflict (account, party) do update set fen = receivables_balance.fen + excluded.fen
"""

# Matches and what undoes them, with the rests they move; claims freed and made; how commitments stand. One act, one statement.
SETTLE: Final = """
with given as (
    select m.uid, m.fen, m.undoes, d.id as debit, c.id as credit
    from jsonb_to_recordset(%(matches)s::jsonb) as m(uid uuid, debit uuid, credit uuid, fen bigint, undoes bigint)
        join receivables_item d on d.uid = m.debit join receivables_item c on c.uid = m.credit
), made as (
    insert into receivables_match (uid, debit_id, credit_id, fen, at, by, entry, undoes_id)
    select uid, debit, credit, fen, %(at)s, %(by)s, %(entry)s, undoes from given
), moved as (
    select item, sum(fen) as fen from (
        select debit as item, case when undoes is null then -fen else fen end as fen from given
        union all select credit, case when undoes is null then fen else -fen end from given
    ) sides group by item
), rested as (
    update receivables_item i set rest_fen = i.rest_fen + m.fen from moved m where i.id = m.item
), freed as (
    update receivables_claim set freed_at = %(at)s where freed_at is null and ("order" = any(%(free)s::uuid[])
        or item_id in (select id from receivables_item where uid = any(%(let_go)s::uuid[])))
), held as (
    insert into receivables_claim (item_id, "order", at)
    select i.id, k."order", %(at)s from jsonb_to_recordset(%(claims)s::jsonb) as k(item uuid, "order" uuid) join receivables_item i on i.uid = k.item
)
update receivables_commitment c set gone_fen = c.gone_fen + w.gone, fen = c.fen + w.fen, off_fen = c.off_fen + w.off,
    remit_fen = c.remit_fen + w.remit, received_fen = c.received_fen + w.received,
    covered_at = case w.covered when true then coalesce(c.covered_at, %(at)s) when false then null else c.covered_at end,
    ended_at = case w.ended when true then coalesce(c.ended_at, %(at)s) when false then null else c.ended_at end
from jsonb_to_recordset(%(commitments)s::jsonb)
    as w("order" uuid, gone bigint, fen bigint, off bigint, remit bigint, received bigint, covered boolean, ended boolean)
where c."order" = w."order"
"""

# Opening balances and the end of the cut-over, one after the other.
LOCK_CUT_OVER: Final = "select pg_advisory_xact_lock(77004)"

BALANCE: Final = "select fen from receivables_balance where account = 'customer' and party = %s"

# What is not matched of a customer's items, oldest debts first, each with the order that holds it.
RESTS: Final = """
select i.*, k."order" from receivables_item i left join receivables_claim k on k.item_id = i.id and k.freed_at is null
where i.customer = %(customer)s and i.rest_fen <> 0 order by i.kind <> 'opening', i.aged, i.id
"""

# Orders with the rests that count for them: what they hold, and what of their own goods, freight and subsidy is not paid.
COVERS: Final = """
select c.*, i.* from receivables_commitment c left join lateral (
    select i.*, k."order" as holder from receivables_claim k join receivables_item i on i.id = k.item_id
    where k."order" = c."order" and k.freed_at is null and i.rest_fen <> 0
    union all
    select i.*, k."order" from receivables_item i left join receivables_claim k on k.item_id = i.id and k.freed_at is null
    where i."order" = c."order" and i.rest_fen <> 0 and i.document_kind = 'consignment'
        and k."order" is distinct from c."order"
) i on true
where c."order" = any(%(orders)s::uuid[]) order by c.id, i.kind <> 'opening', i.aged, i.id
"""
COVERS_OF_CUSTOMER: Final = """
select c.*, i.* from receivables_commitment c left join lateral (
    select i.*, k."order" as holder from receivables_claim k join receivables_item i on i.id = k.item_id
    where k."order" = c."order" and k.freed_at is null and i.rest_fen <> 0
    union all
    select i.*, k."order" from receivables_item i left join receivables_claim k on k.item_id = i.id and k.freed_at is null
    where i."order" = c."order" and i.rest_fen <> 0 and i.document_kind = 'consignment'
        and k."order" is distinct from c."order"
) i on true
where c.customer = %(customer)s and (c.ended_at is null or i.id is not null) order by c.sent_at, c.id, i.kind <> 'opening', i.aged, i.id
"""

# What a sent composition asks, and the rests that it names held for its order. What came in on a document that was taken back is in the
# customer's rests, and so in this one.
ASK: Final = """
with asked as (
    insert into receivables_commitment ("order", customer, remit_fen, fen, off_fen, received_fen, gone_fen, sent_at)
    values (%(order)s, %(customer)s, %(remit)s, %(fen)s, %(off)s, 0, 0, %(at)s)
    on conflict ("order") do update set customer = excluded.customer, remit_fen = excluded.remit_fen,
        fen = excluded.fen, off_fen = excluded.off_fen, sent_at = excluded.sent_at, ended_at = null, received_fen = 0, covered_at = null
)
insert into receivables_claim (item_id, "order", at) select unnest(%(items)s::bigint[]), %(order)s, %(at)s
"""

# The documents named, with what stands matched on their items, and the item at the other end.
MATCHED: Final = """
select m.*, i.*, o.* from receivables_item i
    join receivables_match m on m.debit_id = i.id or m.credit_id = i.id
    join receivables_item o on o.id = case when m.debit_id = i.id then m.credit_id else m.debit_id end
where i.document = any(%(documents)s::uuid[]) and m.undoes_id is null
    and not exists (select from receivables_match u where u.undoes_id = m.id)
order by m.id
"""
ITEMS_OF_DOCUMENT: Final = "select * from receivables_item where document = %(document)s order by id"

LEDGER: Final = """
with newer as (select coalesce(sum(fen), 0) as fen from receivables_item where customer = %(customer)s and id >= %(before)s)
select i.*, (b.fen - n.fen - coalesce(sum(i.fen) over (order by i.id desc rows between unbounded preceding and 1 preceding), 0))::bigint
from (select * from receivables_item where customer = %(customer)s and id < %(before)s order by id desc limit %(most)s) i, newer n,
    receivables_balance b where b.account = 'customer' and b.party = %(customer)s order by i.id desc
"""

KEEP_RESTS: Final = """
create or replace function receivables_keep_rests() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into receivables_balance as b (account, party, fen, rests_fen)
        select 'customer', customer, 0, sum(rest_fen) from new_rows group by customer having sum(rest_fen) <> 0 order by customer
        on conflict (account, party) do update set rests_fen = b.rests_fen + excluded.rests_fen;
    else
        insert into receivables_balance as b (account, party, fen, rests_fen)
        select 'customer', customer, 0, sum(rest_fen)
        from (select customer, rest_fen from new_rows union all select customer, -rest_fen from old_rows) moved
        group by customer having sum(rest_fen) <> 0 order by customer
        on conflict (account, party) do update set rests_fen = b.rests_fen + excluded.rests_fen;
    end if;
    return null;
end
$$;

create or replace trigger keep_rests_of_new after insert on receivables_item referencing new table as new_rows
    for each statement execute function receivables_keep_rests();
create or replace trigger keep_rests after update on receivables_item referencing old table as old_rows new table as new_rows
    for each statement execute function receivables_keep_rests()
"""
WRITTEN_ONCE: Final = """
create or replace function receivables_written_once() returns trigger language plpgsql as $$
begin
    raise exception 'an item is written once; only its rest moves' using errcode = 'integrity_constraint_violation';
end
$$;

create or replace trigger written_once before update on receivables_item for each row when (
    (old.id, old.uid, old.entry, old.customer, old.kind, old.fen, old.at, old.day, old.aged, old.label, old.document_kind, old.document, old."order")
    is distinct from
    (new.id, new.uid, new.entry, new.customer, new.kind, new.fen, new.at, new.day, new.aged, new.label, new.document_kind, new.document, new."order")
) execute function receivables_written_once();
create or replace trigger never_deleted before delete on receivables_item for each row execute function receivables_written_once()
"""
RESTS_ARE_THE_BALANCE: Final = """
create or replace function receivables_compare_rests() returns trigger language plpgsql as $$
begin
    if exists (select from receivables_balance where account = 'customer' and party = new.party and fen <> rests_fen) then
        raise exception 'rests and balance of a customer differ'
            using errcode = 'integrity_constraint_violation', constraint = 'rests_are_the_balance';
    end if;
    return null;
end
$$;

drop trigger if exists rests_are_the_balance on receivables_balance;
create constraint trigger rests_are_the_balance after insert or update on receivables_balance deferrable initially deferred
    for each row when (new.account = 'customer') execute function receivables_compare_rests()
"""
GUARDS: Final = (KEEP_RESTS, WRITTEN_ONCE, RESTS_ARE_THE_BALANCE)
