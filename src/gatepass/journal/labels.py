"""What the inputs of commands are called, once for the whole program. Modules add theirs with `name_fields`."""

from __future__ import annotations

from typing import Final

from gatepass.words import Text, same

LABELS: Final[dict[str, Text]] = {}


def name_fields(**pairs: tuple[str, str]) -> None:
    """Register labels: name_fields(cartons=("件数", "cartons")). The first word given for a name stays."""
    for name, (zh, en) in pairs.items():
        LABELS.setdefault(name, Text(zh, en))


def label(name: str) -> Text:
    return LABELS.get(name) or same(name.replace("_", " "))


name_fields(
    customer=("客户", "customer"), order=("订单", "order"), lines=("货品", "goods"), product=("产品", "product"), cartons=("件数", "cartons"),
    note=("备注", "note"), reason=("原因", "reason"), remark=("备注", "remark"), amount=("金额", "amount"), at=("时间", "time"), day=("日期", "day"),
    name=("名称", "name"), code=("编码", "code"), phone=("电话", "phone"), address=("地址", "address"), since=("起始日期", "from"),
    until=("截止日期", "through"), region=("片区", "region"), person=("人员", "person"), position=("岗位", "position"),
    carrier=("承运单位", "carrier"), vehicle=("车辆", "vehicle"), driver=("司机", "driver"), trip=("车次", "trip"),
    notice=("发货通知单", "shipping notice"), waybill=("托运单", "waybill"), gate_pass=("出门条", "gate pass"), batch=("批次", "batch"),
    receipt=("收款", "receipt"), voucher=("费用票据", "voucher"), fine=("罚款", "fine"), obligation=("待办", "obligation"),
    rows=("各行", "rows"), answer=("答复", "answer"), how=("方式", "how"), happened_at=("发生时间", "happened at"),
)
