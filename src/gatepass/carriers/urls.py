from django.urls import path

from gatepass.carriers import views

app_name = "carriers"
urlpatterns = [
    path("", views.listed, name="listed"),
    path("<uuid:uid>/", views.one, name="one"),
]
