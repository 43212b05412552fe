from django.urls import path

from gatepass.papers import views

app_name = "papers"
urlpatterns = [
    path("<uuid:uid>/", views.paper, name="paper"),
    path("<uuid:uid>.pdf", views.pdf, name="pdf"),
    path("<uuid:uid>.png", views.png, name="png"),
]
