from django.urls import path

from gatepass.workcalendar import views

app_name = "workcalendar"
urlpatterns = [
    path("", views.this_year, name="this_year"),
    path("<int:year>/", views.year, name="year"),
    path("<int:year>/<slug:change>/", views.change, name="change"),
]
