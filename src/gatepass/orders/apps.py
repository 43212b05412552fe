from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "gatepass.orders"
    label = "orders"
