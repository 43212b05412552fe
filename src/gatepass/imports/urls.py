from django.urls import path

from gatepass.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<slug:name>/", views.upload, name="upload"),
    path("<slug:name>/template.xlsx", views.template, name="template"),
    path("<slug:name>/export.<slug:suffix>", views.export, name="export"),
    path("<slug:name>/<uuid:uid>/", views.look, name="look"),
    path("<slug:name>/<uuid:uid>/columns/", views.choose, name="choose"),
    path("<slug:name>/<uuid:uid>/run/", views.run, name="run"),
]
