"""The command line: `gatepass VERB`. One small file per verb in this folder.

A verb's file has SUMMARY (a Text), arguments(parser) and run(options) -> exit status. Its name is the file's name.
Heavy imports belong inside run(): every verb's file is read to print the help.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from types import ModuleType

from gatepass.words import Language, Text


def language() -> Language:
    """The terminal's language: Chinese where the locale is, else English."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if named.lower().startswith("zh") else "en"


def verbs() -> dict[str, ModuleType]:
    return {
        module.name.rstrip("_").replace("_", "-"): importlib.import_module(f"{__name__}.{module.name}")
        for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name)
        if not module.name.startswith("_")
    }


def tell(text: Text) -> None:
    """A line for the person at the terminal."""
    print(text.said(language()), flush=True)


def fail(text: Text, status: int = 1) -> int:
    """A line on standard error, and the exit status to return."""
    print(text.said(language()), file=sys.stderr, flush=True)
    return status


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="gatepass", description="放行 Gatepass")
    choices = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    known = verbs()
    for name, module in known.items():
        summary = module.SUMMARY.said(language())
        module.arguments(choices.add_parser(name, help=summary, description=summary))
    options = parser.parse_args(words)
    status: int = known[options.verb].run(options)
    return status
