"""What a person can do with a notice now: the one thing that comes next for him, and the rest. Buttons, as data."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import UUID

from gatepass.dispatch.models import Side
from gatepass.dispatch.queries.rows import ChangeRow, NoticePage, SampleRow
from gatepass.identity import new_id
from gatepass.roles import Power, Sight
from gatepass.words import Text

SIDES: Final = {Side.FINANCE: Power.APPROVE_FINANCE, Side.SALES: Power.APPROVE_SALES}


@dataclass(frozen=True, slots=True)
class Act:
    """A button: a link, or with `given` a form that posts to a command. Each carries an idempotency key of its own.

    pressing: it is what comes next, not only possible.
    """

    text: Text
    href: str
    given: tuple[tuple[str, str], ...] = ()
    key: UUID = field(default_factory=new_id)
    pressing: bool = True


def run(name: str, text: Text, **given: object) -> Act:
    """Do it at once."""
    return Act(text, f"/do/{name}/", tuple((key, str(value)) for key, value in given.items()))


def ask(name: str, text: Text, **given: object) -> Act:
    """Ask for what the command still needs."""
    return Act(text, f"/do/{name}/?" + "&".join(f"{key}={value}" for key, value in given.items()))


def first(found: list[Act]) -> dict[str, Any]:
    """The one that comes next and the others, as pages want them."""
    primary = next((act for act in found if act.pressing), None)
    return {"primary": primary, "others": [act for act in found if act is not primary]}


def acts(sight: Sight, page: NoticePage) -> list[Act]:
    """Everything that this person can do with the notice now; the first is what comes next for him."""
    if page.voided_at or page.left_at:
        return []
    found = [*_doubts(sight, page), *_of_changes(sight, page), *_approvals(sight, page), *_warehouse(sight, page)]
    if sight.may(Power.ISSUE_NOTICE) and not page.loaded_at:
        change = Act(Text("改版", "Change it"), f"/notices/{page.row.uid}/change/", pressing=page.returned is not None)
        found = [change, *found] if page.returned else [*found, change]
        found.append(Act(Text("提出变动", "Propose a change of goods"), f"/notices/{page.row.uid}/propose/", pressing=False))
        found.append(replace(ask("void_notice", Text("作废", "Void it"), notice=page.row.uid), pressing=False))
    return found


def _doubts(sight: Sight, page: NoticePage) -> list[Act]:
    if not sight.may(Power.ISSUE_NOTICE):
        return []
    text = Text("答复仓库疑问", "Answer the warehouse")
    return [ask("answer_doubt", text, doubt=doubt.uid) for doubt in page.open_doubts]


def _of_changes(sight: Sight, page: NoticePage) -> list[Act]:
    waiting = [change for change in page.changes if not change.off and change_acts(sight, change)]
    text = Text("办理变动：{product}", "Change of {product}")
    return [Act(text.fill(product=change.product), f"/notices/changes/{change.uid}/") for change in waiting]


def _approvals(sight: Sight, page: NoticePage) -> list[Act]:
    if page.returned or page.effective_at:
        return []
    found = []
    for side, power in SIDES.items():
        missing = next(one.at is None for one in page.approvals if one.side == side.value)
        own = sight.people() | ({sight.stands_in[power]} if power in sight.stands_in else set())
        if missing and sight.may(power) and not own & (page.writers | page.approvers):
            found.append(Act(side.text, f"/approvals/notice/{page.row.uid}/"))
    return found


def _warehouse(sight: Sight, page: NoticePage) -> list[Act]:
    picking = sight.may(Power.PICK) and page.effective_at and not page.picked_at
    found = [Act(Text("去配货", "Pick it"), f"/picking/{page.row.uid}/")] if picking else []
    if sight.may(Power.ARRANGE_TRANSPORT) and page.effective_at and not page.loaded_at:
        found.append(ask("arrange_trip", Text("安排车辆", "Arrange a vehicle"), notices=page.row.uid))
    return found


def change_acts(sight: Sight, change: ChangeRow) -> list[Act]:
    """What this person can do with a change now, the next thing first."""
    about = {"change": change.uid}
    found = []
    if change.waiting and sight.may(Power.CONSENT_CHANGE) and change.proposer not in sight.people():
        found.append(run("consent_change", Text("同意", "Consent"), **about))
        found.append(ask("decline_change", Text("不同意", "Decline"), **about))
    elif change.waiting and (sight.may(Power.PICK) or sight.may(Power.ISSUE_NOTICE)):
        found.append(Act(Text("记下口头同意", "Record a consent by phone"), f"/notices/changes/{change.uid}/verbal/"))
    writes = sight.may(Power.ISSUE_NOTICE) or (change.after_hours and sight.may(Power.PICK))
    if change.to_apply and writes:
        found.append(run("apply_change", Text("写入通知单", "Make the change"), **about))
    if change.to_confirm and change.consenter == sight.person:
        found.append(run("confirm_verbal_consent", Text("补认口头同意", "Confirm your word"), **about))
    if change.to_countersign and sight.may(Power.APPROVE_FINANCE):
        found.append(run("countersign_change", Text("财务补签", "Countersign"), **about))
    if change.to_relay and sight.may(Power.PICK):
        found.append(Act(Text("转告客户内勤", "Relay to the client admin"), f"/notices/changes/{change.uid}/relay/"))
    if change.to_tell and sight.may(Power.TALK_TO_CUSTOMER):
        found.append(ask("tell_change", Text("记下告知客户", "Record that the customer was told"), **about))
    powers = (Power.ISSUE_NOTICE, Power.PICK, Power.CONSENT_CHANGE)
    if not change.off and change.applied_at is None and any(map(sight.may, powers)):
        found.append(ask("withdraw_change", Text("撤回变动", "Withdraw it"), **about))
    return found


def sample_acts(sight: Sight, sample: SampleRow) -> list[Act]:
    """What this person can do with samples now."""
    about, found = {"sample": sample.uid}, []
    undecided = not sample.approved_at and not sample.declined_at
    if undecided and sight.may(Power.APPROVE_SALES) and not sight.people() & sample.writers:
        found += [
            run("approve_sample", Text("审批", "Approve"), **about),
            ask("decline_sample", Text("不同意", "Decline"), **about),
        ]
    if sample.approved_at and not sample.sent_at and sight.may(Power.PICK):
        batches = {f"batches-{n}-batch": offer.uid for n, offer in enumerate(sample.offers)}
        cartons = {f"batches-{n}-cartons": offer.propose for n, offer in enumerate(sample.offers)}
        found.append(run("send_sample", Text("按下列批次发出", "Send from these batches"), **about, **batches, **cartons, _next="/notices/samples/"))
    if sample.sent_at and not sample.outcome_at and sight.may(Power.TALK_TO_CUSTOMER):
        found.append(ask("follow_up_sample", Text("记下结果", "Record the outcome"), **about))
    return found
