"""Posting to the ledger: the one function through which money moves. Every document posts here, in the command's transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F

from gatepass.identity import new_id
from gatepass.journal.door import Case
from gatepass.journal.prepared import prepared
from gatepass.journal.rows import rows
from gatepass.receivables import sql
from gatepass.receivables.labels import reversed_label
from gatepass.receivables.models import Account, Due, OpenItem, Posting, PostingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One debit and one credit of an amount in fen above zero, with the document that moved it."""

    debit: Account
    credit: Account
    fen: int
    kind: PostingKind
    document_kind: str
    document: UUID
    label: str
    debit_party: UUID | None = None
    credit_party: UUID | None = None
    reverses: UUID | None = None


def post(
    case: Case,
    *,
    debit: Account,
    credit: Account,
    fen: int,
    kind: PostingKind,
    document_kind: str,
    document: UUID,
    label: str,
    debit_party: UUID | None = None,
    credit_party: UUID | None = None,
    reverses: UUID | None = None,
) -> UUID:
    """Post one movement and keep the running balances; gives the posting's id. An amount of zero is an error."""
    movement = Movement(
        debit=debit, credit=credit, fen=fen, kind=kind, document_kind=document_kind, document=document, label=label,
        debit_party=debit_party, credit_party=credit_party, reverses=reverses,
    )  # fmt: skip
    return post_all(case, [movement])[0]


def post_all(case: Case, movements: list[Movement]) -> list[UUID]:
    """Post several movements in one statement."""
    day = case.at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    rows = [
        {
            "uid": str(new_id()), "entry": str(case.entry), "at": case.at.isoformat(), "day": day.isoformat(),
            "debit": m.debit.value, "debit_party": _text(m.debit_party), "credit": m.credit.value, "credit_party": _text(m.credit_party),
            "fen": m.fen, "kind": m.kind.value, "document_kind": m.document_kind, "document": str(m.document), "label": m.label[:60],
            "reverses": _text(m.reverses),
        }
        for m in movements
    ]  # fmt: skip
    if rows:
        with prepared() as cursor:
            cursor.execute(sql.POST, [json.dumps(rows)])
    return [UUID(str(row["uid"])) for row in rows]


def _text(uid: UUID | None) -> str | None:
    return str(uid) if uid else None


def ask(case: Case, *, order: UUID, customer: UUID, remit_fen: int, committed_fen: int, items: Sequence[int]) -> None:
    """A composition was sent: what it asks of the customer, and the open items (by id) that it names, reserved for this order alone."""
    with prepared() as cursor:
        cursor.execute(
            sql.ASK,
            {"order": order, "customer": customer, "remit": remit_fen, "committed": committed_fen, "at": case.at, "items": list(items)},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """Goods of one consignment that pass the gate; `completes`: with them the last of the order leaves."""

    customer: UUID
    order: UUID
    consignment: UUID
    label: str
    fen: int
    completes: bool


def goods_left(case: Case, gone: Sequence[Goods]) -> None:
    """The goods passed the gate: they become the customers' debt. With the last consignment also the freight and subsidy of the order's
    composition, so that what was committed is debited to the fen, and the order claims nothing any more."""
    dues = {due.order: due for due in rows(Due, order=[one.order for one in gone])}
    movements, debited, ended = [], dict.fromkeys(dues, 0), []
    for one in gone:
        due = dues[one.order]
        if one.fen:
            movements.append(_sale(PostingKind.GOODS, Account.SALES, one.fen, one))
        rest = due.committed_fen - due.debited_fen - debited[one.order] - one.fen if one.completes else 0
        if rest > 0:
            movements.append(_sale(PostingKind.FREIGHT_CHARGED, Account.FREIGHT, rest, one))
        elif rest < 0:
            movements.append(_sale(PostingKind.SUBSIDY, Account.SUBSIDY, rest, one))
        debited[one.order] += one.fen + rest
        if one.completes and due.ended_at is None:
            ended.append(one.order)
    post_all(case, movements)
    changed = [{"order": str(order), "fen": fen, "ended": order in ended} for order, fen in debited.items()]
    with prepared() as cursor:
        cursor.execute(sql.DEBIT, {"dues": json.dumps(changed), "at": case.at})


def _sale(kind: PostingKind, against: Account, fen: int, of: Goods) -> Movement:
    """Positive: the customer owes more; negative: less."""
    debit, credit = (Account.CUSTOMER, against) if fen > 0 else (against, Account.CUSTOMER)
    return Movement(
        debit=debit, debit_party=of.customer if fen > 0 else None, credit=credit, credit_party=None if fen > 0 else of.customer, fen=abs(fen),
        kind=kind, document_kind="consignment", document=of.consignment, label=of.label,
    )  # fmt: skip


def end_due(case: Case, order: UUID) -> None:
    """An order that is shipped out or cancelled no longer claims anything: its open items are settled or free again."""
    due = Due.objects.filter(order=order, ended_at=None).first()
    if due is None:
        return
    shipped = due.debited_fen > 0
    items = OpenItem.objects.filter(reserved_by=order, settled_at=None)
    if shipped:
        items.update(settled_at=case.at)
    else:
        items.update(reserved_by=None)
    Due.objects.filter(order=order).update(ended_at=case.at)


def goods_came_back(case: Case, *, order: UUID, consignment: UUID) -> None:
    """A consignment came back through the gate: its postings are reversed, the order's due claims again what it claimed before."""
    posted = Posting.objects.filter(document_kind="consignment", document=consignment, reverses=None).order_by("id")
    post_all(case, [reversal(one) for one in posted])
    fen = sum(one.fen if one.debit == Account.CUSTOMER.value else -one.fen for one in posted)
    due = Due.objects.get(order=order)
    if due.ended_at is not None:
        OpenItem.objects.filter(reserved_by=order, settled_at=due.ended_at).update(settled_at=None)
    Due.objects.filter(order=order).update(debited_fen=F("debited_fen") - fen, ended_at=None)


def stands(document: UUID) -> bool:
    """Whether something posted for a document has not been reversed."""
    posted = Posting.objects.filter(document=document)
    return posted.filter(reverses=None).exclude(uid__in=posted.exclude(reverses=None).values("reverses")).exists()


def reversal(posted: Posting) -> Movement:
    """The same movement the other way round, naming what it reverses."""
    return Movement(
        debit=Account(posted.credit), debit_party=posted.credit_party, credit=Account(posted.debit), credit_party=posted.debit_party,
        fen=posted.fen, kind=PostingKind(posted.kind), document_kind=posted.document_kind, document=posted.document,
        label=reversed_label(posted.label), reverses=posted.uid,
    )  # fmt: skip
