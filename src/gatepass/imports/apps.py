from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "gatepass.imports"
    label = "imports"
