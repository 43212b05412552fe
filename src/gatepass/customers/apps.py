from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "gatepass.customers"
    label = "customers"
