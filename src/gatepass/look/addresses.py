"""Where each kind of thing has its page: kind to a path with the id in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

PAGES: Final[dict[str, str]] = {
    "order": "/orders/{uid}/",
    "customer": "/customers/{uid}/",
    "product": "/products/{uid}/",
    "price_list": "/products/prices/{uid}/",
    "promotion": "/products/promotions/",
    "department": "/people/",
    "position": "/people/",
    "receipt": "/receipts/{uid}/",
    "voucher": "/receipts/vouchers/{uid}/",
    "opening": "/approvals/opening/{uid}/",
    "reversal": "/approvals/reversal/{uid}/",
    "refund": "/approvals/refund/{uid}/",
    "write_off": "/approvals/write_off/{uid}/",
    "price_correction": "/approvals/price_correction/{uid}/",
    "cut_over": "/openings/",
    "bank_account": "/receipts/accounts/",
    "bank_change": "/approvals/bank_account/{uid}/",
    "demand": "/production/",
    "plan": "/production/plans/{uid}/",
    "notice": "/notices/{uid}/",
    "change": "/notices/changes/{uid}/",
    "sample": "/notices/samples/{uid}/",
    "batch": "/stock/batches/{uid}/",
    "trip": "/trips/{uid}/",
    "consignment": "/trips/consignments/{uid}/",
    "waybill": "/waybills/{uid}/",
    "correction": "/waybills/corrections/{uid}/",
    "gate_pass": "/passes/{uid}/",
    "supplier_return": "/passes/#{uid}",
    "authority": "/passes/authorities/{uid}/",
    "carrier": "/carriers/{uid}/",
    "finding": "/enforcement/findings/{uid}/",
    "proposal": "/rulebook/proposals/{uid}/",
    "fine": "/enforcement/fines/{uid}/",
    "person": "/people/{uid}/",
}


COMMANDS_OF_PAGES: Final[dict[str, str]] = {
    "hand_over_demand": "/production/hand-over/{order}/",
    "send_order": "/orders/{order}/send/",
    "make_link": "/orders/{order}/link/",
    "record_receipt": "/receipts/new/?customer={customer}",
    "issue_notice": "/notices/new/{order}/",
    "sign": "/approvals/{route}/{subject}/",
    "send_back": "/approvals/{route}/{subject}/",
    "record_word": "/approvals/{route}/{subject}/",
    "confirm_word": "/approvals/{route}/{subject}/",
    "change_notice": "/notices/{notice}/change/",
    "fill_waybill": "/waybills/{waybill}/",
    "hand_in_waybill": "/waybills/{waybill}/",
    "credit_freight": "/waybills/{waybill}/",
    "count_load": "/loading/{trip}/",
    "finish_loading": "/loading/{trip}/",
    "sign_as_carrier": "/drive/{consignment}/sign",
    "issue_gate_pass": "/passes/#{trip}",
    "give_authority": "/passes/authorities/new/",
    "stop_vehicle": "/gate/stop/",
}


def where_to(command: str, given: Mapping[str, str]) -> str:
    """Where a command is done: the page made for it, else its own form filled with what is known."""
    try:
        return COMMANDS_OF_PAGES[command].format(**given)
    except KeyError:
        return f"/do/{command}/?{urlencode(dict(given))}"


def address_of(kind: str, uid: UUID) -> str:
    """The page of a thing; the desk where its kind has none."""
    return PAGES.get(kind, "/").format(uid=uid)
