"""Gate passes, releases, the guard's written authority, vehicles that came back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from gatepass.dispatch.models import Notice
from gatepass.identity import new_id
from gatepass.transport.models import Trip


class GatePass(models.Model):
    """One pass, one departure of one vehicle with one load. The code is on the paper; the server decides, not the code.

    It names what it lets out by its source: a trip, or (`source`) a sample that was handed out, a return to a supplier, materials.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, default="goods", choices=[("goods", "货物"), ("material", "物料"),
    ("sample", "样品"), ("return", "退供应商")])
    trip = models.ForeignKey(Trip, models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    plate = models.CharField(max_length=20)
    cartons = models.PositiveIntegerField()
    load = models.JSONField(default=list)
    issued_by = models.UUIDField()
    issued_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    sales_copy = models.BooleanField(default=False)
    finance_copy = models.BooleanField(default=False)
    customer_copy = models.BooleanField(default=False)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.UUIDField(null=True)
    voided_why = models.CharField(max_length=300, blank=True)
    source = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trip"], condition=Q(voided_at=None), name="one_pass_in_force_a_trip"),
            models.UniqueConstraint(fields=["source"], condition=Q(voided_at=None), name="one_pass_in_force_a_source"),
            models.CheckConstraint(condition=Q(kind="goods", trip__isnull=False) | Q(source__isnull=False), name="a_pass_names_its_source"),
        ]


class Material(models.Model):
    """What is no product and leaves now and then: pallets, cartons, scrap. What there is of it, as the warehouse counted; by: who did."""

    uid = models.UUIDField(unique=True, default=new_id)
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=10)
    on_hand = models.PositiveIntegerField(default=0)
    counted_by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="one_material_of_a_name")]


class MaterialsOut(models.Model):
    """Materials that are to leave: what, where to and why. A second signature issues the pass and takes them off the list."""

    uid = models.UUIDField(unique=True, default=new_id)
    number = models.CharField(max_length=20, unique=True)
    plate = models.CharField(max_length=20)
    reason = models.CharField(max_length=300)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    passed_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)


class MaterialLine(models.Model):
    """Pieces of one material on a paper of materials."""

    out = models.ForeignKey(MaterialsOut, models.PROTECT, related_name="+")
    material = models.ForeignKey(Material, models.PROTECT, related_name="+")
    pieces = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["out", "material"], name="one_line_of_a_material"),
            models.CheckConstraint(condition=Q(pieces__gt=0), name="a_material_line_has_pieces"),
        ]


class Authority(models.Model):
    """After hours the desk delegates to a named guard, for named notices and a period (D10)."""

    uid = models.UUIDField(unique=True, default=new_id)
    number = models.CharField(max_length=20, unique=True)
    guard = models.UUIDField()
    issued_by = models.UUIDField()
    issued_at = models.DateTimeField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)
    handed_over_to = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="authority_for_a_period")]


class AuthorityNotice(models.Model):
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "notice"], name="one_notice_in_an_authority")]


class Release(models.Model):
    """A vehicle left through the gate: once per pass, or on a guard's authority."""

    append_only = True
    uid = models.UUIDField(unique=True, default=new_id)
    trip = models.OneToOneField(Trip, models.PROTECT, null=True, related_name="+")
    gate_pass = models.OneToOneField(GatePass, models.PROTECT, null=True, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, null=True, related_name="+")
    guard = models.UUIDField()
    at = models.DateTimeField()
    plate = models.CharField(max_length=20)
    cartons = models.PositiveIntegerField()
    seals = models.CharField(max_length=120, blank=True)
    copies_collected = models.BooleanField(default=False)
    entry = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(gate_pass__isnull=False, authority=None) | Q(gate_pass=None, authority__isnull=False), name="pass_or_authority"
            )
        ]


class Mismatch(models.Model):
    """The guard stopped a vehicle: what did not agree."""

    append_only = True
    gate_pass = models.ForeignKey(GatePass, models.PROTECT, null=True, related_name="+")
    guard = models.UUIDField()
    at = models.DateTimeField()
    plate = models.CharField(max_length=20, blank=True)
    what = models.CharField(max_length=300)
    photo = models.BinaryField(null=True)
