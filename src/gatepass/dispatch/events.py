"""What happens to a shipping notice."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from gatepass.rules.events import Event, event
from gatepass.words import Text


@event("notice.issued", Text("开发货通知单", "Shipping notice issued"))
class NoticeIssued(Event):
    """Lines as (product, cartons, giveaway)."""

    notice: UUID
    order: UUID
    customer: UUID
    version: int
    digest: str
    unpaid_fen: int
    lines: tuple[tuple[UUID, int, int], ...]


@event("notice.changed", Text("通知单改版，原审批作废", "Notice changed, its approvals void"))
class NoticeChanged(Event):
    """uncleared: the director's signature that alone let the order's goods leave unpaid is void by it."""

    notice: UUID
    order: UUID
    customer: UUID
    version: int
    digest: str
    unpaid_fen: int
    uncleared: bool = False


@event("notice.approved", Text("通知单审批", "Notice approved"))
class NoticeApproved(Event):
    """approver and represented: who acts, and for whom; both count for separation of duties."""

    notice: UUID
    order: UUID
    customer: UUID
    version: int
    digest: str
    side: str
    approver: UUID
    represented: UUID | None = None


@event("notice.approval_refused", Text("通知单退回", "Approval refused"))
class ApprovalRefused(Event):
    """Why stands with the signature: no words enter the journal."""

    notice: UUID
    order: UUID
    customer: UUID
    version: int
    side: str


@event("notice.effective", Text("通知单生效", "Notice effective"))
class NoticeEffective(Event):
    notice: UUID
    order: UUID
    customer: UUID
    version: int


@event("notice.voided", Text("通知单作废", "Notice voided"))
class NoticeVoided(Event):
    """uncleared: as of a change."""

    notice: UUID
    order: UUID
    customer: UUID
    reason: str
    uncleared: bool = False


@event("picking.started", Text("开始配货", "Picking started"))
class PickingStarted(Event):
    notice: UUID
    order: UUID


@event("line.picked", Text("按批配货", "Line picked"))
class LinePicked(Event):
    """What was taken: product, and cartons beside batches. `day` of the company decides what is expired."""

    notice: UUID
    order: UUID
    line: UUID
    product: UUID
    batches: tuple[UUID, ...]
    cartons: tuple[int, ...]
    day: date


@event("line.put_back", Text("退回货位", "Put back"))
class LinePutBack(Event):
    notice: UUID
    order: UUID
    line: UUID
    batch: UUID
    cartons: int
    reason: str


@event("batch.stopped", Text("批次停发", "Batch stopped"))
class BatchStopped(Event):
    """A batch that was picked for a notice is held or failed: it is not loaded, passed or released."""

    notice: UUID
    order: UUID
    batch: UUID
    cartons: int
    quality: str


@event("batch.cleared", Text("停发批次已换下", "Stopped batches are off the notice"))
class BatchCleared(Event):
    notice: UUID
    order: UUID


@event("picking.finished", Text("按单配齐", "Picked in full"))
class PickingFinished(Event):
    notice: UUID
    order: UUID
    cartons: int


@event("doubt.raised", Text("仓库有疑问", "Warehouse doubts a line"))
class DoubtRaised(Event):
    doubt: UUID
    notice: UUID
    order: UUID
    customer: UUID


@event("doubt.answered", Text("答复仓库", "Doubt answered"))
class DoubtAnswered(Event):
    doubt: UUID
    notice: UUID
    order: UUID
    customer: UUID


@event("change.proposed", Text("提出调换增减", "Change of goods proposed"))
class ChangeProposed(Event):
    change: UUID
    notice: UUID
    order: UUID
    customer: UUID
    kind: str
    cartons: int
    after_hours: bool


@event("change.consented", Text("销售同意变动", "Sales consented to the change"))
class ChangeConsented(Event):
    """consenter: the manager or director whose consent it is; extra_unpaid_fen: what of the change is neither paid nor signed for;
    handed_over: whether the warehouse knows of the notice, so that it can relay the change.
    """

    change: UUID
    notice: UUID
    order: UUID
    customer: UUID
    kind: str
    cartons: int
    after_hours: bool
    verbal: bool
    extra_unpaid_fen: int
    consenter: UUID
    handed_over: bool


@event("change.declined", Text("不同意变动", "Change declined"))
class ChangeDeclined(Event):
    change: UUID
    notice: UUID
    order: UUID
    customer: UUID


@event("change.withdrawn", Text("撤回变动", "Change withdrawn"))
class ChangeWithdrawn(Event):
    """A change that was not made will not be made: nothing more is owed for it."""

    change: UUID
    notice: UUID
    order: UUID
    customer: UUID
    reason: str


@event("change.applied", Text("变动写入通知单", "Change made"))
class ChangeApplied(Event):
    change: UUID
    notice: UUID
    order: UUID
    customer: UUID
    kind: str
    product: UUID
    cartons: int
    version: int


@event("change.told", Text("变动告知客户", "Customer told of the change"))
class ChangeTold(Event):
    change: UUID
    notice: UUID
    order: UUID
    customer: UUID


@event("change.relayed", Text("转告客户内勤", "Relayed to the client admin"))
class ChangeRelayed(Event):
    change: UUID
    notice: UUID
    order: UUID
    customer: UUID


@event("change.countersigned", Text("财务补签", "Countersigned by finance"))
class ChangeCountersigned(Event):
    change: UUID
    notice: UUID
    order: UUID
    customer: UUID


@event("change.countersign_refused", Text("财务不补签", "Countersignature refused"))
class CountersignRefused(Event):
    """What was changed at night does not leave as it is: the notice is changed and approved anew."""

    change: UUID
    notice: UUID
    order: UUID
    customer: UUID


@event("change.own_confirmation", Text("本人补认口头同意", "Verbal consent confirmed in person"))
class VerbalConfirmed(Event):
    change: UUID
    notice: UUID
    order: UUID
    customer: UUID


@event("sample.noticed", Text("开样品通知", "Sample notice issued"))
class SampleNoticed(Event):
    """Lines as (product, cartons)."""

    sample: UUID
    customer: UUID | None
    lines: tuple[tuple[UUID, int], ...]
    cost_fen: int


@event("sample.approved", Text("样品审批", "Samples approved"))
class SampleApproved(Event):
    sample: UUID
    customer: UUID | None
    approver: UUID
    represented: UUID | None = None


@event("sample.declined", Text("不同意寄样", "Samples declined"))
class SampleDeclined(Event):
    sample: UUID
    customer: UUID | None


@event("sample.sent", Text("样品发出", "Samples sent"))
class SampleSent(Event):
    """follow_up_at: the opening of the office on the day by which the outcome is asked."""

    sample: UUID
    customer: UUID | None
    batches: tuple[UUID, ...]
    cartons: int
    follow_up_at: datetime


@event("sample.followed_up", Text("样品跟进", "Samples followed up"))
class SampleFollowedUp(Event):
    sample: UUID
    customer: UUID | None
    outcome: str
