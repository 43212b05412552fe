"""The stock-up plan (备货计划) as papers print it: days, products, names, quantities; no address, phone or price (C24)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from gatepass.journal.door import Case
from gatepass.papers.shapes import Cited
from gatepass.papers.sheets import PlanDay, StockUp, StockUpPlan, Wanted
from gatepass.people.firm import firm
from gatepass.production.needs import Need
from gatepass.roles import Power, Sight
from gatepass.words import Text

CITED: Final = (
    Cited(clause="C12", text=Text("发货日前三天交生产", "with production three days before the shipping day")),
    Cited(clause="C24", text=Text("只写客户名、日期、数量", "names, days and quantities only")),
)


def stockup_plan(case: Case, rows: Sequence[Need], day: date, version: int) -> StockUpPlan:
    """The sheet of a day's plan from the needs that it freezes."""
    grouped: dict[int, list[Need]] = {}
    for row in rows:
        grouped.setdefault(row.product.pk, []).append(row)
    products = tuple(_product(found) for found in grouped.values())
    cartons = sum(row.cartons for row in rows)
    return StockUpPlan(
        company=firm().name,
        number=f"BH-{day:%Y%m%d}",
        made_at=case.at,
        version=version,
        days=(PlanDay(day=day, products=products, cartons=cartons),),
        clauses=CITED,
    )


def _product(rows: Sequence[Need]) -> StockUp:
    made = rows[0].product
    wanted = tuple(Wanted(customer=r.customer_name, ships_on=r.expected_on, cartons=r.cartons, note=r.remark) for r in rows)
    cartons, stock = sum(r.cartons for r in rows), sum(r.there for r in rows)
    return StockUp(
        code=made.code, name=made.name, spec=made.spec, cartons=cartons, wanted=wanted, in_stock=stock, to_make=max(0, cartons - stock)
    )


def may_read(sight: Sight, plan: UUID) -> bool:
    """Production, and everybody who sees stock."""
    return sight.may(Power.REPORT_READY) or sight.may(Power.SEE_STOCK)
