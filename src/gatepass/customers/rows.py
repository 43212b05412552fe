"""The rows of customers as commands lock them; search keys, editions, and what several commands refuse in the same words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from gatepass.carriers.models import PricingUnit
from gatepass.customers.models import Address, Bearer, Customer, Edition
from gatepass.journal.door import Case
from gatepass.people.rows import empty, too_long
from gatepass.pinyin import digits, heart, spelling
from gatepass.rules.reasons import NotFound, Reason, refusal

FILE: Final = (
    "code", "name", "short_name", "region", "grade", "phone", "address", "terms", "bearer", "subsidy_unit", "subsidy_yuan",
)  # fmt: skip
LONGEST: Final = {
    "code": 20, "name": 120, "short_name": 40, "region": 40, "grade": 20, "phone": 40, "address": 200, "terms": 200,
}  # fmt: skip


def locked_customer(uid: UUID) -> Customer:
    customer = Customer.objects.select_for_update(no_key=True).filter(uid=uid).first()
    if customer is None:
        raise NotFound("customer")
    return customer


def respell(customer: Customer, said: str = "") -> None:
    """Fill in the search keys from the names; `said` corrects the pinyin."""
    found = spelling(customer.name, customer.short_name, said=said)
    customer.pinyin, customer.initials, customer.grams = found.pinyin, found.initials, list(found.grams)
    customer.heart = heart(customer.name)
    customer.heart_pinyin = spelling(customer.heart).pinyin
    customer.digits = digits(customer.phone)


def edition(case: Case, customer: Customer) -> Edition:
    """The file as it stands now, to be kept."""
    file = {name: str(value) if isinstance(value := getattr(customer, name), Decimal) else value for name in FILE}
    file |= {"active": customer.active, "forwarder": str(customer.forwarder) if customer.forwarder else None}
    return Edition(customer=customer, entry=case.entry, since=case.at, file=file)


DEAREST: Final = 2_000
"""Yuan a ton, a cubic metre or a carton: no freight of goods by road costs more."""


def wrong_file(customer: Customer) -> list[Reason | None]:
    """Everything that is wrong with the fields of a file, apart from what other files hold."""
    return [
        *empty(code=customer.code, name=customer.name, short_name=customer.short_name),
        *too_long(**{name: (getattr(customer, name), most) for name, most in LONGEST.items()}),
        *_wrong_subsidy(customer),
    ]


def _wrong_subsidy(customer: Customer) -> list[Reason | None]:
    yuan: Any = customer.subsidy_yuan
    on_subsidy = customer.bearer == Bearer.SUBSIDY.value
    units = [unit.value for unit in PricingUnit]
    bad = yuan is not None and not (0 <= yuan <= DEAREST and yuan == round(yuan, 6))
    return [
        refusal("运补客户要填运补单价", "A customer on subsidy needs its rate", field="subsidy_yuan")
        if on_subsidy and yuan is None else None,
        refusal("运补客户要填计价单位", "A customer on subsidy needs its unit", field="subsidy_unit")
        if on_subsidy and customer.subsidy_unit not in units else None,
        refusal(f"运补单价在 0 到 {DEAREST} 元之间", f"A subsidy rate is between 0 and {DEAREST} yuan", field="subsidy_yuan") if bad else None,
    ]  # fmt: skip


def successor(address: Address) -> Address | None:
    """The address that took the place of one which ended: that into which it was changed, and so on; else the one of its name."""
    own = Address.objects.filter(customer=address.customer_id)
    found: Address | None = address
    while found is not None and found.until is not None:
        found = own.filter(since=found.until).order_by("id").first()
    return found or own.filter(label=address.label, until=None).first()
