"""A small company for tests: people in every position, a customer, products, prices, a carrier; and an order driven to each stage by commands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from gatepass.approvals.models import Version
from gatepass.carriers.models import Carrier, Driver, Rate, Vehicle
from gatepass.catalogue.models import Price, PriceList, Product, Promotion
from gatepass.customers.models import Address, Contact, Customer
from gatepass.dispatch.models import UnpaidSignature
from gatepass.identity import new_id
from gatepass.journal.door import COMMANDS, Ref
from gatepass.orders.inputs import GiftLine
from gatepass.orders.proposals import sending
from gatepass.people.models import Company, Department, Holding, Person, Post, Token
from gatepass.receivables.models import BankAccount
from gatepass.roles import SYSTEM, Position
from gatepass.rules.reasons import NotFound
from gatepass.stock.models import Batch, Move, MoveKind

PEOPLE = {
    "lin": ("林晓燕", Position.CLIENT_ADMIN, ""),
    "tang": ("唐丽", Position.CLIENT_ADMIN, ""),
    "sun": ("孙悦", Position.SALES_ADMIN, ""),
    "yang": ("杨帆", Position.SALESMAN, "川渝"),
    "qin": ("秦风", Position.SALESMAN, "西北"),
    "he": ("何志远", Position.SALES_MANAGER, ""),
    "liang": ("梁国栋", Position.SALES_DIRECTOR, ""),
    "chen": ("陈守业", Position.HEAD, ""),
    "zhou": ("周敏", Position.RECEIVABLES, ""),
    "xu": ("徐静", Position.FINANCE_MANAGER, ""),
    "cash": ("方芳", Position.CASHIER, ""),
    "wu": ("吴兴国", Position.PRODUCTION, ""),
    "deng": ("邓海", Position.WAREHOUSE, ""),
    "gao": ("高强", Position.WAREHOUSE, ""),
    "feng": ("冯永强", Position.GUARD, ""),
    "luo": ("罗建平", Position.DRIVER, ""),
    "admin": ("管理员", Position.ADMINISTRATOR, ""),
}
START = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # Monday 09:00 in Shanghai


@dataclass
class Staff:
    """The company of a test, with a clock of its own: `run` calls a command at the present moment of that clock."""

    at: datetime = START
    people: dict[str, UUID] = field(default_factory=dict)
    customer: UUID = field(default_factory=new_id)
    other_customer: UUID = field(default_factory=new_id)
    address: UUID = field(default_factory=new_id)
    products: dict[str, UUID] = field(default_factory=dict)
    carrier: UUID = field(default_factory=new_id)
    vehicle: UUID = field(default_factory=new_id)
    small_vehicle: UUID = field(default_factory=new_id)
    container: UUID = field(default_factory=new_id)
    driver: UUID = field(default_factory=new_id)

    def run(self, command: str, by: str, **given: Any) -> Ref:
        """Run a command now, by somebody's short name. Who sends an order looks at it first, and accepts what was booked since the check."""
        if command == "send_order":
            given = {"accepts_changes": True} | self.looked_at(given) | given
        made = COMMANDS[command](by=self.people[by], at=self.at, **given)
        assert made is not None
        return made

    def looked_at(self, given: dict[str, Any]) -> dict[str, Any]:
        """What the page of sending shows now, as `send_order` takes it; nothing where there is no such order."""
        try:
            hand = [GiftLine(**one) for one in given["gifts"]] if given.get("gifts") is not None else None
            freight = given.get("freight", 0)
            shown = sending(SYSTEM, given["order"], day=self.today(), freight_fen=freight if isinstance(freight, int) else 0, by_hand=hand)
        except NotFound:
            return {"previewed": ""}
        return {"previewed": shown.digest, "shown": shown.shown}

    def sign(self, by: str, route: str, subject: UUID, step: str, digest: str | None = None) -> Ref:
        """Give a step of what the subject says now, or of the version with this hash."""
        return self.run("sign", by, route=route, subject=subject, step=step, digest=digest or digest_of(route, subject))

    def sign_it(self, by: str, route: str, subject: UUID, step: str, why: str = "") -> Ref:
        """The same with a remark."""
        return self.run("sign", by, route=route, subject=subject, step=step, digest=digest_of(route, subject), why=why)

    def opening(self, amount: int | str, customer: UUID | None = None, **given: Any) -> UUID:
        """An opening balance as finance brings it in: one prepares it, another approves it. Gives its list."""
        made = self.run("prepare_opening", "zhou", customer=customer or self.customer, amount=amount, **given).uid
        self.sign("xu", "opening", made, "second")
        return made

    def freight_reversed(self, waybill: UUID, reason: str = "车要回来") -> UUID:
        """A freight credit taken back by two of finance."""
        made = self.run("reverse_freight_credit", "zhou", waybill=waybill, reason=reason).uid
        self.sign("xu", "reversal", made, "second")
        return made

    def asked_unpaid(self, order: UUID) -> UUID:
        """The last request to ship an order unpaid."""
        return UnpaidSignature.objects.filter(order__uid=order).latest("id").uid

    def unpaid_signed(self, order: UUID, reason: str = "节前急用", **given: Any) -> UUID:
        """The director signs for what of an order, or of the notice given, is unpaid."""
        self.run("request_unpaid", "lin", **{"order": order, "reason": reason} | given)
        self.sign("liang", "unpaid", made := self.asked_unpaid(order), "director")
        return made

    def record_word(self, by: str, change: UUID, whose: str) -> Ref:
        """Somebody consented to a change of goods by telephone."""
        about = {"route": "change", "subject": change, "step": "consent", "digest": digest_of("change", change)}
        return self.run("record_word", by, **about, person=self.people[whose])

    def send_back(self, by: str, route: str, subject: UUID, step: str, why: str) -> Ref:
        return self.run("send_back", by, route=route, subject=subject, step=step, digest=digest_of(route, subject), why=why)

    def later(self, **span: float) -> Staff:
        """Move the clock on: later(hours=1)."""
        self.at += timedelta(**span)
        return self

    def today(self) -> date:
        return (self.at + timedelta(hours=8)).date()


def digest_of(route: str, subject: UUID, version: int | None = None) -> str:
    """The hash of what is bound of a subject: now, or by one of its versions."""
    of = Version.objects.filter(route=route, subject=subject)
    found: str = (of.get(version=version) if version else of.latest("version")).digest
    return found


def keep_token(person: Person, digest: str, at: datetime) -> None:
    """A key of somebody's for the API, good for ninety days."""
    Token.objects.create(person=person, name="test", digest=digest, made_at=at, expires_at=at + timedelta(days=90))


def not_founded_by_commands(finding: Any) -> bool:
    """What `gatepass check` rightly says of a test's company: its first rows are there without a journal entry."""
    return finding.where in ("stock", "rows") and "no journal entry" in finding.what.en


def found_company() -> Staff:
    """People, customers, products, prices, stock and a carrier, written as an import would leave them."""
    staff = Staff()
    Company.objects.create(name="四川蜀塘食品有限公司", short_name="蜀塘", name_en="Shutang Foods", phone="028-8000 8006")
    BankAccount.objects.create(
        bank="中国农业银行郫都支行", holder="四川蜀塘食品有限公司", number="22810401040012345", since=START, named=True, named_at=START
    )  # fmt: skip
    department = Department.objects.create(name="销售部", name_en="Sales")
    for short, (name, position, region) in PEOPLE.items():
        person = Person.objects.create(username=short, name=name, phone="", password="!")
        post = Post.objects.create(kind=position.value, title=position.text.zh, department=department, region=region)
        Holding.objects.create(post=post, person=person, since=date(2026, 1, 1))
        staff.people[short] = person.uid
    _customers(staff)
    _products(staff)
    _carrier(staff)
    return staff


def _customers(staff: Staff) -> None:
    since = START - timedelta(days=300)
    for uid, code, name, short, region in (
        (staff.customer, "K001", "重庆渝味源商贸有限公司", "渝味源", "川渝"),
        (staff.other_customer, "K002", "西安秦味坊食品有限公司", "秦味坊", "西北"),
    ):
        customer = Customer.objects.create(
            uid=uid, code=code, name=name, short_name=short, region=region, grade="A", phone="023-6800 1122",
                terms="款到发货", address="重庆市渝中区解放碑1号",
            pinyin="", initials="", forwarder=staff.carrier, bearer="advanced",
        )  # fmt: skip
        Address.objects.create(
            uid=staff.address if uid == staff.customer else new_id(), customer=customer, label="主仓", destination="重庆",
            address="重庆市九龙坡区华岩B区12栋3号库", consignee="赵学敏", phone="13800004412", preferred=True, since=since,
        )  # fmt: skip
        for kind in ("business", "receiving"):
            Contact.objects.create(customer=customer, kind=kind, name="赵学敏", phone="13800004412", since=since)


def _products(staff: Staff) -> None:
    prices = PriceList.objects.create(name="2026", grade="A", since=date(2026, 1, 1))
    rows = (("100101", "郫县豆瓣 一级", "500g×20", "128.00", 11000), ("200101", "四川泡菜", "400g×24", "96.00", 10500))
    for code, name, spec, yuan, grams in rows:
        product = Product.objects.create(
            code=code, name=name, spec=spec, family="酱", pieces=20, weight_g=grams, volume_cm3=25000, shelf_life_days=540
        )
        staff.products[code] = product.uid
        Price.objects.create(list=prices, product=product, yuan=Decimal(yuan))
        for day, cartons in ((date(2026, 9, 18), 100), (date(2026, 10, 9), 300)):
            batch = Batch.objects.create(
                product=product, code=day.strftime("%y-%m-%d"), produced_on=day, expires_on=day + timedelta(days=540), quality="passed",
                on_hand=cartons, location="B-07",
            )  # fmt: skip
            Move.objects.create(batch=batch, cartons=cartons, kind=MoveKind.RECEIVED.value, entry=new_id(), at=START)
    Promotion.objects.create(name="二十搭一", kind="giveaway", since=date(2026, 1, 1), buy=20, get=1)


def _carrier(staff: Staff) -> None:
    carrier = Carrier.objects.create(uid=staff.carrier, code="C01", name="川渝顺达货运", contact="罗建平", phone="13900002765")
    for uid, plate, kg, dm3, container in (
        (staff.vehicle, "川A·8F213", 10000, 40000, False),
        (staff.small_vehicle, "川A·1T001", 500, 2000, False),
        (staff.container, "川A·6X901", 28000, 67000, True),
    ):
        Vehicle.objects.create(uid=uid, carrier=carrier, plate=plate, kind="厢式 6.8 米", load_kg=kg, space_dm3=dm3, container=container)
    person = Person.objects.get(uid=staff.people["luo"])
    Person.objects.filter(id=person.id).update(carrier=carrier.uid)
    Driver.objects.create(uid=staff.driver, carrier=carrier, person=person, name="罗建平", phone="13900002765")
    Rate.objects.create(carrier=carrier, destination="重庆", unit="ton", yuan=Decimal("230"), since=date(2026, 1, 1))


# -- an order at each stage -------------------------------------------------------------------------------------------


def taken(staff: Staff, cartons: int = 100, code: str = "100101", **more: Any) -> UUID:
    """An order taken by the client admin."""
    lines = [{"product": staff.products[code], "cartons": cartons}]
    return staff.run("take_order", "lin", customer=staff.customer, lines=lines, **more).uid


def checked(staff: Staff, **more: Any) -> UUID:
    order = taken(staff, **more)
    staff.later(minutes=20).run("answer_account_check", "zhou", order=order)
    return order


def sent(staff: Staff, **more: Any) -> UUID:
    order = checked(staff, **more)
    staff.later(minutes=10).run("send_order", "lin", order=order)
    return order


def confirmed(staff: Staff, **more: Any) -> UUID:
    order = sent(staff, **more)
    staff.later(minutes=30).run("confirm_order", "lin", order=order)
    return order


def ready(staff: Staff, **more: Any) -> UUID:
    """Confirmed, and everything reserved from stock."""
    order = confirmed(staff, **more)
    staff.later(minutes=10).run("hand_over_demand", "lin", order=order)
    return order


def paid(staff: Staff, **more: Any) -> UUID:
    """Ready, and the sum due received."""
    from gatepass.orders.models import Order

    order = ready(staff, **more)
    due = Order.objects.get(uid=order).remit_fen or 0
    staff.later(minutes=30).run(
        "record_receipt", "zhou", customer=staff.customer, amount=due, paid_on=staff.today(), reference=str(order)[-8:],
        matches=[{"order": order, "amount": due}], why="汇款附言写明订单号",
    )  # fmt: skip
    return order
