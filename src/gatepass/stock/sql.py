"""The constant SQL of stock."""

from typing import Final

AVAILABLE: Final = """
select p.id,
  coalesce((select sum(b.on_hand) from stock_batch b where b.product_id = p.id and b.quality = 'passed' and b.expires_on > %(day)s), 0)
  - coalesce((select sum(r.cartons) from stock_reservation r where r.product_id = p.id), 0)
from catalogue_product p where p.id = any(%(products)s)
"""

RESERVE: Final = """
insert into stock_reservation (product_id, "order", cartons, at)
select product_id, %s, cartons, %s from jsonb_to_recordset(%s::jsonb) as r(product_id bigint, cartons int)
on conflict ("order", product_id) do update set cartons = stock_reservation.cartons + excluded.cartons
"""
