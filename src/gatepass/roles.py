"""Positions of the trade and the powers that belong to them.

Powers follow the position, never the person (M1). Whoever holds a position, or deputises for it, has its powers for that time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from gatepass.words import Labelled


class Power(Labelled):
    """What a command may demand. The value is stable; the text is shown in refusals."""

    TAKE_ORDER = "take_order", "接单、配箱、发确认", "take, allocate and send orders"
    CONFIRM_BY_PHONE = "confirm_by_phone", "记录客户确认", "record a customer's confirmation"
    TALK_TO_CUSTOMER = "talk_to_customer", "联系、告知客户", "contact and tell customers"
    KEEP_PLAN_BOOK = "keep_plan_book", "记计划本", "write in the plan book"
    HAND_OVER_DEMAND = "hand_over_demand", "需货交生产", "hand demand to production"
    REPORT_READY = "report_ready", "报备齐、报缺货", "report ready or short goods"
    CHECK_ACCOUNT = "check_account", "核对账款", "check accounts"
    RECORD_RECEIPT = "record_receipt", "记收款", "record receipts"
    PREPARE_VOUCHER = "prepare_voucher", "制费用票据", "prepare vouchers"
    APPROVE_FINANCE = "approve_finance", "财务审批", "approve for finance"
    APPROVE_SALES = "approve_sales", "销售审批", "approve for sales"
    ASK_UNPAID = "ask_unpaid", "申请先发后款", "ask to ship unpaid"
    SIGN_UNPAID = "sign_unpaid", "签批先发后款", "sign for unpaid goods"
    ISSUE_NOTICE = "issue_notice", "开发货通知单", "issue shipping notices"
    CONSENT_CHANGE = "consent_change", "同意增减调换", "consent to changes of goods"
    PICK = "pick", "配货装车清点", "pick, load and count"
    KEEP_STOCK = "keep_stock", "记库存", "keep stock"
    ARRANGE_TRANSPORT = "arrange_transport", "安排车辆", "arrange transport"
    SIGN_AS_CARRIER = "sign_as_carrier", "承运签字", "sign as carrier"
    KEEP_WAYBILL = "keep_waybill", "填托运单", "fill in waybills"
    ISSUE_PASS = "issue_pass", "开出门条", "issue gate passes"
    RELEASE = "release", "门卫放行", "release vehicles at the gate"
    RECEIVE_WAYBILL = "receive_waybill", "收托运单、运费入账", "receive waybills and post freight"
    TRACK = "track", "在途跟踪", "follow shipments"
    CONFIRM_FINE = "confirm_fine", "确认罚款", "confirm fines"
    WAIVE_FINE = "waive_fine", "免除罚款", "waive fines"
    AMEND_RULEBOOK = "amend_rulebook", "修订制度", "amend the rulebook"
    KEEP_CUSTOMERS = "keep_customers", "维护客户资料", "keep customer files"
    KEEP_PRODUCTS = "keep_products", "维护产品价格政策", "keep products, prices and promotions"
    KEEP_CARRIERS = "keep_carriers", "维护承运单位", "keep carriers"
    DECIDE_AS_HEAD = "decide_as_head", "总经理决定", "decide what the head alone decides"
    KEEP_CALENDAR = "keep_calendar", "维护工作日历", "keep the working calendar"
    KEEP_PEOPLE = "keep_people", "维护人员岗位", "keep people and positions"
    SEE_ORDERS = "see_orders", "看订单", "see orders"
    SEE_MONEY = "see_money", "看价格和账款", "see prices and balances"
    SEE_CONTACTS = "see_contacts", "看客户电话地址", "see customers' phones and addresses"
    SEE_STOCK = "see_stock", "看库存", "see stock"
    SEE_ALL_REGIONS = "see_all_regions", "看所有片区", "see all regions"
    SEE_JOURNAL = "see_journal", "看流水", "see the journal"
    SEE_COMPANY = "see_company", "看全公司待办", "see the whole company's work"


class Position(Labelled):
    """The kinds of position that clauses and powers speak of."""

    CLIENT_ADMIN = "client_admin", "客户内勤", "client admin"
    SALES_ADMIN = "sales_admin", "销售内勤", "sales admin"
    SALESMAN = "salesman", "区域业务员", "regional salesman"
    SALES_MANAGER = "sales_manager", "销售经理", "sales manager"
    SALES_DIRECTOR = "sales_director", "销售总监", "sales director"
    HEAD = "head", "总经理", "head of the company"
    RECEIVABLES = "receivables", "应收会计", "receivables"
    FINANCE_MANAGER = "finance_manager", "财务经理", "finance manager"
    CASHIER = "cashier", "出纳", "cashier"
    FREIGHT_ACCOUNTANT = "freight_accountant", "运费票据会计", "freight-voucher accountant"
    PRODUCTION = "production", "生产", "production"
    WAREHOUSE = "warehouse", "仓库", "warehouse"
    GUARD = "guard", "门卫", "gate guard"
    DRIVER = "driver", "承运人", "carrier or driver"
    ADMINISTRATOR = "administrator", "系统管理员", "administrator"


_P = Power
_DESK_VIEW: Final = {_P.SEE_ORDERS, _P.SEE_MONEY, _P.SEE_CONTACTS, _P.SEE_STOCK, _P.SEE_ALL_REGIONS}
_FINANCE: Final = {_P.CHECK_ACCOUNT, _P.RECORD_RECEIPT, _P.APPROVE_FINANCE, _P.RECEIVE_WAYBILL, _P.PREPARE_VOUCHER}
_LEADING: Final = {_P.SEE_JOURNAL, _P.SEE_COMPANY, _P.TALK_TO_CUSTOMER, _P.KEEP_PLAN_BOOK}

POWERS: Final[dict[Position, frozenset[Power]]] = {
    Position.CLIENT_ADMIN: frozenset(
        {
            _P.TAKE_ORDER, _P.CONFIRM_BY_PHONE, _P.TALK_TO_CUSTOMER, _P.KEEP_PLAN_BOOK, _P.HAND_OVER_DEMAND, _P.ISSUE_NOTICE,
            _P.ARRANGE_TRANSPORT, _P.KEEP_WAYBILL, _P.ISSUE_PASS, _P.TRACK, _P.KEEP_CUSTOMERS, _P.PREPARE_VOUCHER,
            _P.ASK_UNPAID, *_DESK_VIEW,
        }
    ),
    Position.SALES_ADMIN: frozenset(
        {_P.KEEP_CUSTOMERS, _P.KEEP_PRODUCTS, _P.KEEP_CARRIERS, _P.PREPARE_VOUCHER, _P.KEEP_PLAN_BOOK, *_DESK_VIEW}
    ),
    Position.SALESMAN: frozenset(
        {_P.CONFIRM_BY_PHONE, _P.TALK_TO_CUSTOMER, _P.KEEP_PLAN_BOOK, _P.SEE_ORDERS, _P.SEE_MONEY, _P.SEE_CONTACTS, _P.SEE_STOCK}
    ),
    Position.SALES_MANAGER: frozenset(
        {
            _P.APPROVE_SALES, _P.ASK_UNPAID, _P.CONSENT_CHANGE, _P.CONFIRM_FINE, _P.CONFIRM_BY_PHONE, _P.KEEP_CUSTOMERS, _P.KEEP_PRODUCTS,
            _P.KEEP_CARRIERS, _P.KEEP_CALENDAR, *_DESK_VIEW, *_LEADING,
        }
    ),
    Position.SALES_DIRECTOR: frozenset(
        {_P.APPROVE_SALES, _P.CONSENT_CHANGE, _P.SIGN_UNPAID, _P.CONFIRM_FINE, *_DESK_VIEW, *_LEADING}
    ),
    Position.HEAD: frozenset(
        {_P.AMEND_RULEBOOK, _P.DECIDE_AS_HEAD, _P.WAIVE_FINE, _P.CONFIRM_FINE, _P.KEEP_CALENDAR, *_DESK_VIEW, *_LEADING}
    ),
    Position.RECEIVABLES: frozenset({*_FINANCE, *_DESK_VIEW, _P.KEEP_PLAN_BOOK}),
    Position.FINANCE_MANAGER: frozenset({*_FINANCE, *_DESK_VIEW, *_LEADING, _P.CONFIRM_FINE}),
    Position.CASHIER: frozenset({_P.RECORD_RECEIPT, _P.SEE_ORDERS, _P.SEE_MONEY, _P.SEE_ALL_REGIONS}),
    Position.FREIGHT_ACCOUNTANT: frozenset({_P.PREPARE_VOUCHER, _P.SEE_ORDERS, _P.SEE_MONEY, _P.SEE_ALL_REGIONS}),
    Position.PRODUCTION: frozenset({_P.REPORT_READY, _P.KEEP_STOCK, _P.SEE_STOCK}),
    Position.WAREHOUSE: frozenset({_P.PICK, _P.KEEP_STOCK, _P.SEE_STOCK, _P.ASK_UNPAID}),
    Position.GUARD: frozenset({_P.RELEASE}),
    Position.DRIVER: frozenset({_P.SIGN_AS_CARRIER, _P.TRACK}),
    Position.ADMINISTRATOR: frozenset({_P.KEEP_PEOPLE}),
}


# Who approves, signs, waives, amends, or reads money and the journal: such a post is given by two people, and so is the way in to it.
WEIGHTY: Final = frozenset(
    {
        _P.APPROVE_FINANCE, _P.APPROVE_SALES, _P.SIGN_UNPAID, _P.CONSENT_CHANGE, _P.CONFIRM_FINE, _P.WAIVE_FINE, _P.AMEND_RULEBOOK,
        _P.DECIDE_AS_HEAD,
        _P.CHECK_ACCOUNT, _P.RECORD_RECEIPT, _P.PREPARE_VOUCHER, _P.RECEIVE_WAYBILL, _P.KEEP_PRODUCTS, _P.KEEP_CUSTOMERS, _P.KEEP_CARRIERS,
        _P.ISSUE_PASS, _P.SEE_MONEY, _P.SEE_CONTACTS, _P.SEE_JOURNAL, _P.SEE_COMPANY,
    }
)  # fmt: skip


def weighty(kind: Position) -> bool:
    """Whether a post of this kind takes two people to give."""
    return bool(POWERS[kind] & WEIGHTY)


@dataclass(frozen=True, slots=True)
class Sight:
    """Who is asking or acting: the person, whom he stands in for, and what he may do and see.

    regions: None means every region. stands_in: powers that come only from deputising, with the person represented.
    revisions: of what processes keep in memory, where they were read together with who this is.
    """

    person: UUID
    name: str
    powers: frozenset[Power]
    positions: frozenset[Position] = frozenset()
    regions: frozenset[str] | None = None
    carrier: UUID | None = None
    stands_in: Mapping[Power, UUID] = field(default_factory=dict)
    acting_for: UUID | None = None
    revisions: Mapping[str, int] | None = None

    def may(self, power: Power) -> bool:
        return power in self.powers

    def people(self) -> frozenset[UUID]:
        """The acting and the represented person: both count for separation of duties."""
        return frozenset({self.person} if self.acting_for is None else {self.person, self.acting_for})


SYSTEM: Final = Sight(
    person=UUID("00000000-0000-7000-8000-000000000001"), name="放行", powers=frozenset(Power), positions=frozenset(Position)
)
