"""The constant SQL of customers."""

from typing import Final

FILE_STATE: Final = """
select jsonb_build_object(
    'name', c.name, 'address', c.address, 'phone', c.phone, 'terms', c.terms, 'forwarder', c.forwarder, 'region', c.region,
    'delivery', exists (select from customers_address a where a.customer_id = c.id and a.until is null),
    'business', exists (select from customers_contact k where k.customer_id = c.id and k.kind = 'business' and k.until is null),
    'receiving', exists (select from customers_contact k where k.customer_id = c.id and k.kind = 'receiving' and k.until is null),
    'ordered', exists (select from journal_reference r join journal_entry e on e.id = r.entry_id
                        where r.uid = c.uid and r.kind = 'customer' and e.event = 'order.taken'))
from customers_customer c where c.uid = %(customer)s
"""
