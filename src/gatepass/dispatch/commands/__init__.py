"""The only ways to change shipping notices. Importing this declares them."""

from gatepass.dispatch.commands import approvals, changes, consents, doubts, notices, picking, quality, samples

__all__ = ["approvals", "changes", "consents", "doubts", "notices", "picking", "quality", "samples"]
