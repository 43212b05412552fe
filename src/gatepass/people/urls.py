from django.urls import path

from gatepass.people import views

app_name = "people"
urlpatterns = [
    path("", views.organisation, name="organisation"),
    path("<uuid:uid>/", views.person, name="person"),
]
