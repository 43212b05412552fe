from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "gatepass.stock"
    label = "stock"

    def ready(self) -> None:
        from gatepass.stock import commands, returning  # noqa: F401 (declares them)
