"""The only readers of stock: what lies there by product and batch, what moved, what is set aside. Cartons only: no prices, no addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, Sum

from gatepass.catalogue import queries as catalogue
from gatepass.catalogue.models import Product
from gatepass.catalogue.queries import ProductRow
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.stock.models import Batch, Move, MoveKind, Quality, Reservation
from gatepass.words import Text

SOON = 60
"""Days before its expiry when a batch is pointed out."""


@dataclass(frozen=True, slots=True)
class StockRow:
    """A product's cartons: passed and not expired, held, failed or expired, set aside for orders, and what is free (may be below zero)."""

    product: ProductRow
    passed: int
    held: int
    failed: int
    reserved: int

    @property
    def free(self) -> int:
        return self.passed - self.reserved


@dataclass(frozen=True, slots=True)
class BatchRow:
    uid: UUID
    code: str
    produced_on: date
    expires_on: date
    location: str
    quality: Quality
    on_hand: int
    expired: bool
    soon: bool


@dataclass(frozen=True, slots=True)
class MoveRow:
    at: datetime
    batch: str
    kind: Text
    cartons: int
    note: str

    @property
    def figure(self) -> str:
        """With its sign, a true minus among them."""
        return f"+{self.cartons}" if self.cartons > 0 else f"\u2212{-self.cartons}" if self.cartons else "0"


@dataclass(frozen=True, slots=True)
class ProductStock:
    """One product: its sums, batches first expired first, the last moves, and the orders that it is set aside for."""

    row: StockRow
    batches: tuple[BatchRow, ...]
    moves: tuple[MoveRow, ...]
    reserved: tuple[tuple[UUID, int, datetime], ...]


def sees_stock(sight: Sight) -> bool:
    return sight.may(Power.SEE_STOCK) or sight.may(Power.KEEP_STOCK)


def sees(sight: Sight) -> None:
    """Raises NotFound for who has nothing to do with stock."""
    if not sees_stock(sight):
        raise NotFound("stock")


def stock(sight: Sight, q: str, day: date, *, after: str = "", most: int = 100) -> list[StockRow]:
    """A page of products with their cartons on a day, in order of codes. Three statements."""
    sees(sight)
    found = catalogue.products(sight, q, after=after, most=most)
    return _summed(found, day)


def _summed(found: list[ProductRow], day: date) -> list[StockRow]:
    uids = [row.uid for row in found]
    good = Q(quality=Quality.PASSED.value, expires_on__gt=day)
    sums = (
        Batch.objects.filter(product__uid__in=uids)
        .values("product__uid")
        .annotate(
            passed=Sum("on_hand", filter=good, default=0),
            held=Sum("on_hand", filter=Q(quality=Quality.HELD.value, expires_on__gt=day), default=0),
            whole=Sum("on_hand", default=0),
        )
    )
    by_product = {row["product__uid"]: row for row in sums}
    aside = Reservation.objects.filter(product__uid__in=uids).values("product__uid").annotate(cartons=Sum("cartons"))
    reserved = {row["product__uid"]: row["cartons"] for row in aside}
    rows = []
    for product in found:
        one = by_product.get(product.uid, {"passed": 0, "held": 0, "whole": 0})
        rows.append(StockRow(product, one["passed"], one["held"], one["whole"] - one["passed"] - one["held"], reserved.get(product.uid, 0)))
    return rows


def product(sight: Sight, uid: UUID, day: date) -> ProductStock:
    """One product's stock. Raises NotFound outside the scope."""
    sees(sight)
    row = _summed([catalogue.one(sight, uid)], day)[0]
    batches = Batch.objects.filter(product__uid=uid).filter(Q(on_hand__gt=0) | Q(expires_on__gt=day)).order_by("expires_on", "id")[:100]
    moves = Move.objects.filter(batch__product__uid=uid).select_related("batch").order_by("-id")[:50]
    aside = Reservation.objects.filter(product__uid=uid, cartons__gt=0).order_by("at", "id")[:100]
    return ProductStock(
        row, tuple(_batches(batches, day)), tuple(_move(move) for move in moves), tuple((r.order, r.cartons, r.at) for r in aside)
    )


def batch(sight: Sight, uid: UUID, day: date) -> tuple[BatchRow, ProductRow]:
    """One batch with its product. Raises NotFound."""
    sees(sight)
    found = Batch.objects.select_related("product").filter(uid=uid).first()
    if found is None:
        raise NotFound("batch")
    return next(iter(_batches([found], day))), catalogue.one(sight, found.product.uid)


def _batches(rows: Iterable[Batch], day: date) -> Iterable[BatchRow]:
    for r in rows:
        left = (r.expires_on - day).days
        quality = Quality(r.quality)
        yield BatchRow(r.uid, r.code, r.produced_on, r.expires_on, r.location, quality, r.on_hand, left <= 0, 0 < left <= SOON)


def _move(row: Move) -> MoveRow:
    return MoveRow(row.at, row.batch.code, MoveKind(row.kind).text, row.cartons, row.note)


def pick_batch(sight: Sight, needle: str, known: UUID | None = None) -> list[tuple[UUID, str, str, int]]:
    """Batches for a picker: id, code, product, cartons on hand. `known`: this one alone."""
    sees(sight)
    rows = Batch.objects.select_related("product")
    if known is not None:
        rows = rows.filter(uid=known)
    else:
        near = Product.objects.filter(Q(name__icontains=needle) | Q(initials__startswith=needle.lower()) | Q(code__startswith=needle))
        rows = rows.filter(Q(code__startswith=needle) | Q(product__in=near), on_hand__gt=0)
    return [(r.uid, r.code, f"{r.product.name} {r.product.spec}", r.on_hand) for r in rows.order_by("expires_on", "id")[:12]]
