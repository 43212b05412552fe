"""The journal: entries that are never changed, keys that make commands happen once, refusals, and the chain of hashes."""

from __future__ import annotations

from django.db import models


class Actor(models.Model):
    """Everybody who may be named as acting or signing: each person, and SYSTEM. Filled by a trigger of people; nobody else writes here."""

    append_only = True
    uid = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=6)


class Entry(models.Model):
    """One event of one command. `text` is the canonical JSON that the chain hashes; `payload` the same for queries; `wrote` names the
    proofs of the rows that its transaction wrote (the database fills it in).
    """

    append_only = True
    uid = models.UUIDField(unique=True)
    act = models.UUIDField(db_index=True)
    at = models.DateTimeField(db_index=True)
    command = models.CharField(max_length=60)
    event = models.CharField(max_length=60)
    by = models.UUIDField()
    acting_for = models.UUIDField(null=True)
    payload = models.JSONField()
    text = models.TextField()
    wrote = models.UUIDField(null=True, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["by", "at"]), models.Index(fields=["event", "at"])]


class Reference(models.Model):
    """What an entry is about."""

    append_only = True
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", db_constraint=False)
    kind = models.CharField(max_length=24)
    uid = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["uid", "entry"])]


class Key(models.Model):
    """An idempotency key of a person that took effect, with a hash of its input and the answer given; purged after thirty days.

    That of a file is the company's: whoever brings it, it goes in once.
    """

    key = models.CharField(max_length=80)
    command = models.CharField(max_length=60)
    by = models.UUIDField()
    digest = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "by"], name="one_key_of_a_person"),
            models.UniqueConstraint(fields=["key"], condition=models.Q(key__startswith="import "), name="one_file_once"),
        ]


class Proof(models.Model):
    """What a row was after a change: written by a trigger in the same statement, by nobody else. op: I, U or D; hash: sixteen bytes of
    SHA-256 over the salt and the row as canonical JSON. Where a row was blanked, the salts of the proofs before that are destroyed.
    """

    append_only = True
    act = models.UUIDField(db_index=True)
    op = models.CharField(max_length=1)
    name = models.CharField(max_length=63)
    key = models.CharField(max_length=80)
    salt = models.UUIDField(null=True)
    hash = models.BinaryField(null=True)


class Refusal(models.Model):
    """A command that was refused: who tried, why; written after the rollback."""

    append_only = True
    at = models.DateTimeField(db_index=True)
    command = models.CharField(max_length=60)
    by = models.UUIDField()
    clauses = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    subject = models.UUIDField(null=True, db_index=True)


class Unsealed(models.Model):
    """Entries that the chain has not reached yet."""

    entry = models.BigIntegerField(primary_key=True)


class Seal(models.Model):
    """The chain: position, entry and the hash over the previous hash and the entry's text."""

    append_only = True
    position = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)
    hash = models.CharField(max_length=64)


class Counter(models.Model):
    """The last number taken of a kind of document in a year."""

    kind = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="one_counter_per_kind_and_year")]


class ClockSeen(models.Model):
    """When a machine's clock was last seen to be right: what it showed, and the seconds since the machine was started (see watch.py).

    forgiven: the moment of an entry that lies ahead, which the administrator knows of.
    """

    boot = models.CharField(max_length=64, primary_key=True)
    counted = models.FloatField()
    at = models.DateTimeField()
    forgiven = models.DateTimeField(null=True)


class Revision(models.Model):
    """Revision numbers of what processes keep in memory: law, calendar."""

    name = models.CharField(max_length=24, primary_key=True)
    number = models.PositiveIntegerField(default=1)
