"""The files of customers (A11): added, changed, their designated forwarder (C21)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from gatepass.carriers.models import Carrier, PricingUnit
from gatepass.customers.duplicates import alike
from gatepass.customers.events import CustomerAdded, CustomerChanged, ForwarderDesignated
from gatepass.customers.models import Bearer, Customer
from gatepass.customers.policies import Alike
from gatepass.customers.routes import bind_file
from gatepass.customers.rows import FILE, edition, locked_customer, respell, wrong_file
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.roles import Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text

name_fields(
    grade=("客户级别", "grade"), terms=("交易条件", "terms of trade"), bearer=("运费承担", "who bears the freight"),
    subsidy_unit=("运补计价单位", "subsidy a"), subsidy_yuan=("运补单价（元）", "subsidy (yuan)"),
    forwarder=("指定托运单位", "designated carrier"), pinyin=("拼音（更正读音）", "pinyin (to correct)"),
    distinct=("已核实不是同一家", "checked: not the same customer"),
)  # fmt: skip
CODE = refusal("这个编码已有客户", "Another customer has this code", field="code")
once("customers_customer_code_key", CODE)
Said = Annotated[str, Called(Text("拼音（音节用空格分开，只在读错时填）", "pinyin (syllables apart, only where it is misread)"))]
Distinct = Annotated[bool, Called(Text("已核实不是同一家", "Checked: not the same customer"))]


@command(may=Power.KEEP_CUSTOMERS, title=Text("新增客户", "Add a customer"))
def add_customer(
    case: Case,
    *,
    code: str,
    name: str,
    short_name: str,
    region: str = "",
    grade: str = "",
    phone: str = "",
    address: str = "",
    terms: str = "",
    bearer: Bearer = Bearer.ADVANCED,
    subsidy_unit: PricingUnit | None = None,
    subsidy_yuan: Decimal | None = None,
    forwarder: Annotated[UUID | None, Of("carrier"), Called(Text("指定托运单位", "designated carrier"))] = None,
    pinyin: Said = "",
    distinct: Distinct = False,
) -> Ref:
    """A customer's file begins; it may be incomplete until the first order. Likely duplicates are refused unless `distinct` says
    that they were looked at."""
    made = Customer(
        uid=case.new_id(), code=code, name=name, short_name=short_name, region=region, grade=grade, phone=phone, address=address,
        terms=terms, bearer=bearer.value, subsidy_unit=subsidy_unit.value if subsidy_unit else "", subsidy_yuan=subsidy_yuan,
        forwarder=_carrier(forwarder),
    )  # fmt: skip
    respell(made, pinyin)
    case.decide(
        CustomerAdded(customer=made.uid, region=region, grade=grade, bearer=bearer.value),
        reasons=[
            *wrong_file(made),
            CODE if Customer.objects.filter(code=code).exists() else None,
            *([] if distinct else [twice(found) for found in alike(made)]),
        ],
    )
    made.save()
    keep_file(case, made)
    return Ref("customer", made.uid, made.short_name)


@command(may=Power.KEEP_CUSTOMERS, title=Text("补改客户资料", "Complete a customer's file"))
def change_customer(
    case: Case,
    *,
    customer: Annotated[UUID, Of("customer")],
    code: str | None = None,
    name: str | None = None,
    short_name: str | None = None,
    region: str | None = None,
    grade: str | None = None,
    phone: str | None = None,
    address: str | None = None,
    terms: str | None = None,
    bearer: Bearer | None = None,
    subsidy_unit: PricingUnit | None = None,
    subsidy_yuan: Decimal | None = None,
    active: bool | None = None,
    pinyin: Said = "",
    distinct: Distinct = False,
) -> Ref:
    """What is given changes, what is left out stays. Orders and papers that were made keep what stands on them."""
    row = locked_customer(customer)
    before = {field: getattr(row, field) for field in (*FILE, "active")}
    given = {
        "code": code, "name": name, "short_name": short_name, "region": region, "grade": grade, "phone": phone, "address": address,
        "terms": terms, "bearer": bearer.value if bearer else None, "subsidy_unit": subsidy_unit.value if subsidy_unit else None,
        "subsidy_yuan": subsidy_yuan, "active": active,
    }  # fmt: skip
    changed = _change(row, given, before, pinyin)
    renamed = {"name", "phone"} & set(changed)
    case.decide(
        CustomerChanged(
            customer=customer, changed=changed, region=row.region, grade=row.grade, bearer=row.bearer,
            subsidy_unit=row.subsidy_unit, subsidy_yuan=row.subsidy_yuan,
        ),
        reasons=[
            *wrong_file(row),
            None if changed else refusal("没有改动", "Nothing is different"),
            CODE if Customer.objects.exclude(pk=row.pk).filter(code=row.code).exists() else None,
            *([twice(found) for found in alike(row)] if renamed and not distinct else []),
        ],
    )  # fmt: skip
    row.save()
    keep_file(case, row)
    return Ref("customer", customer, row.short_name)


@command(may=Power.KEEP_CUSTOMERS, title=Text("登记客户指定托运单位", "Designate a forwarder"))
def designate_forwarder(
    case: Case, *, customer: Annotated[UUID, Of("customer")], carrier: Annotated[UUID | None, Of("carrier")] = None
) -> Ref:
    """The carrier that this customer wants his goods sent by; none takes it back. Dispatch proposes it from then on."""
    row = locked_customer(customer)
    chosen = _carrier(carrier)
    same = refusal("已经是这样登记的", "It is registered so already", field="carrier")
    case.decide(ForwarderDesignated(customer=customer, carrier=chosen), reasons=[same if row.forwarder == chosen else None])
    row.forwarder = chosen
    row.save(update_fields=["forwarder"])
    keep_file(case, row)
    return Ref("customer", customer, row.short_name)


def keep_file(case: Case, row: Customer) -> None:
    """The file as it stands now, to be kept and to be confirmed by another."""
    kept = edition(case, row)
    kept.save()
    bind_file(case, row, kept)


def twice(found: Alike) -> Reason:
    """The refusal that names a likely duplicate."""
    what = Text("可能与 {code} {name} 是同一家：{why}", "This may be {code} {name}: {why}")
    return Reason(
        what=what.fill(code=found.code, name=found.name, why=found.why),
        clause="A11",
        cure=Text("是同一家就用原资料；不是，请勾选“已核实不是同一家”", "If so, use that file; if not, tick that it was checked"),
        field="distinct",
    )


def _change(row: Customer, given: dict[str, Any], before: dict[str, Any], said: str) -> tuple[str, ...]:
    for field, value in given.items():
        if value is not None:
            setattr(row, field, value)
    spelled = row.pinyin
    if said or row.name != before["name"] or row.short_name != before["short_name"] or row.phone != before["phone"]:
        respell(row, said)
    changed = [field for field, value in before.items() if getattr(row, field) != value]
    return tuple(changed + ["pinyin"] * (bool(said) and row.pinyin != spelled))


def _carrier(uid: UUID | None) -> UUID | None:
    if uid is not None and not Carrier.objects.filter(uid=uid, active=True).exists():
        raise NotFound("carrier")
    return uid
