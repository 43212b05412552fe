from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "gatepass.gate"
    label = "gate"
