from django.urls import path

from gatepass.people import entering, views

app_name = "people"
urlpatterns = [
    path("", views.organisation, name="organisation"),
    path("sign-ins/", views.came_in, name="came_in"),
    path("<uuid:uid>/link/", entering.link, name="link"),
    path("links/<uuid:uid>/code/", entering.code, name="code"),
    path("<uuid:uid>/", views.person, name="person"),
]
