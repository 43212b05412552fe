"""Figures that open: found on pages by their links, opened, their entries added; and the list of them in docs/figures.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from django.test import Client

from gatepass.journal.clock import clock_at
from gatepass.people.models import Person

DOC = Path(__file__).parents[2] / "docs" / "figures.md"
FIGURE = re.compile(r'<a class="fig" href="([^"]+)"[^>]*>([^<]*)</a>')
ENTRY = re.compile(r'<span class="num">([^<]*)</span>')
UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def fen(text: str) -> int:
    return int(re.sub(r"[,.+¥]", "", unescape(text).replace("−", "-")))


def shape(address: str) -> str:
    """An address as the list has it: `/orders/{id}/parts/{n}/entries`."""
    known = re.sub(r"/\d+/", "/{n}/", UID.sub("{id}", address.partition("?")[0]))
    return re.sub(r"/shares/[^/]+/", "/shares/{key}/", known)


def listed() -> list[str]:
    """The shapes that docs/figures.md names, in its order."""
    return re.findall(r"^\| `(/[^`]+)` ", DOC.read_text("utf-8"), re.MULTILINE)


class Walker:
    """Somebody who presses every figure. opened: how often each shape was; wrong: figures whose entries do not add up to them."""

    def __init__(self, username: str, at: Any) -> None:
        self.client, self.at = Client(), at
        self.client.force_login(Person.objects.get(username=username), backend="gatepass.people.sign_in.PersonBackend")
        self.opened: dict[str, int] = {}
        self.wrong: list[str] = []

    def read(self, path: str) -> str:
        with clock_at(self.at):
            answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode()

    def walk(self, path: str) -> None:
        """Every figure of a page that opens: its entries add up to it."""
        for address, text in self.figures(self.read(path)):
            entries = [fen(one) for one in ENTRY.findall(self.read(address)) if one.strip()]
            self.opened[shape(address)] = self.opened.get(shape(address), 0) + 1
            if sum(entries) != fen(text):
                self.wrong.append(f"{path} {text} opens {address} to {entries}")

    @staticmethod
    def figures(page: str) -> Iterator[tuple[str, str]]:
        for address, text in FIGURE.findall(page):
            if "/entries" in address:
                yield unescape(address), text
