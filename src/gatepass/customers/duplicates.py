"""Likely duplicates of a customer's file (A11): the same name, the same phone, or a name that sounds alike."""

from __future__ import annotations

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q

from gatepass.customers.models import Contact, Customer
from gatepass.customers.policies import ALIKE, Alike, why_alike

MOST = 5


def alike(customer: Customer) -> list[Alike]:
    """Files that may be the same customer, the likeliest first. `customer` has its search keys and need not be saved."""
    likeness = TrigramSimilarity("heart_pinyin", customer.heart_pinyin)
    wanted = Q(heart=customer.heart) | Q(likeness__gte=ALIKE)
    if customer.digits:
        owners = Contact.objects.filter(digits=customer.digits, until=None).values("customer_id")
        wanted |= Q(digits=customer.digits) | Q(pk__in=owners)
    others = Customer.objects.exclude(uid=customer.uid).annotate(likeness=likeness).filter(wanted)
    phones = _phones(customer.digits)
    found = []
    for other in others.order_by("-likeness", "code")[:MOST]:
        same_phone = bool(customer.digits) and (other.digits == customer.digits or other.pk in phones)
        why = why_alike(other.heart == customer.heart, same_phone, other.likeness)
        if why is not None:
            found.append(Alike(other.uid, other.code, other.name, why))
    return found


def _phones(digits: str) -> set[int]:
    return set(Contact.objects.filter(digits=digits, until=None).values_list("customer_id", flat=True)) if digits else set()
