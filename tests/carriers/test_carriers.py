"""Carriers, vehicles, drivers and rates (C18, C20); freight rounded half up once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from gatepass.carriers import queries
from gatepass.carriers.models import PricingUnit, Rate
from gatepass.rules.reasons import NotFound
from masters import House, carrier, reasons

DAY = date(2026, 11, 16)


def rate(house: House, of: UUID, destination: str, unit: str, yuan: str, *, since: str = "2026-01-01", **more: object) -> UUID:
    return house.run("set_rate", carrier=of, destination=destination, unit=unit, yuan=yuan, since=since, **more)


def fen(of: UUID, destination: str, day: date = DAY, unit: PricingUnit | None = None) -> int | None:
    quote = queries.freight(of, destination, unit=unit, cartons=414, weight_g=4_720_000, volume_cm3=9_123_456, day=day)
    return quote.fen if quote else None


@pytest.mark.requirement("C20")
def test_freight_by_carton_ton_and_cubic_metre_is_rounded_half_up_once(house: House) -> None:
    uid = carrier(house)
    for unit, yuan in (("carton", "2.625"), ("ton", "230.005"), ("m3", "85.5")):
        rate(house, uid, "重庆", unit, yuan)
    assert fen(uid, "重庆", unit=PricingUnit.CARTON) == 108675
    assert fen(uid, "重庆", unit=PricingUnit.TON) == 108562  # 1085.6236
    assert fen(uid, "重庆", unit=PricingUnit.CUBIC_METRE) == 78006  # 780.055488
    assert fen(uid, "重庆") == 78006


@pytest.mark.requirement("C20")
def test_the_minimum_charge_counts_where_the_load_is_small(house: House) -> None:
    uid = carrier(house)
    rate(house, uid, "重庆", "ton", "230", minimum="2000.00")
    quote = queries.freight(uid, "重庆", cartons=1, weight_g=11400, volume_cm3=21000, day=DAY)
    assert quote is not None and (quote.fen, quote.minimum) == (200000, True)
    quote = queries.freight(uid, "重庆", cartons=1, weight_g=20_000_000, volume_cm3=21000, day=DAY)
    assert quote is not None and (quote.fen, quote.minimum) == (460000, False)


@pytest.mark.requirement("C20")
def test_the_closest_destination_counts_then_elsewhere_then_none(house: House) -> None:
    uid = carrier(house)
    rate(house, uid, "重庆", "ton", "100")
    rate(house, uid, "重庆渝北", "ton", "110")
    assert [fen(uid, place) for place in ("重庆渝北", "重庆南岸", "贵阳")] == [51920, 47200, None]
    rate(house, uid, "其他", "ton", "500")
    assert fen(uid, "贵阳") == 236000


@pytest.mark.requirement("C20")
def test_a_new_rate_takes_over_from_its_day_and_the_old_one_stays_for_the_past(house: House) -> None:
    uid = carrier(house)
    rate(house, uid, "重庆", "ton", "100")
    rate(house, uid, "重庆", "ton", "200", since="2026-11-01")
    assert (fen(uid, "重庆"), fen(uid, "重庆", date(2026, 10, 31))) == (94400, 47200)
    assert "already a rate" in reasons("set_rate", house, carrier=uid, destination="重庆", unit="ton", yuan="3", since="2026-11-01")[0]
    assert (
        "begins on 2026-01-01" in reasons("set_rate", house, carrier=uid, destination="重庆", unit="ton", yuan="3", since="2025-01-01")[0]
    )


@pytest.mark.requirement("C20")
def test_an_ended_rate_asks_for_nothing(house: House) -> None:
    uid = carrier(house)
    made = rate(house, uid, "重庆", "ton", "100")
    house.run("end_rate", rate=made, until="2026-11-15")
    assert fen(uid, "重庆") is None
    assert Rate.objects.get(uid=made).yuan == Decimal(100)


@pytest.mark.requirement("C18")
def test_a_vehicle_has_its_load_and_space_and_a_plate_once(house: House) -> None:
    uid = carrier(house)
    given = {"carrier": uid, "plate": "川a 8f213", "kind": "厢式 6.8 米", "load_kg": 10000, "space_dm3": 40000}
    house.run("add_vehicle", **given)
    (row,) = queries.one(house.sees("sun"), uid).vehicles
    assert (row.plate, row.load_kg, row.space_m3) == ("川A·8F213", 10000, "40.0")
    assert reasons("add_vehicle", house, **given) == ["This plate is already registered"]
    assert reasons("add_vehicle", house, **(given | {"plate": "川B12345", "load_kg": 0, "space_dm3": 0})) == [
        "The load must be more than 0", "The space must be more than 0",
    ]  # fmt: skip


@pytest.mark.requirement("C20")
def test_a_driver_who_signs_in_sees_his_carrier_only(house: House) -> None:
    own, other = carrier(house), carrier(house, "C02", "老周货运")
    luo = house.people["luo"] = house.run("add_person", "admin", username="luo", name="罗建平")
    driver = house.run("add_driver", carrier=own, name="罗建平", phone="13900002765", person=luo)
    sight = house.sees("luo")
    assert [row.uid for row in queries.search(sight)] == [own]
    with pytest.raises(NotFound):
        queries.one(sight, other)
    assert reasons("add_driver", house, carrier=other, name="罗", phone="1", person=luo) == [
        "This person already signs in for another carrier"
    ]
    house.run("change_driver", driver=driver, name="罗建平", phone="13900002765", active=False)
    assert house.sees("luo").carrier is None


@pytest.mark.requirement("C20")
@pytest.mark.parametrize("needle", ["顺达", "cysd", "shunda", "C01", "8F213"])
def test_a_carrier_is_found_by_name_pinyin_initials_code_and_plate(house: House, needle: str) -> None:
    uid = carrier(house)
    carrier(house, "X02", "老周货运")
    house.run("add_vehicle", carrier=uid, plate="川A8F213", kind="厢式", load_kg=1, space_dm3=1)
    assert [row.uid for row in queries.search(house.sees("sun"), needle)] == [uid]


def test_code_and_name_of_a_carrier_stand_once(house: House) -> None:
    carrier(house)
    assert reasons("add_carrier", house, code="C01", name="川渝顺达货运") == [
        "Another carrier has this code", "There is already a carrier of this name",
    ]  # fmt: skip
    assert "power" in reasons("add_carrier", house, "lin", code="C03", name="某")[0]
