from django.urls import path

from gatepass.desks import finance_views as views
from gatepass.desks.bank_views import bank_accounts

urlpatterns = [
    path("", views.desk, name="receipts"),
    path("accounts/", bank_accounts, name="bank_accounts"),
    path("new/", views.new, name="new_receipt"),
    path("new/dues", views.dues, name="receipt_dues"),
    path("checks/<uuid:order>/", views.check, name="account_check"),
    path("vouchers/<uuid:uid>/", views.voucher, name="voucher"),
    path("<uuid:uid>/", views.receipt, name="receipt"),
]
