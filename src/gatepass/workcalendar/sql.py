"""The constant SQL of the working calendar."""

from typing import Final

LOCK: Final = "select pg_advisory_xact_lock(77002)"
