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
RECEIVED = Text("订单 {number} 已收记为 {kept}，收款合计 {summed}", "Order {number}: received says {kept}, its receipts sum to {summed}")
GONE = Text(
    "订单 {number} 已转应收记为 {kept}，出门分录合计 {summed}",
    "Order {number}: debited says {kept}, postings at the gate sum to {summed}",
)
COVERED = Text("订单 {number} 记为款到齐，还差 {open}", "Order {number} counts as paid, {open} is open")
RECEIPT = Text("收款 {number} 为 {kept}，入账合计 {summed}", "Receipt {number} is {kept}, its items sum to {summed}")
COMPOSED = Text(
    "订单 {number} 应打货款记为 {kept}，账款组成合计 {summed}",
    "Order {number}: remit says {kept}, its composition sums to {summed}",
)
EXPLAINED = Text("订单 {number} 的账款组成与所列项目合计不符", "Order {number}: a part of its composition is not the sum of the items it lists")
RESTS = Text(
    "客户 {party} 未核销合计记为 {kept}，各项合计 {summed}，账面余额 {balance}",
    "Customer {party}: rests say {kept}, his items leave {summed}, the balance is {balance}",
)
REST = Text("{party} 的 {label} 未核销记为 {kept}，按核销应为 {summed}", "{label} of {party}: its rest says {kept}, matches leave {summed}")
ITEM = Text("{party} 的 {label} 记为 {kept}，分录为 {summed}", "{label} of {party} says {kept}, its posting {summed}")
NO_ITEM = Text("分录 {label} {fen} 没有未了项目", "Posting {label} {fen} has no item")
STRANGE = Text("核销 {fen} 的借贷双方不成对", "A match of {fen} does not join a debit and a credit of one customer")
HELD = Text("{label} 由订单 {number} 占用，该单已不占用款项", "{label} is held for order {number}, which holds nothing any more")
OPENED = Text("{number} 的期初余额 {kept}，入账 {summed}", "Opening balance {kept} of {number}: {summed} is posted")
CLEARED = Text("单据 {number} 应入账 {kept}，实际 {summed}", "Document {number} is to move {kept}, {summed} is posted")
TWICE = Text("{label} 同时由几张订单占用", "{label} is held for several orders at once")


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
    for row in books.rows(sql.MONEY_EVENTS):
        customer, fen = _effect(row["event"], row["payload"], row["before"])
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


def _effect(event: str, said: Row, before: Row | None) -> tuple[str, int]:
    """Whose account an event moves, and by how much; positive: he owes more. before: the event that this one approves or undoes."""
    customer, fen = said.get("customer", ""), said.get("fen", 0)
    match event:
        case "voucher.approved":
            fen = before["fen"] if before and said["booked"] else 0
        case "goods.left":
            fen = said["goods_fen"]
        case "vehicle.came_back":
            customer, fen = (before["customer"], -before["goods_fen"]) if before else ("", 0)
        case "receipt.recorded":
            fen = -fen
        case "freight.credited":
            fen = 0 if said["bearer"] == "company" else -fen
    return customer, fen


def openings(books: Books) -> Iterator[Finding]:
    """Opening balances are posted when their list was approved, and only then."""
    for row in books.rows(sql.OPENINGS):
        if (wanted := row["fen"] if row["booked"] else 0) != row["posted"]:
            yield Finding("ledger", OPENED.fill(number=row["number"], kept=yuan(wanted), summed=yuan(row["posted"])), ())


def cleared(books: Books) -> Iterator[Finding]:
    """Refunds, write-offs and price corrections moved what they say, once they were signed."""
    for row in books.rows(sql.CLEARED):
        if row["kept"] != row["posted"]:
            yield Finding("ledger", CLEARED.fill(number=row["number"], kept=yuan(row["kept"]), summed=yuan(row["posted"])), ())


def items(books: Books) -> Iterator[Finding]:
    """Rests played again from the matches; items are their postings; every match joins a debit and a credit of one customer."""
    for row in books.rows(sql.ITEMS):
        ids = (str(row["uid"]), str(row["customer"]))
        if row["kept"] != row["summed"]:
            said = REST.fill(party=row["name"], label=row["label"], kept=yuan(row["kept"]), summed=yuan(row["summed"]))
            yield Finding("ledger", said, ids)
        if row["fen"] != row["posted"]:
            said = ITEM.fill(party=row["name"], label=row["label"], kept=yuan(row["fen"]), summed=yuan(row["posted"] or 0))
            yield Finding("ledger", said, ids)
    for row in books.rows(sql.RESTS):
        if not row["kept"] == row["summed"] == row["balance"]:
            fens = {name: yuan(row[name]) for name in ("kept", "summed", "balance")}
            yield Finding("ledger", RESTS.fill(party=row["name"], **fens), (str(row["party"]),))
    for row in books.rows(sql.POSTINGS_WITHOUT_ITEM):
        yield Finding("ledger", NO_ITEM.fill(label=row["label"], fen=yuan(row["fen"])), (str(row["uid"]),))
    for row in books.rows(sql.STRANGE_MATCHES):
        yield Finding("ledger", STRANGE.fill(fen=yuan(row["fen"])), (str(row["uid"]),))


def claims(books: Books) -> Iterator[Finding]:
    """An item is held for one order at most, and only while that order asks for money."""
    for row in books.rows(sql.CLAIMS):
        if row["holders"] > 1:
            yield Finding("dues", TWICE.fill(label=row["label"]), (str(row["uid"]),))
        if row["over"] or row["other"]:
            yield Finding("dues", HELD.fill(label=row["label"], number=row["number"] or "?"), (str(row["uid"]), str(row["order"])))


def commitments(books: Books) -> Iterator[Finding]:
    for row in books.rows(sql.COMMITMENTS):
        ids = (str(row["order"]),)
        if not row["off"] and row["received_fen"] != row["came"]:
            yield Finding("dues", RECEIVED.fill(number=row["number"], kept=yuan(row["received_fen"]), summed=yuan(row["came"])), ids)
        if row["gone_fen"] != row["posted"]:
            yield Finding("dues", GONE.fill(number=row["number"], kept=yuan(row["gone_fen"]), summed=yuan(row["posted"])), ids)
        if row["covered"] and not row["off"] and row["open"] > 0:
            yield Finding("dues", COVERED.fill(number=row["number"], open=yuan(row["open"])), ids)
        if row["composed"] is not None and row["frozen"] != row["composed"]:
            yield Finding("dues", COMPOSED.fill(number=row["number"], kept=yuan(row["frozen"]), summed=yuan(row["composed"])), ids)
        if row["explained"] is False:
            yield Finding("dues", EXPLAINED.fill(number=row["number"]), ids)
    for row in books.rows(sql.RECEIPTS):
        if row["kept"] != row["summed"]:
            said = RECEIPT.fill(number=row["number"], kept=yuan(row["kept"]), summed=yuan(row["summed"]))
            yield Finding("dues", said, (str(row["uid"]),))
