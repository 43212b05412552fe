from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "gatepass.catalogue"
    label = "catalogue"
