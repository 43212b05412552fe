"""Pages for what went wrong: what happened, and what to do. The API gets the same as problem details (RFC 9457)."""

from __future__ import annotations

import logging
import sys
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join

from gatepass.identity import new_id
from gatepass.site import troubles
from gatepass.site.troubles import Trouble
from gatepass.words import Text

HIDDEN: Final = ("_key", "_next", "_back", "csrfmiddlewaretoken")
AGAIN: Final = format_html('<meta http-equiv="refresh" content="{}">', 5)
log = logging.getLogger("gatepass.site")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request, 403, Text("这一页放得太久了", "This page is too old"),
        Text("为安全起见没有保存。请返回、刷新后再提交一次；如果一直这样，请允许浏览器保存 Cookie。",
             "Nothing was saved, to be safe. Go back, reload and send again; if this stays, allow cookies."),
    )  # fmt: skip


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request, 400, Text("这个请求看不懂", "This request could not be understood"),
        Text("没有任何改动。请返回上一页重新操作。", "Nothing was changed. Go back to the page before and try again."),
    )  # fmt: skip


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request, 403, Text("您的岗位不办理这一项", "Your position does not do this"),
        Text("请有此权限的同事办理，或请管理员登记代行。", "Ask a colleague who may, or have a deputy registered."),
    )  # fmt: skip


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request, 404, Text("没有这一页", "There is no such page"),
        Text("可能是链接不全，或者这份单据不在您的范围内。", "The link is incomplete, or it is outside your scope."),
    )  # fmt: skip


def wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    answer = _page(
        request, 405, Text("这个地址不这样用", "This address is not used that way"),
        Text("没有任何改动。可用的方法：{allowed}", "Nothing was changed. It takes: {allowed}").fill(allowed=allowed),
    )  # fmt: skip
    answer.headers["Allow"] = allowed
    return answer


def troubled(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """The page of a database's trouble, without asking the database for anything; what was typed comes back where it may help."""
    if request.path.startswith("/api/"):
        return _problem(trouble.status, trouble.what, trouble.cure)
    kept = [(name, value) for name, values in request.POST.lists() for value in values] if trouble is troubles.FULL else []
    shown = (one for one in kept if one[0] not in HIDDEN)
    fields = format_html_join("\n", '<p><label>{0}<br><textarea name="{0}" rows="1">{1}</textarea></label>', shown)
    hidden = format_html_join("", '<input type="hidden" name="{}" value="{}">', (one for one in kept if one[0] in HIDDEN))
    form = format_html('<form method="post">{}{}<button>再试一次 Try again</button></form>', hidden, fields) if kept else ""
    page = format_html(
        '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><meta name="viewport" content="width=device-width">{}'
        '<title>{}</title><main><h1>{}<br><small>{}</small></h1><p>{}<p>{}{}<p><a href="/">首页 First page</a></main></html>',
        AGAIN if trouble.again and request.method == "GET" else "", trouble.status, trouble.what.zh, trouble.what.en, trouble.cure.zh,
        trouble.cure.en, form,
    )  # fmt: skip
    answer = HttpResponse(page, status=trouble.status)
    if trouble.again:
        answer.headers["Retry-After"] = "5"
    return answer


def key_reused(request: HttpRequest, made: str) -> HttpResponse:
    """A key that came again with other input, from a page that has no answer of its own: what was typed can be sent as a new one."""
    what = Text("这张表已存为 {made}", "This form was saved as {made}").fill(made=made)
    cure = Text("刚才的改动没有保存。要另存一份，请按下面的按钮。", "What you changed since was not saved. To save it as a new one, press below.")
    if request.path.startswith("/api/"):
        return _problem(422, what, cure)
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name not in ("csrfmiddlewaretoken", "_key")]
    context = {"status": 422, "what": what, "cure": cure, "kept": kept if not request.FILES else None, "key": new_id()}
    return HttpResponse(render_to_string("site/error.html", context, request), status=422)


def failed(request: HttpRequest) -> HttpResponse:
    """What nothing else answered. Django calls it while it handles the exception."""
    if trouble := troubles.of(sys.exc_info()[1]):
        return troubled(request, trouble)
    what = Text("程序出了错", "The program made a mistake")
    cure = Text(
        "没有保存任何一半的东西：要么已办妥，要么没有办。请刷新查看，再试一次；仍不行请告诉管理员时间和您做的操作。",
        "Nothing was half saved: it is either done or not. Reload to see, then try again; if it stays, tell the "
        "administrator the time and what you did.",
    )
    try:
        return _page(request, 500, what, cure)
    except Exception:
        log.exception("the error page itself failed")
        page = format_html(
            '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>500</title><h1>{}<br>{}</h1><p>{}<p>{}',
            what.zh, what.en, cure.zh, cure.en,
        )  # fmt: skip
        return HttpResponse(page, status=500)


def _page(request: HttpRequest, status: int, what: Text, cure: Text) -> HttpResponse:
    if request.path.startswith("/api/"):
        return _problem(status, what, cure)
    page = render_to_string("site/error.html", {"status": status, "what": what, "cure": cure}, request)
    return HttpResponse(page, status=status)


def _problem(status: int, what: Text, cure: Text) -> HttpResponse:
    problem = {"type": "about:blank", "status": status, "title": what.en, "title_zh": what.zh, "detail": cure.en}
    return JsonResponse(problem, status=status, content_type="application/problem+json")
