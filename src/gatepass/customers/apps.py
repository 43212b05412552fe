from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "gatepass.customers"
    label = "customers"

    def ready(self) -> None:
        from gatepass.customers import routes  # noqa: F401 (declares what is confirmed)
