"""A first order needs a complete file (A11)."""

from __future__ import annotations

from uuid import UUID

import pytest

from company import Staff, taken
from gatepass.customers.models import Address, Contact, Customer
from gatepass.rules.reasons import Refused

pytestmark = pytest.mark.requirement("A11")


@pytest.fixture
def newcomer(staff: Staff) -> UUID:
    """A customer with an address and hardly anything else."""
    customer = Customer.objects.create(code="K900", name="新客户商行", short_name="新客户", region="川渝", grade="A")
    Address.objects.create(
        customer=customer, label="主仓", destination="重庆", address="华岩路3号", consignee="赵", phone="13800000000",
        preferred=True, since=staff.today(),
    )  # fmt: skip
    return customer.uid


def first_order(staff: Staff, customer: UUID) -> None:
    staff.run("take_order", "lin", customer=customer, lines=[{"product": staff.products["100101"], "cartons": 5}])


def test_a_first_order_of_an_incomplete_file_is_refused_with_what_is_missing(staff: Staff, newcomer: UUID):
    with pytest.raises(Refused) as refused:
        first_order(staff, newcomer)
    (reason,) = [one for one in refused.value.reasons if one.clause == "A11"]
    assert "还缺" in reason.what.zh
    assert reason.command == "change_customer"


def test_a_first_order_of_a_complete_file_is_taken(staff: Staff):
    assert taken(staff)


def test_the_head_may_ask_for_less_than_a_complete_file(staff: Staff, newcomer: UUID):
    staff.run("change_parameter", "chen", clause="A11.1", name="complete", value="0", since=staff.today(), reason="开业季")
    first_order(staff, newcomer)
    assert not Contact.objects.filter(customer__uid=newcomer).exists()
