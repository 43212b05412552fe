"""Frozen rows of shipping notices, as pages, papers and the API show them. Sums and phones are None for who may not see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from gatepass.words import Text


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice in a list. finance and sales: whether the present version has that approval."""

    id: int
    uid: UUID
    number: str
    version: int
    order: UUID
    order_number: str
    customer: str
    region: str
    ship_on: date | None
    wanted: int
    picked: int
    finance: bool
    sales: bool
    returned: bool
    doubts: int
    changes: int
    stage: str
    stage_text: Text


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch that could serve a line, in order of expiry; `propose` of it are to be taken now."""

    uid: UUID
    code: str
    produced_on: date
    expires_on: date
    location: str
    on_hand: int
    propose: int
    days: int = 9999

    @property
    def near_end(self) -> bool:
        """Less than a third of its shelf life is left."""
        return self.days * 3 < (self.expires_on - self.produced_on).days


@dataclass(frozen=True, slots=True)
class PickRow:
    """What was taken for a line from a batch, less what was put back."""

    batch: UUID
    code: str
    cartons: int
    location: str
    produced_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as it stands; `changed`: a change of goods made it so."""

    uid: UUID
    position: int
    product: UUID
    code: str
    name: str
    spec: str
    location: str
    cartons: int
    gift: int
    picked: int
    yuan: str | None
    fen: int | None
    weight_g: int
    volume_cm3: int
    changed: bool
    picks: tuple[PickRow, ...] = ()

    @property
    def total(self) -> int:
        return self.cartons + self.gift

    @property
    def left(self) -> int:
        return self.total - self.picked


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One side of the present version: who approved it when, or that it is missing."""

    side: str
    text: Text
    name: str
    acting_for: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    version: int
    name: str
    at: datetime
    why: str
    digest: str
    approvals: tuple[ApprovalRow, ...]
    returned: ReturnRow | None


@dataclass(frozen=True, slots=True)
class ReturnRow:
    version: int
    side: Text
    name: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class DoubtRow:
    uid: UUID
    line: UUID | None
    product: str
    question: str
    asked_by: str
    asked_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change of goods with everything that D8 asks of it. value_fen: what it adds to the goods, None for who may not see sums."""

    uid: UUID
    notice: UUID
    number: str
    kind: str
    kind_text: Text
    product: str
    instead: str
    cartons: int
    reason: str
    proposed_by: str
    proposer: UUID
    proposed_at: datetime
    after_hours: bool
    consented_by: str
    consenter: UUID | None
    consented_at: datetime | None
    consent_note: str
    verbal: bool
    confirmed_at: datetime | None
    declined_at: datetime | None
    declined_why: str
    withdrawn_at: datetime | None
    withdrawn_why: str
    applied_at: datetime | None
    applied_version: int | None
    value_fen: int | None
    told_at: datetime | None
    understanding: str
    relayed_at: datetime | None
    relayed_to: str
    countersigned_by: str
    countersigned_at: datetime | None

    @property
    def off(self) -> bool:
        """Declined or withdrawn: nothing comes of it."""
        return self.declined_at is not None or self.withdrawn_at is not None

    @property
    def waiting(self) -> bool:
        return self.consented_at is None and not self.off

    @property
    def to_apply(self) -> bool:
        return self.consented_at is not None and self.applied_at is None and not self.off

    @property
    def to_countersign(self) -> bool:
        return self.after_hours and self.consented_at is not None and self.countersigned_at is None and not self.off

    @property
    def to_relay(self) -> bool:
        return self.after_hours and self.consented_at is not None and self.relayed_at is None and not self.off

    @property
    def to_tell(self) -> bool:
        return self.consented_at is not None and self.told_at is None and not self.off

    @property
    def to_confirm(self) -> bool:
        return self.verbal and self.confirmed_at is None and not self.off


@dataclass(frozen=True, slots=True)
class NoticePage:
    """A notice with all that hangs on it. writers: who wrote the present version, acting and represented."""

    row: NoticeRow
    customer_uid: UUID
    consignee: str | None
    address: str | None
    destination: str
    phone: str | None
    bearer: Text
    unpaid_fen: int | None
    goods_fen: int | None
    remark: str
    written_by: str
    written_at: datetime
    writers: frozenset[UUID]
    digest: str
    effective_at: datetime | None
    picking_at: datetime | None
    picked_at: datetime | None
    loaded_at: datetime | None
    left_at: datetime | None
    voided_at: datetime | None
    voided_why: str
    weight_kg: str
    volume_m3: str
    lines: tuple[LineRow, ...]
    approvals: tuple[ApprovalRow, ...]
    approvers: frozenset[UUID]
    versions: tuple[VersionRow, ...]
    returned: ReturnRow | None
    doubts: tuple[DoubtRow, ...]
    changes: tuple[ChangeRow, ...]

    @property
    def open_doubts(self) -> tuple[DoubtRow, ...]:
        return tuple(one for one in self.doubts if one.answered_at is None)

    @property
    def amended(self) -> bool:
        """Changed after approval (D8): the approvals stand, finance countersigns."""
        return any(one.after_hours and one.applied_version == self.row.version for one in self.changes)

    @property
    def cartons(self) -> int:
        return sum(line.cartons for line in self.lines)

    @property
    def gifts(self) -> int:
        return sum(line.gift for line in self.lines)


@dataclass(frozen=True, slots=True)
class SampleRow:
    uid: UUID
    number: str
    customer: str
    recipient: str
    address: str | None
    phone: str | None
    purpose: str
    cost_fen: int | None
    lines: tuple[tuple[str, str, int], ...]
    written_by: str
    writers: frozenset[UUID]
    written_at: datetime
    approved_by: str
    approved_at: datetime | None
    declined_at: datetime | None
    declined_why: str
    sent_at: datetime | None
    follow_up_on: date
    outcome: str
    outcome_at: datetime | None
    offers: tuple[BatchRow, ...] = field(default=())

    @property
    def stage_text(self) -> Text:
        if self.declined_at:
            return Text("不同意", "declined")
        if self.outcome_at:
            return Text("已跟进", "followed up")
        if self.sent_at:
            return Text("已发出，待跟进", "sent, to be followed up")
        return Text("已审批，待发出", "approved, to be sent") if self.approved_at else Text("待审批", "to be approved")
