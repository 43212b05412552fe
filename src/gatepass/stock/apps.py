from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "gatepass.stock"
    label = "stock"
