"""Prices and promotions of a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import Q

from gatepass.catalogue.models import Price, Promotion


def price_for(grade: str, region: str, day: date) -> dict[int, Decimal]:
    """Yuan a carton by product id: of all lists in force that day the most specific one counts, then the latest."""
    rows = (
        Price.objects.filter(Q(list__until=None) | Q(list__until__gte=day), list__since__lte=day)
        .filter(list__grade__in=["", grade], list__region__in=["", region])
        .values_list("product_id", "yuan", "list__grade", "list__region", "list__since", "list_id")
    )
    ranked = sorted(rows, key=lambda r: (bool(r[2]), bool(r[3]), r[4], r[5]))
    return {product: yuan for product, yuan, *_ in ranked}


def promotions_for(grade: str, region: str, day: date) -> list[Promotion]:
    """Promotions in force that day for a customer's grade and region."""
    return list(
        Promotion.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day, grade__in=["", grade], region__in=["", region]).order_by("id")
    )
