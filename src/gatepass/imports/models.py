"""How the columns of files were matched, so that a layout is asked about once."""

from __future__ import annotations

from django.db import models


class Layout(models.Model):
    """A file's layout, known by the fingerprint of its headers: which column holds which field (field name, or "" to leave it out)."""

    kind = models.CharField(max_length=24)
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField()
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "fingerprint"], name="one_layout")]
