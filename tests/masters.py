"""A founded company with an administrator, sales people and a keeper of files, made through commands; for tests of master files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from gatepass.journal.door import COMMANDS, Ref
from gatepass.journal.who import sight_of
from gatepass.people.links import new_code, new_link
from gatepass.people.models import Invitation, Person, Post
from gatepass.roles import SYSTEM, Sight
from gatepass.rules.reasons import Refused

NOW = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # Monday 09:00 in Shanghai
SECRET = "a long enough one"
STAFF = (
    ("he", "何志远", "sales_manager", ""),
    ("lin", "林晓燕", "client_admin", ""),
    ("sun", "孙悦", "sales_admin", ""),
    ("yang", "杨帆", "salesman", "川渝"),
    ("wu", "吴兴国", "production", ""),
    ("feng", "冯永强", "guard", ""),
)


@dataclass
class House:
    """People and posts by short name; `run` calls a command as somebody at the house's moment."""

    people: dict[str, UUID] = field(default_factory=dict)
    posts: dict[str, UUID] = field(default_factory=dict)
    at: datetime = NOW

    def run(self, command: str, by: str = "sun", **given: Any) -> UUID:
        made = COMMANDS[command](by=self.people.get(by, SYSTEM.person), at=self.at, **given)
        assert isinstance(made, Ref)
        return made.uid

    def sees(self, who: str) -> Sight:
        return sight_of(self.people[who], self.at)


def found() -> House:
    """The company with its head, administrator and staff; everybody under the sales manager."""
    house = House()
    house.run(
        "found_company",
        by="",
        name="四川蜀塘食品有限公司",
        short_name="蜀塘",
        name_en="Shutang Foods",
        head="陈守业",
        head_username="chen",
        administrator="管理员",
        administrator_username="admin",
        head_password=f"{SECRET} for the head",
        administrator_password=f"{SECRET} for the administrator",
    )
    house.people = {p.username: p.uid for p in Person.objects.all()}
    department = house.run("add_department", by="admin", name="销售部", name_en="Sales")
    head = Post.objects.get(kind="head").uid
    for username, name, kind, region in STAFF:
        above = house.posts.get("he", head)
        house.posts[username] = house.run("add_post", by="admin", kind=kind, department=department, reports_to=above, region=region)
        house.people[username] = house.run("add_person", by="admin", username=username, name=name)
        assigned(house, username, username)
    return house


def assigned(house: House, post: str, person: str) -> None:
    """The administrator assigns a post; where it has weight, the head confirms it."""
    made = COMMANDS["assign_post"](by=house.people["admin"], at=house.at, post=house.posts[post], person=house.people[person])
    assert made is not None
    if made.kind == "appointment":
        house.run("confirm_appointment", "chen", appointment=made.uid)


def with_password(house: House, who: str, password: str = SECRET) -> None:
    """He sets his password with a one-time link and the head's code, as everybody does."""
    _, digest = new_link()
    link = house.run("issue_link", "admin", person=house.people[who], digest=digest)
    code = ""
    if Invitation.objects.get(uid=link).needs_code:
        code, hashed = new_code()
        house.run("confirm_link", "chen", link=link, digest=hashed)
    house.run("use_link", who, link=link, code=code, password=password)


def customer(house: House, code: str = "K001", name: str = "重庆渝味源商贸有限公司", **more: Any) -> UUID:
    short = more.pop("short_name", name[2:5])
    return house.run("add_customer", code=code, name=name, short_name=short, region=more.pop("region", "川渝"), **more)


def carrier(house: House, code: str = "C01", name: str = "川渝顺达货运") -> UUID:
    return house.run("add_carrier", code=code, name=name)


def complete(house: House, uid: UUID) -> None:
    """Fill in everything that A11 asks for."""
    house.run("change_customer", customer=uid, phone="023-68001122", address="重庆市渝中区解放碑 1 号", terms="款到发货")
    house.run("designate_forwarder", customer=uid, carrier=carrier(house))
    house.run(
        "add_address",
        customer=uid,
        label="主仓",
        destination="重庆",
        street="重庆市九龙坡区华岩路 12 号",
        consignee="赵学敏",
        phone="13800004412",
    )
    for kind in ("business", "receiving"):
        house.run("add_contact", customer=uid, kind=kind, name="赵学敏", phone="13800004412")


def reasons(command: str, house: House, by: str = "sun", **given: Any) -> list[str]:
    """What a command is refused for, in English; nothing where it goes through."""
    try:
        house.run(command, by, **given)
    except Refused as refused:
        return [reason.what.en for reason in refused.reasons]
    return []
