from django.urls import path

from gatepass.production import views

urlpatterns = [
    path("", views.demands, name="production"),
    path("demands/<uuid:uid>/report", views.report, name="report_demand"),
    path("plans/", views.plans, name="plans"),
    path("plans/<uuid:uid>/", views.plan, name="plan"),
    path("hand-over/<uuid:order>/", views.hand_over, name="hand_over"),
]
