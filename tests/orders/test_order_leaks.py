"""Production, warehouse and guard find no price, phone or address on any page of the order desk (C24, who sees what)."""

from __future__ import annotations

import pytest
from desk_pages import Visitor

from company import Staff, confirmed, paid
from gatepass.production.models import Demand, StockupPlan
from gatepass.receivables.models import Receipt

SECRETS = ("13800004412", "华岩", "九龙坡", "128.00", "96.00", "12,800", "57,600", "赵学敏")


@pytest.fixture
def busy(staff: Staff) -> Staff:
    """An order paid, another short of stock, a plan handed over."""
    staff.order = paid(staff)  # type: ignore[attr-defined]
    staff.short = confirmed(staff, code="200101", cartons=600)  # type: ignore[attr-defined]
    staff.run("hand_over_demand", "lin", order=staff.short)  # type: ignore[attr-defined]
    staff.run("hand_over_plan", "lin", day=Demand.objects.order_by("expected_on").values_list("expected_on", flat=True)[0])
    return staff


def pages(staff: Staff) -> list[str]:
    order, customer, product = staff.order, staff.customer, staff.products["200101"]  # type: ignore[attr-defined]
    demand = Demand.objects.filter(order=staff.short).values_list("uid", flat=True)[0]  # type: ignore[attr-defined]
    plan, receipt = StockupPlan.objects.get().uid, Receipt.objects.get().uid
    return [
        "/orders/",
        "/orders/new/",
        f"/orders/new/caller?customer={customer}",
        f"/orders/{order}/",
        f"/orders/{order}/send/",
        f"/orders/{order}/link/",
        f"/orders/{order}/change/",
        f"/orders/{order}/parts/total/entries",
        f"/customers/{customer}/account/",
        f"/customers/{customer}/account/balance/entries",
        "/receipts/",
        "/receipts/new/",
        f"/receipts/new/dues?customer={customer}",
        f"/receipts/{receipt}/",
        f"/receipts/checks/{order}/",
        "/production/",
        "/production/?show=all",
        f"/production/?q={'渝'}",
        f"/production/demands/{demand}/report",
        "/production/plans/",
        f"/production/plans/{plan}/",
        f"/production/hand-over/{order}/",
        "/stock/",
        f"/stock/{product}/",
        "/pick/order?q=DH",
        "/pick/customer?q=",
        "/pick/address?q=",
        "/pick/receipt?q=",
        "/pick/demand?q=",
        "/pick/batch?q=26",
        "/pick/product?q=",
    ]


OPEN = {"wu": {"/production/", "/stock/"}, "deng": {"/production/", "/stock/"}, "feng": set()}


@pytest.mark.requirement("C24", "D3")
@pytest.mark.parametrize("who", ["wu", "deng", "feng"])
def test_nothing_of_prices_phones_or_addresses_reaches_them(busy: Staff, who: str) -> None:
    visitor = Visitor(busy, who)
    opened = set()
    for path in pages(busy):
        answer = visitor.get(path)
        page = answer.content.decode()
        assert not [secret for secret in SECRETS if secret in page], path
        if answer.status_code == 200:
            opened.add(path)
    assert OPEN[who] <= opened
    assert not [path for path in opened if path.startswith(("/orders", "/customers", "/receipts"))]


@pytest.mark.requirement("C24")
def test_a_remark_with_a_phone_is_refused_on_the_page_and_kept_there(busy: Staff) -> None:
    order, lin = confirmed(busy, cartons=10), Visitor(busy, "lin")
    product = busy.products["100101"]
    refused = lin.post(f"/production/hand-over/{order}/", {"_key": "h1", f"remark-{product}": "电话 １３８ 0000 4412"})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "/rulebook/C24/" in page and "电话 １３８ 0000 4412" in page
    assert lin.post(f"/production/hand-over/{order}/", {"_key": "h2", f"remark-{product}": "老款包装"}).status_code == 302


@pytest.mark.requirement("D3")
def test_production_reports_ready_and_the_order_is_ready(busy: Staff) -> None:
    wu, demand = Visitor(busy, "wu"), Demand.objects.get(order=busy.short)  # type: ignore[attr-defined]
    assert "还要生产 230 件" in wu.reads("/production/")
    made = {"cartons": "230", "produced_on": busy.today().isoformat(), "quality": "passed"}
    given = {"demand": str(demand.uid), "_key": "p1", "_next": "/production/", **made}
    assert wu.post("/do/report_ready/", given)["Location"] == "/production/"
    assert "没有要生产的" in wu.reads("/production/")
    assert "已备齐" in Visitor(busy, "lin").reads(f"/orders/{busy.short}/")  # type: ignore[attr-defined]
