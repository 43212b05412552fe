"""Customer files (A11, C17, C21): complete before the first order, found by any needle, no customer twice, addresses with history."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gatepass.customers import queries
from gatepass.customers.models import Address, Customer
from gatepass.customers.policies import another_forwarder, completeness
from gatepass.journal.models import Entry
from gatepass.rules.reasons import NotFound
from masters import House, carrier, complete, customer, reasons

LINES = [{"product": "", "cartons": 10}]


def ordered(house: House, uid: object) -> list[str]:
    """What an order of this customer is refused for."""
    product = house.run(
        "add_product", code="P1", name="郫县豆瓣", spec="500g×20", pieces=20, weight_g=11400, volume_cm3=21000, shelf_life_days=540
    )
    house.run("add_price_list", name="2026", since="2026-01-01", prices=[{"product": product, "yuan": "128"}])
    return reasons("take_order", house, "lin", customer=uid, lines=[{"product": product, "cartons": 10}])


@pytest.mark.requirement("A11")
def test_an_incomplete_file_blocks_the_first_order_and_says_what_is_missing(house: House) -> None:
    uid = customer(house)
    wrong = next(text for text in ordered(house, uid) if "complete" in text)
    assert wrong.startswith("The customer's file is 22% complete, missing: address, phone")


@pytest.mark.requirement("A11")
def test_a_complete_file_lets_the_first_order_through(house: House) -> None:
    uid = customer(house)
    complete(house, uid)
    assert queries.one(house.sees("lin"), uid).row.file.percent == 100
    assert ordered(house, uid) == []


@pytest.mark.requirement("A11")
def test_completeness_counts_nine_things_and_rounds_down() -> None:
    everything = dict.fromkeys(("name", "address", "phone", "terms", "forwarder", "delivery", "business", "receiving", "region"), "x")
    assert completeness(**everything).percent == 100
    assert completeness(**(everything | {"terms": ""})).percent == 88
    assert completeness(**(everything | {"terms": ""})).missing == ("terms",)
    assert completeness(name="x").percent == 11


@pytest.mark.requirement("A11")
@pytest.mark.parametrize("needle", ["渝味", "味", "重庆渝味源", "cqyw", "CQYW", "yuweiyuan", "k00", "023-6800 1122", "渝味源"])
def test_a_customer_is_found_by_characters_pinyin_initials_code_and_phone(house: House, needle: str) -> None:
    uid = customer(house, phone="023-68001122", short_name="渝味源")
    customer(house, "Z002", "西安秦巷坊食品有限公司", short_name="秦巷坊")
    assert [row.uid for row in queries.customers(house.sees("lin"), needle)] == [uid]
    assert queries.pick(house.sees("lin"), needle)[0].uid == uid


@pytest.mark.requirement("A11")
def test_a_misread_name_is_found_once_its_pinyin_is_corrected(house: House) -> None:
    uid = customer(house, name="单记酱园", short_name="单记")
    assert queries.customers(house.sees("lin"), "shanji") == []
    house.run("change_customer", customer=uid, pinyin="shan ji jiang yuan")
    assert [row.uid for row in queries.customers(house.sees("lin"), "sjjy")] == [uid]


@pytest.mark.requirement("A11")
@pytest.mark.parametrize(
    ("name", "phone", "why"),
    [
        ("重庆渝味源商贸有限责任公司", "", "the same name"),
        ("贵阳黔香阁商行", "(023) 6800-1122", "the same phone"),
        ("重庆渝味园商贸有限公司", "", "sounds alike"),
    ],
)
def test_a_likely_duplicate_is_named_and_passes_only_after_it_was_looked_at(house: House, name: str, phone: str, why: str) -> None:
    customer(house, phone="02368001122")
    given = {"code": "K002", "name": name, "short_name": "另一", "phone": phone}
    (wrong,) = reasons("add_customer", house, **given)
    assert wrong == f"This may be K001 重庆渝味源商贸有限公司: {why}"
    assert reasons("add_customer", house, **given, distinct=True) == []


@pytest.mark.requirement("A11")
def test_a_different_customer_is_no_duplicate(house: House) -> None:
    customer(house, phone="02368001122")
    assert reasons("add_customer", house, code="K002", name="重庆巴适火锅食品有限公司", short_name="巴适", phone="02368001133") == []


@pytest.mark.requirement("A11")
def test_changes_are_kept_with_what_stood_before_and_never_enter_the_journal(house: House) -> None:
    uid = customer(house, phone="02368001122")
    house.run("change_customer", customer=uid, phone="02399999999")
    after, before = queries.one(house.sees("lin"), uid).editions
    assert (before.file["phone"], after.file["phone"]) == ("02368001122", "02399999999")
    assert not any("02399999999" in entry.text or "渝味源" in entry.text for entry in Entry.objects.all())


@pytest.mark.requirement("C17")
def test_a_changed_address_ends_the_old_row_and_begins_a_new_one(house: House) -> None:
    uid = customer(house)
    where = {"label": "主仓", "destination": "重庆", "consignee": "赵学敏", "phone": "13800004412"}
    old = house.run("add_address", customer=uid, street="华岩路 12 号", **where)
    house.at += timedelta(days=1)
    new = house.run("change_address", address=old, street="华岩路 20 号", **where)
    assert Address.objects.get(uid=old).address == "华岩路 12 号"
    assert Address.objects.get(uid=old).until == house.at
    assert [row.uid for row in queries.addresses(house.sees("lin"), uid)] == [new]
    assert Address.objects.get(uid=new).preferred


@pytest.mark.requirement("C17")
def test_one_address_is_preferred_and_an_ended_one_cannot_be_changed(house: House) -> None:
    uid = customer(house)
    where = {"destination": "重庆", "street": "华岩路 12 号", "consignee": "赵学敏", "phone": "13800004412"}
    first = house.run("add_address", customer=uid, label="主仓", **where)
    second = house.run("add_address", customer=uid, label="二仓", **where)
    house.run("prefer_address", address=second)
    assert [row.preferred for row in queries.addresses(house.sees("lin"), uid)] == [True, False]
    house.run("end_address", address=second)
    assert Address.objects.get(uid=first).preferred
    assert reasons("change_address", house, address=second, label="二仓", **where) == ["This one has ended already", "Nothing is different"]
    assert "already has an address of this name" in reasons("add_address", house, customer=uid, label="主仓", **where)[0]


@pytest.mark.requirement("C21")
def test_the_designated_forwarder_is_proposed_and_another_one_is_warned_of(house: House) -> None:
    uid, chosen = customer(house), carrier(house)
    assert queries.designated([uid]) == {}
    house.run("designate_forwarder", customer=uid, carrier=chosen)
    assert queries.designated([uid]) == {uid: chosen}
    other = carrier(house, "C02", "老周货运")
    assert another_forwarder(chosen, chosen, "川渝顺达货运") is None
    warned = another_forwarder(chosen, other, "川渝顺达货运")
    assert warned is not None and "川渝顺达货运" in warned.en


@pytest.mark.requirement("A11")
def test_phones_and_addresses_are_seen_with_the_power_only(house: House) -> None:
    uid = customer(house, phone="02368001122")
    complete(house, uid)
    with pytest.raises(NotFound):
        queries.one(house.sees("wu"), uid)
    assert queries.customers(house.sees("feng")) == []
    assert queries.one(house.sees("yang"), uid).addresses != ()


def test_a_subsidy_needs_its_rate_and_every_fault_is_said_at_once(house: House) -> None:
    wrong = reasons("add_customer", house, code="", name="", short_name="x" * 41, bearer="subsidy")
    assert {"A customer on subsidy needs its rate", "A customer on subsidy needs its unit", "at most 40 characters"} <= set(wrong)
    assert not Customer.objects.exists()


def test_pages_go_on_where_the_last_one_ended(house: House) -> None:
    for n in range(5):
        customer(house, f"K{n}", f"{'甲乙丙丁戊'[n]}记酱园", short_name="甲乙丙丁戊"[n], distinct=True)
    first = queries.customers(house.sees("lin"), most=2)
    rest = queries.customers(house.sees("lin"), after=first[-1].uid)
    assert len(first) + len(rest) == 5
    assert not {row.uid for row in first} & {row.uid for row in rest}
