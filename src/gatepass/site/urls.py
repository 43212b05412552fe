"""Every address of the program. Modules bring their own; nothing is served that is not named here."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("calendar/", include("gatepass.workcalendar.urls")),
    path("look/", include("gatepass.look.urls")),
    path("papers/", include("gatepass.papers.urls")),
]
