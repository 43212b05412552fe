from django.urls import path

from gatepass.desks import order_views

urlpatterns = [
    path("<uuid:uid>/", order_views.order, name="order"),
    path("<uuid:uid>/shares/<slug:key>/<slug:what>/entries", order_views.share, name="share_entries"),
]
