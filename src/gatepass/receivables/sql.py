"""The constant SQL of the ledger."""

from typing import Final

POST: Final = """
with posting as (
    insert into receivables_posting (uid, entry, at, day, debit, debit_party, credit, credit_party, fen, kind, document_kind, document,
        label, reverses)
    select uid, entry, at, day, debit, debit_party, credit, credit_party, fen, kind, document_kind, document, label, reverses
    from jsonb_to_recordset(%s::jsonb) as p(uid uuid, entry uuid, at timestamptz, day date, debit text, debit_party uuid, credit text,
        credit_party uuid, fen bigint, kind text, document_kind text, document uuid, label text, reverses uuid)
    returning debit, debit_party, credit, credit_party, fen
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

# The debt of dues grows by what left; those that ended settle the open items that they had named (or free them where nothing left).
DEBIT: Final = """
with due as (
    update receivables_due d set debited_fen = d.debited_fen + w.fen, ended_at = case when w.ended then %(at)s else d.ended_at end
    from jsonb_to_recordset(%(dues)s::jsonb) as w("order" uuid, fen bigint, ended boolean) where d."order" = w."order"
    returning d."order", d.debited_fen, w.ended
)
update receivables_openitem i
set settled_at = case when due.debited_fen > 0 then %(at)s end, reserved_by = case when due.debited_fen > 0 then i.reserved_by end
from due where due.ended and i.reserved_by = due."order" and i.settled_at is null
"""

BALANCE: Final = "select fen from receivables_balance where account = 'customer' and party = %s"

STANDING: Final = """
select
  coalesce((select fen from receivables_balance where account = 'customer' and party = %(customer)s), 0),
  coalesce((select sum(committed_fen - debited_fen) from receivables_due where customer = %(customer)s and ended_at is null), 0),
  coalesce((select sum(greatest(remit_fen - received_fen, 0)) from receivables_due
            where customer = %(customer)s and ended_at is null), 0),
  coalesce((select sum(fen) from receivables_openitem
            where customer = %(customer)s and reserved_by is null and settled_at is null and reversed_at is null), 0)
"""
STANDING_AND_ITEMS: Final = """
with items as (
    select * from receivables_openitem
    where customer = %(customer)s and reserved_by is null and settled_at is null and reversed_at is null
), figures as (
    select
      coalesce((select fen from receivables_balance where account = 'customer' and party = %(customer)s), 0) as balance,
      coalesce((select sum(committed_fen - debited_fen) from receivables_due where customer = %(customer)s and ended_at is null), 0)
        as committed,
      coalesce((select sum(greatest(remit_fen - received_fen, 0)) from receivables_due
                where customer = %(customer)s and ended_at is null), 0) as awaited,
      coalesce((select sum(fen) from items), 0) as items
)
select i.*, f.balance, f.committed, f.awaited, f.items from figures f left join items i on true order by i.opened_at, i.id
"""

# What a sent composition asks, and the items that it names reserved for its order. What came in on a document that was taken back is in
# the customer's balance, and so in this one.
ASK: Final = """
with asked as (
    insert into receivables_due ("order", customer, remit_fen, committed_fen, received_fen, debited_fen, sent_at)
    values (%(order)s, %(customer)s, %(remit)s, %(committed)s, 0, 0, %(at)s)
    on conflict ("order") do update set customer = excluded.customer, remit_fen = excluded.remit_fen,
        committed_fen = excluded.committed_fen, sent_at = excluded.sent_at, ended_at = null, received_fen = 0, covered_at = null
)
update receivables_openitem set reserved_by = %(order)s where id = any(%(items)s::bigint[])
"""

NEWEST_OF_CUSTOMER: Final = """
select * from receivables_posting
where (debit = 'customer' and debit_party = %(customer)s) or (credit = 'customer' and credit_party = %(customer)s)
order by at desc, id desc limit 200
"""
