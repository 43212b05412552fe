from django.urls import path

from gatepass.dispatch.views import changes, notices, picking, samples

app_name = "dispatch"
urlpatterns = [
    path("notices/", notices.listing, name="notices"),
    path("notices/new/<uuid:order>/", notices.new, name="new"),
    path("notices/samples/", samples.listing, name="samples"),
    path("notices/samples/<uuid:uid>/", samples.sample, name="sample"),
    path("notices/changes/<uuid:uid>/", changes.change, name="change"),
    path("notices/changes/<uuid:uid>/verbal/", changes.verbal, name="verbal"),
    path("notices/changes/<uuid:uid>/relay/", changes.relay, name="relay"),
    path("notices/<uuid:uid>/", notices.notice, name="notice"),
    path("notices/<uuid:uid>/change/", notices.rewrite, name="rewrite"),
    path("notices/<uuid:uid>/propose/", changes.propose, name="propose"),
    path("picking/", picking.listing, name="picking_list"),
    path("picking/<uuid:uid>/", picking.notice, name="picking"),
    path("picking/<uuid:uid>/<uuid:line>/doubt/", picking.doubt, name="doubt"),
    path("picking/<uuid:uid>/<uuid:line>/short/", picking.short, name="short"),
]
