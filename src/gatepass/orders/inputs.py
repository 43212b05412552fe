"""What the commands of orders take, beside plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from gatepass.journal.declaration import Called, Of
from gatepass.journal.labels import name_fields
from gatepass.words import Labelled, Text

OrderId = Annotated[UUID, Of("order")]
Long = Annotated[str, Called(Text("说明", "note"), long=True)]


@dataclass(frozen=True, slots=True)
class WantedLine:
    """One line of an order: whole cartons of a product."""

    product: Annotated[UUID, Of("product")]
    cartons: int
    remark: str = ""


@dataclass(frozen=True, slots=True)
class GiftLine:
    """Giveaway cartons of a line set by hand, with the reason."""

    position: int
    gift: int
    why: str


class Channel(Labelled):
    PHONE = "phone", "电话", "phone"
    FAX = "fax", "传真", "fax"
    CHAT = "chat", "微信", "chat message"
    LINK = "link", "签收链接", "signed link"
    VISIT = "visit", "当面", "in person"


class Outcome(Labelled):
    """Why an order is not confirmed yet, and what came of the call."""

    NOT_REACHED = "not_reached", "没联系上", "not reached"
    CHECKING = "checking", "客户在核对", "customer is checking"
    PRICE = "price", "对价格或政策有疑问", "questions the price or policy"
    ACCOUNT = "account", "对账款有疑问", "questions the account"
    QUANTITY = "quantity", "要改数量", "wants other quantities"
    WILL_CONFIRM = "will_confirm", "答应确认", "will confirm"
    ESCALATED = "escalated", "解决不了，上报", "cannot be solved, escalated"


name_fields(
    sent_how=("怎样发出", "sent by"),
    token_digest=("链接指纹", "fingerprint of the link"),
    address=("收货地址", "delivery address"),
    wanted_on=("希望发货日", "wanted on"),
    channel=("来源", "channel"),
    gifts=("搭赠改动", "giveaways by hand"),
    position=("行", "line"),
    gift=("搭赠件数", "giveaway cartons"),
    why=("理由", "why"),
    outcome=("结果", "outcome"),
    freight=("运费", "freight"),
    promised_on=("约定汇款日", "promised date"),
    claims_ready=("告知货已备齐", "told that goods are ready"),
    text=("内容", "text"),
    fen=("金额", "amount"),
    expected_on=("预计发货日", "expected shipping day"),
    items=("并入的项目", "items to include"),
)
