"""People for the calendar's tests."""

from __future__ import annotations

from datetime import date

from gatepass.people.models import Department, Holding, Person, Post
from gatepass.roles import Position


def somebody(name: str, position: Position) -> Person:
    """A person who holds a post of this kind."""
    person = Person.objects.create(username=name, name=name)
    department, _ = Department.objects.get_or_create(name="销售部", defaults={"name_en": "Sales"})
    post = Post.objects.create(kind=position.value, title=position.text.zh, department=department)
    Holding.objects.create(post=post, person=person, since=date(2020, 1, 1))
    return person
