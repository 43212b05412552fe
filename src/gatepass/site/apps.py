from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "gatepass.site"
    label = "site"

    def ready(self) -> None:
        """Every module's commands are declared before the first request: API, forms and command line are made of them."""
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("commands")
