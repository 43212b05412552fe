"""What ledger lines and open items are called. Kept in Chinese, as on the papers; said in both languages.

A label is a document's number, what somebody typed, or one of these with a number in it.
"""

from __future__ import annotations

from typing import Final

from gatepass.words import Text, recalled

GOODS: Final = Text("{number} 货款", "{number} goods")
OPENING: Final = Text("期初", "brought forward")
OPENING_OF: Final = Text("{day} 期初", "brought forward from {day}")
ADVANCED: Final = Text("代垫运费 {number}", "Advanced freight {number}")
SUBSIDY: Final = Text("运补 {number}", "Freight subsidy {number}")
FREIGHT: Final = Text("运费 {number}", "Freight {number}")
TO_SPARE: Final = Text("{number} 多到，转余款", "{number}: more than was due, to his credit")
_REVERSED: Final = Text("冲 {label}", "Reversal of {label}")
_KNOWN: Final = (GOODS, OPENING, OPENING_OF, ADVANCED, SUBSIDY, FREIGHT, TO_SPARE)


def reversed_label(label: str) -> str:
    """The label of what takes another line back."""
    return _REVERSED.fill(label=label).zh


def told(label: str) -> Text:
    """A kept label in both languages."""
    before = _REVERSED.zh.removesuffix("{label}")
    if label.startswith(before):
        return _REVERSED.fill(label=told(label.removeprefix(before)))
    return recalled(label, _KNOWN)


def part_told(zh: str, en: str) -> Text:
    """The name of a part of a composition; its English names the kind, then the label of the item that it stands for."""
    kind, between, label = en.partition(": ")
    return Text(zh, kind + between + told(label).en) if between else Text(zh, en)
