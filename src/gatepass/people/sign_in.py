"""Signing in by name and password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from gatepass.journal.rows import find
from gatepass.people.models import Person


class PersonBackend(BaseBackend):
    """Active people only; the cost of a wrong name is that of a wrong password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Person | None:
        person = Person.objects.filter(username=username or "").first()
        if person is None:
            Person().set_password(password)
            return None
        return person if person.active and person.check_password(password or "") else None

    def get_user(self, user_id: int) -> Person | None:
        return find(Person, id=user_id, active=True)
