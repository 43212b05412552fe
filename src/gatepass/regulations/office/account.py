"""What the desk and finance cite beside the regulation: C2, C6, A13, A14, D17, R1, R8, as far as the program keeps them now."""

from __future__ import annotations

from datetime import date

from gatepass.rules.clauses import Article, Clause
from gatepass.words import Text

SINCE = date(2024, 3, 1)


def _statement(number: str, chapter: str, title: Text, zh: str, en: str) -> Article:
    """An article of one sentence that the program keeps without a gate or a clock of its own."""
    return Article(number=number, title=title, chapter=chapter, clauses=(Clause(number=f"{number}.1", zh=zh, en=en, since=SINCE),))


C2 = _statement(
    "C2",
    "duties",
    Text("订单电话", "Order calls"),
    "来电即开订单，键盘录入，每行都有去处，不丢一行。",
    "A call opens the order; it is entered by keyboard, and no line is dropped.",
)
C6 = _statement(
    "C6",
    "duties",
    Text("打款核对", "Payment against order"),
    "每笔收款与应收核销；有差额的，与客户、财务、内勤查明原因并记录，查明之前一直挂着。",
    "Each receipt is matched with what was due; a difference stays open until its cause is found and recorded.",
)
A13 = _statement(
    "A13",
    "files",
    Text("手续费、市场优惠、代垫运费票据", "Vouchers for fees, discounts and other items"),
    "手续费、合同外优惠和其他费用凭票据入账，财务、销售两方签字，制单另有其人；下次账款组成里以其名目列出。",
    "Fees, discounts outside the contract and other items are booked on a voucher signed by finance and by sales, prepared by a third; the next "
    "composition names them.",
)
A14 = _statement(
    "A14",
    "files",
    Text("保密", "Confidential figures"),
    "价格、余额、电话、地址只给岗位需要的人看。",
    "Prices, balances, phones and addresses are shown only to those whose position needs them.",
)
D17 = _statement(
    "D17",
    "duties",
    Text("代垫运费返还", "Advanced freight paid back"),
    "代垫运费转成的货款，未用的可以冲回，已被订单用掉的不能。",
    "Advanced freight that was turned into goods money can be reversed while it is unused; what an order has consumed cannot.",
)
R1 = _statement(
    "R1",
    "files",
    Text("奖惩", "Fines and rewards"),
    "时钟或人发现的违反成为拟罚，列明条款、事实、金额；一事一条只罚一次；经理确认或提请免除，免除由总经理定。",
    "A breach found by the clock or by a person becomes a proposed fine with its clause, facts and amount, once per event and clause; a manager "
    "confirms it or proposes a waiver, which is the head's to decide.",
)
R8 = _statement(
    "R8",
    "files",
    Text("制度执行情况", "What the rulebook says about itself"),
    "每条制度适用、守住、违反、拦下各几次，迟多久，谁，花了多少，都能看到。",
    "For each clause it can be seen how often it applied, was kept, broken and blocked, how late, by whom, and what it cost.",
)
