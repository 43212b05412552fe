"""Invented clocks, folders, to-dos, a story and an account: what a desk shows."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace as Row
from typing import Any, Final

from gatepass.look.specimens.moments import NOW, at
from gatepass.words import Text, same

LONG_NAME: Final = Text(
    "云南滇味源农副产品供应链管理有限公司昆明官渡分公司第二仓储配送中心收货部",
    "Yunnan Dianweiyuan Agricultural Supply Chain Management, Kunming Guandu branch, second warehouse, goods receiving",
)
YOU: Final = Text("你", "You")


def clocks() -> list[Row]:
    return [
        Row(due=at(17, 30), opened=at(1, 30), label=None),
        Row(due=at(15, 30), opened=at(12, 30), label=Text("15:30 车到", "truck 15:30")),
        Row(due=at(14, 44), opened=at(10, 44), label=None),
        Row(due=at(14, 5), opened=at(10, 5), label=None),
        Row(due=at(17, 30, 25), opened=at(11, 8, 23), label=Text("最迟 11-25 17:30 出门", "leave by 25 Nov 17:30")),
        Row(due=at(17, 30, 23), opened=at(17, 30, 20), label=Text("拟罚 ¥496.00", "proposed fine ¥496.00")),
    ]


def folders() -> list[dict[str, Any]]:
    return [
        _folder(
            7,
            Text("已打款待发货", "Paid, to ship"),
            Text("¥286,914.60 · 最急明日 17:30", "¥286,914.60 · next tomorrow 17:30"),
        ),
        _folder(
            12,
            Text("未打款待催款", "Unpaid, to collect"),
            same("¥318,406.20"),
            Text("3 单过约定日", "3 orders past their date"),
        ),
        _folder(5, Text("当日应发货", "To ship today"), Text("3 车已出门，2 车待出门", "3 trucks left, 2 to go")),
        _folder(0, Text("其他待处理", "Other pending"), Text("没有", "none")),
    ]


def _folder(count: int, name: Text, line: Text, late: Text | None = None) -> dict[str, Any]:
    return {"count": count, "name": name, "line": line, "late": late, "href": "/look/"}


def todos() -> list[Row]:
    return [
        _todo(
            (at(14, 5), at(10, 5)),
            "D2",
            Text("订单发出满 4 小时仍未确认", "Order not confirmed 4 hours after it was sent"),
            Text(
                "联系客户，记下原因；解决不了就上报",
                "Contact the customer, record why; escalate if it cannot be solved",
            ),
            who=(Text("贵阳黔香园食品经营部", "Guiyang Qianxiangyuan Foods"), "DH-2026-1193 · ¥28,640.00"),
            whose=YOU,
            verb=Text("记录联系", "Log contact"),
            selected=True,
            parts=[
                (Text("发出", "Sent"), "10:05"),
                (same("+"), Text("4 小时", "4 h")),
                (Text("到期", "Due"), "14:05"),
                (Text("15:05 起报", "From 15:05 to"), Text("何志远", "He Zhiyuan")),
            ],
        ),
        _todo(
            (at(14, 44), at(10, 44)),
            "D2",
            Text("订单已发出，客户尚未确认", "Order sent, customer has not confirmed"),
            Text("10:44 微信发签收链接，客户 11:40 打开过", "Signed link sent 10:44 by message, opened 11:40"),
            who=(Text("成都锦官味业有限公司", "Chengdu Jinguan Seasonings"), "DH-2026-1196 · ¥13,208.50"),
            whose=YOU,
            verb=Text("打电话", "Call"),
        ),
        _todo(
            (at(15, 30), at(12, 30)),
            "D7",
            Text(
                "仓库问：泡豇豆只剩旧包装 6 件，能发吗？",
                "Warehouse asks: only 6 cartons in old packaging, may they go?",
            ),
            Text("邓海 14:21 提出，配货停在第 3 行", "Deng Hai at 14:21; picking stopped at line 3"),
            who=(LONG_NAME, "FH-2026-0931"),
            whose=YOU,
            verb=Text("答复", "Answer"),
        ),
        _todo(
            (at(17, 30), at(1, 30)),
            "D12",
            Text("代收货款 ¥3,460.00 当日交财务", "Cash ¥3,460.00 collected, to finance today"),
            Text("10:52 客户已签收", "Customer signed 10:52"),
            who=(Text("成都蜀香坊", "Chengdu Shuxiangfang"), "FH-2026-0930"),
            whose=Text("蓉城配送", "Rongcheng Delivery"),
            verb=Text("提醒", "Remind"),
        ),
    ]


def _todo(
    term: tuple[datetime, datetime],
    clause: str,
    what: Text,
    why: Text,
    *,
    who: tuple[Text, str],
    whose: Text,
    verb: Text,
    **more: Any,
) -> Row:
    due, opened = term
    return Row(
        due=due,
        opened=opened,
        provisional=False,
        label=more.get("label"),
        clause=clause,
        what=what,
        why=why,
        who=who[0],
        who_sub=who[1],
        whose=whose,
        verb=verb,
        href="/look/",
        explain_url="",
        selected=more.get("selected", False),
        parts=more.get("parts"),
    )


def story() -> list[dict[str, Any]]:
    return [
        {"kind": "day", "at": at(9, 0).date(), "today": True},
        {
            "kind": "fact",
            "at": at(9, 51),
            "what": Text("账款核对完，原欠 6,218.40", "Account checked, 6,218.40 owed"),
            "by": Text("周敏", "Zhou Min"),
            "kept": True,
            "verdict": Text("37 分 / 1 小时", "37 min of 1 h"),
            "clause": "D1",
        },
        {
            "kind": "fact",
            "at": at(13, 46),
            "what": Text("车有余位，加香辣酱 10 件", "Room on the truck: 10 chilli sauce more"),
            "by": Text("客户同意；何志远同意", "Customer and He Zhiyuan agree"),
            "clause": ["D8", "D12"],
        },
        {
            "kind": "void",
            "at": at(13, 52),
            "what": Text("通知单改第 2 版，两项审批作废", "Notice changed to version 2, both approvals void"),
            "by": Text("林晓燕", "Lin Xiaoyan"),
            "clause": "D6",
        },
        {"kind": "now", "at": NOW},
        {
            "kind": "open",
            "what": Text("销售审批第 2 版", "Sales approves version 2"),
            "level": "amber",
            "by": Text("何志远，已等 28 分；15:00 起开会", "He Zhiyuan, 28 min; in a meeting from 15:00"),
            "verdict": Text("剩 24 分", "24 min"),
            "clause": "D6",
        },
        {
            "kind": "wait",
            "what": Text("出门", "Through the gate"),
            "by": Text("到账后 2 个工作日", "2 working days after receipt"),
            "verdict": Text("明日 17:30", "tomorrow 17:30"),
            "clause": "D4",
        },
    ]


def statement() -> list[dict[str, Any]]:
    return [
        {
            "name": Text("原欠款", "Owed before"),
            "source": Text("FH-2026-0861 余款", "balance of FH-2026-0861"),
            "fen": 621840,
        },
        {
            "name": Text("代垫运费", "Freight advanced"),
            "source": same("FH-2026-0877"),
            "fen": -38650,
            "href": "/look/entries",
            "sign": True,
        },
        {
            "name": Text("手续费", "Service fee"),
            "source": Text("11-03 刷卡", "card payment 3 Nov"),
            "fen": 3500,
            "sign": True,
        },
        {
            "name": Text("本次货款", "This order"),
            "source": Text("10 种 397 件", "10 products, 397 cartons"),
            "fen": 5337600,
        },
        {
            "name": Text("本次应打货款", "To remit"),
            "source": Text("11-19 10:20 定格", "fixed 19 Nov 10:20"),
            "fen": 5924290,
            "kind": "total",
        },
        {
            "name": Text("已到账", "Received"),
            "source": Text("11-23 11:08 农行", "23 Nov 11:08"),
            "fen": 5924290,
            "kind": "after",
        },
    ]
