"""Cartons: stock is the sum of its moves and never less than nothing, picks are moves, reservations have an order that waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from gatepass.site.checking import sql
from gatepass.site.checking.finding import Books, Finding, Row
from gatepass.words import Text

ON_HAND = Text(
    "{name} 批次 {code} 库存记为 {kept}，出入合计 {summed}",
    "{name}, batch {code}: on hand says {kept}, its moves sum to {summed}",
)
BELOW = Text("{name} 批次 {code} 曾低于零", "{name}, batch {code}: was below zero at a time")
UNBACKED = Text("{name} 批次 {code} 的出入 {cartons} 没有流水", "{name}, batch {code}: a move of {cartons} has no journal entry")
PICKED = Text("{number} 配货 {picked} 件，出库 {moved} 件", "{number}: {picked} cartons picked, {moved} taken from stock")
RESERVED = Text(
    "{number} 为 {name} 预留 {cartons} 件、已配 {picked} 件，订单只要 {wanted} 件",
    "{number}: {cartons} of {name} set aside and {picked} picked, the order wants {wanted}",
)
TAKEN = Text("{number} 的 {name} 记为已配 {picked} 件，实际 {taken} 件", "{number}: {picked} of {name} kept as picked, the picks say {taken}")
OVER = Text("{number} 已结束，还预留着 {name} {cartons} 件", "{number} is over, yet {cartons} of {name} are set aside")
SHIPPED = Text("{number} 已发记为 {kept} 件，出门 {gone} 件", "{number}: shipped says {kept} cartons, {gone} left")
GIFT = Text(
    "{number} 第 {line} 行搭赠 {gift} 件，按当日政策应为 {wanted} 件",
    "{number} line {line}: {gift} given away, {wanted} by the policy of the day",
)


def cartons(books: Books) -> Iterator[Finding]:
    for row in books.rows(sql.ON_HAND):
        if row["kept"] != row["summed"]:
            yield Finding("stock", ON_HAND.fill(**row), (str(row["uid"]),))
    batch, level = None, 0
    for row in books.rows(sql.MOVES):
        batch, level = row["batch_id"], row["cartons"] + (level if row["batch_id"] == batch else 0)
        if level < 0:
            yield Finding("stock", BELOW.fill(**row), (str(row["uid"]),))
        if not row["backed"]:
            yield Finding("stock", UNBACKED.fill(**row), (str(row["uid"]),))
    for row in books.rows(sql.PICKS):
        yield Finding("stock", PICKED.fill(**row), (str(row["uid"]),))


def reservations(books: Books) -> Iterator[Finding]:
    for row in books.rows(sql.RESERVATIONS):
        if row["picked"] != row["taken"]:
            yield Finding("stock", TAKEN.fill(**row), (str(row["order"]),))
        if row["over"] and row["cartons"]:
            yield Finding("stock", OVER.fill(**row), (str(row["order"]),))
        elif not row["over"] and row["cartons"] + row["picked"] > row["wanted"]:
            yield Finding("stock", RESERVED.fill(**row), (str(row["order"]),))


def shipped(books: Books) -> Iterator[Finding]:
    for row in books.rows(sql.SHIPPED):
        if row["kept"] != row["gone"] or row["beyond"]:
            yield Finding("orders", SHIPPED.fill(**row), (str(row["uid"]),))


def giveaways(books: Books) -> Iterator[Finding]:
    """Giveaways worked out again from the promotions of the day; lines set by hand and goods changed later are left out."""
    policies = books.some(sql.PROMOTIONS)
    for row in books.rows(sql.GIFTS):
        if row["by_hand"]:
            continue
        wanted = _given(policies, row, row["allocated_at"].astimezone(ZoneInfo("Asia/Shanghai")).date())
        if wanted != row["gift"]:
            said = GIFT.fill(number=row["number"], line=row["position"], gift=row["gift"], wanted=wanted)
            yield Finding("giveaways", said, (str(row["uid"]),))


def _given(policies: list[Row], line: Row, day: date) -> int:
    """The policy closest to the product, then to the customer; of its tiers that are reached the best sum, of two policies the better."""
    fitting = [policy for policy in policies if _in_force(policy, day) and _meant(policy, line) and _closeness(policy, line)]
    closest = max((_rank(policy, line) for policy in fitting), default=None)
    tiers = [policy for policy in fitting if _rank(policy, line) == closest and policy["from_cartons"] <= line["cartons"]]
    return max((_best([one for one in tiers if one["name"] == name], line["cartons"]) for name in {one["name"] for one in tiers}), default=0)


def _best(tiers: list[Row], cartons: int) -> int:
    """Carton by carton: what so many give at most."""
    most = [0]
    for n in range(1, cartons + 1):
        most.append(max([most[n - 1], *(most[n - one["buy"]] + one["get"] for one in tiers if one["buy"] <= n)]))
    return most[cartons]


def _in_force(policy: Row, day: date) -> bool:
    return bool(policy["since"] <= day and (policy["until"] is None or day <= policy["until"]))


def _meant(policy: Row, line: Row) -> bool:
    return policy["grade"] in ("", line["grade"]) and policy["region"] in ("", line["region"])


def _rank(policy: Row, line: Row) -> tuple[int, int]:
    return _closeness(policy, line), 2 * bool(policy["grade"]) + bool(policy["region"])


def _closeness(policy: Row, line: Row) -> int:
    if policy["product_id"] is not None:
        return 3 if policy["product_id"] == line["product_id"] else 0
    if policy["family"]:
        return 2 if policy["family"] == line["family"] else 0
    return 1
