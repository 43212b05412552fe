from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "gatepass.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from gatepass.catalogue import commands  # noqa: F401 (declares them)
