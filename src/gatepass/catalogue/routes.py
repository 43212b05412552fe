"""What of prices is confirmed by another: a list and a policy bind who wrote them until then (rule 43). They count at once all the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from gatepass.approvals.binding import bind_next
from gatepass.approvals.routes import Data, Line, Step, Subject, route
from gatepass.catalogue.models import Price, PriceList, Promotion, PromotionKind
from gatepass.catalogue.rows import locked_list
from gatepass.journal.door import Case
from gatepass.roles import Position, Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.words import Text, same

CONFIRMS: Final = (
    Step(code="confirm", power=Power.APPROVE_SALES, text=Text("核对确认", "confirmation"), position=Position.SALES_MANAGER),
)  # fmt: skip
EVERYBODY: Final = Text("全部", "all")


def bind_prices(case: Case, row: PriceList) -> None:
    """What the list says from now on."""
    prices = Price.objects.filter(list=row).select_related("product").order_by("product__code")
    said: dict[str, Any] = {
        "name": row.name, "grade": row.grade, "region": row.region, "since": str(row.since), "until": str(row.until or ""),
        "prices": [[price.product.code, price.product.name, f"{price.yuan.normalize():f}"] for price in prices],
    }  # fmt: skip
    bind_next(case, PRICES, row.uid, number=row.name, data=said)


def bind_promotion(case: Case, row: Promotion) -> None:
    said: dict[str, Any] = {
        "name": row.name, "kind": row.kind, "product": row.product.name if row.product else "", "family": row.family, "grade": row.grade,
        "region": row.region, "since": str(row.since), "until": str(row.until or ""), "from_cartons": row.from_cartons, "buy": row.buy,
        "get": row.get, "percent": f"{row.percent.normalize():f}",
    }  # fmt: skip
    bind_next(case, PROMOTION, row.uid, number=row.name, data=said)


def _list(case: Case, uid: UUID) -> Subject:
    return Subject(uid=uid, row=locked_list(uid))


def _promotion(case: Case, uid: UUID) -> Subject:
    row = Promotion.objects.select_for_update(no_key=True).filter(uid=uid).first()
    if row is None:
        raise NotFound("promotion")
    return Subject(uid=uid, row=row)


def _sees(sight: Sight, uid: UUID) -> bool:
    return sight.may(Power.SEE_MONEY)


def _for_whom(data: Data) -> list[Line]:
    return [
        Line("grade", Text("客户级别", "grade"), same(data["grade"]) if data["grade"] else EVERYBODY),
        Line("region", Text("片区", "region"), same(data["region"]) if data["region"] else EVERYBODY),
        Line("since", Text("起始日期", "from"), same(data["since"])),
        Line("until", Text("截止日期", "through"), same(data["until"]) if data["until"] else Text("不限", "open")),
    ]


def _prices_said(sight: Sight, data: Data) -> Sequence[Line]:
    money = sight.may(Power.SEE_MONEY)
    prices = [Line(code, same(f"{code} {name}"), same(yuan) if money else None) for code, name, yuan in data["prices"]]
    return [*_for_whom(data), *prices]


def _promotion_said(sight: Sight, data: Data) -> Sequence[Line]:
    giveaway = data["kind"] == PromotionKind.GIVEAWAY.value
    what = (
        Text("买 {buy} 赠 {get}", "{get} free for {buy}").fill(buy=data["buy"], get=data["get"])
        if giveaway
        else Text("减 {percent}%", "{percent}% off").fill(percent=data["percent"])
    )
    about = data["product"] or data["family"]
    return [
        Line("kind", Text("种类", "kind"), PromotionKind(data["kind"]).text),
        Line("what", Text("优惠", "what it gives"), what),
        Line("about", Text("产品或品类", "product or family"), same(about) if about else EVERYBODY),
        Line("from_cartons", Text("满几件起", "from how many cartons"), same(str(data["from_cartons"]))),
        *_for_whom(data),
    ]


def _headline(sight: Sight, data: Data) -> Text:
    return same(data["name"])


PRICES: Final = route(
    code="price_list", kind="price_list", title=Text("价目表", "price list"), article="D6", steps=CONFIRMS, subject=_list, sees=_sees,
    said=_prices_said, headline=_headline, page="/products/prices/{subject}/",
)  # fmt: skip
PROMOTION: Final = route(
    code="promotion", kind="promotion", title=Text("促销政策", "promotion"), article="D6", steps=CONFIRMS, subject=_promotion, sees=_sees,
    said=_promotion_said, headline=_headline, page="/products/promotions/",
)  # fmt: skip
