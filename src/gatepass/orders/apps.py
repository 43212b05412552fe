from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "gatepass.orders"
    label = "orders"

    def ready(self) -> None:
        from gatepass.orders import sheets
        from gatepass.papers import readers

        readers.register("order", sheets.may_read, live=sheets.live)
