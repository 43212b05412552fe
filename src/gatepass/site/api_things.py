"""Reading through the API: lists with keyset pages, filters and sorting from an allow-list; each thing by its id."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.errors import HttpError

from gatepass.carriers import queries as carriers
from gatepass.catalogue import queries as catalogue
from gatepass.customers import queries as customers
from gatepass.dispatch.queries import notices
from gatepass.enforcement.queries import amendments
from gatepass.journal.who import sight_of
from gatepass.orders import queries as orders
from gatepass.people import came_in
from gatepass.people.callers import Caller
from gatepass.roles import Sight
from gatepass.rules.events import plain
from gatepass.site.api_problems import NOT_FOR_THIS, OF_LISTS, OF_ONE
from gatepass.words import Text

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Thing:
    """A list that the API reads: the query takes the viewer's sight, a filter, a needle, and where to go on (the last row's `key`)."""

    text: Text
    filters: tuple[str, ...]
    page: Callable[..., list[Any]]
    one: Callable[[Sight, UUID], Any] | None = None
    key: str = "uid"


def _orders(sight: Sight, *, shows: str, needle: str, after: str, most: int) -> list[Any]:
    return orders.orders(sight, shows=shows, needle=needle, before=orders.cursor(sight, after), most=most)


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _customers(sight: Sight, *, shows: str, needle: str, after: str, most: int) -> list[Any]:
    return customers.customers(sight, needle, incomplete=shows == "incomplete", idle=shows == "all", after=_uid(after), most=most)


def _products(sight: Sight, *, shows: str, needle: str, after: str, most: int) -> list[Any]:
    return catalogue.products(sight, needle, retired=shows == "all", after=after, most=most)


def _carriers(sight: Sight, *, shows: str, needle: str, after: str, most: int) -> list[Any]:
    return carriers.search(sight, needle, after=after, idle=shows == "all", most=most)


def _notices(sight: Sight, *, shows: str, needle: str, after: str, most: int) -> list[Any]:
    return notices.notices(sight, shows=shows, needle=needle, before=notices.cursor(sight, _uid(after)), most=most)


def _amendments(sight: Sight, *, shows: str, needle: str, after: str, most: int) -> list[Any]:
    return amendments.amendments(sight, needle, shows=shows, before=amendments.cursor(sight, _uid(after)), most=most)


def _attempts(sight: Sight, *, shows: str, needle: str, after: str, most: int) -> list[Any]:
    return came_in.came_in(sight, shows=shows, before=_uid(after), most=most)


THINGS: Final[dict[str, Thing]] = {
    "orders": Thing(Text("订单", "orders"), tuple(orders.FILTERS), _orders, orders.order_row),
    "customers": Thing(Text("客户", "customers"), ("active", "incomplete", "all"), _customers, customers.one),
    "products": Thing(Text("产品", "products"), ("active", "all"), _products, catalogue.one, key="code"),
    "carriers": Thing(Text("承运单位", "carriers"), ("active", "all"), _carriers, carriers.one, key="code"),
    "notices": Thing(Text("发货通知单", "shipping notices"), tuple(notices.FILTERS), _notices, notices.row),
    "attempts": Thing(Text("登录记录", "attempts to come in"), came_in.FILTERS, _attempts),
    "amendments": Thing(Text("制度修订", "amendments of the rulebook"), ("all", "announced"), _amendments, amendments.amendment),
}


def as_json(value: Any) -> Any:
    """A frozen row as JSON: Text in both languages, ids and moments as text."""
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, list | tuple):
        return [as_json(one) for one in value]
    return value.isoformat() if isinstance(value, datetime) else plain(value)


class Asked(HttpRequest):
    """A request of the API: `auth` says whose token or session it came with, and what the token is for."""

    auth: Caller


def _reader(request: Asked) -> Sight:
    if not request.auth.reads:
        raise HttpError(403, NOT_FOR_THIS)
    return sight_of(request.auth.uid)


def _readable(text: str) -> str:
    """Without what no database keeps."""
    return "".join(letter for letter in text if letter.isprintable())


def declare(api: NinjaAPI, name: str, thing: Thing) -> None:
    """GET /v1/<name> and /v1/<name>/<id>."""

    def listed(request: Asked, shows: str = "", q: str = "", after: str = "", most: int = 50) -> dict[str, Any]:
        sight = _reader(request)
        chosen = shows if shows in thing.filters else thing.filters[0]
        rows = thing.page(sight, shows=chosen, needle=_readable(q)[:80], after=_readable(after), most=max(1, min(most, MOST)))
        return {
            "items": as_json(rows),
            "next": str(getattr(rows[-1], thing.key)) if rows and len(rows) == most else None,
            "shows": chosen,
            "filters": list(thing.filters),
        }

    listed.__name__ = f"list_{name}"
    api.get(f"/v1/{name}", summary=f"{thing.text.en} ({thing.text.zh})", operation_id=f"list_{name}", tags=["things"],
            openapi_extra=deepcopy(OF_LISTS))(listed)  # fmt: skip
    if thing.one is None:
        return
    read = thing.one

    def one(request: Asked, uid: UUID) -> dict[str, Any]:
        found: dict[str, Any] = as_json(read(_reader(request), uid))
        return found

    one.__name__ = f"read_{name}"
    api.get(f"/v1/{name}/{{uid}}", summary=f"One of {thing.text.en}", operation_id=f"read_{name}", tags=["things"],
            openapi_extra=deepcopy(OF_ONE))(one)  # fmt: skip
