"""All commands of orders, by what they are about."""

from gatepass.orders import answering, imports, sending, taking, talking

__all__ = ["answering", "imports", "sending", "taking", "talking"]
