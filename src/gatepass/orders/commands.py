"""All commands of orders, by what they are about."""

from gatepass.orders import answering, sending, taking, talking

__all__ = ["answering", "sending", "taking", "talking"]
