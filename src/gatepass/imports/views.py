"""Bringing lists in: a template, a file, its columns, everything that is wrong with it, and then all of it at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gatepass.imports import bringing, checking, uploads, writing
from gatepass.imports.columns import text_of
from gatepass.imports.commands import remember_layout
from gatepass.imports.kinds import KINDS, Kind
from gatepass.imports.reading import MOST_BYTES, Table, Unreadable, read
from gatepass.journal import clock
from gatepass.journal.visits import SignedIn
from gatepass.roles import Sight
from gatepass.rules.reasons import KeyReused, Reason, Refused
from gatepass.words import Text
from gatepass.workcalendar.queries import current

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_FILE = Text("请选一个文件", "Choose a file")
DONE = Text("{title}：导入 {n} 行", "{title}: {n} rows imported")
MOST_SHOWN = 500
MOST_PREVIEWED = 50
File = tuple[Kind, uploads.Upload, Table]


@login_required
@require_GET
def overview(request: SignedIn) -> HttpResponse:
    """The lists that this person may bring in or take out."""
    kinds = [kind for kind in KINDS.values() if kind.open_to(_sight(request))]
    return render(request, "imports/overview.html", {"kinds": kinds})


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: SignedIn, name: str) -> HttpResponse:
    """Choose a file. It is read at once, so that what cannot be read is said at once."""
    kind = _kind(request, name)
    problem: Text | None = None
    if request.method == "POST":
        given = request.FILES.get("file")
        if given is None:
            problem = NO_FILE
        else:
            data = given.read(MOST_BYTES + 1)
            try:
                read(given.name or "", data)
            except Unreadable as unreadable:
                problem = unreadable.said
            else:
                uid = uploads.keep(_sight(request).person, name, given.name or "", data)
                return redirect("imports:look", name=name, uid=uid)
    return render(request, "imports/upload.html", {"kind": kind, "problem": problem}, status=422 if problem else 200)


@login_required
@require_GET
def look(request: SignedIn, name: str, uid: UUID) -> HttpResponse:
    """What is in the file: its columns to be matched, else every problem, else what is about to be imported."""
    kind = _kind(request, name)
    kept = uploads.take(_sight(request).person, name, uid)
    table = read(kept.name, kept.data)
    names, settled = checking.mapping_of(kind, table.headers)
    if not settled or request.GET.get("columns"):
        return _columns(request, (kind, kept, table), names)
    return _checked(request, (kind, kept, table), names)


@login_required
@require_POST
def choose(request: SignedIn, name: str, uid: UUID) -> HttpResponse:
    """Which column holds what; remembered for files with the same headers."""
    kind = _kind(request, name)
    kept = uploads.take(_sight(request).person, name, uid)
    table = read(kept.name, kept.data)
    names = [request.POST.get(f"column-{n}", "") for n in range(len(table.headers))]
    try:
        remember_layout(by=_sight(request).person, sheet=name, fingerprint=checking.fingerprint(table.headers), columns=names)
    except Refused as refused:
        return _columns(request, (kind, kept, table), names, reasons=refused.reasons)
    return redirect("imports:look", name=name, uid=uid)


@login_required
@require_POST
def run(request: SignedIn, name: str, uid: UUID) -> HttpResponse:
    """Import all of it, once: the file's own id is the key."""
    kind = _kind(request, name)
    kept = uploads.take(_sight(request).person, name, uid)
    table = read(kept.name, kept.data)
    names, settled = checking.mapping_of(kind, table.headers)
    checked = checking.check(kind, table, names, _sight(request))
    if not settled or checked.problems:
        return redirect("imports:look", name=name, uid=uid)
    key = bringing.key_of(kind, kept.data, uid)
    try:
        progress = bringing.bring(kind, checked.lines, by=_sight(request).person, key=key, patience=bringing.PATIENCE)
    except KeyReused:
        if kind.parts is None:
            raise Http404 from None
        return redirect("imports:look", name=name, uid=uid)
    except Refused as refused:
        return _checked(request, (kind, kept, table), names, reasons=refused.reasons)
    if not progress.whole:
        return redirect("imports:look", name=name, uid=uid)
    uploads.forget(uid)
    success(request, DONE.fill(title=kind.title, n=len(checked.lines)).said(request.language))
    return redirect(kind.home)


@login_required
@require_GET
def template(request: SignedIn, name: str) -> HttpResponse:
    kind = _kind(request, name)
    return _file(writing.template(kind), XLSX, f"{kind.title.zh}-模板.xlsx")


@login_required
@require_GET
def export(request: SignedIn, name: str, suffix: str) -> HttpResponse:
    """The list as it is, for who may bring it in, within his scope."""
    kind = _kind(request, name)
    if kind.give is None or suffix not in ("xlsx", "csv"):
        raise Http404
    rows = kind.give(_sight(request))
    if suffix == "csv":
        return _file(writing.comma_separated(kind, rows), "text/csv; charset=utf-8", f"{kind.title.zh}.csv")
    return _file(writing.workbook(kind, rows), XLSX, f"{kind.title.zh}.xlsx")


def _columns(request: SignedIn, file: File, names: list[str], reasons: Sequence[Reason] = ()) -> HttpResponse:
    kind, kept, table = file
    first = [cells for _, cells in table.rows[:2]]
    rows = [
        (n, header, checking.letter(n), names[n], [text_of(cells[n])[:40] for cells in first if n < len(cells)])
        for n, header in enumerate(table.headers)
    ]
    context = {"kind": kind, "upload": kept, "rows": rows, "reasons": reasons}
    return render(request, "imports/columns.html", context, status=422 if reasons else 200)


def _checked(request: SignedIn, file: File, names: list[str], reasons: Sequence[Reason] = ()) -> HttpResponse:
    kind, kept, table = file
    checked = checking.check(kind, table, names, _sight(request))
    parts = len(bringing.parts_of(kind, checked.lines))
    ran, since = bringing.brought(kind, kept.data)
    context: dict[str, Any] = {
        "ran": min(ran, parts), "since": since, "parts": parts, "again": ran >= parts > 0,
        "preview": _preview(request, kind, checked),
        "kind": kind, "upload": kept, "checked": checked, "problems": checked.problems[:MOST_SHOWN], "reasons": reasons,
        "hidden": max(0, len(checked.problems) - MOST_SHOWN), "faulty": len({p.row for p in checked.problems}),
        "used": [c for c in kind.columns if c.name in names],
        "sample": [(row, [cell for c, cell in zip(kind.columns, cells, strict=True) if c.name in names]) for row, cells in checked.shown],
    }  # fmt: skip
    return render(request, "imports/checked.html", context, status=422 if reasons else 200)


def _preview(request: SignedIn, kind: Kind, checked: checking.Checked) -> dict[str, Any] | None:
    """What would be made of a file without faults: the first of it, and the sums of all of it."""
    if kind.preview is None or checked.problems:
        return None
    made = kind.preview(checked.lines, _sight(request), current().local(clock.now()).date())
    amounts = [one.fen for one in made]
    return {
        "made": made[:MOST_PREVIEWED], "count": len(made), "cartons": sum(one.cartons for one in made),
        "fen": None if None in amounts else sum(amounts), "more": max(0, len(made) - MOST_PREVIEWED),
    }  # fmt: skip


def _kind(request: SignedIn, name: str) -> Kind:
    """A list that this person may bring in; anything else is absent."""
    kind = KINDS.get(name)
    if kind is None or not kind.open_to(_sight(request)):
        raise Http404
    return kind


def _file(data: bytes, content_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=content_type)
    answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return answer


def _sight(request: SignedIn) -> Sight:
    seen: Sight = request.sight
    return seen
