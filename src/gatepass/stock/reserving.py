"""Setting cartons aside for an order, so that two orders never count on the same carton."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Value
from django.db.models.functions import Greatest

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


def put_back(*, order: UUID, product_id: int, cartons: int) -> None:
    """Picked cartons are on the shelf again: set aside for the order as far as they were before."""
    with prepared() as cursor:
        cursor.execute(sql.PUT_BACK, {"product": product_id, "order": order, "cartons": cartons})


@dataclass(frozen=True, slots=True)
class Held:
    """What an order has of a product: set aside on the shelf, picked, and how much of the picked had not been set aside for it."""

    aside: int = 0
    picked: int = 0
    beyond: int = 0

    @property
    def cartons(self) -> int:
        return self.aside + self.picked

    @property
    def set_aside(self) -> int:
        """Cartons that were set aside for it, also those of them that are picked by now."""
        return self.cartons - self.beyond

    def with_more(self, cartons: int) -> Held:
        """As `reserve` would leave it: what was picked beyond its share counts first."""
        return Held(self.aside + max(0, cartons - self.beyond), self.picked, max(0, self.beyond - cartons))

    def at_most(self, wanted: int) -> Held:
        """As `keep_at_most` would leave it."""
        return Held(min(self.aside, max(0, wanted - self.picked)), self.picked, self.beyond)


def held(order: UUID) -> dict[int, Held]:
    """What an order has, by product id."""
    with prepared() as cursor:
        cursor.execute(sql.HELD, [order])
        return {product: Held(*figures) for product, *figures in cursor.fetchall()}


def from_stock(wanted: Mapping[int, int], free: Mapping[int, int], has: Mapping[int, Held]) -> dict[int, int]:
    """How many of the cartons that an order wants stock has for it: what it has already, and of the free ones what it lacks."""
    return {product: min(cartons, has.get(product, Held()).cartons + max(0, free.get(product, 0))) for product, cartons in wanted.items()}


def complete(wanted: Mapping[int, int], has: Mapping[int, Held]) -> bool:
    """Whether every carton of an order is set aside for it or picked: it is ready (备齐)."""
    return all(has.get(product, Held()).cartons >= cartons for product, cartons in wanted.items())


def keep_at_most(*, order: UUID, product_id: int, wanted: int) -> None:
    """An order wants no more of a product than this: what is set aside beyond it, picked cartons counted, is free again."""
    rest = Greatest(Value(wanted) - F("picked"), 0)
    Reservation.objects.filter(order=order, product_id=product_id, cartons__gt=rest).update(cartons=rest)


def release_all(order: UUID) -> None:
    """Free everything set aside for an order that ended."""
    Reservation.objects.filter(order=order).update(cartons=F("cartons") * 0, beyond=0)
