"""Papers as they were frozen, and every time that one was printed. The PDF is made when it is asked for; the data
is what counts."""

from __future__ import annotations

from django.db import models

from gatepass.papers.packing import digest


class Paper(models.Model):
    """One version of a document. `data` is the sheet as `packing.frozen` wrote it, `sha256` the hash of its
    canonical JSON."""

    append_only = True
    uid = models.UUIDField(unique=True)
    kind = models.CharField(max_length=24)
    subject_kind = models.CharField(max_length=24)
    subject_uid = models.UUIDField()
    version = models.PositiveIntegerField()
    number = models.CharField(max_length=40, db_index=True)
    data = models.JSONField()
    template = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    entry = models.UUIDField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_uid", "version"], name="a_version_of_a_paper_is_kept_once"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="versions_of_papers_start_at_one"),
            models.CheckConstraint(condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="papers_carry_their_hash"),
        ]

    def intact(self) -> bool:
        """Whether the data is still what was hashed."""
        return digest(self.data) == self.sha256


class Print(models.Model):
    """A printed copy: the `nth` of this paper and copy (a key of its copies, or blank), by whom, when."""

    append_only = True
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+")
    person = models.UUIDField()
    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    copy = models.CharField(max_length=24, blank=True)
    nth = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "copy", "nth"], name="prints_of_a_copy_are_counted_once"),
            models.CheckConstraint(condition=models.Q(nth__gte=1), name="prints_are_counted_from_one"),
        ]
