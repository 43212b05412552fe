"""Every way to change something about trips, loading, waybills and journeys."""

from gatepass.transport.commands.claims import answer_arrival, claim_consigned, record_consigned, refuse_claim
from gatepass.transport.commands.corrections import correct_waybill, record_printed_freight
from gatepass.transport.commands.journeys import record_arrival, report_position, tell_customer
from gatepass.transport.commands.loading import count_load, finish_loading, record_signature_on_paper, sign_as_carrier
from gatepass.transport.commands.money import credit_freight, hand_in_waybill, reverse_freight_credit
from gatepass.transport.commands.prices import correct_price
from gatepass.transport.commands.trips import add_notice_to_trip, arrange_trip, take_notice_off_trip, void_trip
from gatepass.transport.commands.waybills import fill_waybill

__all__ = [
    "add_notice_to_trip", "answer_arrival", "arrange_trip", "claim_consigned", "correct_price", "correct_waybill", "count_load",
    "credit_freight", "fill_waybill",
    "finish_loading", "hand_in_waybill", "record_arrival", "record_consigned", "record_printed_freight",
    "record_signature_on_paper", "refuse_claim", "report_position", "reverse_freight_credit", "sign_as_carrier",
    "take_notice_off_trip", "tell_customer", "void_trip",
]  # fmt: skip
