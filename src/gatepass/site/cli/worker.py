"""`gatepass worker`: clocks, chaining and the job queue; started by `gatepass serve`."""

from __future__ import annotations

import argparse

from gatepass.words import Text

SUMMARY = Text("后台工作：时限、链、任务（由 serve 启动）", "Background work: clocks, chaining, jobs (serve starts it)")


def arguments(parser: argparse.ArgumentParser) -> None:
    """None: everything comes from the environment."""


def run(options: argparse.Namespace) -> int:
    import django

    django.setup()
    from gatepass.site import worker

    return worker.run()
