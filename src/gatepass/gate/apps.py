from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "gatepass.gate"
    label = "gate"

    def ready(self) -> None:
        from gatepass.gate import commands  # noqa: F401 (declares them)
        from gatepass.gate.pages import about_trip
        from gatepass.look.asides import ASIDES

        ASIDES["issue_gate_pass"] = about_trip
