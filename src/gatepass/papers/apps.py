from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "gatepass.papers"
    label = "papers"
