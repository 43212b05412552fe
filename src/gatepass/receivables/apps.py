from django.apps import AppConfig


class ReceivablesConfig(AppConfig):
    name = "gatepass.receivables"
    label = "receivables"

    def ready(self) -> None:
        from gatepass.receivables import (  # noqa: F401 (declare what may be done)
            banks,
            clearing,
            commands,
            openings,
            reversals,
            routes,
            taking_in,
            vouchers,
        )
