"""The only ways to change shipping notices. Importing this declares them."""

from gatepass.dispatch.commands import cancelling, changes, consents, doubts, notices, picking, quality, samples, unpaid

__all__ = ["cancelling", "changes", "consents", "doubts", "notices", "picking", "quality", "samples", "unpaid"]
