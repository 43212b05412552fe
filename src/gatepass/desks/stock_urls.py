from django.urls import path

from gatepass.desks import stock_views

urlpatterns = [
    path("", stock_views.stock, name="stock"),
    path("batches/<uuid:uid>/", stock_views.batch, name="stock_batch"),
    path("<uuid:uid>/", stock_views.product, name="stock_product"),
]
