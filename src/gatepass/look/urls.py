from django.urls import path

from gatepass.look import views

urlpatterns = [
    path("language", views.switch_language, name="language"),
    path("theme", views.switch_theme, name="theme"),
    path("", views.specimen, name="specimen"),
    path("phone", views.phone_specimen, name="specimen_phone"),
    path("refusal", views.refusal_specimen, name="specimen_refusal"),
    path("refused", views.guard_refusal_specimen, name="specimen_refused"),
    path("entries", views.specimen_entries, name="specimen_entries"),
    path("products", views.specimen_products, name="specimen_products"),
]
