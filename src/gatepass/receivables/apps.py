from django.apps import AppConfig


class ReceivablesConfig(AppConfig):
    name = "gatepass.receivables"
    label = "receivables"
