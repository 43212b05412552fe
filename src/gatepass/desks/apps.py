from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "gatepass.desks"
    label = "desks"
