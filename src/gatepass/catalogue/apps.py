from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "gatepass.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from gatepass.catalogue import routes  # noqa: F401 (declares what is confirmed)
