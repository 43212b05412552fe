"""The approval of samples (C11): sales agrees that they go out; nobody to what he asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from gatepass.approvals.routes import Data, Given, Line, Step, Subject, route
from gatepass.dispatch import scope
from gatepass.dispatch.events import SampleApproved, SampleDeclined
from gatepass.dispatch.models import Sample
from gatepass.journal.door import Case
from gatepass.money import figure
from gatepass.roles import Position, Power, Sight
from gatepass.rules.events import Event
from gatepass.words import Text, same

CALLED: Final = {
    "recipient": Text("收件单位", "recipient"), "address": Text("地址", "address"), "phone": Text("电话", "phone"),
    "purpose": Text("用途", "purpose"),
}  # fmt: skip


def sample_said(sample: Sample, lines: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """What an approval of samples binds. lines: names of products with their cartons."""
    return {name: getattr(sample, name) for name in CALLED} | {
        "customer": sample.customer.name if sample.customer else "", "cost_fen": sample.cost_fen, "lines": [list(line) for line in lines],
        "follow_up_on": str(sample.follow_up_on),
    }  # fmt: skip


def _locked(case: Case, uid: UUID) -> Subject:
    return Subject(uid=uid, row=scope.lock_sample(case.actor, uid))


def _sees(sight: Sight, uid: UUID) -> bool:
    return scope.samples(sight).filter(uid=uid).exists()


def _lines(sight: Sight, data: Data) -> Sequence[Line]:
    contacts = sight.may(Power.SEE_CONTACTS)
    cost = same(figure(int(data["cost_fen"]))) if sight.may(Power.SEE_MONEY) else None
    return [
        Line("customer", Text("客户", "customer"), same(data["customer"]) if data["customer"] else Text("无", "none")),
        *(Line(name, called, same(data[name]) if contacts or name == "purpose" else None) for name, called in CALLED.items()),
        Line("cost", Text("成本", "cost"), cost),
        *(Line(product, same(product), Text("{n} 件", "{n} cartons").fill(n=n)) for product, n in data["lines"]),
        Line("follow_up_on", Text("跟进日期", "day of follow-up"), same(data["follow_up_on"])),
    ]


def _headline(sight: Sight, data: Data) -> Text:
    return same(f"{data['recipient']} · {data['purpose']}")


def _approved(case: Case, given: Given) -> Sequence[Event]:
    return [
        SampleApproved(
            sample=given.subject.uid, customer=_customer(given.subject.row), approver=given.person, represented=given.represented
        )
    ]


def _approve(case: Case, given: Given) -> None:
    sample: Sample = given.subject.row
    sample.approved_at = case.at
    sample.save(update_fields=["approved_at"])


def _declined(case: Case, given: Given) -> Sequence[Event]:
    return [SampleDeclined(sample=given.subject.uid, customer=_customer(given.subject.row))]


def _decline(case: Case, given: Given) -> None:
    sample: Sample = given.subject.row
    sample.declined_at = case.at
    sample.save(update_fields=["declined_at"])


def _customer(sample: Sample) -> UUID | None:
    return sample.customer.uid if sample.customer else None


SAMPLE: Final = route(
    code="sample", kind="sample", title=Text("样品通知", "sample notice"), article="C11", page="/notices/samples/{subject}/", by_clause=True,
    steps=(Step(code="sales", power=Power.APPROVE_SALES, text=Text("销售审批", "sales approval"), position=Position.SALES_MANAGER),),
    subject=_locked, sees=_sees, said=_lines, headline=_headline, signed=_approved, then=_approve, returned=_declined, sent_back=_decline,
)  # fmt: skip
