from django.apps import AppConfig


class ProductionConfig(AppConfig):
    name = "gatepass.production"
    label = "production"

    def ready(self) -> None:
        from gatepass.papers import readers
        from gatepass.production import sheets

        readers.register("stockup", sheets.may_read)
