"""Every address of the program. Modules bring their own; nothing is served that is not named here."""

from __future__ import annotations

from django.urls import include, path

from gatepass.enforcement import urls as rules
from gatepass.orders import public
from gatepass.people import entering, my_account
from gatepass.people import views as people
from gatepass.site.api import api
from gatepass.site.asking import views as asking

urlpatterns = [
    path("", include("gatepass.desks.urls")),
    path("do/<slug:name>/", asking.do, name="do"),
    path("do/<slug:name>/beside", asking.beside, name="beside"),
    path("pick/<slug:kind>", asking.lookup, name="pick"),
    path("orders/", include("gatepass.orders.urls")),
    path("orders/", include("gatepass.desks.order_urls")),
    path("c/<slug:token>/", public.customer, name="customer_link"),
    path("api/", api.urls),
    path("sign-in/", people.sign_in, name="sign_in"),
    path("first/<str:token>/", entering.first, name="first"),
    path("sign-out/", people.sign_out, name="sign_out"),
    path("me/", my_account.account, name="account"),
    path("me/<slug:what>/", my_account.change, name="account_change"),
    path("people/", include("gatepass.people.urls")),
    path("customers/", include("gatepass.desks.account_urls")),
    path("customers/", include("gatepass.customers.urls")),
    path("openings/", include("gatepass.desks.opening_urls")),
    path("receipts/", include("gatepass.desks.finance_urls")),
    path("production/", include("gatepass.production.urls")),
    path("stock/", include("gatepass.desks.stock_urls")),
    path("products/", include("gatepass.catalogue.urls")),
    path("carriers/", include("gatepass.carriers.urls")),
    path("import/", include("gatepass.imports.urls")),
    path("papers/", include("gatepass.papers.urls")),
    path("approvals/", include("gatepass.approvals.urls")),
    path("", include("gatepass.dispatch.urls")),
    path("rulebook/", include(rules.rulebook)),
    path("enforcement/", include(rules.enforcement)),
    path("calendar/", include("gatepass.workcalendar.urls")),
    path("look/", include("gatepass.look.urls")),
    path("", include("gatepass.transport.urls")),
    path("", include("gatepass.gate.urls")),
]
handler400 = "gatepass.site.errors.bad_request"
handler403 = "gatepass.site.errors.forbidden"
handler404 = "gatepass.site.errors.not_found"
handler500 = "gatepass.site.errors.failed"
