"""What each paper is made from: frozen dataclasses, so that a module that wants a paper knows exactly what to pass.

A **sheet** is what is frozen and hashed with the document. **Live** is what may come later and is not part of it:
signatures, the vehicle, the batches, that it was voided. **Printing** is who prints which copy for the which time.
Money is whole fen, weights are kilograms, volumes cubic metres, moments aware datetimes; words that the program
chooses are `Text`, words that people wrote are `str`. Blank means unknown or not filled in, and prints as a blank;
a text holds at most 1,000 characters, words 4,000. How they become JSON stands in `packing`, how they look in `faces`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, ClassVar

from gatepass.words import Text

Fen = Annotated[int, "fen"]  # money in whole fen; None = not stated
Kilograms = Annotated[Decimal, "kg"]
CubicMetres = Annotated[Decimal, "m3"]
Rate = Annotated[Decimal, "rate"]  # yuan a unit, at most six decimals
Scan = Annotated[str, "qr"]  # printed as a QR code: at most 300 characters
Png = Annotated[bytes, "png"]  # a PNG picture of at most 200 kB and 2,000 by 1,000 dots


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Another document that belongs to this one: 订单 DH-2026-1187. `note` may name its version."""

    what: Text
    number: str
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One of several copies (联). `key` names it in addresses and print counts; without `prices` its columns of
    money are not drawn."""

    key: str
    name: Text
    prices: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A clause quoted at the foot."""

    clause: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier version that this one replaced."""

    version: int
    voided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A field for a signature: empty while `name` is blank; the drawn signature as PNG, else the name is set in
    type."""

    role: Text
    name: str = ""
    at: datetime | None = None
    acting_for: str = ""
    png: Png | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voided:
    """Why this very version no longer counts. `replaced_by` is the number of the version or document that took its
    place."""

    at: datetime
    reason: Text
    replaced_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    plate: str = ""
    carrier: str = ""
    driver: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBatches:
    """The batches that were picked for the line of that number (from 1)."""

    line: int
    batches: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What was changed after the approval without a new version (D8): whose consent, whose countersignature; blank while it is owed.

    `confirmed_at`: when he whose word of mouth it was confirmed it himself; `by_word`: that it was word of mouth.
    """

    what: Text
    reason: str
    made_at: datetime
    made_by: str
    consent: str
    consented_at: datetime
    by_word: bool = False
    confirmed_at: datetime | None = None
    countersigned: str = ""
    countersigned_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Haul:
    """What the freight of a notice comes to by its waybill: blank where the waybill does not say it."""

    rate: Rate | None = None
    unit: Text | None = None
    quantity: str = ""
    total: Fen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """The customer's answer as it was recorded: how it came, when, and who wrote it down (nobody where he answered himself)."""

    how: Text
    at: datetime
    recorded_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChanged:
    """Papers name another account to pay to than this one, since when; `ask`: the phone to ask before anything is remitted."""

    at: datetime
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """What prints as it stands at the moment of printing.

    leave_by: when the goods must have left; confirm_by: until when the customer may confirm; handed_in_by and handed_in_at: when a
    waybill is to be with finance, and since when it is; consigned_at: when the goods were handed to the forwarder.
    """

    signatures: tuple[Signature, ...] = ()
    voided: Voided | None = None
    vehicle: Vehicle | None = None
    haul: Haul | None = None
    batches: tuple[LineBatches, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    seals: tuple[str, ...] = ()
    leave_by: datetime | None = None
    confirm_by: datetime | None = None
    handed_in_by: datetime | None = None
    handed_in_at: datetime | None = None
    consigned_at: datetime | None = None
    confirmed: Confirmed | None = None
    account_changed: AccountChanged | None = None
    link: Scan | None = None  # in place of the sheet's link: a signed one that must not be kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One printed copy: `copy` is a key of the sheet's copies or blank, `nth` its print count."""

    copy: str = ""
    nth: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """head: that of the journal's chain, on the first of its kind that is printed on a day; else blank."""

    person: str
    at: datetime
    runs: tuple[Run, ...] = (Run(),)
    head: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What every paper has."""

    kind: ClassVar[str]
    company: str
    number: str
    made_at: datetime
    version: int = 1
    earlier: tuple[Earlier, ...] = ()
    mentions: tuple[Mention, ...] = ()
    copies: tuple[Copy, ...] = ()
    clauses: tuple[Cited, ...] = ()
    link: Scan | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consignee:
    """Who receives the goods."""

    company: str
    contact: str = ""
    phone: str = ""
    address: str = ""
    destination: str = ""
    forwarder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """A line of goods, in cartons. `giveaway` cartons come on top of `cartons`. Lines without prices leave both
    blank."""

    code: str
    name: str
    spec: str
    cartons: int
    giveaway: int = 0
    unit_price: Rate | None = None
    amount: Fen | None = None
    batches: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Totals of the lines. Stated by the module, which has them from its own figures; nothing is summed on paper."""

    cartons: int
    giveaway: int = 0
    kilograms: Kilograms | None = None
    cubic_metres: CubicMetres | None = None
    amount: Fen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """One of the items that a part of the composition is the sum of: its document and its day."""

    what: Text
    amount: Fen
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the account composition, signed: what it is, where it comes from, how much. What the customer owes
    adds. The items that it is made of add up to it."""

    what: Text
    source: Text
    amount: Fen
    items: tuple[Behind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """The account to pay to."""

    bank: str
    holder: str
    number: str
