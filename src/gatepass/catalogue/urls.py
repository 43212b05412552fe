from django.urls import path

from gatepass.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.listed, name="listed"),
    path("<uuid:uid>/", views.one, name="one"),
    path("prices/", views.price_lists, name="price_lists"),
    path("prices/<uuid:uid>/", views.price_list, name="price_list"),
    path("promotions/", views.promotions, name="promotions"),
]
