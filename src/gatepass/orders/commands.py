"""All commands of orders, by what they are about."""

from gatepass.orders import sending, taking, talking

__all__ = ["sending", "taking", "talking"]
