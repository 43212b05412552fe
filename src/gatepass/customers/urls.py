from django.urls import path

from gatepass.customers import views

app_name = "customers"
urlpatterns = [
    path("", views.listed, name="listed"),
    path("<uuid:uid>/", views.one, name="one"),
]
