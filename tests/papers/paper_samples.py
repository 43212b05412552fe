"""One order, DH-2026-1187, on every paper; all names, numbers and phones are invented."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from gatepass.papers import sheets as s
from gatepass.papers.shapes import (
    Cited, Consignee, Copy, Earlier, Goods, LineBatches, Live, Load, Mention, Part, Sheet, Signature, Vehicle,
)  # fmt: skip
from gatepass.words import Text, same

CHINA = timezone(timedelta(hours=8))
COMPANY = "四川蜀塘食品有限公司"


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=CHINA)


WARES = [
    ("100101", "郫县豆瓣 一级", "500g×20", 120, 6, "128.00"), ("100102", "红油郫县豆瓣", "1kg×10", 60, 3, "142.50"),
    ("100105", "三年陈酿豆瓣", "300g×24", 10, 0, "268.00"), ("200101", "四川泡菜", "400g×24", 60, 4, "96.00"),
    ("200103", "泡豇豆", "300g×30", 30, 2, "88.50"), ("200107", "泡小米辣", "350g×24", 20, 0, "112.00"),
    ("300101", "香辣酱", "210g×24", 40, 2, "118.80"), ("400102", "牛油火锅底料（老款包装）", "400g×20", 30, 0, "236.00"),
    ("400106", "酸菜鱼调料", "300g×30", 15, 0, "165.00"), ("400108", "麻婆豆腐调料", "80g×100", 12, 0, "152.00"),
]  # fmt: skip
BATCHES = ["26-09-20", "26-09-28", "26-08-15", "26-09-18 / 26-10-09", "26-09-25", "26-10-11 / 26-11-22", "26-10-16", "26-10-08", "26-09-30", "26-10-20"]


def lines(times: int = 1, prices: bool = True) -> tuple[Goods, ...]:
    return tuple(
        Goods(
            code=code, name=name, spec=spec, cartons=cartons, giveaway=free,
            unit_price=Decimal(price) if prices else None, amount=int(Decimal(price) * 100) * cartons if prices else None,
        )
        for _ in range(times)
        for code, name, spec, cartons, free, price in WARES
    )  # fmt: skip


TO = Consignee(
    company="重庆渝味源商贸有限公司", contact="赵学敏", phone="138 0000 4412", address="重庆市九龙坡区华岩 B 区 12 栋 3 号库",
    destination="重庆", forwarder="川渝顺达货运",
)  # fmt: skip
CAR = Vehicle(plate="川A·8F213", carrier="川渝顺达货运", driver="罗建平", phone="139 0000 2765")
LOAD = Load(cartons=397, giveaway=17, kilograms=Decimal("4720"), cubic_metres=Decimal("10.08"), amount=5337600)
PARTS = (
    Part(what=Text("原欠款", "Previous balance owed"), source=Text("FH-2026-0861 余款", "rest of FH-2026-0861"), amount=621840),
    Part(what=Text("代垫运费", "Advanced freight"), source=Text("FH-2026-0861，11-03 川渝顺达", "FH-2026-0861, 11-03"), amount=-124000),
    Part(what=Text("代垫运费", "Advanced freight"), source=Text("FH-2026-0877，11-10 川渝顺达", "FH-2026-0877, 11-10"), amount=-38650),
    Part(what=Text("手续费", "Service fee"), source=Text("11-03 刷卡", "card, 11-03"), amount=3500),
    Part(what=Text("优惠", "Discount"), source=Text("单批满 5 万减 1%，2026 四季度政策", "1% from 50,000 on, fourth quarter"), amount=-53376),
    Part(what=Text("市场支持", "Market support"), source=Text("渝北商超端架，签呈 QC-2026-207", "shelf ends, QC-2026-207"), amount=-100000),
    Part(what=Text("本次货款", "This order's goods"), source=Text("10 种 397 件", "10 products, 397 cartons"), amount=5337600),
)
SIGNED = Live(
    signatures=(
        Signature(role=Text("制单（客户内勤）", "Written (client admin)"), name="林晓燕", at=at(24, 13, 52)),
        Signature(role=Text("财务审批", "Finance"), name="周敏", at=at(24, 14, 8)),
        Signature(role=Text("销售审批", "Sales"), name="何志远", at=at(24, 14, 51), acting_for="梁国栋"),
        Signature(role=Text("仓库配货", "Warehouse")),
    )
)
D6 = Cited(clause="D6", text=Text("财务、销售均审批方为有效，制单人不得审批，改动即作废", "valid once finance and sales have approved; any change voids both"))
D7 = Cited(clause="D7", text=Text("仓库按单、按批次配货，有疑问即停", "the warehouse picks by the notice and by batch; a doubt stops it"))
D10 = Cited(clause="D10", text=Text("无出门条不得出门；一条一车一货，用后即销", "nothing passes the gate without a pass; one pass, one vehicle, once"))


def copies(*names: tuple[str, str, str, bool]) -> tuple[Copy, ...]:
    return tuple(Copy(key=key, name=Text(zh, en), prices=prices) for key, zh, en, prices in names)


def order(times: int = 1) -> s.OrderDocument:
    return s.OrderDocument(
        company=COMPANY, number="DH-2026-1187", made_at=at(19, 10, 20), customer="重庆渝味源商贸有限公司", consignee=TO, clerk="林晓燕",
        composition=PARTS, remit=5646914, lines=lines(times), load=LOAD, frozen_at=at(19, 10, 20), confirm_by=at(19, 15, 20),
        policy=Text("2026-11-01 版，买 20 赠 1", "of 2026-11-01, buy 20 get 1"), pay_to="四川蜀塘食品有限公司，农业银行郫都支行 2281 0401 0400 00000",
        remark="牛油火锅底料发老款包装；车还是顺达老罗，周一打款。", link="https://gatepass.example/c/8Zt1vQnR4k2mXwPy7uHs0aLe",
        clauses=(Cited(clause="D2", text=Text("4 小时内确认；政策与余额定格入单", "confirmed within 4 hours; policy and balance are frozen")),),
    )  # fmt: skip


def notice(times: int = 1) -> s.ShippingNotice:
    return s.ShippingNotice(
        company=COMPANY, number="FH-2026-0932", version=2, earlier=(Earlier(version=1, voided_at=at(24, 13, 52)),), made_at=at(24, 13, 52),
        mentions=(Mention(what=Text("订单", "Order"), number="DH-2026-1187"),), consignee=TO, payment=Text("已到账 56,469.14", "56,469.14 received"),
        bearer=Text("客户代垫", "advanced by customer"), lines=lines(times, prices=False), load=LOAD, composition=PARTS, remit=5646914, received=5646914, collect=118800, vehicle=CAR,
        freight_rate=Decimal(230), freight_unit=Text("吨", "t"), freight=108560, leave_by=at(25, 17, 30), clauses=(D6, D7), link="https://gatepass.example/n/FH-2026-0932/2",
        remark="牛油火锅底料发老款包装。香辣酱含随车加货 10 件，货到代收 1,188.00 元，销售总监梁国栋签先发后款。",
        copies=copies(("stub", "第一联 存根", "1 Stub", True), ("finance", "第二联 财务", "2 Finance", True), ("warehouse", "第三联 仓库", "3 Warehouse", False), ("sales", "第四联 业务", "4 Sales", True)),
    )  # fmt: skip


def picklist() -> s.PickList:
    return s.PickList(
        company=COMPANY, number="PH-2026-0932", made_at=at(24, 14, 51), customer="重庆渝味源商贸有限公司", load=LOAD, dock="2 号月台", vehicle=CAR,
        mentions=(Mention(what=Text("通知单", "Notice"), number="FH-2026-0932", note=Text("第 2 版", "version 2")),), clauses=(D7,), leave_by=at(25, 17, 30),
        lines=tuple(
            s.PickLine(
                code=each.code, name=each.name, spec=each.spec, cartons=each.cartons + each.giveaway, note="老款包装" if each.code == "400102" else "",
                picks=tuple(
                    s.Pick(batch=f"{each.code}-{day}", location=f"A{place:02d}-0{nth}", cartons=(each.cartons + each.giveaway) // 2, produced_on=date(2026, 9, 20 + nth), expires_on=date(2027, 9, 20 + nth))
                    for nth, day in enumerate(("0920", "1009"))
                ),
            )
            for place, each in enumerate(lines(), start=1)
        ),
    )  # fmt: skip


def outbound() -> s.OutboundOrder:
    return s.OutboundOrder(
        company=COMPANY, number="CK-2026-1509", made_at=at(24, 15, 28), mentions=(Mention(what=Text("通知单", "Notice"), number="FH-2026-0932", note=Text("第 2 版", "version 2")),),
        consignee=TO, lines=lines(), load=LOAD, vehicle=CAR, seals=("CQ 004417", "CQ 004418"), collect=118800,
        clauses=(Cited(clause="D9", text=Text("承运人按单清点，两单均签", "the carrier counts and signs both papers")),),
        copies=copies(("customer", "客户联", "Customer", True), ("finance", "财务联", "Finance", True), ("sales", "业务联", "Sales", True), ("carrier", "承运联", "Carrier", False)),
    )  # fmt: skip


def waybill() -> s.Waybill:
    return s.Waybill(
        company=COMPANY, number="TY-2026-0911", made_at=at(24, 15, 6), consignee=TO, vehicle=CAR, cartons=424, quantity="4.72 吨", pricing_unit=Text("吨", "t"),
        unit_price=Decimal(230), freight=108560, bearer=Text("客户代垫，凭单转货款", "advanced by the customer, credited"), collect=118800, handed_in_by=at(26, 0, 0),
        cargo=(
            s.Cargo(goods="郫县豆瓣", cartons=199, quantity="2.10 吨", kilograms=Decimal(2100)), s.Cargo(goods="泡菜类", cartons=116, quantity="1.31 吨", kilograms=Decimal(1310)),
            s.Cargo(goods="酱与调料", cartons=109, quantity="1.31 吨", kilograms=Decimal("1310.5")),
        ),
        mentions=(Mention(what=Text("出库单", "Outbound order"), number="CK-2026-1509"),), clauses=(D10,),
    )  # fmt: skip


def gate_pass() -> s.GatePass:
    return s.GatePass(
        company=COMPANY, number="CM-2026-1406", made_at=at(24, 15, 46), vehicle=CAR, cartons=424, goods="豆瓣 199 件，泡菜类 116 件，酱与调料 109 件", valid_until=at(25, 0, 0),
        aboard=(s.Aboard(notice="FH-2026-0932", version=2, consignee="重庆渝味源商贸有限公司", cartons=424, outbound="CK-2026-1509", waybill="TY-2026-0911"),),
        code="K7M-24P", kilograms=Decimal(4720), seals=("CQ 004417",), waybill_state=Text("八项齐全，11-24 15:06 补齐", "complete, 11-24 15:06"), sales_copy=Text("已收，林晓燕", "received, 林晓燕"),
        call="8006", link="https://gatepass.example/g/CM-2026-1406", clauses=(D10,),
        copies=copies(("stub", "第一联 存根", "1 Stub", True), ("finance", "第二联 财务", "2 Finance", True), ("guard", "第三联 门卫", "3 Guard", True), ("sales", "第四联 业务", "4 Sales", True)),
    )  # fmt: skip


def stockup() -> s.StockUpPlan:
    def day(which: int) -> s.PlanDay:
        products = tuple(
            s.StockUp(
                code=each.code, name=each.name, spec=each.spec, cartons=each.cartons, in_stock=each.cartons // 2, to_make=each.cartons - each.cartons // 2,
                wanted=(
                    s.Wanted(customer="重庆渝味源商贸有限公司", ships_on=date(2026, 11, which), cartons=each.cartons - 5),
                    s.Wanted(customer="成都锦江区老街坊调味品经营部", ships_on=date(2026, 11, which), cartons=5, note="要老款包装"),
                ),
            )
            for each in lines()
        )  # fmt: skip
        return s.PlanDay(day=date(2026, 11, which), products=products, cartons=397)

    return s.StockUpPlan(company=COMPANY, number="BH-2026-0231", made_at=at(23, 16, 0), days=(day(24), day(25)), clauses=(Cited(clause="C24", text=Text("只写客户名称和发货日期", "customers by name and day only")),))


def rulebook() -> s.Rulebook:
    def clause(number: str, zh: str, en: str) -> s.BookClause:
        return s.BookClause(
            number=number, title=Text(zh, en), who=Text("承运人、财务", "carrier, finance"),
            parameters=(s.Parameter(name=Text("交单期限", "within"), value=Text("1 个工作日", "1 working day"), since=date(2026, 1, 1)), s.Parameter(name=Text("扣罚比例", "share"), value=same("20%"))),
            wordings=(
                s.Wording(version=2, since=date(2026, 1, 1), text=Text("发车后一个工作日内，承运人将托运单交财务；逾期扣当批运费的 20%。", "The carrier hands the waybill to finance within one working day of dispatch; later, 20% of that batch's freight is fined."), reason=Text("与承运合同一致", "as in the carriers' contracts")),
                s.Wording(version=1, since=date(2024, 5, 1), until=date(2025, 12, 31), text=Text("发车后两个工作日内交单。", "Handed in within two working days.")),
            ),
        )  # fmt: skip

    return s.Rulebook(
        company=COMPANY, number="ZD-2026", made_at=at(24, 9, 0), as_of=date(2026, 11, 24), head="9f2c" * 16,
        chapters=(
            s.Chapter(title=Text("第一章 接单与发货", "Chapter 1 Orders and dispatch"), clauses=tuple(clause(f"D{n}", "托运单一个工作日内交单", "Waybill handed in within one working day") for n in range(1, 8))),
            s.Chapter(title=Text("第二章 客户内勤", "Chapter 2 Client admins"), clauses=(clause("C4", "分批发货的账款", "Money of split shipments"),)),
        ),
    )  # fmt: skip


SAMPLES: dict[str, Sheet] = {
    each.kind: each for each in (order(), notice(), picklist(), outbound(), waybill(), gate_pass(), stockup(), rulebook())
}
PICKED = tuple(LineBatches(line=n, batches=(text,)) for n, text in enumerate(BATCHES, start=1))
NOW = datetime(2026, 11, 24, 7, 22, tzinfo=UTC)


def png(width: int = 30, height: int = 10) -> bytes:
    """A small PNG with a diagonal stroke, made by hand."""
    rows = b"".join(b"\0" + bytes(0 if x // 3 == y else 255 for x in range(width)) for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

    head = struct.pack("!IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
