"""Products: what is sold, by the carton, with weight, volume and shelf life (C18)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from gatepass.catalogue.events import ProductAdded, ProductChanged, ProductRetired
from gatepass.catalogue.models import Product
from gatepass.catalogue.rows import locked_product, respell, wrong_product
from gatepass.journal.declaration import Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.roles import Power
from gatepass.rules.reasons import refusal
from gatepass.words import Text

name_fields(
    spec=("规格", "pack"), family=("品类", "family"), pieces=("每件数量", "pieces a carton"),
    weight_g=("每件重量（克）", "carton weight (g)"), volume_cm3=("每件体积（立方厘米）", "carton volume (cm³)"),
    shelf_life_days=("保质期（天）", "shelf life (days)"), location=("货位", "location"),
)  # fmt: skip
CODE = refusal("这个编码已有产品", "Another product has this code", field="code")
once("catalogue_product_code_key", CODE)
FIELDS = ("code", "name", "spec", "family", "pieces", "weight_g", "volume_cm3", "shelf_life_days", "location", "active")


@command(may=Power.KEEP_PRODUCTS, title=Text("新增产品", "Add a product"))
def add_product(
    case: Case,
    *,
    code: str,
    name: str,
    spec: str,
    pieces: int,
    weight_g: int,
    volume_cm3: int,
    shelf_life_days: int,
    family: str = "",
    location: str = "",
) -> Ref:
    """A product. Weight in grams and volume in cubic centimetres are those of one carton."""
    made = Product(
        uid=case.new_id(), code=code, name=name, spec=spec, pieces=pieces, weight_g=weight_g, volume_cm3=volume_cm3,
        shelf_life_days=shelf_life_days, family=family, location=location,
    )  # fmt: skip
    respell(made)
    case.decide(
        product_added(made),
        reasons=[*wrong_product(made), CODE if Product.objects.filter(code=code).exists() else None],
    )
    made.save()
    return Ref("product", made.uid, name)


@command(may=Power.KEEP_PRODUCTS, title=Text("改产品资料", "Change a product"))
def change_product(
    case: Case,
    *,
    product: Annotated[UUID, Of("product")],
    code: str | None = None,
    name: str | None = None,
    spec: str | None = None,
    pieces: int | None = None,
    weight_g: int | None = None,
    volume_cm3: int | None = None,
    shelf_life_days: int | None = None,
    family: str | None = None,
    location: str | None = None,
    active: bool | None = None,
) -> Ref:
    """What is given changes, what is left out stays. Documents that were made keep what stands on them."""
    row = locked_product(product)
    before = {field: getattr(row, field) for field in FIELDS}
    given = {
        "code": code, "name": name, "spec": spec, "pieces": pieces, "weight_g": weight_g, "volume_cm3": volume_cm3,
        "shelf_life_days": shelf_life_days, "family": family, "location": location, "active": active,
    }  # fmt: skip
    for field, value in given.items():
        if value is not None:
            setattr(row, field, value)
    changed = tuple(field for field, value in before.items() if getattr(row, field) != value)
    respell(row)
    case.decide(
        ProductChanged(
            product=product, changed=changed, pieces=row.pieces, weight_g=row.weight_g, volume_cm3=row.volume_cm3,
            shelf_life_days=row.shelf_life_days,
        ),
        reasons=[
            *wrong_product(row),
            None if changed else refusal("没有改动", "Nothing is different"),
            CODE if Product.objects.exclude(pk=row.pk).filter(code=row.code).exists() else None,
        ],
    )  # fmt: skip
    row.save()
    return Ref("product", product, row.name)


@command(may=Power.KEEP_PRODUCTS, title=Text("停售产品", "Retire a product"))
def retire_product(case: Case, *, product: Annotated[UUID, Of("product")]) -> Ref:
    """No longer offered for new orders. What is ordered, in stock or on the way goes on."""
    row = locked_product(product)
    gone = refusal("已经停售", "It is retired already")
    case.decide(ProductRetired(product=product), reasons=[None if row.active else gone])
    row.active = False
    row.save(update_fields=["active"])
    return Ref("product", product, row.name)


def product_added(made: Product) -> ProductAdded:
    return ProductAdded(
        product=made.uid, pieces=made.pieces, weight_g=made.weight_g, volume_cm3=made.volume_cm3,
        shelf_life_days=made.shelf_life_days,
    )  # fmt: skip
