"""The papers of a notice: what is frozen with each version, what prints live, who may read which copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Final
from uuid import UUID

from gatepass.approvals.queries import SignatureRow, signatures
from gatepass.customers.models import Bearer
from gatepass.dispatch import scope, sql
from gatepass.dispatch.goods import current_lines
from gatepass.dispatch.models import Change, ChangeKind, Notice, NoticeLine, NoticeVersion, Pick
from gatepass.dispatch.queries.names import Names
from gatepass.dispatch.queries.picking import offers
from gatepass.dispatch.queries.rows import BatchRow
from gatepass.journal.door import Case
from gatepass.journal.reading import all_of
from gatepass.money import figure, times
from gatepass.orders.models import Part as OrderPart
from gatepass.papers.deadlines import deadline
from gatepass.papers.keeping import keep
from gatepass.papers.shapes import (
    Amendment,
    Cited,
    Consignee,
    Copy,
    Earlier,
    Goods,
    Haul,
    LineBatches,
    Live,
    Load,
    Mention,
    Part,
    Signature,
    Vehicle,
    Voided,
)
from gatepass.papers.sheets import Pick as PaperPick
from gatepass.papers.sheets import PickLine, PickList, ShippingNotice
from gatepass.people.firm import firm
from gatepass.receivables.labels import part_told
from gatepass.receivables.rests import Cover
from gatepass.roles import Power, Sight
from gatepass.stock.models import Batch
from gatepass.words import Text

COPIES: Final = (
    Copy(key="stub", name=Text("第一联 存根", "1 Stub")),
    Copy(key="finance", name=Text("第二联 财务", "2 Finance")),
    Copy(key="warehouse", name=Text("第三联 仓库", "3 Warehouse"), prices=False),
    Copy(key="sales", name=Text("第四联 业务", "4 Sales")),
)
CITED: Final = (
    Cited(
        clause="D6",
        text=Text(
            "财务、销售均审批方为有效，制单人不得审批，改动即作废", "effective when finance and sales approved it; any change voids both"
        ),
    ),
    Cited(clause="D7", text=Text("仓库按单、按批次配货，有疑问即停", "picked as noticed, by batch; a doubt stops it")),
)
Carriage = tuple[Vehicle | None, Haul | None]
_carriage: Final[list[Callable[[UUID], Carriage]]] = []


def carriage_from(find: Callable[[UUID], Carriage]) -> None:
    """Told by transport: the vehicle of a notice and its freight, which print live."""
    _carriage[:] = [find]


def _carried(notice: UUID) -> Carriage:
    return next((find(notice) for find in _carriage), (None, None))


def keep_notice(case: Case, notice: Notice, rows: Sequence[NoticeLine], cover: Cover | None) -> None:
    """Freeze the paper of the present version with its lines, in the transaction that writes it."""
    keep(
        ShippingNotice(
            company=firm().name, number=notice.number, made_at=case.at, version=notice.version, earlier=_earlier(notice),
            mentions=(Mention(what=Text("订单", "Order"), number=notice.order.number),), copies=COPIES, clauses=CITED,
            link=f"{notice.number} v{notice.version} {notice.digest[:32]}", remark=notice.remark,
            consignee=Consignee(
                company=notice.order.customer.name, contact=notice.consignee, phone=notice.phone, address=notice.address,
                destination=notice.destination,
            ),
            payment=_payment(notice.unpaid_fen), bearer=Bearer(notice.bearer).text.capital(), lines=tuple(_goods(row) for row in rows),
            load=_load(rows), unpaid=notice.unpaid_fen or None, composition=_composition(notice),
            remit=cover.asked.remit_fen if cover else None, received=cover.paid_fen if cover else None,
        ),
        subject_kind="notice", subject_uid=notice.uid, entry=case.entry,
    )  # fmt: skip


def keep_pick_list(case: Case, notice: Notice) -> None:
    """Freeze the pick list of the version that has just become effective: what is picked already, then first expired first, as stock
    stands now."""
    rows, taken = _lines(notice), picked_by_position(notice) if notice.version > 1 else {}
    still = offers(*((row.product.uid, _to_take(row, taken.get(row.position, {}))) for row in rows))
    keep(
        PickList(
            company=firm().name, number=notice.number, made_at=case.at, version=notice.version, customer=notice.order.customer.short_name,
            mentions=(Mention(what=Text("发货通知单", "Shipping notice"), number=notice.number),), remark=notice.remark,
            lines=tuple(_pick_line(row, taken.get(row.position, {}), served) for row, served in zip(rows, still, strict=True)),
            load=_load(rows), clauses=CITED[1:],
        ),
        subject_kind="notice", subject_uid=notice.uid, entry=case.entry,
    )  # fmt: skip


def live(uid: UUID, version: int) -> Live:
    """Signatures of that version, batches and vehicle as they stand, and whether it still counts."""
    notice = Notice.objects.get(uid=uid)
    written = NoticeVersion.objects.get(notice=notice, version=version)
    given = {row.step: row for row in signatures("notice", [uid])[uid] if row.given and row.version == version}
    picker = Pick.objects.filter(line__notice=notice).order_by("-id").first() if notice.picked_at else None
    names = Names([written.written_by, picker.by if picker else None])
    vehicle, haul = _carried(uid)
    return Live(
        signatures=(
            Signature(role=Text("制单（客户内勤）", "Written (client admin)"), name=names[written.written_by], at=written.written_at),
            _signed(Text("财务审批", "Finance"), given.get("finance")),
            _signed(Text("销售审批", "Sales"), given.get("sales")),
            Signature(role=Text("仓库配货", "Warehouse"), name=names[picker.by] if picker else "", at=notice.picked_at),
        ),
        voided=_voided(notice, version), vehicle=vehicle, haul=haul, batches=_batches(notice),
        amendments=_amendments(notice, version), leave_by=_leave_by(notice),
    )  # fmt: skip


def live_pick_list(uid: UUID, version: int) -> Live:
    notice = Notice.objects.get(uid=uid)
    return Live(voided=_voided(notice, version), vehicle=_carried(uid)[0], leave_by=_leave_by(notice))


def _leave_by(notice: Notice) -> datetime | None:
    """By the clock of the order: two working days after it was paid."""
    return deadline("D4.3", notice.order.uid)


def may_read(sight: Sight, uid: UUID) -> bool:
    """The desk that sees contacts; the warehouse while the load is in its hands (addresses stand on it)."""
    seen = scope.notices(sight).filter(uid=uid)
    if not sight.may(Power.SEE_CONTACTS):
        seen = seen.filter(effective_at__isnull=False, left_at=None, voided_at=None) if sight.may(Power.PICK) else seen.none()
    return seen.exists()


def may_read_pick_list(sight: Sight, uid: UUID) -> bool:
    return scope.notices(sight).filter(uid=uid).exists()


def copies(sight: Sight, uid: UUID) -> tuple[str, ...] | None:
    """The warehouse has its own copy, without sums."""
    return None if sight.may(Power.SEE_MONEY) else ("warehouse",)


def _lines(notice: Notice) -> list[NoticeLine]:
    return current_lines(notice)


def _goods(row: NoticeLine) -> Goods:
    return Goods(
        code=row.product.code, name=row.product.name, spec=row.product.spec, cartons=row.cartons, giveaway=row.gift, unit_price=row.yuan,
        amount=times(row.yuan, row.cartons),
    )  # fmt: skip


def _load(rows: Sequence[NoticeLine]) -> Load:
    grams = sum(row.product.weight_g * (row.cartons + row.gift) for row in rows)
    cubic = sum(row.product.volume_cm3 * (row.cartons + row.gift) for row in rows)
    return Load(
        cartons=sum(row.cartons for row in rows), giveaway=sum(row.gift for row in rows), kilograms=Decimal(grams) / 1000,
        cubic_metres=(Decimal(cubic) / 1_000_000).quantize(Decimal("0.01")), amount=sum(times(row.yuan, row.cartons) for row in rows),
    )  # fmt: skip


def _to_take(row: NoticeLine, taken: Mapping[Batch, int]) -> int:
    return max(0, row.cartons + row.gift - sum(taken.values()))


def _pick_line(row: NoticeLine, taken: Mapping[Batch, int], served: Sequence[BatchRow]) -> PickLine:
    had = [
        PaperPick(batch=one.code, cartons=n, location=one.location, produced_on=one.produced_on, expires_on=one.expires_on, picked=True)
        for one, n in taken.items()
    ]
    still = [
        PaperPick(batch=one.code, cartons=one.propose, location=one.location, produced_on=one.produced_on, expires_on=one.expires_on)
        for one in served
    ]
    return PickLine(
        code=row.product.code, name=row.product.name, spec=row.product.spec, cartons=row.cartons + row.gift, picks=(*had, *still)
    )  # fmt: skip


def _earlier(notice: Notice) -> tuple[Earlier, ...]:
    """Versions before, voided by the one after them."""
    rows = list(NoticeVersion.objects.filter(notice=notice).order_by("version")) if notice.version > 1 else []
    return tuple(Earlier(version=one.version, voided_at=after.written_at) for one, after in pairwise(rows))


def _payment(unpaid_fen: int) -> Text:
    if not unpaid_fen:
        return Text("已到账", "Received")
    return Text("未到账 {yuan} 元，总监签批", "{yuan} yuan unpaid, signed for by the director").fill(yuan=figure(unpaid_fen))


def _composition(notice: Notice) -> tuple[Part, ...]:
    """The composition as it was sent."""
    parts = all_of(OrderPart, sql.COMPOSITION, {"order": notice.order_id})
    return tuple(Part(what=part_told(one.zh, one.en).capital(), source=Text("", ""), amount=one.fen) for one in parts)


def _signed(role: Text, row: SignatureRow | None) -> Signature:
    return Signature(role=role, name=row.name, at=row.at, acting_for=row.acting_for_name) if row else Signature(role=role)


def _voided(notice: Notice, version: int) -> Voided | None:
    if notice.voided_at:
        return Voided(at=notice.voided_at, reason=Text("已作废", "void"))
    if version < notice.version:
        after = NoticeVersion.objects.get(notice=notice, version=version + 1)
        return Voided(at=after.written_at, reason=Text("已改版", "replaced"), replaced_by=str(version + 1))
    return None


def _amendments(notice: Notice, version: int) -> tuple[Amendment, ...]:
    """What was changed after hours under the approvals of this version (D8), oldest first."""
    rows = list(
        Change.objects.filter(notice=notice, after_hours=True, applied_at__isnull=False, applied_version=version)
        .select_related("line__product", "product")
        .order_by("applied_at", "id")
    )
    names = Names([who for row in rows for who in (row.proposed_by, row.consented_by, row.countersigned_by)])
    return tuple(
        Amendment(
            what=_amended(row), reason=row.reason, made_at=row.applied_at or row.proposed_at, made_by=names[row.proposed_by],
            consent=names[row.consented_by], consented_at=row.consented_at or row.proposed_at, by_word=row.verbal,
            confirmed_at=row.confirmed_own_at, countersigned=names[row.countersigned_by], countersigned_at=row.countersigned_at,
        )
        for row in rows
    )  # fmt: skip


def _amended(row: Change) -> Text:
    """`减少 豆瓣 10 件`; a substitution names what goes and what comes."""
    goods = [one.name for one in (row.line.product if row.line else None, row.product) if one]
    said = Text("{kind} {goods} {n} 件", "{kind}: {goods}, {n} cartons")
    return said.fill(kind=ChangeKind(row.kind), goods=" → ".join(goods), n=row.cartons)


def picked_by_position(notice: Notice) -> dict[int, dict[Batch, int]]:
    """What was taken for each position of a notice less what was put back, first expired first; through all versions."""
    found: dict[int, dict[Batch, int]] = {}
    for row in Pick.objects.filter(line__notice=notice).select_related("line", "batch").order_by("batch__expires_on"):
        of_line = found.setdefault(row.line.position, {})
        of_line[row.batch] = of_line.get(row.batch, 0) + row.cartons
    return {position: {batch: n for batch, n in of_line.items() if n} for position, of_line in found.items()}


def _batches(notice: Notice) -> tuple[LineBatches, ...]:
    numbers = {row.position: n for n, row in enumerate(_lines(notice), 1)}
    return tuple(
        LineBatches(line=numbers[position], batches=tuple(batch.code for batch in batches))
        for position, batches in picked_by_position(notice).items()
        if position in numbers
    )
