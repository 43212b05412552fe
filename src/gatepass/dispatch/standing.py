"""Why nothing happens to a notice any more, and what keeps its lines from changing: reasons that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gatepass.dispatch.goods import Wanted, current_lines, picked
from gatepass.dispatch.models import Notice
from gatepass.roles import Position
from gatepass.rules.reasons import Reason, refusal
from gatepass.words import Text

WITHDRAWN: Final = refusal("这项变动已撤回", "The change was withdrawn", clause="D8")
CANCELLED: Final = refusal("订单已取消", "The order was cancelled")


def over(notice: Notice) -> Reason | None:
    """Why nothing happens to a notice any more, or None."""
    if notice.voided_at:
        return refusal("通知单已作废", "The notice is void")
    return refusal("货已出门", "The goods have left") if notice.left_at else None


def gone(notice: Notice) -> Reason | None:
    """Why a notice can no longer be changed, or None."""
    loaded = refusal(
        "货已装车，改不了", "The goods are loaded", cure=Text("先卸车，再改通知单", "Unload first, then change the notice"),
        who=Position.CLIENT_ADMIN, command="take_notice_off_trip", given={"notice": str(notice.uid)},
    )  # fmt: skip
    return over(notice) or (loaded if notice.loaded_at else None)


def picked_beyond(notice: Notice, lines: Sequence[Wanted]) -> list[Reason]:
    """What is picked beyond the new quantities must be put back first."""
    allowed: dict[int, int] = {}
    for line in lines:
        allowed[line.product_id] = allowed.get(line.product_id, 0) + line.cartons + line.gift
    taken: dict[int, int] = {}
    for (_, product), cartons in picked(notice).items():
        taken[product] = taken.get(product, 0) + cartons
    names = {line.product_id: line.product.name for line in current_lines(notice)}
    what = Text("{product} 已配 {have} 件，新的数量只有 {most} 件", "{product}: {have} cartons are picked, the new quantity is {most}")
    return [
        Reason(
            what=what.fill(product=names.get(product, ""), have=have, most=allowed.get(product, 0)),
            cure=Text("请仓库先把多配的退回货位", "Have the warehouse put the rest back first"),
            who=Position.WAREHOUSE,
            command="put_back",
            given={"notice": str(notice.uid)},
            field="lines",
        )
        for product, have in taken.items()
        if have > allowed.get(product, 0)
    ]


def needed(words: str, field: str = "reason") -> Reason | None:
    """Something must be written, within the column."""
    if not words.strip():
        return refusal("请写明", "Please write it down", field=field)
    return refusal("最多 200 个字", "At most 200 characters", field=field) if len(words) > 200 else None
