"""Every command of carriers, by the noun that it is about: files and rates."""

from gatepass.carriers.blanking import blank_driver
from gatepass.carriers.files import add_carrier, add_driver, add_vehicle, change_carrier, change_driver, change_vehicle
from gatepass.carriers.imports import import_carriers, import_rates, import_vehicles
from gatepass.carriers.rates import end_rate, set_rate

__all__ = [
    "add_carrier",
    "add_driver",
    "add_vehicle",
    "blank_driver",
    "change_carrier",
    "change_driver",
    "change_vehicle",
    "end_rate",
    "import_carriers",
    "import_rates",
    "import_vehicles",
    "set_rate",
]
