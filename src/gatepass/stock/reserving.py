"""Setting cartons aside for an order, so that two orders never count on the same carton."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import F

from gatepass.catalogue.models import Product
from gatepass.journal.door import Case
from gatepass.journal.prepared import prepared
from gatepass.journal.rows import rows
from gatepass.stock import sql
from gatepass.stock.models import Reservation


def available(products: Iterable[int], day: date) -> dict[int, int]:
    """Cartons of each product that passed, are not expired and are not reserved; may be below zero after a failed batch."""
    with prepared() as cursor:
        cursor.execute(sql.AVAILABLE, {"products": sorted(products), "day": day})
        return dict(cursor.fetchall())


def lock_products(products: Iterable[int]) -> dict[int, Product]:
    """Lock products in order of id, before reading what is available; gives them by id."""
    return {product.pk: product for product in rows(Product, lock=True, id=list(products))}


def reserve(case: Case, *, order: UUID, cartons: Mapping[int, int]) -> None:
    """Set cartons by product id aside for an order, under the products' locks: what was picked beyond its share counts first."""
    rows = [{"product_id": product, "cartons": n} for product, n in sorted(cartons.items()) if n > 0]
    if rows:
        with prepared() as cursor:
            cursor.execute(sql.RESERVE, [order, case.at, json.dumps(rows)])


def picked(case: Case, *, order: UUID, product_id: int, cartons: int) -> None:
    """Take cartons off an order's reservation as they are picked for it; what goes beyond it is remembered."""
    with prepared() as cursor:
        cursor.execute(sql.PICKED, {"product": product_id, "order": order, "cartons": cartons, "at": case.at})


def picked_beyond(order: UUID) -> dict[int, int]:
    """Cartons by product id that were picked for an order without having been set aside for it."""
    with prepared() as cursor:
        cursor.execute(sql.PICKED_BEYOND, [order])
        return dict(cursor.fetchall())


def keep_at_most(*, order: UUID, product_id: int, cartons: int) -> None:
    """An order wants less of a product: what is set aside beyond that is free again."""
    Reservation.objects.filter(order=order, product_id=product_id, cartons__gt=cartons).update(cartons=cartons)


def release_all(order: UUID) -> None:
    """Free everything set aside for an order that ended."""
    Reservation.objects.filter(order=order).update(cartons=F("cartons") * 0, beyond=0)
