from django.urls import path

from gatepass.desks import opening_views as views

urlpatterns = [path("", views.page, name="openings")]
