from django.apps import AppConfig


class WorkcalendarConfig(AppConfig):
    name = "gatepass.workcalendar"
    label = "workcalendar"

    def ready(self) -> None:
        from gatepass.workcalendar import commands  # noqa: F401 (declares them)
