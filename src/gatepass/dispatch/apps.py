from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "gatepass.dispatch"
    label = "dispatch"

    def ready(self) -> None:
        from gatepass.dispatch import commands  # noqa: F401 (declares them)
