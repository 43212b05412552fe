"""The API: every command at POST /api/v1/commands/<name>, things at GET /api/v1/<things>, errors as RFC 9457 problem details."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.security import HttpBearer, SessionAuth

from gatepass.enforcement.queries.law_of_day import law_of_day
from gatepass.journal import clock
from gatepass.journal.door import COMMANDS, Command, Ref
from gatepass.journal.who import sight_of
from gatepass.money import Money
from gatepass.orders.plan_book import whole
from gatepass.orders.proposals import sending
from gatepass.orders.queries import order_row
from gatepass.people.callers import Caller, caller
from gatepass.people.duty import holders
from gatepass.people.models import Person
from gatepass.people.refusals import known_cures
from gatepass.roles import Power
from gatepass.rules.reasons import KeyReused, NotFound, Refused, refusal
from gatepass.site import api_things
from gatepass.site.api_problems import KEY_LENGTH, NOT_FOR_THIS, OF_COMMANDS, OF_ONE, VISIBLE, handle_wrong_requests, problem, reason_json
from gatepass.words import Text
from gatepass.workcalendar.queries import YEARS, current


class TokenAuth(HttpBearer):
    """A person's token; its hash is looked up, never the token."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        return caller(token, clock.now())


class SignedIn(SessionAuth):
    """A browser that is signed in; the CSRF token is demanded."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller | None:
        person = request.user
        return Caller(person.uid) if isinstance(person, Person) else None


api = NinjaAPI(
    title="Gatepass 放行",
    version="1",
    urls_namespace="api",
    auth=[TokenAuth(), SignedIn()],
    docs_url=None,
    openapi_url="/openapi.json",
    description="Commands change, things are read. Every refusal lists every reason with its clause.",
)
handle_wrong_requests(api)


@api.exception_handler(Refused)
def refused(request: api_things.Asked, error: Refused) -> HttpResponse:
    sight = sight_of(request.auth.uid)
    names, cures = holders(), known_cures(error.reasons, sight, {})
    title = Text("没有办成：{n} 条理由", "Refused: {n} reasons").fill(n=len(error.reasons))
    return problem(
        error.status,
        title,
        reasons=[
            reason_json(
                reason, sums=sight.may(Power.SEE_MONEY), people=names.get(reason.who, []) if reason.who else None, until=cure.due or reason.until
            )
            for reason, cure in zip(error.reasons, cures, strict=True)
        ],
        holds=[{"clause": clause, "zh": words.zh, "en": words.en} for clause, words in error.holds],
    )


@api.exception_handler(NotFound)
def absent(request: HttpRequest, error: NotFound) -> HttpResponse:
    return problem(404, Text("没有", "Not found"))


@api.exception_handler(KeyReused)
def reused(request: HttpRequest, error: KeyReused) -> HttpResponse:
    return problem(422, Text("这个 Idempotency-Key 已用于别的内容", "This Idempotency-Key was used with another input"), made=error.made)


NO_KEY: Final = refusal(
    f"Idempotency-Key 应为 1 到 {KEY_LENGTH} 个可见的 ASCII 字符",
    f"The Idempotency-Key must be 1 to {KEY_LENGTH} visible ASCII characters",
    field="Idempotency-Key",
)


def _endpoint(command: Command) -> Callable[..., Any]:
    model = command.declaration.model

    def run(request: api_things.Asked, payload: Any) -> dict[str, Any]:
        key = request.headers.get("Idempotency-Key")
        if key is not None and not VISIBLE.fullmatch(key):
            raise Refused([NO_KEY])
        if not request.auth.may_call(command.name):
            raise HttpError(403, NOT_FOR_THIS)
        given = {name: getattr(payload, name) for name in type(payload).model_fields}
        made: Ref | None = command(by=request.auth.uid, key=key, **given)
        return {"made": {"kind": made.kind, "id": str(made.uid), "label": made.label} if made else None}

    run.__name__ = command.name
    run.__annotations__ = {"request": api_things.Asked, "payload": model, "return": dict[str, Any]}
    return run


def declare_commands() -> None:
    """One endpoint for each command that people may call. Called once, when all modules have declared theirs."""
    for name, command in sorted(COMMANDS.items()):
        if not command.hidden:
            summary = f"{command.title.en} ({command.title.zh})"
            may = f" Needs the power to {command.may.text.en}." if command.may else ""
            description = f"{(command.function.__doc__ or '').strip()}{may} Send an Idempotency-Key."
            made = api.post(
                f"/v1/commands/{name}", summary=summary, description=description, operation_id=name, tags=["commands"],
                openapi_extra=deepcopy(OF_COMMANDS),
            )  # fmt: skip
            made(_endpoint(command))


@api.get(
    "/v1/law", summary="The law of a day (某日的制度)", operation_id="read_law", tags=["things"], openapi_extra=deepcopy(OF_ONE),
    description="Every sentence of the rulebook as it stands on a day (today without one): state, numbers with bounds, who owes it.",
)
def law(request: api_things.Asked, on: date | None = None, article: str = "") -> dict[str, Any]:
    sight = sight_of(request.auth.uid)
    day = on or current().local(clock.now()).date()
    if day.year not in YEARS:
        raise Refused([refusal("没有这一天", "There is no such day", field="on")])
    return {"on": day.isoformat(), "items": api_things.as_json(law_of_day(sight, on=day, article=article))}


@api.get(
    "/v1/orders/{uid}/sending", summary="What would be sent (发单预览)", operation_id="read_sending", tags=["things"],
    openapi_extra=deepcopy(OF_ONE),
    description="An order as it would go to the customer now: lines, composition, account to pay to, what was booked since the account check. "
    "`previewed` (with `shown`) is what send_order takes, `seen` what allocate_order takes. freight: yuan.",
)  # fmt: skip
def read_sending(request: api_things.Asked, uid: UUID, freight: str = "") -> dict[str, Any]:
    sight = sight_of(request.auth.uid)
    try:
        fen = Money.yuan(freight).fen if freight else 0
    except ValueError:
        raise Refused([refusal("运费是金额，元", "The freight is an amount in yuan", field="freight")]) from None
    return sending(sight, uid, day=current().local(clock.now()).date(), freight_fen=fen).said()


@api.get(
    "/v1/orders/{uid}/plan-book", summary="Plan book of an order (计划本)", operation_id="read_plan_book", tags=["things"],
    openapi_extra=deepcopy(OF_ONE),
    description="Every line of an order's plan book, oldest first: remarks, calls, sendings, receipts, what was short and why.",
)  # fmt: skip
def read_plan_book(request: api_things.Asked, uid: UUID) -> dict[str, Any]:
    sight = sight_of(request.auth.uid)
    order_row(sight, uid)
    return {"items": api_things.as_json(whole(sight, uid))}


def declare_things() -> None:
    for name, thing in api_things.THINGS.items():
        api_things.declare(api, name, thing)



declare_commands()
declare_things()
