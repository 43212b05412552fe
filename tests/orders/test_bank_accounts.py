"""The company's bank accounts: two people of finance and the head change them; what was sent before says so in red."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from desk_pages import Visitor, words
from django.test import Client

from company import Staff, checked, sent
from gatepass.journal.clock import clock_at
from gatepass.receivables.models import BankAccount
from gatepass.roles import SYSTEM
from gatepass.rules.reasons import Refused
from printing import printed

NEW = {"bank": "中国建设银行成都分行", "holder": "四川蜀塘食品有限公司", "number": "5100 1486 4080 5999 9001"}


def refused(staff: Staff, command: str, who: str, **given: Any) -> str:
    with pytest.raises(Refused) as found:
        staff.run(command, who, **given)
    return " ".join(f"{reason.field} {reason.what.zh}" for reason in found.value.reasons)


@pytest.mark.requirement("D2", "A13", "M1")
def test_an_account_changes_by_two_of_finance_and_the_head_and_papers_sent_before_say_so(staff: Staff) -> None:
    old = BankAccount.objects.get()
    before = sent(staff)
    token = "a-letter-sent-before"
    staff.run("make_link", "lin", order=before, token_digest=hashlib.sha256(token.encode()).hexdigest())
    wrong = refused(staff, "add_bank_account", "zhou", bank="", holder="长" * 81, number="12", reason="")
    for field in ("bank", "holder", "number", "reason"):
        assert field in wrong
    change = staff.run("add_bank_account", "zhou", **NEW, replaces=old.uid, reason="改签建行").uid
    with pytest.raises(Refused):  # who asked does not sign, and the head not before finance
        staff.sign("zhou", "bank_account", change, "finance")
    with pytest.raises(Refused):
        staff.sign("chen", "bank_account", change, "head")
    staff.sign("xu", "bank_account", change, "finance")
    assert BankAccount.objects.get(named=True) == old
    with clock_at(staff.at):
        assert "变更" not in words(Client().get(f"/c/{token}/"))
    staff.later(minutes=5).sign("chen", "bank_account", change, "head")
    new = BankAccount.objects.get(named=True)
    old.refresh_from_db()
    assert (new.number, old.until, old.named) == ("51001486408059999001", staff.at, False)
    with clock_at(staff.at):
        letter = Client().get(f"/c/{token}/").content.decode()
    assert "不要再汇到下面的账户" in letter and "028-8000 8006" in letter and "inline-no" in letter
    assert "不要再汇到下面的账户" in printed(staff, "lin", "order", before).replace(" ", "")
    assert "5100148640805999" in printed(staff, "lin", "order", sent(staff)).replace(" ", "")
    page = Visitor(staff, "zhou").reads("/receipts/accounts/")
    assert "改签建行" in page and "5100 1486 4080 5999 9001" in page and "2281 0401 0400 1234 5" in page
    assert "单据正印这个账户" in refused(staff, "end_bank_account", "zhou", bank_account=new.uid, reason="不用了")
    assert "已经在用" in refused(staff, "add_bank_account", "zhou", **NEW, naming=False, reason="再来")


@pytest.mark.requirement("D2", "M1")
def test_another_account_is_named_or_ended_and_a_change_may_be_sent_back(staff: Staff) -> None:
    old = BankAccount.objects.get()
    change = staff.run("add_bank_account", "zhou", **NEW, naming=False, reason="多一个").uid
    staff.sign("xu", "bank_account", change, "finance")
    staff.sign("chen", "bank_account", change, "head")
    other = BankAccount.objects.get(named=False)
    back = staff.run("end_bank_account", "zhou", bank_account=other.uid, reason="少用").uid
    assert "正在等签批" in refused(staff, "name_bank_account", "zhou", bank_account=other.uid, reason="改印")
    staff.send_back("xu", "bank_account", back, "finance", "还要用")
    other.refresh_from_db()
    assert other.until is None
    naming = staff.run("name_bank_account", "zhou", bank_account=other.uid, reason="改印建行").uid
    staff.sign("xu", "bank_account", naming, "finance")
    staff.sign("chen", "bank_account", naming, "head")
    ending = staff.run("end_bank_account", "zhou", bank_account=old.uid, reason="销户").uid
    staff.sign("xu", "bank_account", ending, "finance")
    staff.sign("chen", "bank_account", ending, "head")
    old.refresh_from_db()
    assert old.until == staff.at and BankAccount.objects.get(named=True).uid == other.uid


@pytest.mark.requirement("D2")
def test_the_first_account_comes_with_the_founding_and_without_one_nothing_is_sent(staff: Staff) -> None:
    order = checked(staff)
    BankAccount.objects.update(named=False)
    with pytest.raises(Refused) as found:
        staff.run("send_order", "lin", order=order)
    (reason,) = found.value.reasons
    assert "没有定收款账户" in reason.what.zh and reason.command == "add_bank_account"
    from gatepass.receivables.banks import first_bank_account

    with pytest.raises(Refused, match="already"):
        first_bank_account(by=SYSTEM.person, at=staff.at, bank="农行", holder="蜀塘", number="123456")
