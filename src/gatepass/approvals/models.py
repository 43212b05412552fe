"""What is bound for signature, who is touched by it, and every signature that was given, returned, taken by word or confirmed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gatepass.people.models import Person

GIVEN = Q(verdict__in=["signed", "word"])


class Matter(models.Model):
    """One thing on its way through a route: the version that counts now, and which steps wait (`route.step`).

    left: steps not given yet; waits: those of them whose turn it is. closed_at: every step given, or the thing is gone; returned_at: the
    present version was sent back and waits for its writer.
    """

    route = models.CharField(max_length=24)
    subject = models.UUIDField()
    number = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    left = ArrayField(models.CharField(max_length=49))
    waits = ArrayField(models.CharField(max_length=49))
    since = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "route"], name="one_matter")]
        indexes = [models.Index(fields=["since", "id"], condition=Q(closed_at=None, returned_at=None), name="matters_waiting")]


class Version(models.Model):
    """What one version says, exactly as signatures bind it: `digest` is the hash of the canonical JSON of `data`. Written once.

    apart: each step is given by another person.
    """

    append_only = True
    route = models.CharField(max_length=24)
    subject = models.UUIDField()
    number = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    data = models.JSONField()
    apart = models.BooleanField(default=True)
    at = models.DateTimeField()
    entry = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "route", "version"], name="one_bound_version")]


class Touched(models.Model):
    """Somebody who wrote or changed what a version stands on, or gains by it, and for whom he acted: neither of them signs it."""

    append_only = True
    route = models.CharField(max_length=24)
    subject = models.UUIDField()
    digest = models.CharField(max_length=64)
    person = models.ForeignKey(Person, models.PROTECT, to_field="uid", related_name="+")
    acting_for = models.ForeignKey(Person, models.PROTECT, to_field="uid", null=True, related_name="+")
    part = models.CharField(max_length=10)
    entry = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["subject", "route"], name="touched_by")]


class Signature(models.Model):
    """What one person said to one step of one version, and for whom. Guarded by a trigger too (sql.py).

    A word by telephone is his whose word it was; recorder: who wrote it down.
    """

    append_only = True
    route = models.CharField(max_length=24)
    subject = models.UUIDField()
    digest = models.CharField(max_length=64)
    step = models.CharField(max_length=24)
    person = models.ForeignKey(Person, models.PROTECT, to_field="uid", related_name="+")
    acting_for = models.ForeignKey(Person, models.PROTECT, to_field="uid", null=True, related_name="+")
    recorder = models.ForeignKey(Person, models.PROTECT, to_field="uid", null=True, related_name="+")
    verdict = models.CharField(max_length=10)
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    entry = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "route", "digest", "step"], condition=GIVEN, name="one_signature_a_step"),
            models.UniqueConstraint(fields=["subject", "route", "digest"], condition=Q(verdict="returned"), name="one_return_a_version"),
            models.UniqueConstraint(fields=["subject", "route", "digest", "step"], condition=Q(verdict="confirmed"), name="word_confirmed_once"),
            models.CheckConstraint(condition=~Q(verdict="returned") | ~Q(why=""), name="returned_with_a_reason"),
            models.CheckConstraint(condition=Q(verdict="word") | Q(recorder=None), name="only_a_word_is_recorded"),
        ]
        indexes = [models.Index(fields=["person", "at"], condition=Q(verdict="word"), name="words_given")]
