"""The catalogues that the desk works from: delivery addresses, carriers. C17, C20."""

from __future__ import annotations

from datetime import date

from gatepass.rules.clauses import Article, Clause
from gatepass.words import Text

SINCE = date(2024, 3, 1)

C17 = Article(
    number="C17",
    title=Text("发货地址目录", "Delivery addresses"),
    chapter="files",
    clauses=(
        Clause(
            number="C17.1",
            zh="发货地址按片区建目录，写明收货人和电话，随时更新，旧的留存；已发出的托运单上的地址不再变。",
            en="Delivery addresses are kept by region with contact and phone, current and with their history; the address on a waybill that was sent "
            "never changes afterwards.",
            since=SINCE,
        ),
    ),
)

C20 = Article(
    number="C20",
    title=Text("承运单位目录", "Carriers"),
    chapter="files",
    clauses=(
        Clause(
            number="C20.1",
            zh="承运单位登记电话、联系人、主要到达地、车辆、运价、证照和履约记录。",
            en="Carriers are registered with phones, contacts, main destinations, vehicles, rates, papers and their record.",
            since=SINCE,
        ),
    ),
)
