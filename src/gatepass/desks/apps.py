from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "gatepass.desks"
    label = "desks"

    def ready(self) -> None:
        from gatepass.desks.neighbours import notices_of_today
        from gatepass.look.turning import TURNINGS

        TURNINGS["notice"] = notices_of_today
