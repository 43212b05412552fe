"""Money: balances are the sums of postings, postings are what the journal says happened, dues are what was matched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from gatepass.site.checking import sql
from gatepass.site.checking.finding import Books, Finding, Row
from gatepass.words import Text

BALANCE = Text(
    "{account} {party} 余额记为 {kept}，分录合计 {summed}",
    "{account} {party}: the balance says {kept}, its postings sum to {summed}",
)
NO_ENTRY = Text("分录 {label} {fen} 没有流水", "Posting {label} {fen} has no journal entry")
ACCOUNT = Text(
    "客户 {party} 按流水应为 {wanted}，分录合计 {summed}",
    "Customer {party}: {wanted} by the journal, postings sum to {summed}",
)
RECEIVED = Text("订单 {number} 已收记为 {kept}，核销合计 {summed}", "Order {number}: received says {kept}, matches sum to {summed}")
DEBITED = Text(
    "订单 {number} 已转应收记为 {kept}，出门分录合计 {summed}",
    "Order {number}: debited says {kept}, postings at the gate sum to {summed}",
)
MATCHED = Text("收款 {number} 已核销记为 {kept}，核销合计 {summed}", "Receipt {number}: matched says {kept}, its matches sum to {summed}")
COMPOSED = Text(
    "订单 {number} 应打货款记为 {kept}，账款组成合计 {summed}",
    "Order {number}: remit says {kept}, its composition sums to {summed}",
)


def yuan(fen: int) -> str:
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def balances(books: Books) -> Iterator[Finding]:
    for row in books.rows(sql.BALANCES):
        if row["kept"] != row["summed"]:
            said = BALANCE.fill(account=row["account"], party=row["name"], kept=yuan(row["kept"]), summed=yuan(row["summed"]))
            yield Finding("ledger", said, (str(row["party"]),))


def backed(books: Books) -> Iterator[Finding]:
    """Every posting has the journal entry that made it."""
    for row in books.rows(sql.POSTINGS_WITHOUT_ENTRY):
        yield Finding("ledger", NO_ENTRY.fill(label=row["label"], fen=yuan(row["fen"])), (str(row["uid"]),))


def accounts(books: Books) -> Iterator[Finding]:
    """Each customer's account played again from the journal alone."""
    wanted: defaultdict[str, int] = defaultdict(int)
    memory: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in books.stream(sql.MONEY_EVENTS):
        customer, fen = _effect(row["event"], row["payload"], memory)
        if customer:
            wanted[customer] += fen
    for row in books.rows(sql.FREIGHT_WITH_THE_GOODS):
        wanted[str(row["party"])] += row["fen"]
    for row in books.rows(sql.CUSTOMER_POSTINGS):
        party = str(row["party"])
        if (fen := wanted.pop(party, 0)) != row["summed"]:
            yield Finding("ledger", ACCOUNT.fill(party=row["name"], wanted=yuan(fen), summed=yuan(row["summed"])), (party,))
    for party, fen in wanted.items():
        if fen:
            yield Finding("ledger", ACCOUNT.fill(party=party, wanted=yuan(fen), summed=yuan(0)), (party,))


def _effect(event: str, said: Row, memory: dict[str, dict[str, Row]]) -> tuple[str, int]:
    """Whose account an event moves, and by how much; positive: he owes more."""
    customer, fen = said.get("customer", ""), said.get("fen", 0)
    match event:
        case "voucher.prepared":
            memory["voucher"][said["voucher"]] = said
            fen = 0
        case "voucher.approved":
            fen = memory["voucher"][said["voucher"]]["fen"] if said["booked"] else 0
        case "goods.left":
            memory["goods"][said["consignment"]] = said
            fen = said["goods_fen"]
        case "vehicle.came_back":
            gone = memory["goods"].pop(said["consignment"])
            customer, fen = gone["customer"], -gone["goods_fen"]
        case "receipt.recorded":
            fen = -fen
        case "freight.credited":
            fen = 0 if said["bearer"] == "company" else -fen
    return customer, fen


def dues(books: Books) -> Iterator[Finding]:
    for row in books.rows(sql.DUES):
        ids = (str(row["order"]),)
        if row["received_fen"] != row["matched"]:
            yield Finding("dues", RECEIVED.fill(number=row["number"], kept=yuan(row["received_fen"]), summed=yuan(row["matched"])), ids)
        if row["debited_fen"] != row["posted"]:
            yield Finding("dues", DEBITED.fill(number=row["number"], kept=yuan(row["debited_fen"]), summed=yuan(row["posted"])), ids)
        if row["composed"] is not None and row["remit_fen"] != row["composed"]:
            yield Finding("dues", COMPOSED.fill(number=row["number"], kept=yuan(row["remit_fen"]), summed=yuan(row["composed"])), ids)
    for row in books.rows(sql.RECEIPTS):
        if row["kept"] != row["summed"]:
            said = MATCHED.fill(number=row["number"], kept=yuan(row["kept"]), summed=yuan(row["summed"]))
            yield Finding("dues", said, (str(row["uid"]),))
