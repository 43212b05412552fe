"""The order-to-gate regulation, chapter by chapter."""

from __future__ import annotations

from typing import Final

from gatepass.regulations.dispatch.d01 import D1
from gatepass.regulations.dispatch.d02 import D2
from gatepass.regulations.dispatch.d03 import D3
from gatepass.regulations.dispatch.d04 import D4
from gatepass.regulations.dispatch.d05 import D5
from gatepass.regulations.dispatch.d06 import D6
from gatepass.regulations.dispatch.d07 import D7
from gatepass.regulations.dispatch.d08 import D8
from gatepass.regulations.dispatch.d09 import D9
from gatepass.regulations.dispatch.d10 import D10
from gatepass.regulations.dispatch.d11 import D11
from gatepass.regulations.dispatch.d18 import D18
from gatepass.rules.clauses import Chapter
from gatepass.words import Text

DISPATCH: Final[tuple[Chapter, ...]] = (
    Chapter(number=1, title=Text("接单与确认", "Order intake and confirmation"), articles=(D1, D2, D3)),
    Chapter(number=2, title=Text("货款与发货", "Payment and shipment"), articles=(D4, D5, D6)),
    Chapter(number=3, title=Text("仓库", "The warehouse"), articles=(D7, D8)),
    Chapter(number=4, title=Text("出门", "The gate"), articles=(D9, D10)),
    Chapter(number=5, title=Text("托运与交单", "Waybills and freight"), articles=(D11,)),
    Chapter(number=6, title=Text("制度本身", "The rulebook itself"), articles=(D18,)),
)
