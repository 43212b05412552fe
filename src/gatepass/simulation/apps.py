from django.apps import AppConfig


class SimulationConfig(AppConfig):
    name = "gatepass.simulation"
    label = "simulation"
