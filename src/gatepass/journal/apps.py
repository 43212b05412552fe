from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "gatepass.journal"
    label = "journal"
