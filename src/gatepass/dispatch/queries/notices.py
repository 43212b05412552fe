"""Notices as lists and pages show them, scoped to who is asking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q

from gatepass.approvals.queries import SignatureRow, signatures
from gatepass.approvals.separation import Verdict
from gatepass.customers.models import Bearer
from gatepass.dispatch import scope
from gatepass.dispatch.goods import picked, totals, value_fen
from gatepass.dispatch.models import Change, ChangeKind, Doubt, Notice, NoticeLine, NoticeVersion, Pick, Side
from gatepass.dispatch.queries.names import Names
from gatepass.dispatch.queries.rows import (
    ApprovalRow,
    ChangeRow,
    DoubtRow,
    LineRow,
    NoticePage,
    NoticeRow,
    PickRow,
    ReturnRow,
    VersionRow,
)
from gatepass.money import times
from gatepass.roles import Power, Sight
from gatepass.rules.reasons import NotFound
from gatepass.words import Text

STAGES: Final = {
    "voided": Text("已作废", "void"),
    "left": Text("已出门", "left"),
    "loaded": Text("已装车", "loaded"),
    "picked": Text("已配齐", "picked"),
    "picking": Text("配货中", "being picked"),
    "effective": Text("已生效，待配货", "effective, to be picked"),
    "returned": Text("已退回", "returned"),
    "to_approve": Text("待审批", "to be approved"),
}
HERE: Final = Q(voided_at=None, left_at=None)
FILTERS: Final[dict[str, tuple[Text, Q]]] = {
    "open": (Text("未出门", "not left"), HERE),
    "to_approve": (Text("待审批", "to approve"), HERE & Q(effective_at=None)),
    "effective": (Text("待配货", "to pick"), HERE & Q(effective_at__isnull=False, picking_at=None)),
    "picking": (Text("配货中", "picking"), HERE & Q(effective_at__isnull=False, picking_at__isnull=False, picked_at=None)),
    "picked": (Text("已配齐", "picked"), HERE & Q(picked_at__isnull=False)),
    "left": (Text("已出门", "left"), Q(left_at__isnull=False)),
    "voided": (Text("已作废", "void"), Q(voided_at__isnull=False)),
}


def notices(
    sight: Sight, *, shows: str = "open", needle: str = "", order: UUID | None = None, before: int | None = None, most: int = 50
) -> list[NoticeRow]:
    """A page of notices, newest first; `before` is the id of the last row seen."""
    rows = scope.notices(sight).filter(FILTERS.get(shows, (None, Q()))[1])
    if needle:
        rows = rows.filter(
            Q(number__icontains=needle) | Q(order__number__icontains=needle) | Q(order__customer__name__icontains=needle)
            | Q(order__customer__initials__icontains=needle.lower())
        )  # fmt: skip
    if order is not None:
        rows = rows.filter(order__uid=order)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return listed(rows.select_related("order__customer").order_by("-id")[:most])


def cursor(sight: Sight, after: UUID | None) -> int | None:
    """The keyset position of a notice; None for the beginning or for what is not seen."""
    return scope.notices(sight).filter(uid=after).values_list("id", flat=True).first() if after else None


def row(sight: Sight, uid: UUID) -> NoticeRow:
    """One notice as a list shows it. Raises NotFound."""
    found = listed(scope.notices(sight).select_related("order__customer").filter(uid=uid))
    if not found:
        raise NotFound("notice")
    return found[0]


def counts(sight: Sight) -> dict[str, int]:
    """How many notices stand in each filter that is not history."""
    kept = {name: Count("id", filter=wanted) for name, (_, wanted) in FILTERS.items() if name not in ("left", "voided")}
    return scope.notices(sight).aggregate(**kept)


def listed(found: Iterable[Notice]) -> list[NoticeRow]:
    rows = list(found)
    ids = [row.id for row in rows]
    sums = totals([row.uid for row in rows])
    signed = signatures("notice", [row.uid for row in rows])
    approved = {(uid, one.version, one.step) for uid, said in signed.items() for one in said if one.given}
    returned = {(uid, one.version) for uid, said in signed.items() for one in said if one.verdict is Verdict.RETURNED}
    doubts = _counted(Doubt.objects.filter(notice__in=ids, answered_at=None))
    changes = _counted(Change.objects.filter(notice__in=ids, consented_at=None, declined_at=None, withdrawn_at=None))
    return [
        NoticeRow(
            id=row.id, uid=row.uid, number=row.number, version=row.version, order=row.order.uid, order_number=row.order.number,
            customer=row.order.customer.name, region=row.order.region, ship_on=row.ship_on,
            wanted=sums[row.uid][1], picked=sums[row.uid][2],
            finance=(row.uid, row.version, "finance") in approved, sales=(row.uid, row.version, "sales") in approved,
            returned=(row.uid, row.version) in returned, doubts=doubts.get(row.id, 0), changes=changes.get(row.id, 0),
            stage=(stage := stage_of(row, (row.uid, row.version) in returned)), stage_text=STAGES[stage],
        )
        for row in rows
    ]  # fmt: skip


def _counted(rows: Any) -> dict[int, int]:
    return dict(rows.order_by().values_list("notice_id").annotate(Count("id")))


def stage_of(notice: Notice, returned: bool) -> str:
    """Where a notice stands, from its facts; the first that holds."""
    facts = (
        ("voided", notice.voided_at), ("left", notice.left_at), ("loaded", notice.loaded_at), ("returned", returned),
        ("to_approve", notice.effective_at is None), ("picked", notice.picked_at), ("picking", notice.picking_at),
    )  # fmt: skip
    return next((name for name, holds in facts if holds), "effective")


def one(sight: Sight, uid: UUID) -> NoticePage:
    """A notice with lines, picks, approvals, versions, doubts and changes. Raises NotFound."""
    notice = scope.notices(sight).select_related("order__customer").filter(uid=uid).first()
    if notice is None:
        raise NotFound("notice")
    said = signatures("notice", [notice.uid])[notice.uid]
    versions = list(NoticeVersion.objects.filter(notice=notice).order_by("-version"))
    doubts = list(Doubt.objects.filter(notice=notice).select_related("line__product").order_by("id"))
    changes = list(Change.objects.filter(notice=notice).select_related("line__product", "product").order_by("id"))
    names = Names(
        [
            *(row.written_by for row in versions), *(who for row in doubts for who in (row.asked_by, row.answered_by)),
            *(who for row in changes for who in _people(row)), notice.written_by,
        ]
    )  # fmt: skip
    sent_back = [ReturnRow(row.version, Side(row.step).text, row.name, row.at, row.why) for row in said if row.verdict is Verdict.RETURNED]
    money, contacts = sight.may(Power.SEE_MONEY), sight.may(Power.SEE_CONTACTS)
    lines = line_rows(notice, money=money)
    present = [row for row in said if row.given and row.version == notice.version]
    return NoticePage(
        row=listed([notice])[0], customer_uid=notice.order.customer.uid, consignee=notice.consignee if contacts else None,
        address=notice.address if contacts else None, destination=notice.destination, phone=notice.phone if contacts else None,
        bearer=Bearer(notice.bearer).text, unpaid_fen=notice.unpaid_fen if money else None,
        goods_fen=value_fen(NoticeLine.objects.filter(notice=notice, until_version=None)) if money else None, remark=notice.remark,
        written_by=names[notice.written_by], written_at=notice.written_at,
        writers=frozenset(who for who in (notice.written_by, notice.written_for) if who), digest=notice.digest,
        effective_at=notice.effective_at, picking_at=notice.picking_at, picked_at=notice.picked_at, loaded_at=notice.loaded_at,
        left_at=notice.left_at, voided_at=notice.voided_at, voided_why=notice.voided_why,
        weight_kg=_thousandth(sum(line.weight_g for line in lines)), volume_m3=_thousandth(sum(line.volume_cm3 for line in lines) // 1000),
        lines=tuple(lines), approvals=sides(present),
        approvers=frozenset(who for row in present for who in row.people),
        versions=tuple(_version(row, said, sent_back, names) for row in versions),
        returned=next((row for row in sent_back if row.version == notice.version), None),
        doubts=tuple(_doubt(row, names) for row in doubts), changes=tuple(change_row(row, names, money=money) for row in changes),
    )  # fmt: skip


def _thousandth(value: int) -> str:
    return f"{value // 1000:,}.{value % 1000 // 10:02d}"


def line_rows(notice: Notice, *, money: bool) -> list[LineRow]:
    """The lines as they stand, with what was picked for them by batch."""
    rows = NoticeLine.objects.filter(notice=notice, until_version=None).select_related("product").order_by("position")
    taken = _picks(notice)
    have = picked(notice)
    return [
        LineRow(
            uid=row.uid, position=row.position, product=row.product.uid, code=row.product.code, name=row.product.name,
            spec=row.product.spec, location=row.product.location, cartons=row.cartons, gift=row.gift,
            picked=have.get((row.position, row.product_id), 0), yuan=f"{row.yuan.normalize():f}" if money else None,
            fen=times(row.yuan, row.cartons) if money else None, weight_g=row.product.weight_g * (row.cartons + row.gift),
            volume_cm3=row.product.volume_cm3 * (row.cartons + row.gift), changed=row.change is not None,
            picks=tuple(taken.get((row.position, row.product_id), ())),
        )
        for row in rows
    ]  # fmt: skip


def _picks(notice: Notice) -> dict[tuple[int, int], list[PickRow]]:
    sums: dict[tuple[int, int, int], tuple[Any, int]] = {}
    for row in Pick.objects.filter(line__notice=notice).select_related("line", "batch").order_by("batch__expires_on", "batch__code"):
        key = (row.line.position, row.line.product_id, row.batch_id)
        sums[key] = (row.batch, sums.get(key, (row.batch, 0))[1] + row.cartons)
    found: dict[tuple[int, int], list[PickRow]] = {}
    for (position, product, _), (batch, cartons) in sums.items():
        if cartons:
            taken = PickRow(batch.uid, batch.code, cartons, batch.location, batch.produced_on, batch.expires_on)
            found.setdefault((position, product), []).append(taken)
    return found


def sides(rows: Sequence[SignatureRow]) -> tuple[ApprovalRow, ...]:
    """Both sides, given or missing."""
    given = {row.step: row for row in rows}
    found = []
    for side in Side:
        row = given.get(side.value)
        who, stands_for = (row.name, row.acting_for_name) if row else ("", "")
        found.append(ApprovalRow(side.value, side.text, who, stands_for, row.at if row else None))
    return tuple(found)


def _version(row: NoticeVersion, said: Sequence[SignatureRow], sent_back: list[ReturnRow], names: Names) -> VersionRow:
    own = [one for one in said if one.given and one.version == row.version]
    returned = next((one for one in sent_back if one.version == row.version), None)
    return VersionRow(row.version, names[row.written_by], row.written_at, row.why, row.digest, sides(own), returned)


def doubt(sight: Sight, uid: UUID) -> tuple[UUID, DoubtRow]:
    """A doubt of a notice in sight, with that notice. Raises NotFound."""
    row = Doubt.objects.select_related("notice", "line__product").filter(uid=uid, notice__in=scope.notices(sight)).first()
    if row is None:
        raise NotFound("doubt")
    return row.notice.uid, _doubt(row, Names([row.asked_by, row.answered_by]))


def _doubt(row: Doubt, names: Names) -> DoubtRow:
    return DoubtRow(
        row.uid, row.line.uid if row.line else None, row.line.product.name if row.line else "", row.question, names[row.asked_by],
        row.asked_at, row.answer, names[row.answered_by], row.answered_at,
    )  # fmt: skip


def _people(row: Change) -> tuple[UUID | None, ...]:
    return (row.proposed_by, row.consented_by, row.relayed_to, row.countersigned_by)


def change_row(row: Change, names: Names, *, money: bool) -> ChangeRow:
    kind = ChangeKind(row.kind)
    about = row.line.product.name if row.line else row.product.name if row.product else ""
    return ChangeRow(
        uid=row.uid, notice=row.notice.uid, number=row.notice.number, kind=row.kind, kind_text=kind.text, product=about,
        instead=row.product.name if row.line and row.product else "", cartons=row.cartons, reason=row.reason,
        proposed_by=names[row.proposed_by], proposer=row.proposed_by, proposed_at=row.proposed_at, after_hours=row.after_hours,
        consented_by=names[row.consented_by], consenter=row.consented_by, consented_at=row.consented_at, consent_note=row.consent_note,
        verbal=row.verbal, confirmed_at=row.confirmed_own_at, declined_at=row.declined_at, declined_why=row.declined_why,
        withdrawn_at=row.withdrawn_at, withdrawn_why=row.withdrawn_why,
        applied_at=row.applied_at, applied_version=row.applied_version, value_fen=row.value_fen if money else None, told_at=row.told_at,
        understanding=row.understanding, relayed_at=row.relayed_at, relayed_to=names[row.relayed_to],
        countersigned_by=names[row.countersigned_by], countersigned_at=row.countersigned_at,
    )  # fmt: skip


def change(sight: Sight, uid: UUID) -> ChangeRow:
    """A change of a notice in sight. Raises NotFound."""
    row = (
        Change.objects.select_related("notice__order", "line__product", "product").filter(uid=uid, notice__in=scope.notices(sight)).first()
    )
    if row is None:
        raise NotFound("change")
    return change_row(row, Names(_people(row)), money=sight.may(Power.SEE_MONEY))


def pick(sight: Sight, needle: str) -> list[dict[str, Any]]:
    """Rows for a reference field: notices by number or customer, those under way first."""
    try:
        known = scope.notices(sight).filter(uid=UUID(needle))
    except ValueError:
        known = scope.notices(sight).filter(Q(number__icontains=needle) | Q(order__customer__name__icontains=needle))
    found = known.select_related("order__customer").order_by("left_at", "-id")[:20]
    return [{"value": str(row.uid), "label": row.number, "hint": row.order.customer.short_name} for row in found]


def pick_line(sight: Sight, needle: str) -> list[dict[str, Any]]:
    """Rows for a reference field: lines of effective notices that are still inside, by notice, customer or product."""
    lines = NoticeLine.objects.filter(notice__in=scope.notices(sight), until_version=None)
    try:
        known = lines.filter(uid=UUID(needle))
    except ValueError:
        named = Q(notice__number__icontains=needle) | Q(product__name__icontains=needle) | Q(notice__order__customer__name__icontains=needle)
        known = lines.filter(named, notice__effective_at__isnull=False, notice__left_at=None, notice__voided_at=None)
    found = known.select_related("notice", "product").order_by("-notice__id", "position")[:20]
    return [
        {"value": str(row.uid), "label": f"{row.notice.number} {row.product.name}", "hint": f"{row.cartons} + {row.gift}"} for row in found
    ]
