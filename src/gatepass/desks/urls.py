"""Addresses of the desks."""

from __future__ import annotations

from django.urls import path

from gatepass.desks import views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("done/", views.done, name="done"),
    path("folders/<slug:key>/", views.folder, name="folder"),
    path("search", views.find, name="search"),
]
