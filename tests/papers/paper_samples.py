"""One order, DH-2026-1187, on every paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from goods_samples import CAR, COMPANY, D6, D7, D10, LOAD, PARTS, TO, at, copies, lines

from gatepass.papers import sheets as s
from gatepass.papers.shapes import Cited, Earlier, Mention, Payee, Sheet
from gatepass.words import Text, same


def order(times: int = 1) -> s.OrderDocument:
    return s.OrderDocument(
        company=COMPANY,
        number="DH-2026-1187",
        made_at=at(19, 10, 20),
        customer="重庆渝味源商贸有限公司",
        consignee=TO,
        clerk="林晓燕",
        composition=PARTS,
        remit=5646914,
        lines=lines(times),
        load=LOAD,
        frozen_at=at(19, 10, 20),
        confirm_by=at(19, 15, 20),
        policy=Text("2026-11-01 版，买 20 赠 1", "of 2026-11-01, buy 20 get 1"),
        pay_to=Payee(bank="农业银行郫都支行", holder="四川蜀塘食品有限公司", number="2281 0401 0400 00000"),
        ask="林晓燕 028-8000 8006",
        remark="牛油火锅底料发老款包装；车还是顺达老罗，周一打款。",
        link="https://gatepass.example/c/8Zt1vQnR4k2mXwPy7uHs0aLe",
        clauses=(
            Cited(
                clause="D2",
                text=Text(
                    "4 小时内确认；政策与余额定格入单", "confirmed within 4 hours; policy and balance are frozen"
                ),
            ),
        ),
    )


def notice(times: int = 1) -> s.ShippingNotice:
    return s.ShippingNotice(
        company=COMPANY,
        number="FH-2026-0932",
        version=2,
        earlier=(Earlier(version=1, voided_at=at(24, 13, 52)),),
        made_at=at(24, 13, 52),
        mentions=(Mention(what=Text("订单", "Order"), number="DH-2026-1187"),),
        consignee=TO,
        payment=Text("已到账 56,469.14", "56,469.14 received"),
        bearer=Text("客户代垫", "advanced by customer"),
        lines=lines(times, prices=False),
        load=LOAD,
        composition=PARTS,
        remit=5646914,
        received=5646914,
        collect=118800,
        vehicle=CAR,
        freight_rate=Decimal(230),
        freight_unit=Text("吨", "t"),
        freight=108560,
        leave_by=at(25, 17, 30),
        clauses=(D6, D7),
        link="https://gatepass.example/n/FH-2026-0932/2",
        remark="牛油火锅底料发老款包装。香辣酱含随车加货 10 件，货到代收 1,188.00 元，销售总监梁国栋签先发后款。",
        copies=copies(
            ("stub", "第一联 存根", "1 Stub", True),
            ("finance", "第二联 财务", "2 Finance", True),
            ("warehouse", "第三联 仓库", "3 Warehouse", False),
            ("sales", "第四联 业务", "4 Sales", True),
        ),
    )


def picklist() -> s.PickList:
    return s.PickList(
        company=COMPANY,
        number="PH-2026-0932",
        made_at=at(24, 14, 51),
        customer="重庆渝味源商贸有限公司",
        load=LOAD,
        dock="2 号月台",
        vehicle=CAR,
        mentions=(Mention(what=Text("通知单", "Notice"), number="FH-2026-0932", note=Text("第 2 版", "version 2")),),
        clauses=(D7,),
        leave_by=at(25, 17, 30),
        lines=tuple(
            s.PickLine(
                code=each.code,
                name=each.name,
                spec=each.spec,
                cartons=each.cartons + each.giveaway,
                note="老款包装" if each.code == "400102" else "",
                picks=tuple(
                    s.Pick(
                        batch=f"{each.code}-{day}",
                        location=f"A{place:02d}-0{nth}",
                        cartons=(each.cartons + each.giveaway) // 2,
                        produced_on=date(2026, 9, 20 + nth),
                        expires_on=date(2027, 9, 20 + nth),
                    )
                    for nth, day in enumerate(("0920", "1009"))
                ),
            )
            for place, each in enumerate(lines(), start=1)
        ),
    )


def outbound() -> s.OutboundOrder:
    return s.OutboundOrder(
        company=COMPANY,
        number="CK-2026-1509",
        made_at=at(24, 15, 28),
        mentions=(Mention(what=Text("通知单", "Notice"), number="FH-2026-0932", note=Text("第 2 版", "version 2")),),
        consignee=TO,
        lines=lines(),
        load=LOAD,
        vehicle=CAR,
        seals=("CQ 004417", "CQ 004418"),
        collect=118800,
        clauses=(
            Cited(clause="D9", text=Text("承运人按单清点，两单均签", "the carrier counts and signs both papers")),
        ),
        copies=copies(
            ("customer", "客户联", "Customer", True),
            ("finance", "财务联", "Finance", True),
            ("sales", "业务联", "Sales", True),
            ("carrier", "承运联", "Carrier", False),
        ),
    )


def waybill() -> s.Waybill:
    return s.Waybill(
        company=COMPANY,
        number="TY-2026-0911",
        made_at=at(24, 15, 6),
        consignee=TO,
        vehicle=CAR,
        cartons=424,
        quantity="4.72 吨",
        pricing_unit=Text("吨", "t"),
        unit_price=Decimal(230),
        freight=108560,
        bearer=Text("客户代垫，凭单转货款", "advanced by the customer, credited"),
        collect=118800,
        handed_in_by=at(26, 0, 0),
        cargo=(
            s.Cargo(goods=same("郫县豆瓣"), cartons=199, quantity="2.10 吨", kilograms=Decimal(2100)),
            s.Cargo(goods=same("泡菜类"), cartons=116, quantity="1.31 吨", kilograms=Decimal(1310)),
            s.Cargo(goods=same("酱与调料"), cartons=109, quantity="1.31 吨", kilograms=Decimal("1310.5")),
        ),
        mentions=(Mention(what=Text("出库单", "Outbound order"), number="CK-2026-1509"),),
        clauses=(D10,),
    )


def gate_pass() -> s.GatePass:
    return s.GatePass(
        company=COMPANY,
        number="CM-2026-1406",
        made_at=at(24, 15, 46),
        vehicle=CAR,
        cartons=424,
        goods=same("豆瓣 199 件，泡菜类 116 件，酱与调料 109 件"),
        valid_until=at(25, 0, 0),
        aboard=(
            s.Aboard(
                notice="FH-2026-0932",
                version=2,
                consignee="重庆渝味源商贸有限公司",
                cartons=424,
                outbound="CK-2026-1509",
                waybill="TY-2026-0911",
            ),
        ),
        code="K7M-24P",
        kilograms=Decimal(4720),
        waybill_state=Text("八项齐全，11-24 15:06 补齐", "complete, 11-24 15:06"),
        sales_copy=Text("已收，林晓燕", "received, 林晓燕"),
        call="8006",
        link="https://gatepass.example/g/CM-2026-1406",
        clauses=(D10,),
        copies=copies(
            ("stub", "第一联 存根", "1 Stub", True),
            ("finance", "第二联 财务", "2 Finance", True),
            ("guard", "第三联 门卫", "3 Guard", True),
            ("sales", "第四联 业务", "4 Sales", True),
        ),
    )


def stockup() -> s.StockUpPlan:
    def day(which: int) -> s.PlanDay:
        products = tuple(
            s.StockUp(
                code=each.code,
                name=each.name,
                spec=each.spec,
                cartons=each.cartons,
                in_stock=each.cartons // 2,
                to_make=each.cartons - each.cartons // 2,
                wanted=(
                    s.Wanted(
                        customer="重庆渝味源商贸有限公司", ships_on=date(2026, 11, which), cartons=each.cartons - 5
                    ),
                    s.Wanted(
                        customer="成都锦江区老街坊调味品经营部",
                        ships_on=date(2026, 11, which),
                        cartons=5,
                        note="要老款包装",
                    ),
                ),
            )
            for each in lines()
        )
        return s.PlanDay(day=date(2026, 11, which), products=products, cartons=397)

    return s.StockUpPlan(
        company=COMPANY,
        number="BH-2026-0231",
        made_at=at(23, 16, 0),
        days=(day(24), day(25)),
        clauses=(Cited(clause="C24", text=Text("只写客户名称和发货日期", "customers by name and day only")),),
    )


def rulebook() -> s.Rulebook:
    def clause(number: str, zh: str, en: str) -> s.BookClause:
        return s.BookClause(
            number=number,
            title=Text(zh, en),
            who=Text("承运人、财务", "carrier, finance"),
            parameters=(
                s.Parameter(
                    name=Text("交单期限", "within"), value=Text("1 个工作日", "1 working day"), since=date(2026, 1, 1)
                ),
                s.Parameter(name=Text("扣罚比例", "share"), value=same("20%")),
            ),
            wordings=(
                s.Wording(
                    version=2,
                    since=date(2026, 1, 1),
                    text=Text(
                        "发车后一个工作日内，承运人将托运单交财务；逾期扣当批运费的 20%。",
                        "The carrier hands the waybill to finance within one working day of dispatch; later, 20% of "
                        "that batch's freight is fined.",
                    ),
                ),
                s.Wording(
                    version=1,
                    since=date(2024, 5, 1),
                    until=date(2025, 12, 31),
                    text=Text("发车后两个工作日内交单。", "Handed in within two working days."),
                ),
            ),
        )

    return s.Rulebook(
        company=COMPANY,
        number="ZD-2026",
        made_at=at(24, 9, 0),
        as_of=date(2026, 11, 24),
        head="9f2c" * 16,
        chapters=(
            s.Chapter(
                title=Text("第一章 接单与发货", "Chapter 1 Orders and dispatch"),
                clauses=tuple(
                    clause(f"D{n}", "托运单一个工作日内交单", "Waybill handed in within one working day")
                    for n in range(1, 8)
                ),
            ),
            s.Chapter(
                title=Text("第二章 客户内勤", "Chapter 2 Client admins"),
                clauses=(clause("C4", "分批发货的账款", "Money of split shipments"),),
            ),
        ),
    )


def check() -> s.CheckedAccount:
    return s.CheckedAccount(
        company=COMPANY, number="DH-2026-1187", made_at=at(19, 10, 20), customer="重庆渝味源商贸有限公司", balance=621840,
        items=PARTS[0].items, answered_by="周敏",
    )  # fmt: skip


def planbook() -> s.PlanBook:
    return s.PlanBook(
        company=COMPANY, number="DH-2026-1187", made_at=at(19, 10, 20), customer="重庆渝味源商贸有限公司",
        lines=(s.BookedLine(at=at(19, 10, 20), kind=Text("发单", "sent"), by="林晓燕", said=Text("第 1 版发给客户", "Version 1 sent")),),
    )  # fmt: skip


SAMPLES: dict[str, Sheet] = {
    each.kind: each
    for each in (order(), notice(), picklist(), outbound(), waybill(), gate_pass(), stockup(), check(), planbook(), rulebook())
}
