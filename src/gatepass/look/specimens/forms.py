"""An invented form with every kind of field."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from gatepass.look.fields import Choice, Field, Form
from gatepass.look.specimens.moments import NOW
from gatepass.words import Text

PRODUCTS: Final = (
    {"value": "p1", "label": "四川泡菜 400g×24", "hint": "96.00 · 132", "initials": "scpc"},
    {"value": "p2", "label": "四川泡菜 1kg×10", "hint": "74.00 · 58", "initials": "scpc"},
    {"value": "p3", "label": "老坛酸菜 500g×20", "hint": "68.00 · 210", "initials": "ltsc"},
    {"value": "p4", "label": "郫县豆瓣 一级 500g×20", "hint": "128.00 · 640", "initials": "pxdb"},
)


COLUMNS: Final = (
    Field(
        "product",
        Text("品名", "Product"),
        "reference",
        source="/look/products",
        placeholder=Text("品名或首字母 pxdb", "name or initials pxdb"),
    ),
    Field("cartons", Text("件", "Cartons"), "integer"),
    Field("price", Text("单价", "Price"), "given", figures=True),
)
ROWS: Final[list[dict[str, Any]]] = [
    {"product": "p1", "product__shown": "郫县豆瓣 一级", "cartons": 120, "price": "128.00"},
    {
        "product": "p2",
        "product__shown": "三年陈酿豆瓣",
        "cartons": 10,
        "price": "268.00",
        "_doubt": Text("按上次，请核", "as last time, check"),
    },
    {"product": "", "product__shown": "泡菜", "cartons": 60, "_doubt": Text("暂按 400g", "400g for now")},
]


def form() -> Form:
    return Form(
        action="/look/",
        submit=Text("保存并请财务核账", "Save and ask finance"),
        key="specimen",
        id="specimen-form",
        draft="specimen",
        fields=(
            Field(
                "customer",
                Text("客户", "Customer"),
                "reference",
                required=True,
                source="/look/products",
                shown="重庆渝味源商贸有限公司",
                value="c1",
                help=Text("名称、拼音或首字母都能找", "by name, pinyin or initials"),
            ),
            Field(
                "phone",
                Text("来电电话", "Phone"),
                required=True,
                value="13",
                errors=(Text("号码不全：11 位", "Incomplete: 11 digits"),),
            ),
            Field("pay_by", Text("约定付款日", "Payment date named"), "date", value=(NOW + timedelta(days=2)).date()),
            Field("cash", Text("货到代收", "Collect on delivery"), "money", value=118800),
            Field(
                "unit",
                Text("计价单位", "Pricing unit"),
                "choice",
                required=True,
                value="carton",
                choices=(
                    Choice("carton", Text("按件", "by carton")),
                    Choice("tonne", Text("按吨", "by tonne")),
                    Choice("cubic", Text("按方", "by m³")),
                ),
            ),
            Field("told", Text("已告知客户", "Customer told"), "boolean", value=True),
            Field("lines", Text("货品", "Goods"), "lines", required=True, columns=COLUMNS, value=ROWS),
            Field(
                "note", Text("备注", "Remark"), "longtext", placeholder=Text("写下后不可改", "cannot be changed later")
            ),
        ),
    )
