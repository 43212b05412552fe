"""Consent to a change of goods, and finance's countersignature of what was changed after hours (D8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from gatepass.approvals.binding import bind, numbered
from gatepass.approvals.routes import Data, Given, Line, Step, Subject, route
from gatepass.approvals.separation import Part, Touch, Verdict
from gatepass.dispatch import amending, scope
from gatepass.dispatch.amending import said
from gatepass.dispatch.events import (
    ChangeConsented,
    ChangeCountersigned,
    ChangeDeclined,
    CountersignRefused,
    VerbalConfirmed,
)
from gatepass.dispatch.models import Change, ChangeKind
from gatepass.dispatch.standing import CANCELLED, WITHDRAWN, gone
from gatepass.journal.door import Case
from gatepass.journal.stopping import Stopped, Written, stop
from gatepass.journal.who import sight_of
from gatepass.money import figure
from gatepass.orders import plan_book
from gatepass.roles import Position, Power, Sight
from gatepass.rules.events import Event
from gatepass.rules.reasons import Reason
from gatepass.words import Text, same
from gatepass.workcalendar.queries import current
from gatepass.workdays import office_hours

NOT_COUNTERSIGNED: Final = Text("财务不补签夜间的变动", "finance did not countersign a change of the night")


def change_said(change: Change) -> dict[str, Any]:
    """What a consent binds."""
    return {
        "number": change.notice.number, "kind": change.kind, "cartons": change.cartons, "reason": change.reason,
        "product": change.line.product.name if change.line else "", "instead": change.product.name if change.product else "",
        "value_fen": change.value_fen,
    }  # fmt: skip


def note(case: Case, change: Change, zh: str, en: str, **values: str) -> None:
    """A line of the plan book about a change: the change in signs, then what was done about it."""
    done = Text(zh, en).fill(**values)
    text = Text(f"{said(change)} {done.zh}".strip(), f"{said(change)} {done.en}".strip())
    plan_book.note(case, order_id=change.notice.order_id, kind="change", text=text)


def _locked(case: Case, uid: UUID) -> Subject:
    found = scope.lock_change(case.actor, uid, with_order=True)
    return Subject(uid=uid, row=found, reasons=[_off(found)], unsigned=[gone(found.notice)])


def _made(case: Case, uid: UUID) -> Subject:
    found = scope.lock_change(case.actor, uid)
    return Subject(uid=uid, row=found, reasons=[_off(found)])


def _off(change: Change) -> Reason | None:
    if change.withdrawn_at:
        return WITHDRAWN
    return CANCELLED if change.notice.order.cancelled_at else None


def _sees(sight: Sight, uid: UUID) -> bool:
    return Change.objects.filter(uid=uid, notice__in=scope.notices(sight)).exists()


def _lines(sight: Sight, data: Data) -> Sequence[Line]:
    kind = ChangeKind(data["kind"])
    worth = same(figure(int(data["value_fen"]))) if sight.may(Power.SEE_MONEY) else None
    return [
        Line("number", Text("通知单", "notice"), same(data["number"])),
        Line("kind", Text("种类", "kind"), kind.text),
        Line("product", Text("货品", "goods"), same(data["product"] or data["instead"])),
        *([Line("instead", Text("换成", "instead"), same(data["instead"]))] if data["instead"] and data["product"] else []),
        Line("cartons", Text("件数", "cartons"), same(str(data["cartons"]))),
        Line("reason", Text("原因", "reason"), same(data["reason"])),
        Line("value", Text("货款增减", "goods money"), worth),
    ]


def _headline(sight: Sight, data: Data) -> Text:
    goods = " → ".join(one for one in (data["product"], data["instead"]) if one)
    return Text("{kind} {n} 件 {goods}", "{kind}: {n} cartons {goods}").fill(kind=ChangeKind(data["kind"]), n=data["cartons"], goods=goods)


def _about(change: Change) -> dict[str, UUID]:
    notice = change.notice
    return {"change": change.uid, "notice": notice.uid, "order": notice.order.uid, "customer": notice.order.customer.uid}


def _consented(case: Case, given: Given) -> Sequence[Event]:
    change: Change = given.subject.row
    return [
        ChangeConsented(
            **_about(change), kind=change.kind, cartons=change.cartons, after_hours=current().after_hours(case.at),
            verbal=given.verdict is Verdict.WORD, extra_unpaid_fen=amending.extra_unpaid(change), consenter=given.person,
            handed_over=change.notice.handed_over_at is not None,
        )
    ]  # fmt: skip


def _take_up(case: Case, given: Given) -> None:
    """Consented after hours, it amends the approved version and finance countersigns; in office hours it makes another version."""
    change: Change = given.subject.row
    change.consented_at, change.after_hours = case.at, current().after_hours(case.at)
    change.save(update_fields=["consented_at", "after_hours"])
    name = sight_of(given.person, case.at).name
    note(case, change, "✓ {name} 同意 {note}", "✓ {name} consents {note}", name=name, note=given.why)
    if change.after_hours:
        asked = [Touch(change.proposed_by, change.proposed_for, Part.ASKED), Touch(given.person, given.represented, Part.ASKED)]
        bind(
            case, COUNTERSIGN, change.uid, number=change.notice.number, data=numbered(1, change_said(change)), touched=asked,
            part=Part.ASKED, order=change.notice.order.uid,
        )  # fmt: skip


def _declined(case: Case, given: Given) -> Sequence[Event]:
    return [ChangeDeclined(**_about(given.subject.row))]


def _decline(case: Case, given: Given) -> None:
    change: Change = given.subject.row
    change.declined_at, change.declined_why = case.at, given.why
    change.save(update_fields=["declined_at", "declined_why"])
    note(case, change, "✗ {name} 不同意：{why}", "✗ {name} declines: {why}", name=case.actor.name, why=given.why)


def _confirmed(case: Case, given: Given) -> Sequence[Event]:
    return [VerbalConfirmed(**_about(given.subject.row))]


def _own_word(case: Case, given: Given) -> None:
    note(case, given.subject.row, "✓ {name} 补认", "✓ confirmed by {name}", name=case.actor.name)


def _countersigned(case: Case, given: Given) -> Sequence[Event]:
    return [ChangeCountersigned(**_about(given.subject.row))]


def _countersign(case: Case, given: Given) -> None:
    note(case, given.subject.row, "✓✓ 财务 {name} 补签", "✓✓ countersigned for finance by {name}", name=case.actor.name)


def _refused(case: Case, given: Given) -> Sequence[Event]:
    return [CountersignRefused(**_about(given.subject.row)), *_stopped(case, given)[0]]


def _stopped(case: Case, given: Given) -> tuple[list[Event], Written]:
    """A pass that was issued for the goods as they were changed does not let them out."""
    return stop(case, Stopped(NOT_COUNTERSIGNED, notices=[given.subject.row.notice.uid]))


def _refuse(case: Case, given: Given) -> None:
    _stopped(case, given)[1]()
    note(
        case, given.subject.row, "✗ 财务 {name} 不补签：{why}", "✗ finance ({name}) does not countersign: {why}", name=case.actor.name,
        why=given.why,
    )  # fmt: skip


CHANGE: Final = route(
    code="change", kind="change", title=Text("变动", "change of goods"), article="D8", page="/notices/changes/{subject}/",
    steps=(
        Step(
            code="consent", power=Power.CONSENT_CHANGE, text=Text("销售同意", "consent of sales"), position=Position.SALES_MANAGER,
            within=office_hours(1), word=(Power.PICK, Power.ISSUE_NOTICE),
        ),
    ),
    subject=_locked, sees=_sees, said=_lines, headline=_headline, signed=_consented, then=_take_up, returned=_declined, sent_back=_decline,
    confirmed=_confirmed, own_word=_own_word,
)  # fmt: skip
COUNTERSIGN: Final = route(
    code="countersign", kind="change", title=Text("下班后变动的补签", "countersignature after hours"), article="D8",
    page="/notices/changes/{subject}/",
    steps=(Step(code="finance", power=Power.APPROVE_FINANCE, text=Text("财务补签", "countersignature"), position=Position.RECEIVABLES),),
    subject=_made, sees=_sees, said=_lines, headline=_headline, signed=_countersigned, then=_countersign, returned=_refused,
    sent_back=_refuse,
)  # fmt: skip
