from django.urls import path

from gatepass.transport import arrivals, phone_views, views

app_name = "transport"
urlpatterns = [
    path("c/<slug:token>/goods/", arrivals.goods, name="arrivals"),
    path("trips/", views.day_board, name="board"),
    path("trips/<uuid:uid>/", views.trip, name="trip"),
    path("trips/consignments/<uuid:uid>/", views.consignment, name="consignment"),
    path("trips/consignments/<uuid:uid>/signature", views.signature, name="signature"),
    path("waybills/", views.waybills, name="waybills"),
    path("waybills/corrections/<uuid:uid>/", views.correction, name="correction"),
    path("waybills/<uuid:uid>/", views.waybill, name="waybill"),
    path("waybills/<uuid:uid>/receive", views.receive, name="receive"),
    path("loading/", phone_views.loading, name="loading"),
    path("loading/<uuid:uid>/", phone_views.load, name="load"),
    path("drive/", phone_views.drive, name="drive"),
    path("drive/<uuid:uid>/", phone_views.delivery, name="delivery"),
    path("drive/<uuid:uid>/sign", phone_views.sign, name="sign"),
]
