"""Products (C18), prices by class and region with dates, promotion policies (D2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from gatepass.catalogue import queries
from gatepass.catalogue.models import Product
from gatepass.catalogue.policies import Policy, discount, gifts
from gatepass.identity import new_id
from gatepass.rules.reasons import NotFound
from masters import House, reasons

DAY = date(2026, 11, 16)


def product(house: House, code: str = "P1", name: str = "郫县豆瓣 一级", **more: object) -> UUID:
    given = {"spec": "500g×20", "pieces": 20, "weight_g": 11400, "volume_cm3": 21000, "shelf_life_days": 540, "family": "豆瓣"}
    return house.run("add_product", code=code, name=name, **(given | more))


def listed(house: House, uid: UUID, yuan: str, since: str = "2026-01-01", **more: object) -> UUID:
    name = f"{yuan} {more}"
    return house.run("add_price_list", name=name, since=since, prices=[{"product": uid, "yuan": yuan}], **more)


def price(grade: str, region: str, day: date = DAY) -> Decimal | None:
    return queries.price_for(grade, region, day).get(Product.objects.get(code="P1").pk)


@pytest.mark.requirement("D2")
def test_the_most_specific_list_counts_and_among_equals_the_later(house: House) -> None:
    uid = product(house)
    for yuan, more in (("100", {}), ("90", {"region": "川渝"}), ("80", {"grade": "A"}), ("70", {"grade": "A", "region": "川渝"})):
        listed(house, uid, yuan, **more)
    assert [price("A", "川渝"), price("A", "西北"), price("B", "川渝"), price("B", "西北")] == [70, 80, 90, 100]
    listed(house, uid, "101", "2026-11-01")
    assert price("B", "西北") == 101
    assert price("B", "西北", date(2026, 10, 31)) == 100


@pytest.mark.requirement("D2")
def test_a_list_that_is_over_or_to_come_gives_no_price(house: House) -> None:
    uid = product(house)
    listed(house, uid, "100", "2025-01-01", until="2025-12-31")
    listed(house, uid, "110", "2027-01-01")
    assert price("A", "川渝") is None
    assert price("A", "川渝", date(2025, 12, 31)) == 100


@pytest.mark.requirement("D2")
def test_a_price_changes_for_what_comes_and_the_journal_keeps_both(house: House) -> None:
    uid = product(house)
    prices = listed(house, uid, "100")
    house.run("set_price", price_list=prices, product=uid, yuan="105.5")
    assert price("A", "川渝") == Decimal("105.5")
    assert reasons("set_price", house, price_list=prices, product=uid, yuan="105.5") == ["The price is the same as before"]


def test_everything_wrong_with_a_price_list_is_said_by_line(house: House) -> None:
    uid = product(house)
    lines = [{"product": uid, "yuan": "-1"}, {"product": uid, "yuan": "1.2345678"}, {"product": new_id(), "yuan": "1"}]
    wrong = reasons("add_price_list", house, name="", since="2026-01-01", until="2025-01-01", prices=lines)
    assert {
        "This must be filled in",
        "It ends before it begins",
        "line 1: the product stands here twice",
        "line 3: there is no such product",
    } <= set(wrong)


@dataclass(frozen=True)
class Sold:
    id: int = 1
    family: str = "豆瓣"


def policy(**more: object) -> Policy:
    given = {
        "uid": new_id(), "name": "政策", "giveaway": True, "product": None, "family": "", "from_cartons": 0, "buy": 20, "get": 1,
        "percent": Decimal(0),
    }  # fmt: skip
    return Policy(**(given | more))  # type: ignore[arg-type]


@pytest.mark.requirement("D2")
@pytest.mark.parametrize(("cartons", "given"), [(19, 0), (20, 1), (39, 1), (40, 2), (120, 6), (0, 0)])
def test_buy_twenty_get_one_of_the_same_product(cartons: int, given: int) -> None:
    assert gifts([policy()], Sold(), cartons)[0] == given


@pytest.mark.requirement("D2")
def test_of_tiers_the_highest_reached_counts() -> None:
    tiers = [policy(), policy(from_cartons=100, buy=15), policy(from_cartons=300, buy=10)]
    assert [gifts(tiers, Sold(), cartons)[0] for cartons in (99, 100, 299, 300)] == [4, 6, 19, 30]


@pytest.mark.requirement("D2")
def test_the_policy_that_names_the_product_goes_before_family_and_all() -> None:
    every, family, own = policy(buy=10), policy(family="豆瓣", buy=20), policy(product=1, buy=50)
    assert gifts([every, family, own], Sold(), 100)[0] == 2
    assert gifts([every, family], Sold(), 100)[0] == 5
    assert gifts([every, family, own], Sold(2, "泡菜"), 100)[0] == 10
    assert gifts([own], Sold(2, "泡菜"), 100) == (0, gifts([], Sold(), 1)[1])


@pytest.mark.requirement("D2")
def test_a_discount_gives_percent_and_a_giveaway_none() -> None:
    off = policy(giveaway=False, buy=0, get=0, percent=Decimal("2.5"), from_cartons=50)
    assert discount([off, policy()], Sold(), 50)[0] == Decimal("2.5")
    assert discount([off, policy()], Sold(), 49)[0] == 0
    assert gifts([off], Sold(), 100)[0] == 0


@pytest.mark.requirement("D2")
def test_a_promotion_counts_in_its_period_and_for_its_customers_only(house: House) -> None:
    house.run("add_promotion", name="川渝二十搭一", kind="giveaway", since="2026-11-01", until="2026-11-30", region="川渝", buy=20, get=1)
    assert len(queries.promotions_for("A", "川渝", DAY)) == 1
    assert queries.promotions_for("A", "西北", DAY) == []
    assert queries.promotions_for("A", "川渝", date(2026, 12, 1)) == []


@pytest.mark.requirement("D2")
def test_an_ended_promotion_no_longer_gives_and_a_half_made_one_is_refused(house: House) -> None:
    uid = house.run("add_promotion", name="二十搭一", kind="giveaway", since="2026-01-01", buy=20, get=1)
    house.run("end_promotion", promotion=uid, until=DAY - timedelta(days=1))
    assert queries.promotions_for("A", "川渝", DAY) == []
    wrong = reasons("add_promotion", house, name="", kind="giveaway", since="2026-01-01", until="2025-01-01")
    assert {"A giveaway: for how many cartons", "A giveaway: how many free, not more than are bought", "It ends before it begins"} <= set(wrong)
    for much in ({"kind": "discount", "percent": "100"}, {"kind": "giveaway", "buy": 1, "get": 1000}):
        assert reasons("add_promotion", house, name="过头", since="2026-01-01", **much) != []


@pytest.mark.requirement("C18")
def test_a_product_needs_weight_and_volume_of_a_carton(house: House) -> None:
    wrong = reasons("add_product", house, code="P1", name="豆瓣", spec="x", pieces=1, weight_g=0, volume_cm3=0, shelf_life_days=0)
    assert wrong == ["Weight: 1 g to 1 t", "Volume: 1 cm³ to 10 m³", "Shelf life: more than 0 days"]
    uid = product(house)
    assert (queries.one(house.sees("lin"), uid).kg, queries.one(house.sees("lin"), uid).litres) == ("11.40", "21.0")


@pytest.mark.parametrize("needle", ["豆瓣", "郫县豆瓣", "pxdb", "doubanyiji", "P1", "一级"])
def test_a_product_is_found_by_characters_pinyin_initials_and_code(house: House, needle: str) -> None:
    uid = product(house)
    product(house, "X9", "四川泡菜", family="泡菜")
    assert [row.uid for row in queries.products(house.sees("lin"), needle)] == [uid]


def test_a_retired_product_is_not_offered_any_more(house: House) -> None:
    uid = product(house)
    house.run("retire_product", product=uid)
    assert queries.pick(house.sees("lin"), "豆瓣") == []
    assert [row.uid for row in queries.products(house.sees("lin"), retired=True)] == [uid]
    assert reasons("retire_product", house, product=uid) == ["It is retired already"]


def test_prices_are_hidden_from_who_may_not_see_money(house: House) -> None:
    uid = product(house)
    prices = listed(house, uid, "100")
    assert queries.prices_of(house.sees("wu"), uid, DAY) == []
    with pytest.raises(NotFound):
        queries.price_list(house.sees("wu"), prices)
    assert queries.products(house.sees("feng")) == []
