from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "gatepass.orders"
    label = "orders"

    def ready(self) -> None:
        from gatepass.orders import locking, plan_book, sheets
        from gatepass.papers import readers
        from gatepass.people.blanking import holds
        from gatepass.receivables.taking_in import HEARD

        if plan_book.of_money not in HEARD:
            HEARD.append(plan_book.of_money)

        holds("address", locking.goes_there)
        readers.register("order", sheets.may_read, live=sheets.live)
