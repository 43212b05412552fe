from django.apps import AppConfig


class WorkcalendarConfig(AppConfig):
    name = "gatepass.workcalendar"
    label = "workcalendar"
