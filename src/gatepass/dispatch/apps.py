from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "gatepass.dispatch"
    label = "dispatch"
