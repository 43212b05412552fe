"""Every command of customers, by the noun that it is about: files, and the places and people in them."""

from gatepass.customers.blanking import blank_address, blank_contact
from gatepass.customers.files import add_customer, change_customer, designate_forwarder
from gatepass.customers.imports import import_addresses, import_customers
from gatepass.customers.places import (
    add_address,
    add_contact,
    change_address,
    end_address,
    end_contact,
    prefer_address,
)

__all__ = [
    "add_address",
    "add_contact",
    "add_customer",
    "blank_address",
    "blank_contact",
    "change_address",
    "change_customer",
    "designate_forwarder",
    "end_address",
    "end_contact",
    "import_addresses",
    "import_customers",
    "prefer_address",
]
