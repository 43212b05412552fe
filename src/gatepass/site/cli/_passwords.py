"""Asking for a password at the terminal, or taking it from GATEPASS_PASSWORD or standard input."""

from __future__ import annotations

import getpass
import os
import sys

from gatepass.site.cli import language
from gatepass.words import Text


def ask() -> str:
    """Never from an argument: those are seen by every user of the machine."""
    if given := os.environ.get("GATEPASS_PASSWORD"):
        return given
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    while True:
        first = getpass.getpass(Text("密码（至少 8 个字符）：", "Password (8 characters or more): ").said(language()))
        if first == getpass.getpass(Text("再输一次：", "Once more: ").said(language())):
            return first
