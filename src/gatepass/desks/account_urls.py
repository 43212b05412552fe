from django.urls import path

from gatepass.desks import account_views

urlpatterns = [
    path("<uuid:uid>/account/", account_views.account, name="account_of"),
    path("<uuid:uid>/account/<slug:what>/entries", account_views.entries, name="account_entries"),
]
