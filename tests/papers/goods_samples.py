"""What the papers of DH-2026-1187 share; all names, numbers and phones are invented."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from gatepass.papers.shapes import (
    Behind,
    Cited,
    Consignee,
    Copy,
    Goods,
    LineBatches,
    Live,
    Load,
    Part,
    Signature,
    Vehicle,
)
from gatepass.words import Text

CHINA = timezone(timedelta(hours=8))
COMPANY = "四川蜀塘食品有限公司"


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=CHINA)


WARES = [
    ("100101", "郫县豆瓣 一级", "500g×20", 120, 6, "128.00"),
    ("100102", "红油郫县豆瓣", "1kg×10", 60, 3, "142.50"),
    ("100105", "三年陈酿豆瓣", "300g×24", 10, 0, "268.00"),
    ("200101", "四川泡菜", "400g×24", 60, 4, "96.00"),
    ("200103", "泡豇豆", "300g×30", 30, 2, "88.50"),
    ("200107", "泡小米辣", "350g×24", 20, 0, "112.00"),
    ("300101", "香辣酱", "210g×24", 40, 2, "118.80"),
    ("400102", "牛油火锅底料（老款包装）", "400g×20", 30, 0, "236.00"),
    ("400106", "酸菜鱼调料", "300g×30", 15, 0, "165.00"),
    ("400108", "麻婆豆腐调料", "80g×100", 12, 0, "152.00"),
]
BATCHES = [
    "26-09-20",
    "26-09-28",
    "26-08-15",
    "26-09-18 / 26-10-09",
    "26-09-25",
    "26-10-11 / 26-11-22",
    "26-10-16",
    "26-10-08",
    "26-09-30",
    "26-10-20",
]


def lines(times: int = 1, prices: bool = True) -> tuple[Goods, ...]:
    return tuple(
        Goods(
            code=code,
            name=name,
            spec=spec,
            cartons=cartons,
            giveaway=free,
            unit_price=Decimal(price) if prices else None,
            amount=int(Decimal(price) * 100) * cartons if prices else None,
        )
        for _ in range(times)
        for code, name, spec, cartons, free, price in WARES
    )


TO = Consignee(
    company="重庆渝味源商贸有限公司",
    contact="赵学敏",
    phone="138 0000 4412",
    address="重庆市九龙坡区华岩 B 区 12 栋 3 号库",
    destination="重庆",
    forwarder="川渝顺达货运",
)
CAR = Vehicle(plate="川A·8F213", carrier="川渝顺达货运", driver="罗建平", phone="139 0000 2765")
LOAD = Load(cartons=397, giveaway=17, kilograms=Decimal("4720"), cubic_metres=Decimal("10.08"), amount=5337600)
PARTS = (
    Part(
        what=Text("原欠款", "Previous balance owed"),
        source=Text("FH-2026-0861 余款", "rest of FH-2026-0861"),
        amount=621840,
        items=(
            Behind(what=Text("货款 DH-2026-0903", "goods DH-2026-0903"), amount=500000, day=date(2026, 11, 3)),
            Behind(what=Text("货款 DH-2026-0911", "goods DH-2026-0911"), amount=121840, day=date(2026, 11, 5)),
        ),
    ),
    Part(
        what=Text("代垫运费", "Advanced freight"),
        source=Text("FH-2026-0861，11-03 川渝顺达", "FH-2026-0861, 11-03"),
        amount=-124000,
    ),
    Part(
        what=Text("代垫运费", "Advanced freight"),
        source=Text("FH-2026-0877，11-10 川渝顺达", "FH-2026-0877, 11-10"),
        amount=-38650,
    ),
    Part(what=Text("手续费", "Service fee"), source=Text("11-03 刷卡", "card, 11-03"), amount=3500),
    Part(
        what=Text("优惠", "Discount"),
        source=Text("单批满 5 万减 1%，2026 四季度政策", "1% from 50,000 on, fourth quarter"),
        amount=-53376,
    ),
    Part(
        what=Text("市场支持", "Market support"),
        source=Text("渝北商超端架，签呈 QC-2026-207", "shelf ends, QC-2026-207"),
        amount=-100000,
    ),
    Part(
        what=Text("本次货款", "This order's goods"),
        source=Text("10 种 397 件", "10 products, 397 cartons"),
        amount=5337600,
    ),
)
SIGNED = Live(
    signatures=(
        Signature(role=Text("制单（客户内勤）", "Written (client admin)"), name="林晓燕", at=at(24, 13, 52)),
        Signature(role=Text("财务审批", "Finance"), name="周敏", at=at(24, 14, 8)),
        Signature(role=Text("销售审批", "Sales"), name="何志远", at=at(24, 14, 51), acting_for="梁国栋"),
        Signature(role=Text("仓库配货", "Warehouse")),
    )
)
D6 = Cited(
    clause="D6",
    text=Text(
        "财务、销售均审批方为有效，制单人不得审批，改动即作废",
        "valid once finance and sales have approved; any change voids both",
    ),
)
D7 = Cited(
    clause="D7",
    text=Text("仓库按单、按批次配货，有疑问即停", "the warehouse picks by the notice and by batch; a doubt stops it"),
)
D10 = Cited(
    clause="D10",
    text=Text(
        "无出门条不得出门；一条一车一货，用后即销",
        "nothing passes the gate without a pass; one pass, one vehicle, once",
    ),
)


def copies(*names: tuple[str, str, str, bool]) -> tuple[Copy, ...]:
    return tuple(Copy(key=key, name=Text(zh, en), prices=prices) for key, zh, en, prices in names)


PICKED = tuple(LineBatches(line=n, batches=(text,)) for n, text in enumerate(BATCHES, start=1))
NOW = datetime(2026, 11, 24, 7, 22, tzinfo=UTC)


def png(width: int = 30, height: int = 10) -> bytes:
    """A small PNG with a diagonal stroke, made by hand."""
    rows = b"".join(b"\0" + bytes(0 if x // 3 == y else 255 for x in range(width)) for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

    head = struct.pack("!IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
