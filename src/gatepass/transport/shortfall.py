"""What a customer is told besides the load itself: lines of his order that are not whole yet, and changes of goods made for its notice (D5)."""

from __future__ import annotations

from typing import Final

from gatepass.dispatch.models import Change, ChangeKind
from gatepass.orders.locking import lines_with_products
from gatepass.transport.models import Consignment
from gatepass.words import Text, same

OPEN: Final = Text("{name} 订 {wanted} 件，已发 {gone} 件", "{name}: {wanted} ordered, {gone} sent")
CHANGED: Final = Text("{kind} {name} {n} 件", "{kind} of {name}: {n} cartons")


def shortfall(row: Consignment) -> list[Text]:
    """Each line of the order of which less left than was ordered (giveaways included), and each change that the notice was given."""
    lines = [
        OPEN.fill(name=line.product.name, wanted=line.cartons + line.gift, gone=line.shipped + line.shipped_gift)
        for line in lines_with_products(row.notice.order)
        if line.shipped + line.shipped_gift < line.cartons + line.gift
    ]
    made = Change.objects.filter(notice=row.notice_id, applied_at__isnull=False).select_related("product", "line__product").order_by("id")
    return lines + [CHANGED.fill(kind=ChangeKind(one.kind).text, name=_name(one), n=one.cartons) for one in made]


def _name(change: Change) -> str:
    product = change.product or (change.line.product if change.line else None)
    return product.name if product else ""


def said_of(found: list[Text]) -> Text:
    """All of it in one sentence; blank where nothing is short."""
    return Text("；".join(one.zh for one in found), "; ".join(one.en for one in found)) if found else same("")
