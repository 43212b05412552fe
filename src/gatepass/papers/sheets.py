"""The papers themselves: one frozen dataclass each, named as the paper is. `kind` is the name of its template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final

from gatepass.papers.shapes import Behind, Consignee, Fen, Goods, Kilograms, Load, Part, Payee, Rate, Sheet, Vehicle
from gatepass.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDocument(Sheet):
    """订单确认书 (D2): composition to the fen, lines, the sum to remit (negative: nothing to remit, the credit
    stays), and the box to confirm."""

    kind: ClassVar[str] = "order"
    customer: str
    consignee: Consignee
    clerk: str
    composition: tuple[Part, ...]
    remit: Fen
    lines: tuple[Goods, ...]
    load: Load
    frozen_at: datetime
    policy: Text | None = None
    confirm_by: datetime | None = None
    pay_to: Payee | None = None
    ask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedAccount(Sheet):
    """账款核对单 (D1): what finance verified for an order, at which moment, item by item; the items add up to the balance."""

    kind: ClassVar[str] = "check"
    customer: str
    balance: Fen
    items: tuple[Behind, ...]
    answered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedLine:
    """A line of the plan book: when, what kind, by whom, what it says."""

    at: datetime
    kind: Text
    by: str
    said: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBook(Sheet):
    """订单计划专用本 (D3) of one order: every line that was written, in order. Printed as it stands, not kept."""

    kind: ClassVar[str] = "planbook"
    customer: str
    lines: tuple[BookedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippingNotice(Sheet):
    """发货通知单 (D6). `composition` are the figures across, `payment` says how it stands with the money; a copy
    without prices shows neither."""

    kind: ClassVar[str] = "notice"
    consignee: Consignee
    payment: Text
    bearer: Text
    lines: tuple[Goods, ...]
    load: Load
    composition: tuple[Part, ...] = ()
    remit: Fen | None = None
    received: Fen | None = None
    collect: Fen | None = None
    unpaid: Fen | None = None
    freight_rate: Rate | None = None
    freight_unit: Text | None = None
    freight: Fen | None = None
    leave_by: datetime | None = None
    vehicle: Vehicle | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """So many cartons of one batch from one place; `picked`: they were taken for an earlier version already."""

    batch: str
    cartons: int
    location: str = ""
    produced_on: date | None = None
    expires_on: date | None = None
    picked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PickLine:
    """A product with its picks, first expired first. `cartons` is what the notice says, giveaways included."""

    code: str
    name: str
    spec: str
    cartons: int
    picks: tuple[Pick, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PickList(Sheet):
    """配货单 (D7): no prices, no phones, no addresses."""

    kind: ClassVar[str] = "picklist"
    customer: str
    lines: tuple[PickLine, ...]
    load: Load
    dock: str = ""
    vehicle: Vehicle | None = None
    leave_by: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundOrder(Sheet):
    """出库单 in copies (C16, D9); a copy says itself whether it shows prices."""

    kind: ClassVar[str] = "outbound"
    consignee: Consignee
    lines: tuple[Goods, ...]
    load: Load
    vehicle: Vehicle | None = None
    seals: tuple[str, ...] = ()
    collect: Fen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cargo:
    """What a waybill names: goods in a word, cartons, and the quantity in the unit that is priced (piece, ton or
    cubic metre)."""

    goods: Text
    cartons: int
    quantity: str
    kilograms: Kilograms | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waybill(Sheet):
    """托运单 (D10, D11). Everything that D10 demands has its field; `freight` stays blank for a customer on
    subsidy, who has `subsidy`."""

    kind: ClassVar[str] = "waybill"
    consignee: Consignee
    cargo: tuple[Cargo, ...]
    cartons: int
    pricing_unit: Text
    bearer: Text
    unit_price: Rate | None = None
    quantity: str = ""
    freight: Fen | None = None
    subsidy: Text | None = None
    collect: Fen | None = None
    vehicle: Vehicle | None = None
    handed_in_by: datetime | None = None
    consigned_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aboard:
    """A notice that travels under a gate pass."""

    notice: str
    version: int
    consignee: str
    cartons: int
    outbound: str = ""
    waybill: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePass(Sheet):
    """出门条 A5 (D10): one per departure. `code` is what the guard types when nothing can be scanned."""

    kind: ClassVar[str] = "gatepass"
    vehicle: Vehicle
    cartons: int
    aboard: tuple[Aboard, ...]
    goods: Text
    valid_until: datetime
    code: str = ""
    kilograms: Kilograms | None = None
    waybill_state: Text | None = None
    sales_copy: Text | None = None
    call: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Cartons for one customer: by name and expected day only (C24)."""

    customer: str
    ships_on: date
    cartons: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockUp:
    """A product of a day with those who wait for it. `in_stock` and `to_make` in cartons, blank when not balanced
    yet."""

    code: str
    name: str
    spec: str
    cartons: int
    wanted: tuple[Wanted, ...]
    in_stock: int | None = None
    to_make: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDay:
    day: date
    products: tuple[StockUp, ...]
    cartons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StockUpPlan(Sheet):
    """备货计划 (D3, C24): days, products, quantities, names. It has no field for an address, a phone or a price."""

    kind: ClassVar[str] = "stockup"
    days: tuple[PlanDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    name: Text
    value: Text
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A version of a clause, newest first; `until` is the last day on which it was in force."""

    version: int
    since: date
    text: Text
    until: date | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookClause:
    """A clause as the book prints it: the wording in force, its parameters, the detailed rules of departments, and the superseded ones
    struck through."""

    number: str
    title: Text
    who: Text
    wordings: tuple[Wording, ...]
    parameters: tuple[Parameter, ...] = ()
    rules: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    title: Text
    clauses: tuple[BookClause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook(Sheet):
    """制度汇编 (D18). `as_of` is the day whose rules are printed as in force; `head` the journal's published hash."""

    kind: ClassVar[str] = "rulebook"
    as_of: date
    chapters: tuple[Chapter, ...]
    head: str = ""


SHEETS: Final[tuple[type[Sheet], ...]] = (
    OrderDocument,
    ShippingNotice,
    PickList,
    OutboundOrder,
    Waybill,
    GatePass,
    StockUpPlan,
    CheckedAccount,
    PlanBook,
    Rulebook,
)

TITLES: Final[dict[str, Text]] = {
    "order": Text("订单确认书", "Order confirmation"),
    "notice": Text("发货通知单", "Shipping notice"),
    "picklist": Text("配货单", "Pick list"),
    "outbound": Text("出库单", "Outbound order"),
    "waybill": Text("托运单", "Waybill"),
    "gatepass": Text("出门条", "Gate pass"),
    "stockup": Text("备货计划", "Stock-up plan"),
    "check": Text("账款核对单", "Account check"),
    "planbook": Text("订单计划专用本", "Order plan book"),
    "rulebook": Text("制度汇编", "Rulebook"),
}
