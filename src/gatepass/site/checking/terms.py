"""The terms of the book as this check reads them: which event opens a duty, when it falls due, what closes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from gatepass.site.checking import calendar
from gatepass.site.checking.calendar import Days

Said = dict[str, Any]
Numbers = Mapping[str, str]  # as they were fixed when the duty opened
Due = Callable[[Days, datetime, Numbers, Said], datetime]


@dataclass(frozen=True, slots=True)
class Term:
    """A duty: the field that names its subject, opened by, closed by (kept, then ended), and when it is due.

    starts: the field of the moment from which it counts, at most so many days (the number named `days`) after that of `after`.
    """

    field: str
    opened: tuple[str, ...]
    kept: tuple[str, ...]
    ended: tuple[str, ...]
    due: Due
    when: Callable[[str, Said], bool] = lambda event, said: True
    starts: str = ""
    after: str = ""
    days: str = ""


def _number(numbers: Numbers) -> float:
    return float(numbers["within"])


def _office(days: Days, start: datetime, numbers: Numbers, said: Said) -> datetime:
    return calendar.office(days, start, _number(numbers))


def _same_day(days: Days, start: datetime, numbers: Numbers, said: Said) -> datetime:
    return calendar.same_day(days, start, numbers["end"])


def _calendar(days: Days, start: datetime, numbers: Numbers, said: Said) -> datetime:
    return calendar.calendar_days(days, start, _number(numbers), numbers["end"])


def _working(days: Days, start: datetime, numbers: Numbers, said: Said) -> datetime:
    return days.end(calendar.working_days(days, start, _number(numbers)), numbers["end"])


def _morning(days: Days, start: datetime, numbers: Numbers, said: Said) -> datetime:
    return calendar.morning(days, start, numbers["end"], worked=False)


def _working_morning(days: Days, start: datetime, numbers: Numbers, said: Said) -> datetime:
    return calendar.morning(days, start, numbers["end"], worked=True)


def _ahead(days: Days, start: datetime, numbers: Numbers, said: Said) -> datetime:
    return calendar.ahead(days, date.fromisoformat(said["day"]), _number(numbers), start, numbers["end"])


def _after_hours(event: str, said: Said) -> bool:
    return bool(said["after_hours"])


def _verbal(event: str, said: Said) -> bool:
    return bool(said["verbal"])


NOTICED = ("notice.issued", "notice.changed")
DECIDED = ("notice.approved", "notice.approval_refused")
WITHDRAWN, CANCELLED = "change.withdrawn", "order.cancelled"
ANSWERS = ("order.objected", "order.withdrawn", "order.cancelled")
TERMS: Final[dict[str, Term]] = {
    "D1.2": Term("order", ("check.requested",), ("check.answered",), ("order.cancelled",), _office),
    "D2.2": Term("order", ("order.sent",), ("order.confirmed",), ANSWERS, _office),
    "D2.3": Term(
        "order", ("deadline.missed",), ("customer.contacted", "order.confirmed"), (*ANSWERS, "deadline.withdrawn"), _office,
        when=lambda event, said: event != "deadline.missed" or (said["clause_number"] == "D2.2" and not said["fulfilled"]),
        starts="due",
    ),
    "D2.4": Term("order", ("order.objected",), ("order.sent",), ("order.cancelled",), _office),
    "D3.2": Term("order", ("order.confirmed",), ("demand.handed_over",), ("order.cancelled", "order.rest_ended"), _same_day),
    "D3.3": Term("demand", ("short.reported",), ("short.taken_up",), ("order.cancelled", "order.rest_ended"), _office),
    "D4.1": Term(
        "order", ("order.confirmed", "order.uncovered"), ("payment.notified", "order.covered"), ("order.cancelled",), _calendar,
        when=lambda event, said: event == "order.uncovered" or said["remit_fen"] > 0,
    ),
    "D4.2": Term(
        "order", ("order.ready",), ("payment.notified", "order.covered"), ("order.cancelled", "order.shipped"), _same_day,
        when=lambda event, said: said["to_remit_fen"] > 0,
    ),
    "D4.3": Term(
        "order", ("order.covered", "unpaid.signed", "vehicle.came_back"), ("order.shipped",),
        (*ANSWERS, "order.uncovered", "notice.changed", "notice.voided"), _working,
    ),
    "D4.5": Term(
        "consignment", ("goods.left_unpaid",), ("consignment.paid",), ("vehicle.came_back", "debt.written_off"), _working,
        when=lambda event, said: not said.get("pay_on"),
    ),
    "D4.6": Term(
        "consignment", ("goods.left_unpaid",), ("consignment.paid",), ("vehicle.came_back", "debt.written_off"), _same_day,
        when=lambda event, said: bool(said.get("pay_on")), starts="pay_from",
    ),
    "D4.7": Term(
        "order", ("payment.notified",), ("payment.notified", "order.covered", "consignment.paid"), ANSWERS, _working,
        when=lambda event, said: bool(said.get("promised_on")), starts="promised_from",
    ),
    "D5.1": Term("consignment", ("goods.left",), ("customer.told",), ("vehicle.came_back",), _working),
    "D6.3": Term("notice", NOTICED, DECIDED, ("notice.voided",), _office),
    "D6.4": Term("notice", NOTICED, DECIDED, ("notice.voided",), _office),
    "D7.3": Term("doubt", ("doubt.raised",), ("doubt.answered",), (), _office),
    "D7.6": Term("notice", ("batch.stopped",), ("batch.cleared",), ("notice.voided",), _office),
    "D8.2": Term("change", ("change.proposed",), ("change.consented", "change.declined"), (WITHDRAWN, CANCELLED), _office),
    "D8.3": Term("change", ("change.consented",), ("change.told",), ("change.declined", WITHDRAWN, CANCELLED), _office),
    "D8.4": Term("change", ("change.consented",), ("change.relayed",), (WITHDRAWN, CANCELLED), _morning, when=_after_hours),
    "D8.5": Term(
        "change", ("change.consented",), ("change.countersigned", "change.countersign_refused"), (WITHDRAWN, CANCELLED), _working_morning,
        when=_after_hours,
    ),
    "D8.6": Term("change", ("change.consented",), ("change.own_confirmation",), (WITHDRAWN, CANCELLED), _working, when=_verbal),
    "D10.4": Term("authority", ("authority.used",), ("copies.handed_over",), (), _working_morning),
    "D10.5": Term(
        "gate_pass", ("pass.issued",), ("pass.copies_collected",), ("pass.voided",), _working,
        when=lambda event, said: not (said["finance_copy"] and said["customer_copy"]),
    ),
    "D11.1": Term(
        "waybill", ("goods.left", "goods.consigned"), ("waybill.handed_in",), ("vehicle.came_back",), _working,
        when=lambda event, said: event != "goods.consigned" or said["same_day"], starts="moment", after="left_at", days="road",
    ),
    "D11.4": Term("consignment", ("goods.claimed",), ("goods.consigned", "goods.claim_refused"), ("vehicle.came_back",), _working),
    "C11.3": Term("sample", ("sample.sent",), ("sample.followed_up",), (), _same_day, starts="follow_up_at"),
    "C12.1": Term("plan", ("shipping_day.planned",), ("plan.handed_over",), (), _ahead),
}  # fmt: skip
