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
