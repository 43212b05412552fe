"""Invented figures for the page of specimens: one order, one desk, everything out of the ordinary. Only the demo shows it."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace as Row
from typing import Any, Final
from zoneinfo import ZoneInfo

from gatepass.look.fields import Choice, Field, Form
from gatepass.words import Text, same

NOW: Final = datetime(2026, 11, 24, 14, 36, tzinfo=ZoneInfo("Asia/Shanghai"))
LONG_NAME: Final = Text(
    "云南滇味源农副产品供应链管理有限公司昆明官渡分公司第二仓储配送中心收货部",
    "Yunnan Dianweiyuan Agricultural Supply Chain Management, Kunming Guandu branch, second warehouse, goods receiving",
)
YOU: Final = Text("你", "You")


def _at(hour: int, minute: int, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=NOW.tzinfo)


def specimens() -> dict[str, Any]:
    """The context of look/specimen.html and look/specimen_phone.html."""
    return {
        "now": NOW,
        "clocks": _clocks(),
        "folders": _folders(),
        "todos": _todos(),
        "story": _story(),
        "lines": _statement(),
        "refusal": _refusal(),
        "guard_refusal": _guard_refusal(),
        "form": _form(),
        "signature": Field("signature", Text("客户签字", "Customer signs"), "signature"),
        "head": [(Text("承运单位", "Carrier"), False), (Text("适用", "Cases"), True), (Text("按时率", "In time"), True)],
        "carriers": [
            [Text("川渝顺达货运", "Chuanyu Shunda"), 24, "96%"],
            [Text("滇川快运", "Dianchuan Express"), 19, "84%"],
        ],
        "saved_words": Text("已记下 14:38 与贵阳黔香园的联系", "Contact with Guiyang Qianxiangyuan recorded at 14:38"),
        "long_name": LONG_NAME,
        "page": Row(
            number=2, has_previous=True, has_next=True, previous_page_number=1, next_page_number=3, paginator=Row(num_pages=7)
        ),
    }


def _clocks() -> list[Row]:
    return [
        Row(due=_at(17, 30), opened=_at(1, 30), label=None),
        Row(due=_at(15, 30), opened=_at(12, 30), label=Text("15:30 车到", "truck 15:30")),
        Row(due=_at(14, 44), opened=_at(10, 44), label=None),
        Row(due=_at(14, 5), opened=_at(10, 5), label=None),
        Row(due=_at(17, 30, 25), opened=_at(11, 8, 23), label=Text("最迟 11-25 17:30 出门", "leave by 25 Nov 17:30")),
        Row(due=_at(17, 30, 23), opened=_at(17, 30, 20), label=Text("拟罚 ¥496.00", "proposed fine ¥496.00")),
    ]


def _folders() -> list[dict[str, Any]]:
    return [
        _folder(7, Text("已打款待发货", "Paid, to ship"), Text("¥286,914.60 · 最急明日 17:30", "¥286,914.60 · next tomorrow 17:30")),
        _folder(12, Text("未打款待催款", "Unpaid, to collect"), same("¥318,406.20"), Text("3 家过约定日", "3 past their date")),
        _folder(5, Text("当日应发货", "To ship today"), Text("3 车已出门，2 车待出门", "3 trucks left, 2 to go")),
        _folder(0, Text("其他待处理", "Other pending"), Text("没有", "none")),
    ]


def _folder(count: int, name: Text, line: Text, late: Text | None = None) -> dict[str, Any]:
    return {"count": count, "name": name, "line": line, "late": late, "href": "#folders"}


def _todos() -> list[Row]:
    return [
        _todo(
            (_at(14, 5), _at(10, 5)), "D2", Text("订单发出满 4 小时仍未确认", "Order not confirmed 4 hours after it was sent"),
            Text("联系客户，记下原因；解决不了就上报", "Contact the customer, record why; escalate if it cannot be solved"),
            (Text("贵阳黔香园食品经营部", "Guiyang Qianxiangyuan Foods"), "DH-2026-1193 · ¥28,640.00"), YOU, Text("记录联系", "Log contact"),
            selected=True, parts=[
                (Text("发出", "Sent"), "10:05"), (same("+"), Text("4 小时", "4 h")), (Text("到期", "Due"), "14:05"),
                (Text("15:05 起报", "From 15:05 to"), Text("何志远", "He Zhiyuan")),
            ],
        ),
        _todo(
            (_at(14, 44), _at(10, 44)), "D2", Text("订单已发出，客户尚未确认", "Order sent, customer has not confirmed"),
            Text("10:44 微信发签收链接，客户 11:40 打开过", "Signed link sent 10:44 by message, opened 11:40"),
            (Text("成都锦官味业有限公司", "Chengdu Jinguan Seasonings"), "DH-2026-1196 · ¥13,208.50"), YOU, Text("打电话", "Call"),
        ),
        _todo(
            (_at(15, 30), _at(12, 30)), "D7",
            Text("仓库问：泡豇豆只剩旧包装 6 件，能发吗？", "Warehouse asks: only 6 cartons in old packaging, may they go?"),
            Text("邓海 14:21 提出，配货停在第 3 行", "Deng Hai at 14:21; picking stopped at line 3"),
            (LONG_NAME, "FH-2026-0931"), YOU, Text("答复", "Answer"),
        ),
        _todo(
            (_at(17, 30), _at(1, 30)), "D12", Text("代收货款 ¥3,460.00 当日交财务", "Cash ¥3,460.00 collected, to finance today"),
            Text("10:52 客户已签收", "Customer signed 10:52"),
            (Text("成都蜀香坊", "Chengdu Shuxiangfang"), "FH-2026-0930"), Text("蓉城配送", "Rongcheng Delivery"), Text("提醒", "Remind"),
        ),
    ]  # fmt: skip


def _todo(
    term: tuple[datetime, datetime], clause: str, what: Text, why: Text, who: tuple[Text, str], whose: Text, verb: Text, **more: Any
) -> Row:
    due, opened = term
    return Row(
        due=due, opened=opened, provisional=False, label=more.get("label"), clause=clause, what=what, why=why,
        who=who[0], who_sub=who[1], whose=whose, verb=verb, href="#todo", explain_url="",
        selected=more.get("selected", False), parts=more.get("parts"),
    )  # fmt: skip


def _story() -> list[dict[str, Any]]:
    return [
        {"kind": "day", "at": _at(9, 0).date(), "today": True},
        {"kind": "fact", "at": _at(9, 51), "what": Text("账款核对完，原欠 6,218.40", "Account checked, 6,218.40 owed"),
         "by": Text("周敏", "Zhou Min"), "kept": True, "verdict": Text("37 分 / 1 小时", "37 min of 1 h"), "clause": "D1"},
        {"kind": "fact", "at": _at(13, 46), "what": Text("车有余位，加香辣酱 10 件", "Room on the truck: 10 chilli sauce more"),
         "by": Text("客户同意；何志远同意", "Customer and He Zhiyuan agree"), "clause": ["D8", "D12"]},
        {"kind": "void", "at": _at(13, 52), "what": Text("通知单改第 2 版，两项审批作废", "Notice changed to version 2, both approvals void"),
         "by": Text("林晓燕", "Lin Xiaoyan"), "clause": "D6"},
        {"kind": "now", "at": NOW},
        {"kind": "open", "what": Text("销售审批第 2 版", "Sales approves version 2"), "level": "amber",
         "by": Text("何志远，已等 28 分；15:00 起开会", "He Zhiyuan, 28 min; in a meeting from 15:00"),
         "verdict": Text("剩 24 分", "24 min"), "clause": "D6"},
        {"kind": "wait", "what": Text("出门", "Through the gate"), "by": Text("到账后 2 个工作日", "2 working days after receipt"),
         "verdict": Text("明日 17:30", "tomorrow 17:30"), "clause": "D4"},
    ]  # fmt: skip


def _statement() -> list[dict[str, Any]]:
    return [
        {"name": Text("原欠款", "Owed before"), "source": Text("FH-2026-0861 余款", "balance of FH-2026-0861"), "fen": 621840},
        {"name": Text("代垫运费", "Freight advanced"), "source": same("FH-2026-0877"), "fen": -38650, "href": "/look/entries", "sign": True},
        {"name": Text("手续费", "Service fee"), "source": Text("11-03 刷卡", "card payment 3 Nov"), "fen": 3500, "sign": True},
        {"name": Text("本次货款", "This order"), "source": Text("10 种 397 件", "10 products, 397 cartons"), "fen": 5337600},
        {"name": Text("本次应打货款", "To remit"), "source": Text("11-19 10:20 定格", "fixed 19 Nov 10:20"), "fen": 5924290, "kind": "total"},
        {"name": Text("已到账", "Received"), "source": Text("11-23 11:08 农行", "23 Nov 11:08"), "fen": 5924290, "kind": "after"},
    ]


def _refusal() -> dict[str, Any]:
    return {
        "title": Text("现在还不能开出门条，差两件事", "The gate pass cannot be issued yet: two things are missing"),
        "order": Text("先请何志远审批，他 15:00 要开会；再补托运单。", "First He Zhiyuan approves, his meeting is at 15:00; then the waybill."),
        "crumb": [(Text("出门条", "Gate passes"), "#"), (Text("发货通知单 FH-2026-0932", "Shipping notice FH-2026-0932"), "/look/")],
        "cures": [
            {
                "what": Text("发货通知单第 2 版还没有销售审批", "Version 2 of the notice is not approved by sales"), "clause": "D6",
                "why": Text("13:52 通知单改版，原来两项审批作废；销售未批。", "The notice changed at 13:52, both approvals became void."),
                "who": Text("何志远（销售经理，在岗）。你是制单人，不能批。", "He Zhiyuan (sales manager, on duty). You wrote it, so not you."),
                "how": Text("请他在今日待办里批第 2 版。", "Ask him to approve version 2 on his desk."),
                "due": _at(15, 0), "opened": _at(14, 8), "label": Text("15:00 起他去开会", "in a meeting from 15:00"),
                "action": {"text": Text("提醒何志远", "Remind He Zhiyuan"), "href": "#remind"},
                "call": {"text": Text("打电话 8012", "Call 8012"), "href": "tel:8012"},
            },
            {
                "what": Text("托运单缺计价单位、收货人详细地址", "The waybill lacks pricing unit and full address"), "clause": "D10",
                "why": Text("必填八项，已填六项。", "Eight items are needed, six are filled in."), "who": YOU,
                "how": Text("按司机报价选计价单位；地址用客户档案里的。", "Choose the unit the driver quoted; take the address from the file."),
                "due": _at(16, 0), "opened": _at(13, 30), "label": Text("车等到 16:00", "truck waits to 16:00"),
                "action": {"text": Text("补填两项", "Fill in both"), "href": "#fill"},
            },
        ],
        "facts": [(Text("客户", "Customer"), Text("重庆渝味源商贸有限公司", "Chongqing Yuweiyuan Trading")), (Text("货", "Goods"), Text("424 件", "424 cartons"))],
        "holds": [(Text("货款 56,469.14 已到账", "Payment of 56,469.14 received"), "D4"), (Text("未超载，限 10.00 吨", "Not overloaded, limit 10.00 t"), "C18")],
        "record": Text("14:36 林晓燕 开具出门条，未通过 D6、D10。这是第 1 次。", "14:36 Lin Xiaoyan, issue gate pass, refused by D6 and D10; first time."),
        "again_url": "#again",
    }  # fmt: skip


def _guard_refusal() -> dict[str, Any]:
    return {
        "title": Text("不能放行", "Do not release"),
        "order": Text("两处不符。请车靠边，别出门", "Two things do not match. Pull over, do not leave"),
        "versus": {"left": Text("出门条上", "On the pass"), "left_value": "川A·8F213", "right": Text("眼前的车", "This truck"), "right_value": "川A·6D905"},
        "cures": [
            {"what": Text("这张出门条用过了", "This pass has been used"), "why": Text("15:54 你已在东门放行过一次。", "You released it at 15:54."), "clause": "D10"},
            {"what": Text("车牌不符", "The plate does not match"), "why": Text("只限川A·8F213。", "Only for 川A·8F213."), "clause": "D10",
             "who": Text("请司机回发货台，找林晓燕", "Back to dispatch, Lin Xiaoyan"), "how": Text("给这辆车另开出门条。", "issues a pass for this truck."),
             "call": {"text": Text("打给林晓燕", "Call Lin Xiaoyan"), "href": "tel:8006"}},
        ],
        "record": Text("已记录，林晓燕和何志远已收到通知。", "Recorded; Lin Xiaoyan and He Zhiyuan are told."),
        "again_url": "#scan", "again_text": Text("重新扫", "Scan again"),
    }  # fmt: skip


def _form() -> Form:
    columns = (
        Field("product", Text("品名", "Product"), "reference", source="/look/products", placeholder=Text("品名或首字母 pxdb", "name or initials pxdb")),
        Field("cartons", Text("件", "Cartons"), "integer"),
        Field("price", Text("单价", "Price"), "given", figures=True),
    )
    rows: list[dict[str, Any]] = [
        {"product": "p1", "product__shown": "郫县豆瓣 一级", "cartons": 120, "price": "128.00"},
        {"product": "p2", "product__shown": "三年陈酿豆瓣", "cartons": 10, "price": "268.00", "_doubt": Text("按上次，请核", "as last time, check")},
        {"product": "", "product__shown": "泡菜", "cartons": 60, "_doubt": Text("暂按 400g", "400g for now")},
    ]
    return Form(
        action="#form", submit=Text("保存并请财务核账", "Save and ask finance"), key="specimen", id="specimen-form", draft="specimen",
        fields=(
            Field("customer", Text("客户", "Customer"), "reference", required=True, source="/look/products", shown="重庆渝味源商贸有限公司", value="c1",
                  help=Text("名称、拼音或首字母都能找", "by name, pinyin or initials")),
            Field("phone", Text("来电电话", "Phone"), required=True, value="13", errors=(Text("号码不全：11 位", "Incomplete: 11 digits"),)),
            Field("pay_by", Text("约定付款日", "Payment date named"), "date", value=(NOW + timedelta(days=2)).date()),
            Field("cash", Text("货到代收", "Collect on delivery"), "money", value=118800),
            Field("unit", Text("计价单位", "Pricing unit"), "choice", required=True, value="carton", choices=(
                Choice("carton", Text("按件", "by carton")), Choice("tonne", Text("按吨", "by tonne")), Choice("cubic", Text("按方", "by m³")))),
            Field("told", Text("已告知客户", "Customer told"), "boolean", value=True),
            Field("lines", Text("货品", "Goods"), "lines", required=True, columns=columns, value=rows),
            Field("note", Text("备注", "Remark"), "longtext", placeholder=Text("写下后不可改", "cannot be changed later")),
        ),
    )  # fmt: skip
