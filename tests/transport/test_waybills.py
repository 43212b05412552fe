"""D11: waybills handed in and their freight credited once; what a waybill must say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from company import digest_of
from gate.stage import NOW, Stage, arrange, gone, load, notice, order, paper, part, passed, person, stage, when
from gatepass.enforcement.clocks import sweep
from gatepass.enforcement.models import Fine, Obligation
from gatepass.gate import commands as gate
from gatepass.journal.door import COMMANDS
from gatepass.orders.models import Composition, Note, Part
from gatepass.people.models import Department
from gatepass.receivables.models import Balance, Claim, Item, Posting
from gatepass.roles import Position
from gatepass.rules.reasons import NotFound, Refused
from gatepass.transport import commands as transport
from gatepass.transport.models import Trip, Waybill

pytestmark = [pytest.mark.requirement("D11"), pytest.mark.usefixtures("fresh")]


def said(refused: pytest.ExceptionInfo[Refused]) -> str:
    return "；".join(reason.what.zh for reason in refused.value.reasons)


def consigned_on_wednesday(made: Stage) -> Trip:
    """Freight of 500.00, through the gate and consigned on Wednesday the 25th."""
    trip = gone(made, notice(made, order(made, 100)))
    transport.claim_consigned(by=made.who("driver"), at=when(25, 17), consignment=part(trip).uid, moment=when(25, 16, 30))
    transport.record_consigned(by=made.who("client_admin"), at=when(25, 17, 30), consignment=part(trip).uid, how="货场来电")
    return trip


def balance(made: Stage, account: str = "customer") -> int:
    return sum(Balance.objects.filter(account=account, party=made.customer.uid).values_list("fen", flat=True))


def receive(made: Stage, trip: Trip, day: int, hour: int = 10) -> None:
    transport.hand_in_waybill(by=made.who("finance"), at=when(day, hour), waybill=paper(trip).uid)
    transport.credit_freight(by=made.who("finance"), at=when(day, hour), waybill=paper(trip).uid)


@pytest.mark.requirement("R1")
def test_handed_in_on_thursday_there_is_no_fine_and_the_customer_is_credited_500_once(fresh: str):
    made = stage()
    trip = consigned_on_wednesday(made)
    receive(made, trip, 26)
    sweep(when(28, 9))
    assert not Fine.objects.exists()
    assert balance(made) == -50_000
    assert Item.objects.filter(document=paper(trip).uid).values_list("kind", "fen", "document").get() == (
        "freight_credit",
        -50_000,
        paper(trip).uid,
    )


@pytest.mark.requirement("R1")
def test_handed_in_on_friday_morning_it_costs_the_carrier_100_and_the_customer_nothing(fresh: str):
    made = stage()
    trip = consigned_on_wednesday(made)
    due = Obligation.objects.get(clause="D11.1", closed_at=None).due_at
    assert due == when(27, 0)
    sweep(when(27, 0, 1))
    fine = Fine.objects.get()
    assert (fine.base_fen, fine.fen, fine.holder_kind, fine.holder) == (50_000, 10_000, "carrier", made.carrier.uid)
    receive(made, trip, 27, 8)
    assert Fine.objects.get().withdrawn_at is None
    assert Obligation.objects.get(clause="D11.1", subject=paper(trip).uid, breached_at__isnull=False).closed_how == "late"
    assert balance(made) == -50_000


def test_a_consignment_recorded_on_another_day_counts_from_the_gate(fresh: str):
    made = stage()
    trip = gone(made, notice(made, order(made, 100)))
    transport.claim_consigned(by=made.who("driver"), at=when(26, 9), consignment=part(trip).uid, moment=when(25, 16))
    transport.record_consigned(by=made.who("client_admin"), at=when(26, 10), consignment=part(trip).uid, how="货场来电")
    assert Obligation.objects.get(clause="D11.1", closed_at=None).due_at == when(27, 0)


def test_a_consignment_recorded_on_its_day_moves_the_clock(fresh: str):
    made = stage()
    trip = gone(made, notice(made, order(made, 100)))
    transport.record_consigned(
        by=made.who("client_admin"), at=when(26, 18), consignment=part(trip).uid, moment=when(26, 17), direct=True, how="客户来电"
    )
    assert Obligation.objects.get(clause="D11.1", closed_at=None).due_at == when(28, 0)


@pytest.mark.parametrize("moment", [when(25, 8), when(26, 9)], ids=["before the release", "in the future"])
def test_a_claimed_moment_lies_between_the_gate_and_now(fresh: str, moment: object):
    made = stage()
    trip = gone(made, notice(made, order(made)))
    with pytest.raises(Refused):
        transport.claim_consigned(by=made.who("driver"), at=when(25, 17), consignment=part(trip).uid, moment=moment)


def test_freight_is_credited_once_per_waybill(fresh: str):
    made = stage()
    trip = consigned_on_wednesday(made)
    receive(made, trip, 26)
    with pytest.raises(Refused, match="credited already"):
        transport.credit_freight(by=made.who("finance"), at=when(26, 11), waybill=paper(trip).uid)
    assert Posting.objects.filter(kind="freight_credit").count() == 1
    assert balance(made, "customer_freight") == 0


def test_the_paper_comes_first(fresh: str):
    made = stage()
    trip = consigned_on_wednesday(made)
    with pytest.raises(Refused, match="has not been handed in"):
        transport.credit_freight(by=made.who("finance"), at=when(26, 11), waybill=paper(trip).uid)


def test_what_has_not_left_is_not_handed_in(fresh: str):
    made = stage()
    trip = arrange(made, notice(made, order(made)))
    with pytest.raises(Refused, match="have not left"):
        transport.hand_in_waybill(by=made.who("finance"), at=NOW, waybill=paper(trip).uid)


@pytest.mark.requirement("D17")
def test_a_credit_is_taken_back_by_two_of_finance_also_where_an_order_holds_it(fresh: str):
    made = stage()
    trip = consigned_on_wednesday(made)
    receive(made, trip, 26)
    Claim.objects.create(item=Item.objects.get(document=paper(trip).uid), order=part(trip).order, at=NOW)
    about = {"waybill": paper(trip).uid, "reason": "现金返还"}
    reversal = transport.reverse_freight_credit(by=made.who("finance"), at=when(26, 12), **about)
    assert reversal is not None and balance(made) == -50_000  # it waits
    signs = {"route": "reversal", "subject": reversal.uid, "step": "second", "digest": digest_of("reversal", reversal.uid)}
    with pytest.raises(Refused):  # who booked it, and who asks
        COMMANDS["sign"](by=made.who("finance"), at=when(26, 13), **signs)
    second = person("徐静", Position.FINANCE_MANAGER, Department.objects.all()[0]).uid
    COMMANDS["sign"](by=second, at=when(26, 13), **signs)
    assert balance(made) == 0
    assert not Claim.objects.filter(freed_at=None, item__document=paper(trip).uid).exists()
    assert list(Item.objects.filter(document=paper(trip).uid).values_list("rest_fen", flat=True)) == [0, 0]
    with pytest.raises(Refused, match="not booked, or was taken back"):
        transport.reverse_freight_credit(by=made.who("finance"), at=when(26, 14), **about)


def test_what_the_company_pays_is_owed_to_the_carrier_and_not_credited(fresh: str):
    made = stage(bearer="company")
    trip = consigned_on_wednesday(made)
    receive(made, trip, 26)
    assert balance(made) == 0
    assert Balance.objects.get(account="carrier", party=made.carrier.uid).fen == -50_000
    assert not Item.objects.filter(document=paper(trip).uid).exists()


def test_a_subsidy_is_the_agreed_rate_and_never_the_printed_freight(fresh: str):
    made = stage(bearer="subsidy")
    trip = arrange(made, notice(made, order(made, 100)))
    transport.fill_waybill(by=made.who("client_admin"), at=NOW, waybill=paper(trip).uid, freight="900.00")
    load(made, trip)
    gate.release_vehicle(by=made.who("guard"), at=NOW, gate_pass=passed(made, trip).uid, plate=made.vehicle.plate, cartons=100)
    receive(made, trip, 26)
    assert balance(made) == -20_000
    assert paper(trip).flagged == ""


def test_a_subsidy_that_the_composition_deducted_is_not_credited_again(fresh: str):
    made = stage(bearer="subsidy")
    sold = order(made, 100)
    sent = Composition.objects.create(
        order=sold, version=1, at=NOW, by=made.who("client_admin"), remit_fen=0, committed_fen=0, data={}, digest="0"
    )
    Part.objects.create(composition=sent, position=1, kind="subsidy", fen=-20_000, zh="运补", en="subsidy", source_kind="order")
    trip = gone(made, notice(made, sold))
    with pytest.raises(Refused, match="deducted"):
        receive(made, trip, 26)


def test_a_subsidy_customers_waybill_is_complete_without_the_total(fresh: str):
    made = stage(bearer="subsidy")
    trip = arrange(made, notice(made, order(made, 100)))
    assert paper(trip).freight_fen is None
    load(made, trip)
    passed(made, trip)


@pytest.mark.requirement("D10")
def test_an_advanced_freight_without_its_total_gets_no_pass(fresh: str):
    made = stage()
    trip = arrange(made, notice(made, order(made, 100)))
    Waybill.objects.update(freight_fen=None)
    load(made, trip)
    with pytest.raises(Refused) as refused:
        passed(made, trip)
    assert said(refused).endswith("运费合计")
    transport.fill_waybill(by=made.who("client_admin"), at=NOW, waybill=paper(trip).uid, freight="500.00")
    passed(made, trip)


def test_a_total_that_is_not_the_agreed_rate_is_flagged(fresh: str):
    made = stage()
    trip = arrange(made, notice(made, order(made, 100)))
    transport.fill_waybill(by=made.who("client_admin"), at=NOW, waybill=paper(trip).uid, freight="520.00")
    assert paper(trip).flagged == "520.00 ≠ 500.00"
    transport.fill_waybill(by=made.who("client_admin"), at=NOW, waybill=paper(trip).uid, freight="500.00")
    assert paper(trip).flagged == ""
    assert paper(trip).quantity == Decimal(100)


def test_a_waybill_at_finance_stays_as_it_is(fresh: str):
    made = stage()
    trip = consigned_on_wednesday(made)
    receive(made, trip, 26)
    with pytest.raises(Refused, match="handed in to finance"):
        transport.fill_waybill(by=made.who("client_admin"), at=when(26, 12), waybill=paper(trip).uid, freight="1.00")


@pytest.mark.requirement("D5")
def test_the_customer_is_told_within_two_working_days_and_the_plan_book_has_his_answer(fresh: str):
    made = stage()
    trip = gone(made, notice(made, order(made)))
    clock = Obligation.objects.get(clause="D5.1")
    assert clock.due_at == when(27, 18)
    transport.tell_customer(by=made.who("client_admin"), at=when(26, 10), consignment=part(trip).uid, how="电话", answer="收到")
    clock.refresh_from_db()
    assert clock.closed_how == "kept"
    assert "收到" in Note.objects.latest("id").text


@pytest.mark.requirement("D5")
def test_a_customer_who_is_not_told_in_time_is_a_breach(fresh: str):
    made = stage()
    gone(made, notice(made, order(made)))
    sweep(when(27, 18, 1))
    assert Obligation.objects.get(clause="D5.1").breached_at is not None


@pytest.mark.requirement("A14")
def test_another_carriers_driver_finds_nothing(fresh: str):
    made = stage()
    trip = gone(made, notice(made, order(made)))
    Trip.objects.update(carrier=made.customer.uid)
    with pytest.raises(NotFound):
        transport.report_position(by=made.who("driver"), at=when(25, 12), trip=trip.uid, place="内江")
