"""What somebody who approves looks at: what exactly he binds, and what the version before said otherwise."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from gatepass.customers.models import Bearer
from gatepass.dispatch.models import NoticeVersion
from gatepass.dispatch.queries.notices import one
from gatepass.dispatch.queries.rows import Difference, ToApprove
from gatepass.money import figure
from gatepass.orders.queries import signed_unpaid_fen
from gatepass.roles import Power, Sight
from gatepass.words import Text, same

CALLED: Final = {
    "customer_name": Text("客户", "customer"),
    "consignee": Text("收货人", "consignee"),
    "phone": Text("收货电话", "consignee's phone"),
    "address": Text("收货地址", "address"),
    "destination": Text("目的地", "destination"),
    "bearer": Text("运费承担", "freight borne by"),
    "unpaid_fen": Text("未到账", "unpaid"),
    "collect_fen": Text("货到代收", "collect on delivery"),
}
CARTONS: Final = Text("{cartons} 件，搭赠 {gift}", "{cartons} cartons, {gift} free")


def to_approve(sight: Sight, uid: UUID) -> ToApprove:
    """The present version as its hash binds it, beside the one before. Raises NotFound."""
    page = one(sight, uid)
    versions = NoticeVersion.objects.filter(notice__uid=uid, version__gte=page.row.version - 1).order_by("-version")
    now, *before = [row.data for row in versions]
    signed = signed_unpaid_fen(page.row.order) if sight.may(Power.SEE_MONEY) else None
    return ToApprove(page, _bound(sight, now), differences(sight, before[0], now) if before else (), signed)


def _bound(sight: Sight, data: dict[str, Any]) -> tuple[tuple[Text, Any], ...]:
    return tuple((called, said) for name, called in CALLED.items() if (said := _said(sight, name, data)) is not None)


def _said(sight: Sight, name: str, data: dict[str, Any]) -> Any:
    """One bound value in words; None where the viewer may not see it."""
    if name in ("phone", "address", "consignee") and not sight.may(Power.SEE_CONTACTS):
        return None
    if name.endswith("_fen"):
        return figure(int(data[name])) if sight.may(Power.SEE_MONEY) else None
    return Bearer(data[name]).text if name == "bearer" else str(data[name])


def differences(sight: Sight, before: dict[str, Any], after: dict[str, Any]) -> tuple[Difference, ...]:
    """What a version says otherwise than the one before: every bound value, and every line."""
    found = []
    for name, called in CALLED.items():
        old, new = _said(sight, name, before), _said(sight, name, after)
        if old != new:
            found.append(Difference(called, old, new))
    lines = {**_lines(before), **_lines(after)}
    for key, name in lines.items():
        old, new = _quantity(before, key), _quantity(after, key)
        if old != new:
            found.append(Difference(same(name), old, new))
    return tuple(found)


def _lines(data: dict[str, Any]) -> dict[str, str]:
    return {line["product"]: line["name"] for line in data["lines"]}


def _quantity(data: dict[str, Any], product: str) -> Text:
    own = [line for line in data["lines"] if line["product"] == product]
    if not own:
        return Text("无", "none")
    cartons, gift = sum(line["cartons"] for line in own), sum(line["gift"] for line in own)
    return CARTONS.fill(cartons=cartons, gift=gift) if gift else Text("{n} 件", "{n} cartons").fill(n=cartons)
