from django.urls import path

from gatepass.desks import stock_views

urlpatterns = [
    path("", stock_views.stock, name="stock"),
    path("<uuid:uid>/", stock_views.product, name="stock_product"),
]
