"""What the running of the program itself leaves behind."""

from __future__ import annotations

from django.db import models


class BackupRun(models.Model):
    """A nightly backup: the file in the data folder, whether it was restored and checked, and what was found, counted by what it
    is about. No words of the check are kept here: they may name customers.
    """

    append_only = True
    at = models.DateTimeField(db_index=True)
    file = models.CharField(max_length=120)
    size = models.BigIntegerField(default=0)
    verified = models.BooleanField(default=False)
    findings = models.JSONField(default=dict)
    trouble = models.CharField(max_length=300, blank=True)


class Pulse(models.Model):
    """When a duty of the worker was last alive, and what it fell over last. One row for each."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
    trouble = models.CharField(max_length=200, blank=True)
