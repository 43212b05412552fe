"""Every address of the program. Modules bring their own; nothing is served that is not named here."""

from __future__ import annotations

from django.urls import include, path

from gatepass.orders import public
from gatepass.site.api import api
from gatepass.site.asking import views as asking

urlpatterns = [
    path("do/<slug:name>/", asking.do, name="do"),
    path("pick/<slug:kind>", asking.lookup, name="pick"),
    path("orders/", include("gatepass.orders.urls")),
    path("orders/", include("gatepass.desks.order_urls")),
    path("c/<slug:token>/", public.customer, name="customer_link"),
    path("api/", api.urls),
    path("papers/", include("gatepass.papers.urls")),
    path("calendar/", include("gatepass.workcalendar.urls")),
    path("look/", include("gatepass.look.urls")),
]
handler400 = "gatepass.site.errors.bad_request"
handler403 = "gatepass.site.errors.forbidden"
handler404 = "gatepass.site.errors.not_found"
handler500 = "gatepass.site.errors.failed"
