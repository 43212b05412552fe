"""What an order's composition is made of as the account stands now, and the one form in which it is previewed, hashed and frozen (D2)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from gatepass.catalogue.policies import Policy, discount
from gatepass.journal.rows import find, rows
from gatepass.money import figure, share
from gatepass.orders.models import Composition, Order, OrderLine, Part
from gatepass.orders.policies import PartOf, compose, remit, subsidy_fen
from gatepass.orders.since import Checked
from gatepass.receivables.labels import part_told
from gatepass.receivables.models import PostingKind
from gatepass.receivables.paying_to import PayTo
from gatepass.receivables.rests import Standing
from gatepass.rules.events import canonical
from gatepass.words import Text, same

NONE: Final = Text("没有", "none")


def composition_of(row: Order, account: Standing, freight_fen: int, off: Sequence[PartOf]) -> tuple[PartOf, ...]:
    """The parts of an order's composition as the account stands now."""
    who = row.customer
    subsidy = 0
    if row.bearer == "subsidy" and who.subsidy_yuan is not None:
        subsidy = subsidy_fen(
            yuan=who.subsidy_yuan, unit=who.subsidy_unit, cartons=row.cartons + row.gifts, weight_g=row.weight_g, volume_cm3=row.volume_cm3
        )
    said = Text("{kind}：{label}", "{kind}: {label}")
    named = [
        PartOf(
            rest.item.kind, rest.fen, said.fill(kind=rest.kind, label=rest.said), rest.item.document_kind, rest.item.document, (rest.frozen(),)
        )
        for rest in account.items
    ]
    return compose(
        previous=[rest.frozen() for rest in account.previous], customer=who.uid, items=named, freight=freight_fen, subsidy=subsidy,
        goods=row.goods_fen, cartons=row.cartons, off=off,
    )  # fmt: skip


def discounts(row: Order, lines: Sequence[OrderLine], policies: Sequence[Policy], day: date) -> tuple[PartOf, ...]:
    """What is off by policy: one part for each policy, with the lines that it is off."""
    found: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        percent, why = discount(policies, line.product, line.cartons)
        if fen := share(line.fen, percent):
            found.setdefault(why.zh, []).append(
                {
                    "item": "", "kind": PostingKind.PROMOTION.value, "label": line.product.name, "day": day.isoformat(), "fen": -fen,
                    "document_kind": "order", "document": str(row.uid), "order": str(row.uid), "position": line.position,
                    "percent": f"{percent.normalize():f}",
                }
            )  # fmt: skip
    said = Text("政策折扣：{why}", "discount by policy: {why}")
    return tuple(
        PartOf(PostingKind.PROMOTION.value, sum(one["fen"] for one in entries), said.fill(why=why), "order", row.uid, tuple(entries))
        for why, entries in found.items()
    )


def percents(order: UUID) -> dict[int, Decimal]:
    """The percentage off by policy that an order's composition in force gave, by the keys of its lines."""
    row = find(Order, uid=order)
    made = find(Composition, order_id=row.pk, withdrawn_at=None) if row else None
    if row is None or made is None:
        return {}
    off = [one for part in rows(Part, composition_id=made.pk) if part.kind == PostingKind.PROMOTION.value for one in part.entries]
    given = {one["position"]: Decimal(one["percent"]) for one in off}
    return {line.pk: given[line.position] for line in rows(OrderLine, order_id=row.pk) if line.position in given}


@dataclass(frozen=True, slots=True)
class Composed:
    """An order's document as it is shown before it is sent, and as it is frozen: the same data, the same digest."""

    data: Mapping[str, Any]
    parts: tuple[PartOf, ...]

    @property
    def digest(self) -> str:
        return hashlib.sha256(canonical(dict(self.data)).encode()).hexdigest()

    @property
    def shown(self) -> str:
        """What a sender saw, short: so that it can be told what changed since."""
        lines = [[line["position"], line["name"], line["cartons"], line["gift"], line["fen"]] for line in self.data["lines"]]
        parts = [[part["zh"], part["en"], part["fen"]] for part in self.data["parts"]]
        return json.dumps({"lines": lines, "parts": parts, "number": self.data["pay_to"].get("number", "")}, ensure_ascii=False)


def composed(row: Order, lines: Sequence[OrderLine], parts: tuple[PartOf, ...], to: PayTo | None, check: Checked | None) -> Composed:
    """What the document says, for good: goods, composition, account to pay to, and the account check that it rests on with what was booked
    since. No phone, no address, no moment: those stand with their own rows."""
    data = {
        "number": row.number,
        "customer": str(row.customer.uid),
        "lines": [
            {
                "position": line.position, "product": line.product.code, "name": line.product.name, "spec": line.product.spec,
                "cartons": line.cartons, "gift": line.gift, "why": line.gift_why, "yuan": f"{line.yuan.normalize():f}", "fen": line.fen,
                "remark": line.remark,
            }
            for line in lines
        ],
        "parts": [part.said() for part in parts],
        "remit_fen": remit(parts),
        "pay_to": to.frozen() if to else {},
        "check": check.frozen() if check else {},
        "weight_g": row.weight_g,
        "volume_cm3": row.volume_cm3,
    }  # fmt: skip
    return Composed(data, parts)


def differences(shown: str, now: Composed) -> list[Text]:
    """What of a composition is not as somebody saw it, line by line; what he saw is as `Composed.shown` gave it, else nothing is known."""
    try:
        before = json.loads(shown)
        old = {(said[0], said[1]): tuple(said[2:]) for said in before["lines"]}, {(said[0], said[1]): said[2] for said in before["parts"]}
        number = str(before["number"])
    except (ValueError, KeyError, IndexError, TypeError):
        return []
    new = json.loads(now.shown)
    lines = {(said[0], said[1]): tuple(said[2:]) for said in new["lines"]}
    parts = {(said[0], said[1]): said[2] for said in new["parts"]}
    found = [*_changed(old[0], lines, _line), *_changed(old[1], parts, _part)]
    paid_to = Text("收款账号：原来 {old}，现在 {new}", "account to pay to: {old} before, {new} now")
    return [*found, *([paid_to.fill(old=number or NONE, new=new["number"] or NONE)] if number != new["number"] else [])]


def _changed(old: Mapping[Any, Any], new: Mapping[Any, Any], said: Any) -> Iterator[Text]:
    sentence = Text("{what}：预览时 {old}，现在 {new}", "{what}: {old} in the preview, {new} now")
    for key in [*new, *(gone for gone in old if gone not in new)]:
        if old.get(key) != new.get(key):
            what, tell = said(key)
            yield sentence.fill(what=what, old=tell(old[key]) if key in old else NONE, new=tell(new[key]) if key in new else NONE)


def _line(key: tuple[Any, Any]) -> tuple[Text, Any]:
    told = Text("{n} 件 + 搭赠 {m} 件，{sum}", "{n} cartons + {m} free, {sum}")
    return Text("第 {n} 行 {name}", "line {n}, {name}").fill(n=key[0], name=key[1]), lambda v: told.fill(n=v[0], m=v[1], sum=figure(v[2]))


def _part(key: tuple[Any, Any]) -> tuple[Text, Any]:
    return part_told(str(key[0]), str(key[1])), lambda fen: same(figure(fen))
