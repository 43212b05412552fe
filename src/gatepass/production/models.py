"""What production sees: its own tables, which have no column for an address, a phone or a price (C24)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gatepass.catalogue.models import Product
from gatepass.identity import new_id


class Demand(models.Model):
    """The demand of one order for one product: stock first, the rest is to be produced (平库生产)."""

    uid = models.UUIDField(unique=True, default=new_id)
    order = models.UUIDField(db_index=True)
    order_number = models.CharField(max_length=20)
    customer_name = models.CharField(max_length=40)
    expected_on = models.DateField(null=True, db_index=True)
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    cartons = models.PositiveIntegerField()
    from_stock = models.PositiveIntegerField(default=0)
    ready = models.PositiveIntegerField(default=0)
    remark = models.CharField(max_length=300, blank=True)
    handed_at = models.DateTimeField()
    handed_by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "product"], name="demand_once")]


class Ready(models.Model):
    """Production reports cartons ready, with their batch and quality."""

    append_only = True
    demand = models.ForeignKey(Demand, models.PROTECT, null=True, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    batch = models.UUIDField()
    cartons = models.PositiveIntegerField()
    quality = models.CharField(max_length=8)
    note = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()


class Shortage(models.Model):
    """Cartons that will be short or failed, and what the client admin made of it."""

    uid = models.UUIDField(unique=True, default=new_id)
    demand = models.ForeignKey(Demand, models.PROTECT, related_name="+")
    cartons = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=[("short", "缺货"), ("quality", "不合格")])
    reason = models.CharField(max_length=300)
    expected_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    taken_up_at = models.DateTimeField(null=True)
    taken_up_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["demand"], condition=Q(taken_up_at=None), name="shortages_open"),
        ]


class ShippingDay(models.Model):
    """A day on which goods are to be shipped: what its stock-up plan is owed for."""

    uid = models.UUIDField(unique=True)
    day = models.DateField(unique=True)


class StockupPlan(models.Model):
    """The stock-up plan of one shipping day as it was handed to production: frozen (C12)."""

    uid = models.UUIDField(unique=True, default=new_id)
    day = models.DateField(db_index=True)
    version = models.PositiveSmallIntegerField()
    handed_at = models.DateTimeField()
    handed_by = models.UUIDField()
    data = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "version"], name="one_plan_of_a_version")]
