"""A small company with one confirmed order, set up row by row: what the stories of shipping notices begin with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from came_in import came_in
from company import digest_of
from gatepass.catalogue.models import Price, PriceList, Product
from gatepass.customers.models import Address, Customer
from gatepass.dispatch.models import UnpaidSignature
from gatepass.journal.door import COMMANDS, Ref
from gatepass.money import times
from gatepass.orders.models import Order, OrderLine
from gatepass.people.models import Company, Department, Deputy, Holding, Person, Post
from gatepass.receivables.models import Commitment
from gatepass.roles import Position
from gatepass.stock.models import Batch, Reservation

MORNING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # a Tuesday, 10:00 in Chengdu
NIGHT = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)  # 21:30 of the same day
DAY = date(2026, 11, 24)
PEOPLE = {
    "lin": ("林晓燕", Position.CLIENT_ADMIN), "wang": ("王敏", Position.CLIENT_ADMIN), "zhou": ("周敏", Position.RECEIVABLES),
    "he": ("何志远", Position.SALES_MANAGER), "liang": ("梁国栋", Position.SALES_DIRECTOR), "deng": ("邓海", Position.WAREHOUSE),
    "tang": ("唐丽", Position.FINANCE_MANAGER), "luo": ("罗江", Position.GUARD), "su": ("苏杭", Position.SALESMAN),
}  # fmt: skip


@dataclass
class Stage:
    """The people by a short name, the order with its customer and goods, batches by code; `at` is the moment of every command."""

    people: dict[str, UUID] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    batches: dict[str, Batch] = field(default_factory=dict)
    order: Order = field(default_factory=Order)
    at: datetime = MORNING

    def do(self, who: str, name: str, **given: Any) -> Ref:
        made = COMMANDS[name](by=self.people[who], at=self.at, **given)
        assert isinstance(made, Ref)
        return made

    def sign_for(self, who: str, notice: UUID, side: str, version: int | None = None) -> Ref:
        """One approval of a notice: of the present version, or of one that is named."""
        return self.do(who, "sign", **self.bound(notice, side, version))

    def send_back(self, who: str, notice: UUID, side: str, why: str) -> Ref:
        return self.do(who, "send_back", **self.bound(notice, side), why=why)

    def sign_it(self, who: str, route: str, subject: UUID, step: str, why: str = "") -> Ref:
        return self.do(who, "sign", **self.about(route, subject, step), why=why)

    def decline_it(self, who: str, route: str, subject: UUID, step: str, why: str) -> Ref:
        return self.do(who, "send_back", **self.about(route, subject, step), why=why)

    def record_word(self, who: str, change: UUID, whose: str) -> Ref:
        return self.do(who, "record_word", **self.about("change", change, "consent"), person=self.people[whose])

    def confirm_it(self, who: str, change: UUID) -> Ref:
        return self.do(who, "confirm_word", route="change", subject=change, step="consent")

    @staticmethod
    def about(route: str, subject: UUID, step: str) -> dict[str, Any]:
        return {"route": route, "subject": subject, "step": step, "digest": digest_of(route, subject)}

    @staticmethod
    def bound(notice: UUID, side: str, version: int | None = None) -> dict[str, Any]:
        return {"route": "notice", "subject": notice, "step": side, "digest": digest_of("notice", notice, version)}

    def pay(self, yuan: str) -> None:
        came_in(self.order.uid, int(Decimal(yuan) * 100), self.at)

    def part_paid(self, yuan: str) -> None:
        """Another order of the same goods, of which so much came in."""
        goods = (("豆瓣", 100, 6), ("泡菜", 30, 0))
        self.order = add_order(self, self.order.customer, self.order.address, "DH-2026-1190", goods)
        if Decimal(yuan):
            self.pay(yuan)

    def sign(self, yuan: str) -> None:
        """The director signs for what is unpaid, which is this much."""
        self.do("lin", "request_unpaid", order=self.order.uid, reason="节前急用", pay_on=self.at.date() + timedelta(days=3))
        asked = UnpaidSignature.objects.latest("id")
        self.do("liang", "sign", **self.about("unpaid", asked.uid, "director"))
        assert asked.fen == int(Decimal(yuan) * 100)

    def noticed(self, **given: Any) -> UUID:
        return self.do("lin", "issue_notice", order=self.order.uid, **given).uid

    def approved(self, notice: UUID | None = None, version: int = 1) -> UUID:
        """A notice with both approvals."""
        notice = notice or self.noticed()
        self.sign_for("zhou", notice, "finance", version)
        self.sign_for("he", notice, "sales", version)
        return notice

    def in_hand(self) -> UUID:
        """A notice that the warehouse began to pick."""
        notice = self.approved()
        self.do("deng", "start_picking", notice=notice)
        return notice

    def pick(self, notice: UUID, product: str, *taken: tuple[str, int]) -> Ref:
        batches = [{"batch": self.batches[code].uid, "cartons": cartons} for code, cartons in taken]
        return self.do("deng", "pick_line", notice=notice, line=self.line(notice, product), batches=batches)

    def pick_all(self, notice: UUID) -> None:
        self.pick(notice, "豆瓣", ("D-1", 40), ("D-2", 66))
        self.pick(notice, "泡菜", ("P-1", 30))

    def line(self, notice: UUID, product: str) -> UUID:
        from gatepass.dispatch.models import NoticeLine

        return NoticeLine.objects.get(notice__uid=notice, product=self.products[product], until_version=None).uid

    def deputise(self, who: str, represented: str) -> None:
        post = Post.objects.get(title=PEOPLE[represented][0])
        person = Person.objects.get(uid=self.people[who])
        absent = Person.objects.get(uid=self.people[represented])
        Deputy.objects.create(
            post=post,
            represented=absent,
            person=person,
            since=self.at - timedelta(days=1),
            until=self.at + timedelta(days=2),
            reason="出差",
        )


def build() -> Stage:
    """Set the company up in the present database."""
    stage = Stage()
    Company.objects.create(name="四川蜀塘食品有限公司", short_name="蜀塘", name_en="Shutang Foods", demo=True)
    _people(stage)
    _goods(stage)
    _order(stage)
    return stage


def _people(stage: Stage) -> None:
    department = Department.objects.create(name="销售部", name_en="Sales")
    for username, (name, position) in PEOPLE.items():
        person = Person.objects.create(username=username, name=name)
        post = Post.objects.create(kind=position.value, title=name, department=department, region="川渝" if username == "su" else "")
        Holding.objects.create(post=post, person=person, since=date(2026, 1, 1))
        stage.people[username] = person.uid


def _goods(stage: Stage) -> None:
    prices = PriceList.objects.create(name="经销价", since=date(2026, 1, 1))
    for code, name, spec, yuan in (
        ("100101", "豆瓣", "500g×20", "84.00"), ("200101", "泡菜", "400g×24", "61.50"), ("300101", "香辣酱", "210g×24", "70.00"),
    ):  # fmt: skip
        product = Product.objects.create(
            code=code, name=name, spec=spec, pieces=20, weight_g=11000, volume_cm3=24000, shelf_life_days=540, location="B-07"
        )
        stage.products[name] = product
        Price.objects.create(list=prices, product=product, yuan=Decimal(yuan))
    for code, name, expires, cartons in (
        ("D-1", "豆瓣", date(2027, 3, 1), 40), ("D-2", "豆瓣", date(2027, 6, 1), 200), ("P-1", "泡菜", date(2027, 2, 1), 100),
        ("X-1", "香辣酱", date(2027, 5, 1), 60),
    ):  # fmt: skip
        stage.batches[code] = Batch.objects.create(
            product=stage.products[name], code=code, produced_on=date(2026, 9, 1), expires_on=expires, quality="passed", on_hand=cartons
        )


def _order(stage: Stage) -> None:
    customer = Customer.objects.create(code="C001", name="重庆渝味源商贸有限公司", short_name="重庆渝味源", region="川渝", grade="A")
    address = Address.objects.create(
        customer=customer, label="仓库", destination="重庆", address="重庆市九龙坡区华岩 B 区 12 栋 3 号库", consignee="赵学敏",
        phone="138 0000 4412", preferred=True, since=MORNING,
    )  # fmt: skip
    stage.order = add_order(stage, customer, address, "DH-2026-1187", (("豆瓣", 100, 6), ("泡菜", 30, 0)))
    stage.pay("10245.00")


def add_order(stage: Stage, customer: Customer, address: Address, number: str, lines: tuple[tuple[str, int, int], ...]) -> Order:
    """A confirmed order that is not paid yet; its goods are set aside."""
    before = MORNING - timedelta(days=2)
    order = Order.objects.create(
        number=number, customer=customer, address=address, region=customer.region, bearer="advanced", taken_at=before,
        taken_by=stage.people["lin"], checked_at=before, allocated_at=before, sent_at=before, confirmed_at=before, confirmed_how="phone",
    )  # fmt: skip
    for position, (name, cartons, gift) in enumerate(lines, 1):
        product = stage.products[name]
        yuan = Price.objects.get(product=product).yuan
        OrderLine.objects.create(
            order=order, position=position, product=product, cartons=cartons, gift=gift, yuan=yuan, fen=times(yuan, cartons)
        )
        Reservation.objects.create(product=product, order=order.uid, cartons=cartons + gift, at=before)
        order.goods_fen += times(yuan, cartons)
        order.cartons, order.gifts = order.cartons + cartons, order.gifts + gift
        order.weight_g += product.weight_g * (cartons + gift)
        order.volume_cm3 += product.volume_cm3 * (cartons + gift)
    order.remit_fen = order.goods_fen
    order.save()
    Commitment.objects.create(order=order.uid, customer=customer.uid, remit_fen=order.goods_fen, fen=order.goods_fen, sent_at=before)
    return order
