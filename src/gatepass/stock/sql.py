"""The constant SQL of stock."""

from typing import Final

AVAILABLE: Final = """
select p.id,
  coalesce((select sum(b.on_hand) from stock_batch b where b.product_id = p.id and b.quality = 'passed' and b.expires_on > %(day)s), 0)
  - coalesce((select sum(r.cartons) from stock_reservation r where r.product_id = p.id), 0)
from catalogue_product p where p.id = any(%(products)s)
"""

MOVE: Final = """
with moves as (
    select * from jsonb_to_recordset(%(moves)s::jsonb) as m(batch bigint, cartons int)
), kept as (
    update stock_batch b set on_hand = b.on_hand + m.cartons
    from (select batch, sum(cartons) as cartons from moves group by batch) m where b.id = m.batch
)
insert into stock_move (batch_id, cartons, kind, document, entry, at, note)
select batch, cartons, %(kind)s, %(document)s, %(entry)s, %(at)s, %(note)s from moves
"""
RESERVE: Final = """
insert into stock_reservation (product_id, "order", cartons, at)
select product_id, %s, cartons, %s from jsonb_to_recordset(%s::jsonb) as r(product_id bigint, cartons int)
on conflict ("order", product_id) do update set
  cartons = stock_reservation.cartons + greatest(excluded.cartons - stock_reservation.beyond, 0),
  beyond = greatest(stock_reservation.beyond - excluded.cartons, 0)
"""

PICKED: Final = """
insert into stock_reservation (product_id, "order", cartons, beyond, picked, at) values (%(product)s, %(order)s, 0, %(cartons)s, %(cartons)s, %(at)s)
on conflict ("order", product_id) do update set
  cartons = greatest(stock_reservation.cartons - excluded.picked, 0),
  beyond = stock_reservation.beyond + greatest(excluded.picked - stock_reservation.cartons, 0),
  picked = stock_reservation.picked + excluded.picked
"""

PUT_BACK: Final = """
update stock_reservation set
  cartons = cartons + greatest(%(cartons)s - beyond, 0), beyond = greatest(beyond - %(cartons)s, 0), picked = picked - %(cartons)s
where "order" = %(order)s and product_id = %(product)s
"""

HELD: Final = """
select product_id, cartons, picked, beyond from stock_reservation where "order" = %s
"""

LOCK_BATCHES: Final = """
select b.*, p.*,
    (select coalesce(sum(r.cartons), 0)::int from stock_reservation r where r."order" = %(order)s and r.product_id = b.product_id) as aside
from stock_batch b join catalogue_product p on p.id = b.product_id where b.uid = any(%(batches)s)
order by b.id for no key update of b
"""
OFFERED: Final = """
select b.*, p.uid from stock_batch b join catalogue_product p on p.id = b.product_id
where p.uid = any(%(products)s) and b.quality = 'passed' and b.expires_on > %(day)s and b.on_hand > 0 order by b.expires_on, b.code
"""
