"""The constant SQL of the simulation."""

from typing import Final

HASTE: Final = "set synchronous_commit = off"
