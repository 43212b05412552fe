from django.apps import AppConfig


class TransportConfig(AppConfig):
    name = "gatepass.transport"
    label = "transport"

    def ready(self) -> None:
        from gatepass.transport import commands  # noqa: F401 (declares them)
