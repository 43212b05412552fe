from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "gatepass.gate"
    label = "gate"

    def ready(self) -> None:
        from gatepass.gate import commands  # noqa: F401 (declares them)
