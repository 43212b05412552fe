from django.apps import AppConfig


class TransportConfig(AppConfig):
    name = "gatepass.transport"
    label = "transport"

    def ready(self) -> None:
        from gatepass.dispatch.papers import vehicles_from
        from gatepass.transport import commands  # noqa: F401 (declares them)
        from gatepass.transport.aboard import vehicle_of

        vehicles_from(vehicle_of)
