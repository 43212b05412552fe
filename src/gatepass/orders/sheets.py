"""The order document (订单确认书) as papers print it: frozen when the order is sent, signed live when the customer confirms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from gatepass.carriers.queries import name_of
from gatepass.catalogue.policies import policy_named
from gatepass.journal.door import Case
from gatepass.look.moments import here
from gatepass.orders.figures import frozen_rest
from gatepass.orders.inputs import Channel
from gatepass.orders.locking import seen_by
from gatepass.orders.models import Composition, Order, OrderLine
from gatepass.orders.policies import PartOf, remit
from gatepass.papers.deadlines import deadline
from gatepass.papers.shapes import AccountChanged, Behind, Cited, Confirmed, Consignee, Goods, Live, Load, Part, Payee, Voided
from gatepass.papers.sheets import OrderDocument
from gatepass.people.firm import firm
from gatepass.people.visits import names_of
from gatepass.receivables.paying_to import PayTo, changed_at, thawed
from gatepass.roles import SYSTEM, Power, Sight
from gatepass.words import Text

CITED: Final = Cited(
    clause="D2", text=Text("发出即定格；请客户按时确认或提出异议", "frozen on sending; please confirm or object in time")
)  # fmt: skip


def order_document(
    case: Case, row: Order, lines: Sequence[OrderLine], parts: Sequence[PartOf], version: int, to: PayTo | None
) -> OrderDocument:  # fmt: skip
    """The sheet of an order as it is being sent: lines, composition, the sum to remit. Its numbers are those of the frozen composition."""
    company = firm()
    where = row.address
    return OrderDocument(
        company=company.name,
        number=row.number,
        made_at=case.at,
        version=version,
        customer=row.customer.name,
        consignee=Consignee(
            company=row.customer.name,
            contact=where.consignee,
            phone=where.phone,
            address=where.address,
            destination=where.destination,
            forwarder=name_of(row.customer.forwarder),
        ),
        clerk=case.actor.name,
        composition=tuple(_part(one, row, len(lines)) for one in parts),
        remit=remit(parts),
        lines=tuple(_goods(line) for line in lines),
        frozen_at=case.at,
        policy=_policy(lines, here(case.at)),
        load=Load(
            cartons=row.cartons,
            giveaway=row.gifts,
            kilograms=Decimal(row.weight_g) / 1000,
            cubic_metres=Decimal(row.volume_cm3) / 1_000_000,
            amount=row.goods_fen,
        ),
        pay_to=Payee(bank=to.bank, holder=to.holder, number=to.grouped) if to else None,
        ask=f"{case.actor.name} {company.phone}".strip(),
        clauses=(CITED,),
    )


def _part(part: PartOf, row: Order, kinds: int) -> Part:
    """A line of the composition: what it is, and beside it the document or figure that it stands on."""
    (zh, _, of_zh), (en, _, of_en) = part.text.zh.partition("："), part.text.en.partition(": ")
    what, source = Text(zh, en).capital(), Text(of_zh, of_en)
    if part.kind == "previous" and row.checked_at:
        source = Text("核账 {day}", "checked {day}").fill(day=f"{here(row.checked_at):%Y-%m-%d}")
    elif part.kind == "goods":
        what = Text("本次货款", "Goods of this order")
        source = Text("{kinds} 种，{n} 件", "products: {kinds}, cartons: {n}").fill(kinds=kinds, n=row.cartons)
    return Part(what=what, source=source, amount=part.fen, items=_items(part))


def _items(part: PartOf) -> tuple[Behind, ...]:
    """What a part is the sum of: each item with its document and its day."""
    found = [frozen_rest(one) for one in part.entries]
    return tuple(Behind(what=one.what, day=one.day, amount=one.fen or 0) for one in found)


def _policy(lines: Sequence[OrderLine], at: date) -> Text:
    """The promotions that gave something, as they were in force that day; that there was none."""
    names = list(dict.fromkeys(name for line in lines if line.gift and (name := policy_named(line.gift_why))))
    by_hand = any(line.gift and not policy_named(line.gift_why) for line in lines)
    said = [*names, Text("搭赠另定", "giveaways by hand")] if by_hand else names
    return Text("{day} 政策：{names}", "Policies of {day}: {names}").fill(
        day=f"{at:%Y-%m-%d}", names=said or Text("无搭赠", "no giveaways")
    )


def _goods(line: OrderLine) -> Goods:
    sold = line.product
    return Goods(
        code=sold.code,
        name=sold.name,
        spec=sold.spec,
        cartons=line.cartons,
        giveaway=line.gift,
        unit_price=line.yuan,
        amount=line.fen,
        note=line.remark,
    )


def may_read(sight: Sight, order: UUID) -> bool:
    """The document has prices and an address: only for who sees both, and the order."""
    return sight.may(Power.SEE_MONEY) and sight.may(Power.SEE_CONTACTS) and seen_by(sight).filter(uid=order).exists()


def live(order: UUID, version: int) -> Live:
    """How the customer confirmed and who recorded it, never a signature that he did not write; that the version was withdrawn."""
    made = Composition.objects.select_related("order__address").filter(order__uid=order, version=version).first()
    if made is None:
        return Live()
    row = made.order
    if made.withdrawn_at is not None:
        newer = Composition.objects.filter(order=row, version__gt=version).order_by("version").values_list("version", flat=True).first()
        replaced = f"{row.number}-{newer}" if newer else ""
        return Live(voided=Voided(at=made.withdrawn_at, reason=Text("已撤回", "withdrawn"), replaced_by=replaced))
    account = _account_changed(made)
    if row.confirmed_at is None:
        return Live(confirm_by=deadline("D2.2", order), account_changed=account)
    return Live(confirmed=Confirmed(how=Channel(row.confirmed_how).text, at=row.confirmed_at, recorded_by=recorder(row)), account_changed=account)


def recorder(row: Order) -> str:
    """Who wrote the customer's confirmation down; blank where he answered himself on his link."""
    by = row.confirmed_by
    return names_of({by}).get(by, "") if by and by != SYSTEM.person else ""


def _account_changed(made: Composition) -> AccountChanged | None:
    """Since when the company is paid on another account than the one that the document names, and whom to ask."""
    named = thawed(made.data["pay_to"])
    at = changed_at(named.uid) if named else None
    return AccountChanged(at=at, ask=firm().phone) if at else None
