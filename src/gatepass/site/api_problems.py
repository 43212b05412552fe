"""What the API answers when something is wrong: RFC 9457 problem details, always; and what its schema says of all answers."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from gatepass.journal.problems import problem_of
from gatepass.rules.reasons import Reason
from gatepass.words import Text, same

PROBLEM: Final = "application/problem+json"
KEY_LENGTH: Final = 80
VISIBLE: Final = re.compile(rf"[!-~]{{1,{KEY_LENGTH}}}")
NOT_FOR_THIS: Final = "This token is not for that (这个令牌不办这件事)"
TITLES: Final = {
    400: Text("这个请求看不懂", "This request could not be understood"),
    401: Text("没有登录，或令牌无效", "Not signed in, or the token is not valid"),
    403: Text("您的岗位不办理这一项", "Your position does not do this"),
}


def problem(status: int, title: Text, **more: Any) -> HttpResponse:
    """RFC 9457: type, title, status, with both languages."""
    body = {"type": "about:blank", "title": title.en, "title_zh": title.zh, "status": status} | more
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=PROBLEM)


def reason_json(
    reason: Reason, *, sums: bool = True, people: list[str] | None = None, until: datetime | None = None
) -> dict[str, Any]:
    what, until = reason.seen(sums=sums), until or reason.until
    return {
        "clause": reason.clause,
        "what": {"zh": what.zh, "en": what.en},
        "cure": {"zh": reason.cure.zh, "en": reason.cure.en},
        "who": {"position": reason.who.value, "people": people or []} if reason.who else None,
        "command": {"name": reason.command, "given": dict(reason.given)} if reason.command else None,
        "field": reason.field,
        "until": until.isoformat() if until else None,
    }


def handle_wrong_requests(api: NinjaAPI) -> None:
    """Input that does not fit the schema, a missing token, a body that is no JSON."""

    @api.exception_handler(ValidationError)
    def wrong_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
        reasons = [problem_of(one["type"], tuple(one["loc"])[2:] or tuple(one["loc"])[1:], one["msg"]) for one in error.errors]
        title = Text("没有办成：{n} 条理由", "Refused: {n} reasons").fill(n=len(reasons))
        return problem(422, title, reasons=[reason_json(one) for one in reasons], holds=[])

    @api.exception_handler(AuthenticationError)
    def nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        answer = problem(401, TITLES[401])
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer

    @api.exception_handler(HttpError)
    def otherwise(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, TITLES.get(error.status_code, same(str(error))), detail=str(error))


def _said(text: str, schema: dict[str, Any], kind: str = PROBLEM) -> dict[str, Any]:
    return {"description": text, "content": {kind: {"schema": schema}}}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


_TEXT: Final = {"type": "string"}
_BOTH: Final = _object(zh=_TEXT, en=_TEXT)
_REASON: Final = _object(
    clause=_TEXT, what=_BOTH, cure=_BOTH, field=_TEXT,
    who={"anyOf": [_object(position=_TEXT, people={"type": "array", "items": _TEXT}), {"type": "null"}]},
    command={"anyOf": [_object(name=_TEXT, given={"type": "object"}), {"type": "null"}]},
    until={"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
)  # fmt: skip
_PROBLEM: Final = _object(type=_TEXT, title=_TEXT, title_zh=_TEXT, status={"type": "integer"})
_REASONS: Final = {**_PROBLEM, "properties": {**_PROBLEM["properties"], "reasons": {"type": "array", "items": _REASON}}}
_MADE: Final = _object(made={"anyOf": [_object(kind=_TEXT, id={"type": "string", "format": "uuid"}, label=_TEXT), {"type": "null"}]})
_PAGE: Final = _object(
    items={"type": "array", "items": {"type": "object"}}, next={"anyOf": [_TEXT, {"type": "null"}]}, shows=_TEXT,
    filters={"type": "array", "items": _TEXT},
)  # fmt: skip
_ASKED: Final = {
    400: _said("The request is not understood", _PROBLEM), 401: _said("Not signed in", _PROBLEM),
    403: _said("Not from this page, or not with this token", _PROBLEM),
    404: _said("Absent, or outside one's scope", _PROBLEM), 409: _said("Somebody else changed it since it was looked at", _REASONS),
    422: _said("The input is wrong, or the command is refused, with every reason", _REASONS),
}  # fmt: skip
KEY: Final = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "description": "The same key with the same input is answered the same and takes effect once; kept 30 days.",
    "schema": {"type": "string", "minLength": 1, "maxLength": KEY_LENGTH, "pattern": "^[!-~]+$"},
}  # fmt: skip
OF_COMMANDS: Final = {
    "parameters": [KEY],
    "responses": {
        200: _said("Done", _MADE, "application/json"), **_ASKED,
    },
}  # fmt: skip
OF_LISTS: Final = {"responses": {200: _said("A page", _PAGE, "application/json"), **_ASKED}}
OF_ONE: Final = {"responses": {200: _said("As it is", {"type": "object"}, "application/json"), **_ASKED}}
