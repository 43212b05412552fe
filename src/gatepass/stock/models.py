"""Stock by batch, its moves, and what is reserved for orders. All in cartons."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gatepass.catalogue.models import Product
from gatepass.identity import new_id
from gatepass.words import Labelled


class Quality(Labelled):
    PASSED = "passed", "合格", "passed"
    HELD = "held", "待检", "held"
    FAILED = "failed", "不合格", "failed"


class Batch(models.Model):
    """A production lot in the warehouse. Only what passed may be reserved and picked."""

    uid = models.UUIDField(unique=True, default=new_id)
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    code = models.CharField(max_length=24)
    produced_on = models.DateField()
    expires_on = models.DateField()
    location = models.CharField(max_length=20, blank=True)
    quality = models.CharField(max_length=8, choices=[(q.value, q.text.zh) for q in Quality])
    on_hand = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "code"], name="one_batch_of_a_code"),
            models.CheckConstraint(condition=Q(expires_on__gt=models.F("produced_on")), name="batch_expires_later"),
        ]
        indexes = [models.Index(fields=["product", "expires_on"])]


class MoveKind(Labelled):
    RECEIVED = "received", "入库", "received"
    PICKED = "picked", "配货出库", "picked"
    PUT_BACK = "put_back", "退回货位", "put back"
    ADJUSTED = "adjusted", "盘点调整", "adjusted"
    RETURNED = "returned", "退供应商", "returned to a supplier"


class Move(models.Model):
    """Cartons in (+) or out (−) of a batch, with the document that moved them."""

    append_only = True
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    cartons = models.IntegerField()
    kind = models.CharField(max_length=10, choices=[(k.value, k.text.zh) for k in MoveKind])
    document = models.UUIDField(null=True)
    entry = models.UUIDField(db_index=True)
    at = models.DateTimeField()
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(cartons=0), name="move_moves")]


class SupplierReturn(models.Model):
    """Cartons of a batch that go back to whom they came from: out of stock at once, out of the gate on a pass that names this."""

    uid = models.UUIDField(unique=True, default=new_id)
    number = models.CharField(max_length=20, unique=True)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    cartons = models.PositiveIntegerField()
    supplier = models.CharField(max_length=120)
    reason = models.CharField(max_length=300)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(cartons__gt=0), name="something_is_returned")]


class Reservation(models.Model):
    """Cartons of a product set aside for an order (giveaways included), less what was picked for it.

    picked: cartons picked for it in all; beyond: those of them that had not been set aside for it; putting them back sets nothing aside.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    order = models.UUIDField()
    cartons = models.PositiveIntegerField()
    picked = models.PositiveIntegerField(default=0, db_default=0)
    beyond = models.PositiveIntegerField(default=0, db_default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "product"], name="one_reservation")]
        indexes = [models.Index(fields=["product"])]
