from django.urls import path

from gatepass.gate import guard_views, views

app_name = "gate"
urlpatterns = [
    path("passes/", views.desk, name="desk"),
    path("passes/<uuid:uid>/", views.one_pass, name="pass"),
    path("passes/authorities/new/", views.new_authority, name="new_authority"),
    path("passes/authorities/<uuid:uid>/", views.authority, name="authority"),
    path("gate/", guard_views.look_up, name="guard"),
    path("gate/stop/", guard_views.stop, name="stop"),
    path("gate/authority/<uuid:uid>/<uuid:trip>/", guard_views.by_authority, name="by_authority"),
    path("gate/<str:code>/", guard_views.shown, name="shown"),
]
