"""The lists that can be brought in: which command takes them, what is looked at before, an example, how they are given out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gatepass.carriers import imports as carriers
from gatepass.catalogue import imports as catalogue
from gatepass.customers import imports as customers
from gatepass.imports import exports
from gatepass.imports.columns import Column, columns_of
from gatepass.journal.door import Command
from gatepass.journal.lines import Found
from gatepass.orders import imports as orders
from gatepass.orders import listed
from gatepass.people import imports as people
from gatepass.receivables import openings as receivables
from gatepass.roles import Sight
from gatepass.stock import imports as stock
from gatepass.words import Text

Values = Iterable[Mapping[str, Any]]


@dataclass(frozen=True)
class Kind:
    """One list. `line` is the dataclass of a row, `check` what is wrong with rows (by their number), `give` the rows for an export.

    by_whom: a person brings the list, and the check looks for him at every row, also at the rest of one with a cell that cannot be read.
    parts: how the rows are divided among commands; one command where there is none. preview: what would be made of rows without faults.
    """

    name: str
    title: Text
    about: Text
    command: Command
    line: type
    check: Callable[..., Found]
    example: tuple[str, ...]
    home: str
    give: Callable[[Sight], Values] | None = None
    by_whom: bool = False
    parts: Callable[[Sequence[Any]], list[list[Any]]] | None = None
    preview: Callable[[Sequence[Any], Sight, date], Sequence[Any]] | None = None

    def wrong(self, lines: Mapping[int, Any], sight: Sight) -> Found:
        return self.check(lines, sight) if self.by_whom else self.check(lines)

    @property
    def columns(self) -> tuple[Column, ...]:
        return columns_of(self.command.declaration.fields[0].columns)

    def open_to(self, sight: Sight) -> bool:
        return self.command.may is None or sight.may(self.command.may)


_LIST: Final = (
    Kind(
        "people", Text("人员", "People"),
        Text("登录名、姓名、部门和岗位；密码另设", "Sign-in names, names, departments and positions; passwords are set apart"),
        people.import_people, people.PersonLine, people.wrong_people,
        ("lin", "林晓燕", "13800000001", "801", "客户内勤", "销售部", "川渝", "中文"), "/people/", exports.people,
    ),
    Kind(
        "carriers", Text("承运单位", "Carriers"),
        Text("公司和个人，联系人、到达地、证照", "Companies and persons, contacts, destinations, papers"),
        carriers.import_carriers, carriers.CarrierLine, carriers.wrong_carriers,
        ("C01", "川渝顺达货运", "是", "罗建平", "13900000002", "重庆、成都", "道路运输证 0022", "否"), "/carriers/", exports.carriers,
    ),
    Kind(
        "vehicles", Text("车辆", "Vehicles"),
        Text("载重公斤、容积升；承运单位要先在", "Load in kg, space in litres; the carrier comes first"),
        carriers.import_vehicles, carriers.VehicleLine, carriers.wrong_vehicles,
        ("C01", "川A·8F213", "厢式 6.8 米", "10000", "40000", "蓝", "否"), "/carriers/", exports.vehicles,
    ),
    Kind(
        "rates", Text("运价", "Rates"),
        Text("到达地填“其他”的，别处都按它", "A destination called 其他 counts for everywhere else"),
        carriers.import_rates, carriers.RateLine, carriers.wrong_rates,
        ("C01", "重庆", "吨", "230.00", "2026-01-01", "100.00", ""), "/carriers/", exports.rates,
    ),
    Kind(
        "customers", Text("客户", "Customers"),
        Text("客户资料和两位联系人；资料不全也能导入，首单前补齐", "Files with two contacts; what is missing comes before the first order"),
        customers.import_customers, customers.CustomerLine, customers.wrong_customers,
        ("K001", "重庆渝味源商贸有限公司", "渝味源", "川渝", "A", "023-68001122", "重庆市渝中区解放碑 1 号", "款到发货", "客户代垫",
         "", "", "C01", "赵学敏", "13800004412", "钱小妹", "13800004413", "", "否"),
        "/customers/", exports.customers,
    ),
    Kind(
        "addresses", Text("发货地址", "Delivery addresses"),
        Text("一个客户可有多条；到达地用于计运费", "Several for a customer; freight is priced to the destination"),
        customers.import_addresses, customers.AddressLine, customers.wrong_addresses,
        ("K001", "主仓", "重庆", "重庆市九龙坡区华岩路 12 号 3 号库", "赵学敏", "13800004412", "是"), "/customers/", exports.addresses,
    ),
    Kind(
        "products", Text("产品", "Products"),
        Text("每件的重量（克）、体积（立方厘米）、保质期", "Weight (g) and volume (cm³) of a carton, shelf life"),
        catalogue.import_products, catalogue.ProductLine, catalogue.wrong_products,
        ("100101", "郫县豆瓣 一级", "500g×20", "20", "11400", "21000", "540", "豆瓣", "B-07"), "/products/", exports.products,
    ),
    Kind(
        "prices", Text("价格", "Prices"),
        Text("表名和起始日期相同的行是一张价目表", "Lines with the same list name and first day make one list"),
        catalogue.import_prices, catalogue.ListedPrice, catalogue.wrong_prices,
        ("2026 全国价", "2026-01-01", "100101", "128.00", "A", "川渝", ""), "/products/prices/", exports.prices,
    ),
    Kind(
        "promotions", Text("促销政策", "Promotions"),
        Text("分档的每档一行，满几件起逐档升高", "Tiers: one line each, with rising first cartons"),
        catalogue.import_promotions, catalogue.PromotionLine, catalogue.wrong_promotions,
        ("豆瓣二十搭一", "本品搭赠", "2026-01-01", "2026-12-31", "100101", "", "", "", "0", "20", "1", ""), "/products/promotions/",
        exports.promotions,
    ),
    Kind(
        "balances", Text("期初余额", "Opening balances"),
        Text(
            "欠为正、余为负；每个客户一次；整表由财务另一人审批后入账",
            "Owed positive, credit negative; once for every customer; booked when another of finance approves the whole list",
        ),
        receivables.import_openings, receivables.BalanceLine, receivables.wrong_openings,
        ("K001", "6218.40", "2025-12-31", "2025 年结转"), "/openings/",
    ),
    Kind(
        "stock", Text("期初库存", "Opening stock"),
        Text("按批次，一批一行；到期日按产品保质期算", "One line a batch; expiry follows the product's shelf life"),
        stock.import_stock, stock.StockLine, stock.wrong_stock,
        ("100101", "2026-09-18", "100", "", "合格", "B-07"), "/stock/",
    ),
    Kind(
        "orders", Text("订单", "Orders"),
        Text("标记相同的行是一张订单；价格按导入当日，同时请财务核账", "Lines with one mark are one order, at the prices of the day"),
        orders.import_orders, listed.OrderedLine, orders.wrong_orders,
        ("1", "K001", "100101", "100", "2026-11-30", "", "电话", "", ""), "/orders/", exports.orders,
        by_whom=True, parts=orders.one_by_one, preview=orders.preview,
    ),
)  # fmt: skip
KINDS: Final[dict[str, Kind]] = {kind.name: kind for kind in _LIST}
