"""Invented refusals: the full page of the office, the red page of the guard."""

from __future__ import annotations

from typing import Any

from gatepass.look.specimens.desk import YOU
from gatepass.look.specimens.moments import at
from gatepass.words import Text


def refusal() -> dict[str, Any]:
    return {
        "title": Text("现在还不能开出门条，差两件事", "The gate pass cannot be issued yet: two things are missing"),
        "order": Text(
            "先请何志远审批，他 15:00 要开会；再补托运单。",
            "First He Zhiyuan approves, his meeting is at 15:00; then the waybill.",
        ),
        "crumb": [
            (Text("出门条", "Gate passes"), "/look/"),
            (Text("发货通知单 FH-2026-0932", "Shipping notice FH-2026-0932"), "/look/"),
        ],
        "cures": [
            {
                "what": Text("发货通知单第 2 版还没有销售审批", "Version 2 of the notice is not approved by sales"),
                "clause": "D6",
                "why": Text(
                    "13:52 通知单改版，原来两项审批作废；销售未批。",
                    "The notice changed at 13:52, both approvals became void.",
                ),
                "who": Text(
                    "何志远（销售经理，在岗）。你是制单人，不能批。",
                    "He Zhiyuan (sales manager, on duty). You wrote it, so not you.",
                ),
                "how": Text("请他在今日待办里批第 2 版。", "Ask him to approve version 2 on his desk."),
                "due": at(15, 0),
                "opened": at(14, 8),
                "label": Text("15:00 起他去开会", "in a meeting from 15:00"),
                "action": {"text": Text("提醒何志远", "Remind He Zhiyuan"), "href": "/look/"},
                "call": {"text": Text("打电话 8012", "Call 8012"), "href": "tel:8012"},
            },
            {
                "what": Text("托运单缺计价单位、收货人详细地址", "The waybill lacks pricing unit and full address"),
                "clause": "D10",
                "why": Text("必填八项，已填六项。", "Eight items are needed, six are filled in."),
                "who": YOU,
                "how": Text(
                    "按司机报价选计价单位；地址用客户档案里的。",
                    "Choose the unit the driver quoted; take the address from the file.",
                ),
                "due": at(16, 0),
                "opened": at(13, 30),
                "label": Text("车等到 16:00", "truck waits to 16:00"),
                "action": {"text": Text("补填两项", "Fill in both"), "href": "/look/"},
            },
        ],
        "facts": [
            (Text("客户", "Customer"), Text("重庆渝味源商贸有限公司", "Chongqing Yuweiyuan Trading")),
            (Text("货", "Goods"), Text("424 件", "424 cartons")),
        ],
        "holds": [
            (Text("货款 56,469.14 已到账", "Payment of 56,469.14 received"), "D4"),
            (Text("未超载，限 10.00 吨", "Not overloaded, limit 10.00 t"), "C18"),
        ],
        "record": Text(
            "14:36 林晓燕 开具出门条，未通过 D6、D10。这是第 1 次。",
            "14:36 Lin Xiaoyan, issue gate pass, refused by D6 and D10; first time.",
        ),
        "again_url": "/look/",
    }


def guard_refusal() -> dict[str, Any]:
    return {
        "title": Text("不能放行", "Do not release"),
        "order": Text("两处不符。请车靠边，别出门", "Two things do not match. Pull over, do not leave"),
        "versus": {
            "left": Text("出门条上", "On the pass"),
            "left_value": "川A·8F213",
            "right": Text("眼前的车", "This truck"),
            "right_value": "川A·6D905",
        },
        "cures": [
            {
                "what": Text("这张出门条用过了", "This pass has been used"),
                "why": Text("15:54 你已在东门放行过一次。", "You released it at 15:54."),
                "clause": "D10",
            },
            {
                "what": Text("车牌不符", "The plate does not match"),
                "why": Text("只限川A·8F213。", "Only for 川A·8F213."),
                "clause": "D10",
                "who": Text("请司机回发货台，找林晓燕", "Back to dispatch, Lin Xiaoyan"),
                "how": Text("给这辆车另开出门条。", "issues a pass for this truck."),
                "call": {"text": Text("打给林晓燕", "Call Lin Xiaoyan"), "href": "tel:8006"},
            },
        ],
        "record": Text("已记录，林晓燕和何志远已收到通知。", "Recorded; Lin Xiaoyan and He Zhiyuan are told."),
        "again_url": "/look/",
        "again_text": Text("重新扫", "Scan again"),
    }
