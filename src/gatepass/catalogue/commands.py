"""Every command of the catalogue, by the noun that it is about: products, prices, promotions."""

from gatepass.catalogue.imports import import_prices, import_products, import_promotions
from gatepass.catalogue.prices import add_price_list, end_price_list, set_price
from gatepass.catalogue.products import add_product, change_product, retire_product
from gatepass.catalogue.promotions import add_promotion, end_promotion

__all__ = [
    "add_price_list",
    "add_product",
    "add_promotion",
    "change_product",
    "end_price_list",
    "end_promotion",
    "import_prices",
    "import_products",
    "import_promotions",
    "retire_product",
    "set_price",
]
