"""The constant SQL of the catalogue: what holds for a customer of a grade and region on a day."""

from typing import Final

PRICES: Final = """
select p.product_id, p.yuan, l.grade, l.region, l.since, l.id from catalogue_price p join catalogue_pricelist l on l.id = p.list_id
where l.grade in ('', %(grade)s) and l.region in ('', %(region)s) and l.since <= %(day)s and (l.until is null or l.until >= %(day)s)
    and (%(products)s::bigint[] is null or p.product_id = any(%(products)s))
"""
PROMOTIONS: Final = """
select * from catalogue_promotion
where grade in ('', %(grade)s) and region in ('', %(region)s) and since <= %(day)s and (until is null or until >= %(day)s) order by id
"""
