"""The company's bank accounts to which customers pay: changed by one of finance, signed by another, confirmed by the head (A13, D4)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Final
from uuid import UUID

from gatepass.approvals.binding import bind_next
from gatepass.approvals.routes import Data, Given, Line, Step, Subject, plainly_signed, route
from gatepass.journal.declaration import Called, Of
from gatepass.journal.door import Case, Ref, command, once
from gatepass.journal.labels import name_fields
from gatepass.journal.rows import add, find, rows, update
from gatepass.receivables.events import BankChanged, BankChangePrepared, BankChangeReturned, FirstBankAccount
from gatepass.receivables.models import BankAccount, BankChange
from gatepass.roles import SYSTEM, Position, Power, Sight
from gatepass.rules.events import Event
from gatepass.rules.reasons import NotFound, Reason, refusal
from gatepass.words import Text, same

NUMBER: Final = re.compile(r"[0-9A-Z]{6,34}")
LONGEST: Final = 80
ACTS: Final = {
    "add": Text("新增收款账户", "add an account to pay to"), "name": Text("单据改印这个账户", "papers name this account instead"),
    "end": Text("停用收款账户", "end an account to pay to"),
}  # fmt: skip
Account = Annotated[UUID, Of("bank_account")]
Why = Annotated[str, Called(Text("为什么变更", "why it changes"))]
name_fields(
    bank=("开户行", "bank"), holder=("户名", "account holder"), number=("账号", "account number"), account=("收款账户", "account to pay to"),
    bank_account=("收款账户", "account to pay to"), replaces=("替换掉的账户", "account that it replaces"),
    naming=("单据印这个账户", "papers name this account"),
)
once("one_open_change_of_an_account", Reason(what=Text("这个账户的变更正在等签批", "A change of this account waits for signatures already")))
once("one_account_of_a_number", Reason(what=Text("这个账号已经在用", "This account number is in use already"), field="number"))


@dataclass(frozen=True, slots=True)
class Written:
    """Bank, holder and number as they are kept: the number without spaces."""

    bank: str
    holder: str
    number: str

    def wrong(self) -> list[Reason | None]:
        """What is missing or too long, each beside its field."""
        long = Text("最多 80 个字", "At most 80 characters")
        texts = (("bank", self.bank, Text("请写开户行", "Name the bank")), ("holder", self.holder, Text("请写户名", "Name the account holder")))
        found: list[Reason | None] = [
            Reason(what=missing if not text else long, field=name) for name, text, missing in texts if not text or len(text) > LONGEST
        ]
        shaped = NUMBER.fullmatch(self.number) is not None
        return [*found, None if shaped else refusal("账号是 6 到 34 位数字或字母", "An account number has 6 to 34 digits or letters", field="number")]


def written_account(bank: str, holder: str, number: str) -> Written:
    """What was typed, as it is kept."""
    bare = "".join(c for c in unicodedata.normalize("NFKC", number).upper() if not c.isspace() and c not in "-\u200b\u200c\u200d\ufeff")
    return Written(bank.strip(), holder.strip(), bare)


@command(may=None, title=Text("录第一个收款账户", "Enter the first bank account"), hidden=True)
def first_bank_account(case: Case, *, bank: str, holder: str, number: str) -> Ref:
    """The account that papers name from the beginning: the system enters it when the company is founded, and only where there is none."""
    said, uid = written_account(bank, holder, number), case.new_id()
    case.decide(
        FirstBankAccount(bank_account=uid),
        reasons=[
            *said.wrong(),
            None if case.actor.person == SYSTEM.person else refusal("只在建立公司时录", "It is entered when the company is founded"),
            refusal("已经有收款账户", "There is a bank account already") if BankAccount.objects.exists() else None,
        ],
    )
    add(BankAccount(uid=uid, **asdict(said), since=case.at, named=True, named_at=case.at))
    return Ref("bank_account", uid, said.number)


@command(may=Power.CHECK_ACCOUNT, title=Text("新增收款账户", "Add an account to pay to"))
def add_bank_account(
    case: Case, *, bank: str, holder: str, number: str, reason: Why, naming: bool = True,
    replaces: Annotated[UUID | None, Of("bank_account")] = None,
) -> Ref:  # fmt: skip
    """Another account; it counts once somebody else of finance has signed and the head has confirmed. naming: papers name it from then on."""
    said, account, uid = written_account(bank, holder, number), case.new_id(), case.new_id()
    old = _in_force(replaces) if replaces else None
    keeps = old is not None and old.named and not naming
    case.decide(
        BankChangePrepared(bank_change=uid, bank_account=account, act="add", replaces=replaces),
        reasons=[
            *said.wrong(),
            *_why(reason),
            refusal("单据印的账户被替换，新账户就要印上", "It replaces the account that papers name: they must name the new one", field="naming")
            if keeps
            else None,
            refusal("这个账号已经在用", "This account number is in use already", field="number")
            if rows(BankAccount, number=said.number, until=None)
            else None,
        ],
    )
    row = BankAccount(uid=account, **asdict(said))
    add(row)
    return _ask(case, BankChange(uid=uid, account=row, act="add", naming=naming, replaces=old), reason)


@command(may=Power.CHECK_ACCOUNT, title=Text("单据改印另一个收款账户", "Have papers name another account"))
def name_bank_account(case: Case, *, bank_account: Account, reason: Why) -> Ref:
    """Papers name another of the accounts in force, once a second of finance and the head agree."""
    row, uid = _in_force(bank_account), case.new_id()
    named = refusal("单据已经印这个账户", "Papers name this account already") if row.named else None
    case.decide(BankChangePrepared(bank_change=uid, bank_account=row.uid, act="name"), reasons=[named, *_why(reason)])
    return _ask(case, BankChange(uid=uid, account=row, act="name", naming=True), reason)


@command(may=Power.CHECK_ACCOUNT, title=Text("停用收款账户", "End an account to pay to"))
def end_bank_account(case: Case, *, bank_account: Account, reason: Why) -> Ref:
    """An account is given up; never the one that papers name, which another has to replace."""
    row, uid = _in_force(bank_account), case.new_id()
    case.decide(
        BankChangePrepared(bank_change=uid, bank_account=row.uid, act="end"),
        reasons=[_named(row), *_why(reason)],
    )
    return _ask(case, BankChange(uid=uid, account=row, act="end"), reason)


def _named(row: BankAccount) -> Reason | None:
    return (
        refusal(
            "单据正印这个账户，不能停用", "Papers name this account: it cannot end",
            cure=Text("先新增一个替换它，或让单据改印另一个", "Add one that replaces it, or have papers name another first"),
            command="add_bank_account",
        )
        if row.named
        else None
    )  # fmt: skip


def _in_force(uid: UUID) -> BankAccount:
    """Raises NotFound for what is not there or does not count."""
    found = find(BankAccount, uid=uid)
    if found is None or found.since is None or found.until is not None:
        raise NotFound("bank_account")
    return found


def _why(reason: str) -> list[Reason | None]:
    return [None if reason.strip() else refusal("请写明为什么变更", "Say why it changes", field="reason")]


def _ask(case: Case, change: BankChange, reason: str) -> Ref:
    change.reason, change.prepared_by, change.prepared_at = reason, case.actor.person, case.at
    add(change)
    account, old = change.account, change.replaces
    said: dict[str, Any] = {
        "act": change.act, "bank": account.bank, "holder": account.holder, "number": account.number, "naming": change.naming,
        "replaces": f"{old.bank} {old.number}" if old else "", "reason": reason,
    }  # fmt: skip
    bind_next(case, BANK_ACCOUNT, change.uid, number=account.number, data=said)
    return Ref("bank_change", change.uid, account.number)


def _subject(case: Case, uid: UUID) -> Subject:
    row = find(BankChange, lock=True, uid=uid)
    if row is None:
        raise NotFound("bank_change")
    over = row.done_at is not None or row.returned_at is not None
    row.account = BankAccount.objects.select_for_update().get(pk=row.account_id)
    gone = row.act != "add" and row.account.until is not None
    return Subject(
        uid=uid, row=row, reasons=[refusal("这次变更已经办完", "This change is over") if over else None],
        unsigned=[
            refusal("这个账户已经停用", "This account has ended") if gone else None,
            _named(row.account) if row.act == "end" and not over else None,
        ],
    )  # fmt: skip


def _sees(sight: Sight, uid: UUID) -> bool:
    return sight.may(Power.SEE_MONEY)


def _said(sight: Sight, data: Data) -> list[Line]:
    told = [Line("act", Text("变更", "change"), ACTS[str(data["act"])])]
    told += [Line(key, WORDS[key], same(str(data[key]))) for key in ("bank", "holder", "number")]
    printed = Text("是，替代现在印的", "yes, instead of the present one") if data["naming"] else Text("否", "no")
    told.append(Line("naming", Text("单据印它", "papers name it"), printed))
    replaced = same(str(data["replaces"])) if data["replaces"] else Text("无", "none")
    return [*told, Line("replaces", WORDS["replaces"], replaced), Line("reason", Text("为什么", "why"), same(str(data["reason"])))]


WORDS: Final = {
    "bank": Text("开户行", "bank"), "holder": Text("户名", "account holder"), "number": Text("账号", "account number"),
    "replaces": Text("替换掉的账户", "account that it replaces"),
}  # fmt: skip


def _headline(sight: Sight, data: Data) -> Text:
    said = Text("{act}：{bank} {number}", "{act}: {bank} {number}")
    return said.fill(act=ACTS[str(data["act"])], bank=str(data["bank"]), number=str(data["number"]))


def _signed(case: Case, given: Given) -> Sequence[Event]:
    row: BankChange = given.subject.row
    if not given.last:
        return plainly_signed(case, given)
    replaced = row.replaces.uid if row.replaces is not None else None
    return [BankChanged(bank_change=row.uid, bank_account=row.account.uid, act=row.act, approver=given.person, replaces=replaced)]


def _change(case: Case, given: Given) -> None:
    """With the head's confirmation the accounts change, all in one act."""
    row: BankChange = given.subject.row
    if not given.last:
        return
    if row.naming:
        BankAccount.objects.filter(named=True).update(named=False)
    if row.replaces is not None:
        BankAccount.objects.filter(uid=row.replaces.uid, until=None).update(until=case.at, named=False)
    account = row.account
    moved: dict[str, Any] = {"named": True, "named_at": case.at} if row.naming else {}
    moved |= {"since": case.at} if row.act == "add" else {"until": case.at} if row.act == "end" else {}
    update(account, **moved)
    update(row, done_at=case.at)


def _returned(case: Case, given: Given) -> Sequence[Event]:
    row: BankChange = given.subject.row
    return [BankChangeReturned(bank_change=row.uid, bank_account=row.account.uid)]


def _not_done(case: Case, given: Given) -> None:
    update(given.subject.row, returned_at=case.at)


BANK_ACCOUNT: Final = route(
    code="bank_account", kind="bank_change", title=Text("收款账户变更", "change of the accounts to pay to"), article="A13",
    steps=(
        Step(code="finance", power=Power.APPROVE_FINANCE, text=Text("财务第二人", "a second person of finance"), position=Position.FINANCE_MANAGER),
        Step(
            code="head", power=Power.AMEND_RULEBOOK, text=Text("总经理确认", "confirmation by the head"), position=Position.HEAD,
            after=("finance",),
        ),
    ),
    subject=_subject, sees=_sees, said=_said, headline=_headline, page="/approvals/bank_account/{subject}/",
    signed=_signed, returned=_returned, then=_change, sent_back=_not_done,
)  # fmt: skip
