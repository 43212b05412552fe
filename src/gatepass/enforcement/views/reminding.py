"""Reminding whoever owes something, with one press and without leaving the page."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success, warning
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gatepass.enforcement.commands.works import remind
from gatepass.enforcement.views.asked import language, sight
from gatepass.journal import clock
from gatepass.journal.visits import SignedIn
from gatepass.look.ours import back
from gatepass.rules.reasons import Refused
from gatepass.words import Text, say

DONE = Text("{at} 已提醒，对方的待办上看得到", "Reminded at {at}; it shows on the other's desk")


@login_required
@require_POST
def remind_holder(request: SignedIn, uid: UUID) -> HttpResponse:
    """Record the reminder; a fragment for who asks for one, else back to where it was pressed."""
    said, failed = DONE.fill(at=f"{timezone.localtime(clock.now()):%H:%M}"), False
    try:
        remind(by=sight(request).person, key=request.POST.get("_key") or None, obligation=uid)
    except Refused as refused:
        parts = [reason.what for reason in refused.reasons]
        said, failed = Text("；".join(one.zh for one in parts), "; ".join(one.en for one in parts)), True
    if request.htmx:
        return render(request, "enforcement/reminded.html", {"said": said, "failed": failed})
    (warning if failed else success)(request, say(said, language(request)))
    return HttpResponseRedirect(back(request, "_back"))
