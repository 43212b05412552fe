from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "gatepass.orders"
    label = "orders"

    def ready(self) -> None:
        from gatepass.journal.stopping import STOPS
        from gatepass.orders import locking, plan_book, sheets
        from gatepass.papers import readers
        from gatepass.people.blanking import holds
        from gatepass.receivables.taking_in import HEARD

        if plan_book.received not in HEARD:
            HEARD.append(plan_book.received)
            STOPS.append(plan_book.uncovered)

        holds("address", locking.goes_there)
        readers.register("order", sheets.may_read, live=sheets.live)
