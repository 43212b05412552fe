"""The readers of enforcement: duties of desks and orders, deadlines explained, fines, the book, what the rulebook says of itself."""

from gatepass.enforcement.queries.deadlines import Arithmetic, arithmetic
from gatepass.enforcement.queries.desk import Counts, Desk, counts, desk
from gatepass.enforcement.queries.duties import Duty, Kept, duties_of_order, open_duties

__all__ = ["Arithmetic", "Counts", "Desk", "Duty", "Kept", "arithmetic", "counts", "desk", "duties_of_order", "open_duties"]
