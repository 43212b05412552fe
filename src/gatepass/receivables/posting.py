"""Posting to the ledger: the one function through which money moves. Every document posts here, in the command's transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from gatepass.identity import new_id
from gatepass.journal.door import Case, once
from gatepass.journal.prepared import prepared
from gatepass.journal.reading import run
from gatepass.receivables import sql
from gatepass.receivables.labels import reversed_label
from gatepass.receivables.models import Account, Posting, PostingKind
from gatepass.receivables.settling import Settlement
from gatepass.rules.reasons import Reason
from gatepass.words import Text

once(
    "rests_are_the_balance",
    Reason(what=Text("客户的未了项目与账面余额对不上，没有记账", "The customer's open items would not add up to his balance: nothing was booked")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One debit and one credit of an amount in fen above zero, with the document that moved it.

    uid: the posting's id, and its item's where it is on a customer's account; order: whose goods or money it is; aged: since when it counts.
    """

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
    order: UUID | None = None
    aged: datetime | None = None
    uid: UUID = field(default_factory=new_id)

    @property
    def signed(self) -> int:
        """What it adds to what the customer owes."""
        return self.fen if self.debit is Account.CUSTOMER else -self.fen


def post_all(case: Case, movements: Sequence[Movement]) -> None:
    """Post movements, keep the running balances and write the customers' items, in one statement. An amount of zero is an error."""
    day = case.at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    rows = [
        {
            "uid": str(m.uid), "entry": str(case.entry), "at": case.at.isoformat(), "day": day.isoformat(),
            "debit": m.debit.value, "debit_party": _text(m.debit_party), "credit": m.credit.value, "credit_party": _text(m.credit_party),
            "fen": m.fen, "kind": m.kind.value, "document_kind": m.document_kind, "document": str(m.document), "label": m.label,
            "reverses": _text(m.reverses), "order": _text(m.order), "aged": m.aged.isoformat() if m.aged else None,
        }
        for m in movements
    ]  # fmt: skip
    if rows:
        with prepared() as cursor:
            cursor.execute(sql.POST, [json.dumps(rows)])


def post(
    case: Case, *, debit: Account, credit: Account, fen: int, kind: PostingKind, document_kind: str, document: UUID, label: str,
    debit_party: UUID | None = None, credit_party: UUID | None = None,
) -> UUID:  # fmt: skip
    """Post one movement; gives its id."""
    movement = Movement(
        debit=debit, credit=credit, fen=fen, kind=kind, document_kind=document_kind, document=document, label=label,
        debit_party=debit_party, credit_party=credit_party,
    )  # fmt: skip
    post_all(case, [movement])
    return movement.uid


def customers(
    customer: UUID, fen: int, against: Account, *, kind: PostingKind, document_kind: str, document: UUID, label: str,
    order: UUID | None = None, aged: datetime | None = None,
) -> Movement:  # fmt: skip
    """A movement of a customer's account: positive fen, he owes more; negative, less."""
    debit, credit = (Account.CUSTOMER, against) if fen > 0 else (against, Account.CUSTOMER)
    return Movement(
        debit=debit, debit_party=customer if fen > 0 else None, credit=credit, credit_party=None if fen > 0 else customer, fen=abs(fen),
        kind=kind, document_kind=document_kind, document=document, label=label, order=order, aged=aged,
    )  # fmt: skip


def settle(case: Case, done: Settlement) -> None:
    """Write matches, claims and how commitments stand, in one statement; nothing where nothing is settled."""
    if not (done.matches or done.free or done.let_go or done.claims or done.commitments):
        return
    run(
        sql.SETTLE,
        {
            "matches": json.dumps([met.row() for met in done.matches]), "free": list(done.free), "let_go": list(done.let_go),
            "claims": json.dumps([{"item": str(item), "order": str(order)} for item, order in done.claims]),
            "commitments": json.dumps([{"order": str(order)} | asdict(moved) for order, moved in done.commitments.items()]),
            "at": case.at, "by": case.actor.person, "entry": case.entry,
        },
    )  # fmt: skip


def _text(uid: UUID | None) -> str | None:
    return str(uid) if uid else None


def ask(case: Case, *, order: UUID, customer: UUID, remit_fen: int, fen: int, off_fen: int, items: Sequence[int]) -> None:
    """A composition was sent: what it asks of the customer, what of its goods is off by policy, and the rests (by their items' keys) that it
    names, held for this order alone."""
    run(sql.ASK, {"order": order, "customer": customer, "remit": remit_fen, "fen": fen, "off": off_fen, "at": case.at, "items": list(items)})


def let_go(case: Case, order: UUID) -> None:
    """An order that was cancelled or taken back holds nothing and asks for nothing any more."""
    done = Settlement(free=[order])
    done.commitments[order].ended = True
    settle(case, done)


def reversal(posted: Posting, order: UUID | None = None) -> Movement:
    """The same movement the other way round, naming what it reverses."""
    return Movement(
        debit=Account(posted.credit), debit_party=posted.credit_party, credit=Account(posted.debit), credit_party=posted.debit_party,
        fen=posted.fen, kind=PostingKind(posted.kind), document_kind=posted.document_kind, document=posted.document,
        label=reversed_label(posted.label), reverses=posted.uid, order=order,
    )  # fmt: skip
