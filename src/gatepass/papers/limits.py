"""Limits that a child process sets itself."""

from __future__ import annotations

import contextlib
import math
import resource


def limit(kind: int, most: int) -> None:
    """A limit that the system may know or not; a lower one that is already set stays."""
    with contextlib.suppress(ValueError, OSError):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def allow_seconds(seconds: int) -> None:
    """Processor time counts from the start of the process, so each job gets its own allowance on top of what is
    used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime) + seconds)
