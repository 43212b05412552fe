"""When goods were consigned or delivered: the carrier says it, the desk hears it from yard or customer; only then does it count (D11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command
from gatepass.journal.labels import name_fields
from gatepass.journal.rows import update
from gatepass.orders.models import Link
from gatepass.orders.plan_book import note as plan_note
from gatepass.roles import SYSTEM, Position, Power
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.transport.commands.trips import needed
from gatepass.transport.events import ClaimRefused, GoodsClaimed, GoodsConsigned
from gatepass.transport.locking import lock_consignment
from gatepass.transport.models import Consignment
from gatepass.transport.moments import claimed, day_of, in_company_zone
from gatepass.words import Text, same
from gatepass.workcalendar.queries import current
from gatepass.workdays import MIDNIGHT, working_days

name_fields(moment=("何时交货场或送达", "when it was consigned or delivered"), direct=("直接送达客户", "delivered to the customer"))
TO_CONFIRM: Final = working_days(1, MIDNIGHT)
WHERE: Final = {True: Text("送达", "delivered"), False: Text("交货场", "to the freight yard")}
BROUGHT: Final = Text("{number} {where}，{how}", "{number} {where}; {how}")
LINKED: Final = Text("客户在链接上确认收到", "the customer confirmed it on his link")
BY_LINK: Final = Text("客户在链接上确认收到：{note}", "the customer confirmed it on his link: {note}")
UNSAID: Final = refusal("承运人没有报过送到", "The carrier has not said anything")
NOT_SO: Final = Text("{number} 承运人报的送到时间没有证实：{why}", "{number}: what the carrier said of its arrival was not confirmed: {why}")


@command(may=Power.SIGN_AS_CARRIER, title=Text("报送到", "Say that it is there"))
def claim_consigned(case: Case, *, consignment: Annotated[UUID, Of("consignment")], moment: datetime, direct: bool = False) -> Ref:
    """The carrier says when he handed the goods over. It is his word: the desk asks yard or customer before any clock moves."""
    row = lock_consignment(case, consignment)
    moment = in_company_zone(moment)
    waiting = refusal("您已经报过，等业务向货场或客户核实", "You said so already; the desk is asking yard or customer")
    case.decide(
        GoodsClaimed(**_about(row), moment=moment, direct=direct),
        reasons=[*claimed(moment, row.left_at, case.at, "moment"), *_over(row), waiting if row.is_claimed else None],
    )
    update(
        row, claimed_at=case.at, claimed_by=case.actor.person, consigned_claimed=moment, direct=direct, claim_refused_at=None,
        claim_refused_why="",
    )  # fmt: skip
    return Ref("consignment", row.uid, row.number)


@command(may=Power.TRACK, title=Text("登记交货场或送达", "Record consignment or delivery"))
def record_consigned(
    case: Case,
    *,
    consignment: Annotated[UUID, Of("consignment")],
    moment: datetime | None = None,
    direct: bool | None = None,
    how: Annotated[str, Called(Text("向谁核实的", "who confirmed it"), long=True)],
) -> Ref:
    """The desk asked the yard or the customer. What was said on its day and confirmed within a working day moves D11's clock.

    moment: what they said; the carrier's word where it is left out.
    """
    row = lock_consignment(case, consignment)
    unsaid = None if how else refusal("写明向谁核实的", "Say who confirmed it", field="how")
    wrong = [_own_word(case, consignment), unsaid]
    return _brought(case, row, moment=moment, direct=row.direct if direct is None else direct, how=same(how), wrong=wrong)


def _brought(case: Case, row: Consignment, *, moment: datetime | None, direct: bool, how: Text, wrong: Sequence[Reason | None]) -> Ref:
    said = row.consigned_claimed if row.is_claimed else None
    at = in_company_zone(moment or said or case.at)
    case.decide(
        GoodsConsigned(**_about(row), moment=at, left_at=row.left_at or case.at, same_day=_counts(case, row, at), direct=direct),
        reasons=[*claimed(at, row.left_at, case.at, "moment"), *_over(row), *wrong],
    )
    update(row, consigned_at=case.at, consigned_claimed=at, direct=direct)
    plan_note(case, order_id=row.notice.order.id, kind="explanation", text=BROUGHT.fill(number=row.number, where=WHERE[direct], how=how))
    return Ref("consignment", row.uid, row.number)


@command(may=None, title=Text("客户在链接上说货到没到", "The customer says on the link whether the goods are there"), hidden=True)
def answer_arrival(case: Case, *, digest: str, consignment: Annotated[UUID, Of("consignment")], arrived: bool, note: str = "") -> Ref:
    """The customer's word through his link counts as the desk's question does. Only the system calls it, for whoever holds the token.

    Not there: the carrier's word falls, and the desk reads in the plan book what the customer wrote.
    """
    row = lock_consignment(case, consignment)
    if case.actor.person != SYSTEM.person or not Link.objects.filter(digest=digest, composition__order__uid=row.order).exists():
        raise NotFound("consignment")
    inside = refusal("这批货还没有出厂", "These goods have not left us yet") if row.left_at is None else None
    if arrived:
        return _brought(case, row, moment=None, direct=True, how=BY_LINK.fill(note=note) if note else LINKED, wrong=[inside])
    unsaid = refusal("请写一句现在怎样", "Please write a line on how things stand", field="note")
    return _not_so(case, row, note, [inside, None if row.is_claimed else UNSAID, None if note else unsaid])


@command(may=Power.TRACK, title=Text("送到时间未获证实", "It was not confirmed"))
def refuse_claim(
    case: Case,
    *,
    consignment: Annotated[UUID, Of("consignment")],
    reason: Annotated[str, Called(Text("货场或客户怎么说", "what yard or customer said"), long=True)],
) -> Ref:
    """Yard or customer say otherwise: nothing moves, and the carrier may say it anew when it is so."""
    row = lock_consignment(case, consignment)
    return _not_so(case, row, reason, [None if row.is_claimed else UNSAID, _own_word(case, consignment), needed(reason)])


def _not_so(case: Case, row: Consignment, why: str, wrong: Sequence[Reason | None]) -> Ref:
    case.decide(ClaimRefused(**_about(row)), reasons=[*_over(row), *wrong])
    update(row, claim_refused_at=case.at, claim_refused_why=why)
    plan_note(case, order_id=row.notice.order.id, kind="explanation", text=NOT_SO.fill(number=row.number, why=why))
    return Ref("consignment", row.uid, row.number)


def _about(row: Consignment) -> dict[str, UUID]:
    order = row.notice.order
    return {
        "consignment": row.uid, "order": order.uid, "customer": order.customer.uid, "waybill": row.waybill.uid, "carrier": row.trip.carrier
    }  # fmt: skip


def _over(row: Consignment) -> list[Reason]:
    return [
        *([refusal("这批货已随车返回", "These goods came back")] if row.voided_at else []),
        *([refusal("已经登记过了", "This was recorded already")] if row.consigned_at else []),
    ]


def _own_word(case: Case, consignment: UUID) -> Reason | None:
    if case.actor.carrier is None:
        return None
    return Reason(
        what=Text("承运人自己报的要由业务核实", "What a carrier says is confirmed by the desk"), clause="D11", who=Position.CLIENT_ADMIN,
        cure=Text("在手机上报送到，业务核实后就算数", "Report it on the phone; it counts once the desk has asked"),
        command="record_consigned", given={"consignment": str(consignment)},
    )  # fmt: skip


def _counts(case: Case, row: Consignment, at: datetime) -> bool:
    """Said on its day, confirmed within a working day of that, and before the paper is in."""
    if row.waybill.handed_in_at is not None:
        return False
    said_at = row.claimed_at if row.is_claimed and row.claimed_at else case.at
    return day_of(at) == day_of(said_at) and case.at < TO_CONFIRM.due(said_at, current()).due
