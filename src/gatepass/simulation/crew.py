"""Who works at the company, in every position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gatepass.roles import Position

P = Position


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody by his sign-in name."""

    username: str
    name: str
    position: Position
    region: str = ""
    department: str = "销售部"


DEPARTMENTS: Final = {
    "销售部": "Sales", "客户服务部": "Customer service", "财务部": "Finance", "生产部": "Production", "仓储部": "Warehouse",
    "保卫部": "Security", "承运单位": "Carriers",
}  # fmt: skip
HEAD: Final = Member("chen", "陈守业", P.HEAD, department="总经办")
ADMINISTRATOR: Final = Member("admin", "夏斌", P.ADMINISTRATOR, department="信息部")
CREW: Final = (
    Member("liang", "梁国栋", P.SALES_DIRECTOR),
    Member("he", "何志远", P.SALES_MANAGER),
    Member("sun", "孙悦", P.SALES_ADMIN),
    Member("lin", "林晓燕", P.CLIENT_ADMIN, "川渝", "客户服务部"),
    Member("tang", "唐丽", P.CLIENT_ADMIN, "华中", "客户服务部"),
    Member("jiang", "蒋雯", P.CLIENT_ADMIN, "华东", "客户服务部"),
    Member("yang", "杨帆", P.SALESMAN, "川渝"),
    Member("luo", "罗兵", P.SALESMAN, "云贵"),
    Member("qin", "秦风", P.SALESMAN, "西北"),
    Member("xie", "谢宏", P.SALESMAN, "华中"),
    Member("shen", "沈一鸣", P.SALESMAN, "华东"),
    Member("lai", "赖志勇", P.SALESMAN, "华南"),
    Member("dong", "董浩", P.SALESMAN, "华北"),
    Member("zhou", "周敏", P.RECEIVABLES, department="财务部"),
    Member("peng", "彭小慧", P.RECEIVABLES, department="财务部"),
    Member("xu", "徐静", P.FINANCE_MANAGER, department="财务部"),
    Member("fang", "方芳", P.CASHIER, department="财务部"),
    Member("cao", "曹蓉", P.FREIGHT_ACCOUNTANT, department="财务部"),
    Member("wu", "吴兴国", P.PRODUCTION, department="生产部"),
    Member("deng", "邓海", P.WAREHOUSE, department="仓储部"),
    Member("gao", "高强", P.WAREHOUSE, department="仓储部"),
    Member("mei", "梅勇", P.WAREHOUSE, department="仓储部"),
    Member("feng", "冯永强", P.GUARD, department="保卫部"),
    Member("niu", "牛建军", P.GUARD, department="保卫部"),
)
DESKS: Final = {"川渝": "lin", "云贵": "lin", "西北": "tang", "华中": "tang", "华东": "jiang", "华南": "jiang", "华北": "tang"}
"""The client admin of each region."""
SALESMEN: Final = {member.region: member.username for member in CREW if member.position is P.SALESMAN}
