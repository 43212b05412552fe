"""The customer's account in the model: what he owes and has to his credit, piece by piece, and how the pieces pay for each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from life.things import Order, Part


@dataclass(eq=False)
class Piece:
    """Something owed (above zero) or to his credit (below). order: whose goods or money it is; holder: which order holds what is left."""

    kind: str
    fen: int
    since: datetime
    order: Order | None = None
    holder: Order | None = None
    part: Part | None = None
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.fen


@dataclass(eq=False)
class Account:
    pieces: list[Piece] = field(default_factory=list)
    met: list[tuple[Piece, Piece, int]] = field(default_factory=list)

    def open(self) -> list[Piece]:
        """What is not paid or used up, oldest first."""
        return sorted((one for one in self.pieces if one.left), key=lambda one: one.since)

    def free(self) -> list[Piece]:
        return [one for one in self.open() if one.holder is None]

    def credit(self) -> int:
        """What he has to his credit that no order holds; freight is named by a document, never taken for extras."""
        return max(0, -sum(one.left for one in self.free() if one.kind != "freight"))

    def asks(self, order: Order) -> int:
        """What is still to come for an order; below zero where it holds more than it needs."""
        mine = [one for one in self.open() if one.holder is order or (one.order is order and one.kind == "goods")]
        return sum(one.left for one in mine) + (order.committed - order.debited if order.claims else 0)

    def meet(self, pieces: Iterable[Piece]) -> None:
        """Debts with credits, in this order, until one side is used up."""
        given = list(pieces)
        for debt in [one for one in given if one.left > 0]:
            for money in [one for one in given if one.left < 0]:
                self.join(debt, money, min(debt.left, -money.left))

    def join(self, debt: Piece, money: Piece, fen: int) -> None:
        if fen > 0:
            debt.left, money.left = debt.left - fen, money.left + fen
            self.met.append((debt, money, fen))

    def let_go(self, order: Order) -> None:
        for one in self.pieces:
            if one.holder is order:
                one.holder = None

    def hold(self, order: Order, pieces: Iterable[Piece]) -> None:
        for one in pieces:
            one.holder = order

    def receive(self, amount: int, now: datetime, orders: list[Order], named: list[tuple[Order, int]] | None) -> set[Order]:
        """Money came in; gives the orders that ask for nothing any more. orders: those that ask, as they were sent."""
        going = Going(self, orders)
        before = dict(going.asks)
        rest = going.oldest_first(amount) if named is None else amount - going.as_named(named)
        going.give(None, rest)
        for way, fen in going.ways.items():
            money = Piece("receipt", -fen, now, way)
            self.pieces.append(money)
            for debt, part in going.paid.get(way, []):
                self.join(debt, money, part)
            if way is not None:
                way.received += fen
                if way.claims and money.left:
                    money.holder = way
        return {order for order in orders if before[order] > 0 and going.asks[order] == 0 and not order.covered}

    def leave(self, order: Order, parts: list[tuple[Part, int]], over: bool) -> None:
        """Goods of an order passed the gate: what it holds pays for them; with the last of them it holds nothing more."""
        new = [Piece("goods", fen, part.notice.since, order, None, part) for part, fen in parts if fen]
        mine = [one for one in self.open() if one.holder is order or (one.order is order and one.kind == "goods" and one.holder is None)]
        self.pieces += new
        self.meet(sorted([*mine, *new], key=lambda one: one.since))
        if over:
            self.let_go(order)
        else:
            self.hold(order, (one for one in new if one.left))

    def back(self, order: Order, parts: list[Part]) -> None:
        """They came back: what had paid for them is the order's again, unless another order holds it by now."""
        gone = [one for one in self.pieces if one.part in parts and one.kind == "goods"]
        for debt, money, fen in [met for met in self.met if met[0] in gone]:
            money.left -= fen
            self.met.remove((debt, money, fen))
            if money.holder is None:
                money.holder = order
        self.pieces = [one for one in self.pieces if one not in gone]
        for one in self.open():
            if one.order is order and one.kind == "goods" and one.holder is None:
                one.holder = order


class Going:
    """Which way money goes: to orders, to debts of no order, or to nobody."""

    def __init__(self, account: Account, orders: list[Order]) -> None:
        self.orders = orders
        self.asks = {order: max(0, account.asks(order)) for order in orders}
        self.debts = {one: one.left for one in account.open() if one.left > 0}
        self.ways: dict[Order | None, int] = {}
        self.paid: dict[Order | None, list[tuple[Piece, int]]] = {}

    def give(self, way: Order | None, fen: int) -> None:
        if fen:
            self.ways[way] = self.ways.get(way, 0) + fen

    def pay(self, debt: Piece, most: int, way: Order | None) -> int:
        """So much of a debt; of what an order named, or of its goods, no more than it asks."""
        whose = {one for one in (debt.holder, debt.order if debt.kind == "goods" else None) if one is not None}
        fen = max(0, min([most, self.debts[debt], *(self.asks[one] for one in whose)]))
        if fen:
            self.debts[debt] -= fen
            for one in whose:
                self.asks[one] -= fen
            self.give(way, fen)
            self.paid.setdefault(way, []).append((debt, fen))
        return fen

    def oldest_first(self, rest: int) -> int:
        for debt in list(self.debts):
            rest -= self.pay(debt, rest, debt.order if debt.kind == "goods" else debt.holder)
        for order in self.orders:
            fen = min(rest, self.asks[order])
            self.asks[order] -= fen
            self.give(order, fen)
            rest -= fen
        return rest

    def as_named(self, named: list[tuple[Order, int]]) -> int:
        for order, wanted in named:
            fen = wanted
            for debt in list(self.debts):
                if order is debt.holder or (debt.kind == "goods" and debt.order is order):
                    fen -= self.pay(debt, fen, order)
            self.asks[order] -= fen
            self.give(order, fen)
        return sum(fen for _, fen in named)
