from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "gatepass.site"
    label = "site"
