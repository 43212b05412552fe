"""What the company makes: sixty condiments of Sichuan with their cartons."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class Good:
    """A product: pieces of a size in a carton, grams a piece, shelf life in days, yuan a carton, and how well it sells (1 to 9)."""

    code: str
    name: str
    spec: str
    family: str
    pieces: int
    weight_g: int
    volume_cm3: int
    shelf_life_days: int
    yuan: Decimal
    demand: int
    location: str


@dataclass(frozen=True, slots=True)
class _Family:
    name: str
    rack: str
    shelf_life_days: int
    rows: str


FAMILIES: Final = (
    _Family(
        "豆瓣酱", "A", 540,
        """郫县豆瓣 一级|500x20|128|9
郫县豆瓣 特级|500x20|168|7
郫县豆瓣 三年陈|450x20|236|4
红油豆瓣|500x20|112|9
红油豆瓣 餐饮装|5000x4|152|6
香油豆瓣|380x24|132|4
低盐豆瓣|400x20|138|3
干豆瓣|1000x12|118|3
家常豆瓣|800x15|122|6
细豆瓣|500x20|116|5""",
    ),
    _Family(
        "泡菜", "B", 365,
        """四川泡菜|400x24|96|8
老坛酸菜|500x20|88|9
酸菜鱼调料|300x30|156|8
泡椒|400x24|104|7
泡姜|380x24|98|4
泡豇豆|400x24|92|5
泡小米辣|500x20|126|6
鱼酸菜 餐饮装|2500x6|108|6
芽菜|150x60|84|5
榨菜丝|80x100|76|5""",
    ),
    _Family(
        "火锅底料", "C", 365,
        """牛油火锅底料 特辣|500x24|288|9
牛油火锅底料 中辣|500x24|282|8
牛油火锅底料 微辣|500x24|276|6
清油火锅底料|300x30|246|7
菌汤火锅底料|200x40|262|4
番茄火锅底料|200x40|248|6
麻辣烫底料|400x24|218|6
冒菜底料|400x24|212|5
牛油火锅底料 餐饮装|2500x8|468|7
干锅调料|220x36|208|4""",
    ),
    _Family(
        "复合调料", "D", 365,
        """麻婆豆腐调料|80x60|138|6
回锅肉调料|70x60|132|6
鱼香肉丝调料|70x60|132|5
宫保鸡丁调料|80x60|138|4
水煮鱼调料|200x40|196|7
水煮肉片调料|100x50|148|5
钵钵鸡调料|250x30|186|4
粉蒸肉米粉|220x40|118|3
小面调料|240x30|158|6
卤料包|50x100|166|4""",
    ),
    _Family(
        "油辣子", "E", 270,
        """红油辣子|280x24|142|7
香辣酱|210x24|128|7
风味豆豉|280x24|134|6
牛肉酱|220x24|186|6
花椒油|250x24|268|5
藤椒油|250x24|288|7
木姜子油|100x48|246|2
辣椒油 餐饮装|1800x6|198|4
香菇酱|220x24|164|3
豆豉|300x30|116|4""",
    ),
    _Family(
        "干调", "F", 720,
        """汉源花椒|50x80|396|4
青花椒|50x80|372|4
二荆条辣椒面|100x60|216|5
糊辣椒面|100x60|208|4
火锅干碟|10x400|178|6
五香粉|30x120|152|3
白胡椒粉|30x120|268|2
鸡精|200x40|188|6
老抽酱油|500x12|92|4
保宁醋|430x20|104|5""",
    ),
)  # fmt: skip


def _made() -> tuple[Good, ...]:
    found = []
    for number, family in enumerate(FAMILIES, start=1):
        for place, row in enumerate(family.rows.splitlines(), start=1):
            name, size, yuan, demand = row.split("|")
            grams, pieces = (int(part) for part in size.split("x"))
            net = grams * pieces
            found.append(
                Good(
                    code=f"{number}001{place:02d}", name=name, spec=f"{_said(grams)}×{pieces}", family=family.name, pieces=pieces,
                    weight_g=net * 112 // 100 + 350, volume_cm3=net * 19 // 10 + 2500, shelf_life_days=family.shelf_life_days,
                    yuan=Decimal(yuan), demand=int(demand), location=f"{family.rack}-{place:02d}",
                )
            )  # fmt: skip
    return tuple(found)


def _said(grams: int) -> str:
    return f"{grams // 1000}kg" if grams % 1000 == 0 else f"{grams}g"


GOODS: Final = _made()
