"""Which duties somebody sees: his own, and those of what he may see. Deny by default."""

from __future__ import annotations

from django.db.models import Q

from gatepass.customers.models import Customer
from gatepass.enforcement.roster import Roster
from gatepass.roles import Power, Sight


def mine(sight: Sight, now: Roster) -> Q:
    """What this person owes: as a position's holder or deputy, in person, or as a carrier.

    A duty of a named person belongs to him and to who deputises for him; when he no longer holds the position, to all who do.
    """
    positions = [position.value for position in sight.positions]
    people, present = now.stands_for(sight.person), now.holders(sight.positions)
    free = Q(holder=None) | Q(holder__in=people) | ~Q(holder__in=present)
    owed = Q(holder_position__in=positions) & free | Q(holder_position="", holder_kind="person", holder__in=people)
    return owed | Q(holder_kind="carrier", holder=sight.carrier) if sight.carrier else owed


def seen_by(sight: Sight, now: Roster) -> Q:
    """What this person sees at all: everything with the view of the company or of all orders; orders of his regions; else his own."""
    if sight.may(Power.SEE_COMPANY) or (sight.may(Power.SEE_ORDERS) and sight.regions is None):
        return Q()
    if sight.may(Power.SEE_ORDERS) and sight.regions is not None:
        inside = Customer.objects.filter(region__in=sight.regions).values("uid")
        return mine(sight, now) | Q(customer__in=inside)
    return mine(sight, now)
