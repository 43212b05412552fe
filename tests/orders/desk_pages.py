"""Asking pages as somebody of the small company, at the moment of its clock."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from company import Staff
from gatepass.journal.clock import clock_at
from gatepass.people.models import Person

BACKEND = "gatepass.people.sign_in.PersonBackend"


class Visitor:
    """A browser of one person: what it is answered, as text without tags too."""

    def __init__(self, staff: Staff, who: str, language: str = "zh") -> None:
        self.staff, self.client = staff, Client()
        self.client.force_login(Person.objects.get(uid=staff.people[who]), backend=BACKEND)
        self.client.cookies["language"] = language

    def get(self, path: str, **headers: Any) -> HttpResponse:
        with clock_at(self.staff.at):
            return self.client.get(path, **headers)

    def post(self, path: str, given: dict[str, Any]) -> HttpResponse:
        with clock_at(self.staff.at):
            return self.client.post(path, given)

    def sends(self, order: UUID, **typed: str) -> HttpResponse:
        """Look at the composition with what is typed, as the page does while typing, and send what it showed."""
        fields = {name.replace("_", "-") if name.startswith(("gift", "why")) else name: value for name, value in typed.items()}
        shown = self.get(f"/orders/{order}/send/preview?{urlencode(fields)}").content.decode()
        hidden = {name: unescape(found[1]) for name in ("previewed", "shown") if (found := re.search(f'name="{name}" value="([^"]*)"', shown))}
        return self.post(f"/orders/{order}/send/", hidden | fields)

    def reads(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return words(answer)


def words(answer: HttpResponse) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def order_lines(staff: Staff, *lines: tuple[str, str]) -> dict[str, str]:
    """The grid as a browser posts it: codes with cartons."""
    found: dict[str, str] = {}
    for number, (code, cartons) in enumerate(lines):
        product: UUID | str = staff.products.get(code, "")
        found |= {f"lines-{number}-product": str(product), f"lines-{number}-product__shown": code, f"lines-{number}-cartons": cartons}
    return found
