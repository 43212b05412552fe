"""放行 Gatepass."""

__version__ = "0.1.0"
