"""The papers of a notice: what is frozen with each version, what prints live, who may read which copy."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Final
from uuid import UUID

from gatepass.customers.models import Bearer
from gatepass.dispatch import scope
from gatepass.dispatch.models import Approval, Notice, NoticeLine, NoticeVersion, Pick
from gatepass.dispatch.queries.names import Names
from gatepass.dispatch.queries.picking import offers
from gatepass.journal.door import Case
from gatepass.money import figure, times
from gatepass.orders.models import Composition
from gatepass.orders.models import Part as OrderPart
from gatepass.papers.keeping import keep
from gatepass.papers.shapes import (
    Cited,
    Consignee,
    Copy,
    Earlier,
    Goods,
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
from gatepass.people.models import Company
from gatepass.receivables.models import Due
from gatepass.roles import Power, Sight
from gatepass.words import Text

COPIES: Final = (
    Copy(key="stub", name=Text("第一联 存根", "1 stub")),
    Copy(key="finance", name=Text("第二联 财务", "2 finance")),
    Copy(key="warehouse", name=Text("第三联 仓库", "3 warehouse"), prices=False),
    Copy(key="sales", name=Text("第四联 业务", "4 sales")),
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
_vehicle: Final[list[Callable[[UUID], Vehicle | None]]] = []


def vehicles_from(find: Callable[[UUID], Vehicle | None]) -> None:
    """Told by transport: the vehicle of a notice, which prints live."""
    _vehicle[:] = [find]


def keep_notice(case: Case, notice: Notice) -> None:
    """Freeze the paper of the present version, in the transaction that writes it."""
    rows, due = _lines(notice), Due.objects.filter(order=notice.order.uid).first()
    keep(
        ShippingNotice(
            company=_company(), number=notice.number, made_at=case.at, version=notice.version, earlier=_earlier(notice),
            mentions=(Mention(what=Text("订单", "order"), number=notice.order.number),), copies=COPIES, clauses=CITED,
            link=f"{notice.number} v{notice.version} {notice.digest[:32]}", remark=notice.remark,
            consignee=Consignee(
                company=notice.order.customer.name, contact=notice.consignee, phone=notice.phone, address=notice.address,
                destination=notice.destination,
            ),
            payment=_payment(notice.unpaid_fen), bearer=Bearer(notice.bearer).text, lines=tuple(_goods(row) for row in rows),
            load=_load(rows), unpaid=notice.unpaid_fen or None, composition=_composition(notice),
            remit=due.remit_fen if due else None, received=due.received_fen if due else None,
        ),
        subject_kind="notice", subject_uid=notice.uid, entry=case.entry,
    )  # fmt: skip


def keep_pick_list(case: Case, notice: Notice) -> None:
    """Freeze the pick list of the version that has just become effective: first expired first, as stock stands now."""
    rows = _lines(notice)
    keep(
        PickList(
            company=_company(), number=notice.number, made_at=case.at, version=notice.version, customer=notice.order.customer.short_name,
            mentions=(Mention(what=Text("发货通知单", "shipping notice"), number=notice.number),), remark=notice.remark,
            lines=tuple(_pick_line(row) for row in rows), load=_load(rows),
        ),
        subject_kind="notice", subject_uid=notice.uid, entry=case.entry,
    )  # fmt: skip


def live(uid: UUID, version: int) -> Live:
    """Signatures of that version, batches and vehicle as they stand, and whether it still counts."""
    notice = Notice.objects.get(uid=uid)
    written = NoticeVersion.objects.get(notice=notice, version=version)
    given = {row.side: row for row in Approval.objects.filter(notice=notice, version=version)}
    picker = Pick.objects.filter(line__notice=notice).order_by("-id").first() if notice.picked_at else None
    names = Names(
        [written.written_by, picker.by if picker else None, *(who for row in given.values() for who in (row.person, row.represented))]
    )
    return Live(
        signatures=(
            Signature(role=Text("制单（客户内勤）", "Written (client admin)"), name=names[written.written_by], at=written.written_at),
            _signed(Text("财务审批", "Finance"), given.get("finance"), names),
            _signed(Text("销售审批", "Sales"), given.get("sales"), names),
            Signature(role=Text("仓库配货", "Warehouse"), name=names[picker.by] if picker else "", at=notice.picked_at),
        ),
        voided=_voided(notice, version), vehicle=next((find(uid) for find in _vehicle), None), batches=_batches(notice),
    )  # fmt: skip


def live_pick_list(uid: UUID, version: int) -> Live:
    notice = Notice.objects.get(uid=uid)
    return Live(voided=_voided(notice, version), vehicle=next((find(uid) for find in _vehicle), None))


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


def _company() -> str:
    company = Company.objects.first()
    return company.name if company else ""


def _lines(notice: Notice) -> list[NoticeLine]:
    rows = NoticeLine.objects.filter(notice=notice, until_version=None)
    return list(rows.select_related("product").order_by("position"))


def _goods(row: NoticeLine) -> Goods:
    return Goods(
        code=row.product.code, name=row.product.name, spec=row.product.spec, cartons=row.cartons, giveaway=row.gift, unit_price=row.yuan,
        amount=times(row.yuan, row.cartons),
    )  # fmt: skip


def _load(rows: list[NoticeLine]) -> Load:
    grams = sum(row.product.weight_g * (row.cartons + row.gift) for row in rows)
    cubic = sum(row.product.volume_cm3 * (row.cartons + row.gift) for row in rows)
    return Load(
        cartons=sum(row.cartons for row in rows), giveaway=sum(row.gift for row in rows), kilograms=Decimal(grams) / 1000,
        cubic_metres=(Decimal(cubic) / 1_000_000).quantize(Decimal("0.01")), amount=sum(times(row.yuan, row.cartons) for row in rows),
    )  # fmt: skip


def _pick_line(row: NoticeLine) -> PickLine:
    picks = tuple(
        PaperPick(batch=one.code, cartons=one.propose, location=one.location, produced_on=one.produced_on, expires_on=one.expires_on)
        for one in offers(row.product.uid, row.cartons + row.gift)
    )
    return PickLine(code=row.product.code, name=row.product.name, spec=row.product.spec, cartons=row.cartons + row.gift, picks=picks)


def _earlier(notice: Notice) -> tuple[Earlier, ...]:
    """Versions before, voided by the one after them."""
    rows = list(NoticeVersion.objects.filter(notice=notice).order_by("version"))
    return tuple(Earlier(version=one.version, voided_at=after.written_at) for one, after in pairwise(rows))


def _payment(unpaid_fen: int) -> Text:
    if not unpaid_fen:
        return Text("已到账", "received")
    return Text("未到账 {yuan} 元，总监签批", "{yuan} yuan unpaid, signed for by the director").fill(yuan=figure(unpaid_fen))


def _composition(notice: Notice) -> tuple[Part, ...]:
    """The composition as it was sent."""
    sent = Composition.objects.filter(order=notice.order, withdrawn_at=None).first()
    parts = OrderPart.objects.filter(composition=sent).order_by("position") if sent else []
    return tuple(Part(what=Text(one.zh, one.en), source=Text("", ""), amount=one.fen) for one in parts)


def _signed(role: Text, row: Approval | None, names: Names) -> Signature:
    return Signature(role=role, name=names[row.person], at=row.at, acting_for=names[row.represented]) if row else Signature(role=role)


def _voided(notice: Notice, version: int) -> Voided | None:
    if notice.voided_at:
        return Voided(at=notice.voided_at, reason=Text("已作废", "void"))
    if version < notice.version:
        after = NoticeVersion.objects.get(notice=notice, version=version + 1)
        return Voided(at=after.written_at, reason=Text("已改版", "replaced"), replaced_by=str(version + 1))
    return None


def _batches(notice: Notice) -> tuple[LineBatches, ...]:
    found: dict[int, dict[str, int]] = {}
    for row in Pick.objects.filter(line__notice=notice).select_related("line", "batch").order_by("batch__expires_on"):
        of_line = found.setdefault(row.line.position, {})
        of_line[row.batch.code] = of_line.get(row.batch.code, 0) + row.cartons
    numbers = {row.position: n for n, row in enumerate(_lines(notice), 1)}
    return tuple(
        LineBatches(line=numbers[position], batches=tuple(code for code, cartons in batches.items() if cartons))
        for position, batches in found.items()
        if position in numbers
    )
