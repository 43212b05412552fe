"""The calendar by revision: rows are only added, and the newest row of a day, year or date up to a revision counts.

So the calendar that fixed an old deadline can be built again. Revision 0 is what a new company starts with.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class OfficeWeek(models.Model):
    """Working weekdays from a date on, Monday is 0."""

    append_only = True
    since = models.DateField()
    revision = models.PositiveIntegerField(unique=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), size=7)
    entry = models.UUIDField(null=True)


class OfficeHoursRow(models.Model):
    """Office hours from a date on: pairs of minutes after midnight."""

    append_only = True
    since = models.DateField()
    revision = models.PositiveIntegerField()
    intervals = ArrayField(ArrayField(models.PositiveSmallIntegerField(), size=2))
    entry = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["since", "revision"], name="hours_once_a_revision")]


class DayException(models.Model):
    """A day that is free or worked whatever its weekday; `working` None: as its weekday. Own days have no source."""

    append_only = True
    date = models.DateField()
    revision = models.PositiveIntegerField()
    working = models.BooleanField(null=True)
    note = models.CharField(max_length=1000, blank=True)
    source = models.CharField(max_length=120, blank=True)
    entry = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["date", "revision"], name="day_once_a_revision")]


class Year(models.Model):
    """A year whose holiday notice is entered. A year without a row is provisional."""

    append_only = True
    year = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField()
    source = models.CharField(max_length=120)
    entry = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "revision"], name="year_once_a_revision"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2199), name="a_year_of_the_calendar"),
        ]
