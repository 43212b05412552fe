"""Trips, what they carry, counts, signatures, waybills and where they are."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gatepass.carriers.models import Driver, PricingUnit, Vehicle
from gatepass.customers.models import BEARERS
from gatepass.dispatch.models import Notice
from gatepass.identity import new_id


class Trip(models.Model):
    """One vehicle's one departure, with the notices it carries. `pass_issued_at`: while a gate pass is in force its load is frozen."""

    uid = models.UUIDField(unique=True, default=new_id)
    number = models.CharField(max_length=20, unique=True)
    vehicle = models.ForeignKey(Vehicle, models.PROTECT, related_name="+")
    driver = models.ForeignKey(Driver, models.PROTECT, related_name="+")
    carrier = models.UUIDField(db_index=True)
    day = models.DateField(db_index=True)
    arranged_by = models.UUIDField()
    arranged_at = models.DateTimeField()
    note = models.CharField(max_length=1000, blank=True)
    loaded_at = models.DateTimeField(null=True)
    pass_issued_at = models.DateTimeField(null=True)
    seals = models.CharField(max_length=120, blank=True)
    left_at = models.DateTimeField(null=True)
    came_back_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    voided_why = models.CharField(max_length=300, blank=True)


class Consignment(models.Model):
    """Order x notice x trip (当批): what one trip carries of one notice, with its own sum due. `partial`: put on the trip by lines.

    consigned_claimed: when it was consigned or delivered; as the carrier says since `claimed_at`, and as the desk learned from the yard
    or the customer once there is `consigned_at`.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    trip = models.ForeignKey(Trip, models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+")
    order = models.UUIDField(db_index=True)
    number = models.CharField(max_length=20, unique=True)
    cartons = models.PositiveIntegerField()
    weight_g = models.BigIntegerField()
    volume_cm3 = models.BigIntegerField()
    partial = models.BooleanField(default=False)
    goods_fen = models.BigIntegerField(default=0)
    left_at = models.DateTimeField(null=True, db_index=True)
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.UUIDField(null=True)
    claim_refused_at = models.DateTimeField(null=True)
    claim_refused_why = models.CharField(max_length=300, blank=True)
    consigned_at = models.DateTimeField(null=True)
    consigned_claimed = models.DateTimeField(null=True)
    direct = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True)
    told_how = models.CharField(max_length=60, blank=True)
    told_short = models.TextField(blank=True)
    told_short_en = models.TextField(blank=True)
    told_why = models.CharField(max_length=300, blank=True)
    told_answer = models.CharField(max_length=300, blank=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trip", "notice"], condition=Q(voided_at=None), name="one_consignment"),
        ]

    @property
    def is_claimed(self) -> bool:
        """Whether the carrier's word waits for the desk."""
        return self.claimed_at is not None and self.consigned_at is None and self.claim_refused_at is None


class ConsignmentLine(models.Model):
    """Cartons of one notice line on one trip."""

    consignment = models.ForeignKey(Consignment, models.PROTECT, related_name="+")
    line = models.BigIntegerField()
    product = models.BigIntegerField()
    cartons = models.PositiveIntegerField()
    gift = models.PositiveIntegerField(default=0)


class Count(models.Model):
    """A warehouse person's count of a trip's load; a container needs two different people. A load that changed is counted again."""

    append_only = True
    trip = models.ForeignKey(Trip, models.PROTECT, related_name="+")
    person = models.UUIDField()
    cartons = models.PositiveIntegerField()
    at = models.DateTimeField()
    entry = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trip", "person", "cartons"], name="one_count_a_person")]


class CarrierSignature(models.Model):
    """The carrier's signature under the outbound order and the waybill of a consignment, on glass or on paper with a photo.

    The latest counts: after a change of goods the carrier counts and signs again.
    """

    append_only = True
    consignment = models.ForeignKey(Consignment, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    person = models.UUIDField(null=True)
    cartons = models.PositiveIntegerField()
    means = models.CharField(max_length=8, choices=[("glass", "手机签字"), ("paper", "纸质签字")])
    image = models.BinaryField(null=True)
    at = models.DateTimeField()
    entry = models.UUIDField()


class Waybill(models.Model):
    """The consignment paper (托运单). Blank fields are named by D10 until they are filled in.

    written_at: when something on it was last written; what the carrier signed before that, he signs again. gate_fen: what a fine is
    reckoned from, set when the goods pass the gate: the freight on the paper or the agreed one, whichever was higher. printed_fen: what the
    forwarder wrote where it differs from the frozen figure, agreed by two people of finance; it is what is posted.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    number = models.CharField(max_length=20, unique=True)
    consignment = models.OneToOneField(Consignment, models.PROTECT, related_name="waybill")
    carrier = models.UUIDField()
    carrier_name = models.CharField(max_length=60, blank=True)
    carrier_company = models.CharField(max_length=80, blank=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    unit = models.CharField(max_length=8, blank=True, choices=[(u.value, u.text.zh) for u in PricingUnit])
    yuan = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    own_vehicle = models.BooleanField(default=False)
    freight_fen = models.BigIntegerField(null=True)
    agreed_fen = models.BigIntegerField(null=True)
    gate_fen = models.BigIntegerField(null=True)
    printed_fen = models.BigIntegerField(null=True)
    written_at = models.DateTimeField(null=True)
    consignee = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    destination = models.CharField(max_length=60, blank=True)
    bearer = models.CharField(max_length=10, choices=BEARERS)
    flagged = models.CharField(max_length=200, blank=True)
    handed_in_at = models.DateTimeField(null=True)
    received_by = models.UUIDField(null=True)
    credited_at = models.DateTimeField(null=True)
    credited_by = models.UUIDField(null=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(freight_fen=None) | Q(freight_fen__gte=0), name="freight_not_negative")]


class WaybillCorrection(models.Model):
    """What was wrong on a closed waybill, and what is right; it counts when somebody else has signed it.

    changes: for each field what stood there and what will (texts). printed: only the freight that the forwarder wrote, which stands beside
    the frozen figure and is what is posted.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    number = models.CharField(max_length=20, unique=True)
    waybill = models.ForeignKey(Waybill, models.PROTECT, related_name="+")
    printed = models.BooleanField(default=False)
    changes = models.JSONField()
    reason = models.CharField(max_length=300)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["waybill"], condition=Q(applied_at=None, returned_at=None), name="one_correction_at_a_time"),
        ]


class PriceCorrection(models.Model):
    """A price that was found wrong after the goods had left (D17): an item of its own on the account, with two signatures.

    line_yuan: the price at which the cartons left; old_yuan: what counts of them now; fen: what it adds to what the customer owes.
    """

    uid = models.UUIDField(unique=True, default=new_id)
    number = models.CharField(max_length=20, unique=True)
    consignment = models.ForeignKey(Consignment, models.PROTECT, related_name="+")
    product = models.BigIntegerField()
    cartons = models.PositiveIntegerField()
    line_yuan = models.DecimalField(max_digits=18, decimal_places=6)
    old_yuan = models.DecimalField(max_digits=18, decimal_places=6)
    new_yuan = models.DecimalField(max_digits=18, decimal_places=6)
    fen = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    prepared_by = models.UUIDField()
    prepared_at = models.DateTimeField()
    booked_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(fen=0), name="price_correction_moves_money"),
            models.UniqueConstraint(
                fields=["consignment", "product", "line_yuan"], condition=Q(booked_at=None, returned_at=None), name="one_price_correction_at_a_time"
            ),
        ]


class Position(models.Model):
    """Where a trip was, dated, as the carrier or the clerk said."""

    append_only = True
    trip = models.ForeignKey(Trip, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    claimed_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    note = models.CharField(max_length=1000, blank=True)
    by = models.UUIDField()
