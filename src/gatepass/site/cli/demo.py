"""`gatepass demo`: serve a company some weeks into its life; one click signs in as anybody."""

from __future__ import annotations

import argparse

from gatepass.site.cli import serve
from gatepass.words import Text

SUMMARY = Text("在演示公司上启动放行", "Run Gatepass on a demo company")


def arguments(parser: argparse.ArgumentParser) -> None:
    serve.arguments(parser)


def run(options: argparse.Namespace) -> int:
    return serve.run(options, demo=True)
