"""Where customers are to pay: the account that papers name, as a paper keeps it, and what became of it since. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from gatepass.receivables.models import BankAccount, BankChange
from gatepass.roles import Position, Power, Sight
from gatepass.rules.reasons import NotFound, Reason
from gatepass.words import Text

NO_ACCOUNT: Final = Reason(
    what=Text("公司没有定收款账户，客户不知道汇到哪里", "The company has no account to pay to: the customer could not know where to"),
    clause="D2", cure=Text("财务新增收款账户，另一人签，总经理确认", "Finance adds one, a second person signs, the head confirms"),
    who=Position.RECEIVABLES, command="add_bank_account",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PayTo:
    """An account as papers state it."""

    uid: UUID
    bank: str
    holder: str
    number: str

    @property
    def grouped(self) -> str:
        """The number in groups of four, as banks print it."""
        return " ".join(self.number[at : at + 4] for at in range(0, len(self.number), 4))

    def frozen(self) -> dict[str, str]:
        return {"uid": str(self.uid), "bank": self.bank, "holder": self.holder, "number": self.number}


def pay_to() -> PayTo | None:
    """The account that papers name now; None where the company has none."""
    found = BankAccount.objects.filter(named=True).values_list("uid", "bank", "holder", "number").first()
    return PayTo(*found) if found else None


def thawed(kept: Mapping[str, Any]) -> PayTo | None:
    """What a paper kept of it."""
    return PayTo(UUID(kept["uid"]), kept["bank"], kept["holder"], kept["number"]) if kept else None


def changed_at(account: UUID) -> datetime | None:
    """Since when papers name another account than this one; None while they still name it."""
    row = BankAccount.objects.filter(uid=account).values_list("named", "until").first()
    if row is None or row[0]:
        return None
    named = BankAccount.objects.filter(named=True).values_list("named_at", flat=True).first()
    return named or row[1]


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account with its history: since when it counts, until when, and since when papers name it."""

    account: PayTo
    since: datetime | None
    until: datetime | None
    named: bool
    named_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change of the accounts: what, why, asked by whom and when; done, sent back, or waiting."""

    uid: UUID
    act: str
    account: PayTo
    reason: str
    prepared_by: UUID
    prepared_at: datetime
    done_at: datetime | None
    returned_at: datetime | None


def accounts(sight: Sight) -> list[AccountRow]:
    """All accounts that ever counted: those in force first, the one that papers name before all. Raises NotFound for who sees no money."""
    if not sight.may(Power.SEE_MONEY):
        raise NotFound("bank_account")
    found = BankAccount.objects.filter(since__isnull=False).order_by("-named", "until", "-since", "id")
    rows = [AccountRow(PayTo(r.uid, r.bank, r.holder, r.number), r.since, r.until, r.named, r.named_at) for r in found]
    return sorted(rows, key=lambda row: row.until is not None)


def account_changes(sight: Sight, most: int = 50) -> list[ChangeRow]:
    """Changes of the accounts, the newest first. Raises NotFound for who sees no money."""
    if not sight.may(Power.SEE_MONEY):
        raise NotFound("bank_change")
    return [
        ChangeRow(
            r.uid, r.act, PayTo(r.account.uid, r.account.bank, r.account.holder, r.account.number), r.reason, r.prepared_by, r.prepared_at,
            r.done_at, r.returned_at,
        )
        for r in BankChange.objects.select_related("account").order_by("-id")[:most]
    ]  # fmt: skip


def pick_account(sight: Sight, needle: str, most: int = 12) -> list[AccountRow]:
    """Accounts in force for a reference field, by what is typed or by id; none for who sees no money."""
    if not sight.may(Power.SEE_MONEY):
        return []
    rows = [row for row in accounts(sight) if row.until is None]
    said = needle.replace(" ", "").lower()
    return [row for row in rows if said in f"{row.account.uid} {row.account.bank}{row.account.holder}{row.account.number}".lower()][:most]
