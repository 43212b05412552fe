from django.apps import AppConfig


class CarriersConfig(AppConfig):
    name = "gatepass.carriers"
    label = "carriers"

    def ready(self) -> None:
        from gatepass.carriers import commands  # noqa: F401 (declares them)
