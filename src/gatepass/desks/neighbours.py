"""The orders before and after one in the folder or list that it was opened from: turned over like sheets, without going back."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.utils import timezone

from gatepass.desks.folders import NAMES, folder_orders, in_order, of_today
from gatepass.identity import uid_in
from gatepass.journal.clock import now
from gatepass.look.turning import Neighbours
from gatepass.orders.queries import around
from gatepass.orders.views import TABS
from gatepass.roles import Power, Sight
from gatepass.words import Text

LISTS = {key: Text("订单 {what}", "Orders, {what}").fill(what=text) for key, text in TABS}


def neighbours(sight: Sight, uid: UUID, asked: Mapping[str, str]) -> Neighbours | None:
    """By `?in=`: a folder (paid, unpaid) or a list (list-open ...) with its search; None where it was opened from elsewhere."""
    source = asked.get("in", "")
    if source in ("paid", "unpaid"):
        return _in_folder(sight, uid, source)
    shows = source.removeprefix("list-")
    return _in_list(sight, uid, shows, asked) if source.startswith("list-") and shows in LISTS else None


def notices_of_today(sight: Sight, uid: UUID, asked: Mapping[str, str]) -> Neighbours | None:
    """The notices before and after one in the folder of what is to be shipped today."""
    if asked.get("in") != "today" or not sight.may(Power.SEE_ORDERS):
        return None
    found = in_order(of_today(sight, timezone.localdate(now()))).values_list("uid", flat=True)
    return _among(list(found), uid, "today", "/notices/{}/?in=today")


def _in_folder(sight: Sight, uid: UUID, key: str) -> Neighbours | None:
    return _among([row.uid for row in folder_orders(sight, key)], uid, key, "/orders/{}/?in=" + key)


def _among(found: list[UUID], uid: UUID, key: str, address: str) -> Neighbours | None:
    if uid not in found:
        return None
    place = found.index(uid)
    before = address.format(found[place - 1]) if place else ""
    after = address.format(found[place + 1]) if place + 1 < len(found) else ""
    return Neighbours(NAMES[key], f"/folders/{key}/", place + 1, len(found), before, after)


def _in_list(sight: Sight, uid: UUID, shows: str, asked: Mapping[str, str]) -> Neighbours | None:
    needle, customer = asked.get("q", "").strip()[:60], uid_in(asked.get("customer", ""))
    found = around(sight, uid, shows=shows, needle=needle, customer=customer)
    if found is None:
        return None
    more = {name: value for name, value in (("q", needle), ("customer", str(customer or ""))) if value}
    query = "?" + urlencode({"in": f"list-{shows}"} | more)
    before, after = (_address(one, query) if one else "" for one in (found.before, found.after))
    return Neighbours(LISTS[shows], "/orders/?" + urlencode({"show": shows} | more), found.place, found.total, before, after)


def _address(uid: UUID, query: str) -> str:
    return f"/orders/{uid}/{query}"
