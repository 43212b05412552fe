"""The constant SQL of the simulation."""

from typing import Final

NEXT_DUE: Final = "select min(due_at) from enforcement_obligation where closed_at is null and breached_at is null"
HASTE: Final = "set synchronous_commit = off"
