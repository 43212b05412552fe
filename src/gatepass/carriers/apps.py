from django.apps import AppConfig


class CarriersConfig(AppConfig):
    name = "gatepass.carriers"
    label = "carriers"
