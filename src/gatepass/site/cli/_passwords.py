"""Asking for a password at the terminal, or taking it from where the program was told to look; a one-time link where none is given."""

from __future__ import annotations

import getpass
import sys

from gatepass.site.cli import language, tell
from gatepass.words import Text

ASKED = Text("{name} 的密码（至少 8 个字符；空着回车：发一次性链接）：", "Password of {name} (8 characters or more; empty: a one-time link): ")
AGAIN = Text("再输一次：", "Once more: ")
LINK = Text("{name} 的一次性链接（三天内有效，只显示这一次）：\n  {link}", "One-time link of {name} (three days, shown this once):\n  {link}")


def ask(name: str) -> str:
    """Never from an argument: those are seen by every user of the machine. "" where there is no terminal, or nothing is typed."""
    if not sys.stdin.isatty():
        return ""
    while True:
        first = getpass.getpass(ASKED.fill(name=name).said(language()))
        if not first or first == getpass.getpass(AGAIN.said(language())):
            return first


def show_link(name: str, token: str, base: str) -> None:
    """The address of a one-time link, for whoever sits at this terminal to hand on."""
    tell(LINK.fill(name=name, link=f"{base}/first/{token}/"))
