"""Opening stock by batch from a list: everything is looked at first, then one command with an event for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from gatepass.catalogue.models import Product
from gatepass.journal.declaration import Called
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.lines import Found, in_lines, of_line, repeated
from gatepass.roles import Power
from gatepass.rules.reasons import refusal
from gatepass.stock.commands import code_of
from gatepass.stock.events import StockReceived
from gatepass.stock.keeping import move
from gatepass.stock.models import Batch, MoveKind, Quality
from gatepass.stock.reserving import lock_products
from gatepass.words import Text

NO_PRODUCT = refusal("没有这个产品编码", "There is no product of this code", field="product_code")
THERE = refusal("这个批次已在库存里，请用入库", "This batch is in stock already: receive into it", field="code")
CARTONS = refusal("件数要大于零", "The number of cartons must be above zero", field="cartons")


@dataclass(frozen=True)
class StockLine:
    """A batch that lies in the warehouse. Its code: the day of production where none is given."""

    product_code: Annotated[str, Called(Text("产品编码", "product code"))]
    produced_on: date
    cartons: int
    code: Annotated[str, Called(Text("批号", "batch code"))] = ""
    quality: Quality = Quality.PASSED
    location: str = ""


@command(may=Power.KEEP_STOCK, title=Text("导入期初库存", "Import opening stock"))
def import_stock(case: Case, *, rows: list[StockLine]) -> Ref:
    """Batches that are there when the company begins with this program. Nothing is written where one line is wrong."""
    found = wrong_stock(dict(enumerate(rows)))
    products = {p.code: p for p in Product.objects.filter(code__in={line.product_code for line in rows})}
    lock_products([p.id for p in products.values()])
    made = [] if found else [(line, _batch(line, products[line.product_code])) for line in rows]
    events = [
        StockReceived(batch=b.uid, product=b.product.uid, cartons=line.cartons, quality=line.quality.value) for line, b in made
    ]
    case.decide(*events, reasons=in_lines(found))
    for line, batch in made:
        batch.save()
        move(case, batch=batch, cartons=line.cartons, kind=MoveKind.RECEIVED, document=None, note="期初")
    return Ref("import_", case.entry, str(len(rows)))


def wrong_stock(lines: Mapping[int, StockLine]) -> Found:
    codes = {line.product_code for line in lines.values()}
    products = set(Product.objects.filter(code__in=codes).values_list("code", flat=True))
    there = set(Batch.objects.filter(product__code__in=codes).values_list("product__code", "code"))
    found: Found = []
    long = refusal("批号最多 24 个字", "A batch code has at most 24 characters", field="code")
    for n, line in lines.items():
        reasons = [
            None if line.product_code in products else NO_PRODUCT,
            THERE if (line.product_code, _code(line)) in there else None,
            None if 0 < line.cartons <= 1_000_000 else CARTONS,
            long if len(line.code) > 24 else None,
        ]
        found += of_line(n, reasons)
    twice = refusal("这个批次在表里不止一次", "This batch stands twice", field="code")
    found += repeated({n: (line.product_code, _code(line)) for n, line in lines.items()}, twice)
    return sorted(found, key=lambda one: one[0])


def _code(line: StockLine) -> str:
    return line.code or code_of(line.produced_on)


def _batch(line: StockLine, product: Product) -> Batch:
    expires = line.produced_on + timedelta(days=product.shelf_life_days)
    return Batch(
        product=product, code=_code(line), produced_on=line.produced_on, expires_on=expires, quality=line.quality.value,
        location=line.location or product.location,
    )  # fmt: skip
