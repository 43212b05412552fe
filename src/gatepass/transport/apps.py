from django.apps import AppConfig


class TransportConfig(AppConfig):
    name = "gatepass.transport"
    label = "transport"
