"""Opening balances: prepared by one of finance, booked with another's signature, only until the head ends the cut-over (D17)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from company import Staff
from gatepass.journal.door import COMMANDS
from gatepass.receivables.models import Balance, Item, Opening, OpeningList, Posting
from gatepass.rules.reasons import Refused


def refused(staff: Staff, command: str, who: str, **given: Any) -> str:
    with pytest.raises(Refused) as found:
        staff.run(command, who, **given)
    return " ".join(f"{reason.clause} {reason.what.zh}" for reason in found.value.reasons)


def balance(staff: Staff) -> int:
    found = Balance.objects.filter(account="customer", party=staff.customer).first()
    return found.fen if found else 0


@pytest.mark.requirement("D17", "R7")
def test_an_opening_balance_of_one_person_only_waits_and_is_booked_by_another(staff: Staff) -> None:
    made = staff.run("prepare_opening", "zhou", customer=staff.customer, amount="-1000000.00").uid
    assert not Posting.objects.exists() and balance(staff) == 0
    with pytest.raises(Refused):
        staff.sign("zhou", "opening", made, "second")
    with pytest.raises(Refused):  # nobody outside finance either, the head included
        staff.sign("chen", "opening", made, "second")
    assert "等审批" in refused(staff, "prepare_opening", "zhou", customer=staff.customer, amount=100)
    staff.send_back("xu", "opening", made, "second", "多了两个零")
    assert not Posting.objects.exists() and OpeningList.objects.get().returned_at == staff.at

    old = staff.today() - timedelta(days=400)
    later = staff.run("prepare_opening", "zhou", customer=staff.customer, amount=300_000, day=old).uid
    staff.later(days=1).sign("xu", "opening", later, "second")
    assert balance(staff) == 300_000
    posted, item = Posting.objects.get(), Item.objects.get()
    assert (posted.day, item.day) == (staff.today(), staff.today())  # the posting's day is the day of its booking
    assert item.aged.astimezone().date() <= old and str(old) in item.label
    assert "已录过" in refused(staff, "prepare_opening", "zhou", customer=staff.customer, amount=1)
    tomorrow = staff.today() + timedelta(days=1)
    said = refused(staff, "prepare_opening", "zhou", customer=staff.other_customer, amount=0, day=tomorrow)
    assert "为零" in said and "还没有到" in said  # all that is wrong, at once

    # the cut-over ends at the totals of the old books, when nothing waits any more
    waits = staff.run("prepare_opening", "xu", customer=staff.other_customer, amount=-5_000).uid
    said = refused(staff, "end_cut_over", "chen", owed="3000.01", credit=0)
    assert "3,000.01" in said and "3,000.00" in said and "等审批" in said
    with pytest.raises(Refused):
        staff.run("end_cut_over", "xu", owed=300_000, credit=5_000)
    staff.sign("zhou", "opening", waits, "second")
    said = refused(staff, "end_cut_over", "chen", owed=300_000, credit=0)
    assert "0.00" in said and "50.00" in said and "等审批" not in said
    staff.run("end_cut_over", "chen", owed=300_000, credit=5_000)
    assert "结束" in refused(staff, "end_cut_over", "chen", owed=300_000, credit=5_000)
    reversal = staff.run("reverse_opening", "zhou", customer=staff.customer, reason="重复录入").uid
    staff.sign("xu", "reversal", reversal, "second")
    assert balance(staff) == 0  # a wrong one is still taken back
    assert "结束期初建账" in refused(staff, "prepare_opening", "zhou", customer=staff.customer, amount=1)
    with pytest.raises(Refused):
        COMMANDS["import_openings"](by=staff.people["zhou"], at=staff.at, rows=[{"customer_code": "K001", "amount": 1}])


@pytest.mark.requirement("D17", "A11")
def test_a_list_of_opening_balances_is_prepared_and_approved_in_one_act_and_shown(staff: Staff, client: Client) -> None:
    lines = [{"customer_code": "K001", "amount": "6218.40", "day": date(2025, 12, 31)}, {"customer_code": "K002", "amount": "-50.00"}]
    said = refused(staff, "import_openings", "zhou", rows=[*lines, {"customer_code": "K009", "amount": 0}, lines[0]])
    assert "第 3 行" in said and "没有这个客户" in said and "为零" in said and "不止一次" in said
    made = staff.run("import_openings", "zhou", rows=lines).uid
    assert Opening.objects.count() == 2 and not Posting.objects.exists()
    from gatepass.people.models import Person

    client.force_login(Person.objects.get(username="xu"))
    shown = client.get("/openings/").content.decode()
    assert f"/approvals/opening/{made}/" in shown and "6,218.40" in shown and "/do/prepare_opening/" in shown
    assert "6,218.40" in client.get(f"/approvals/opening/{made}/").content.decode()
    staff.sign("xu", "opening", made, "second")
    assert balance(staff) == 621_840 and Posting.objects.count() == 2
    client.force_login(Person.objects.get(username="chen"))
    shown = client.get("/openings/").content.decode()
    assert "/do/end_cut_over/" in shown and "/do/prepare_opening/" not in shown
    form = client.post("/do/end_cut_over/", {"owed": "6218.40", "credit": "5.00", "_key": "1"})
    assert form.status_code == 422 and "50.00" in form.content.decode() and 'value="5.00"' in form.content.decode()
    assert client.post("/do/end_cut_over/", {"owed": "6218.40", "credit": "50.00", "_key": "2"}).status_code == 302
    assert "/do/end_cut_over/" not in client.get("/openings/").content.decode()
    client.force_login(Person.objects.get(username="lin"))
    assert client.get("/openings/").status_code in (403, 404)
