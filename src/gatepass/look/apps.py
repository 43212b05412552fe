from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "gatepass.look"
    label = "look"
