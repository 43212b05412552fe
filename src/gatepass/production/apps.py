from django.apps import AppConfig


class ProductionConfig(AppConfig):
    name = "gatepass.production"
    label = "production"
