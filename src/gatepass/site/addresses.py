"""Where each kind of thing has its page: kind to a path with the id in it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

PAGES: Final[dict[str, str]] = {
    "order": "/orders/{uid}/",
    "customer": "/customers/{uid}/",
    "product": "/products/{uid}/",
    "price_list": "/products/prices/{uid}/",
    "promotion": "/products/promotions/",
    "department": "/people/",
    "position": "/people/",
    "receipt": "/receipts/{uid}/",
    "voucher": "/receipts/vouchers/{uid}/",
    "demand": "/production/",
    "plan": "/production/plans/{uid}/",
    "notice": "/notices/{uid}/",
    "change": "/notices/changes/{uid}/",
    "trip": "/trips/{uid}/",
    "consignment": "/trips/consignments/{uid}/",
    "waybill": "/waybills/{uid}/",
    "gate_pass": "/passes/{uid}/",
    "authority": "/passes/authorities/{uid}/",
    "carrier": "/carriers/{uid}/",
    "fine": "/enforcement/fines/{uid}/",
    "person": "/people/{uid}/",
}


def address_of(kind: str, uid: UUID) -> str:
    """The page of a thing; the desk where its kind has none."""
    return PAGES.get(kind, "/").format(uid=uid)
