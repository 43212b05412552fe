from django.urls import path

from gatepass.approvals import views

app_name = "approvals"
urlpatterns = [
    path("", views.waiting_list, name="waiting"),
    path("<slug:route>/<uuid:subject>/", views.matter, name="matter"),
]
