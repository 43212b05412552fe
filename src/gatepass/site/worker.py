"""The worker process: a loop of ours runs out clocks and chains the journal; the job queue has a thread beside it."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Callable

from django.db import close_old_connections, connection
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

EVERY = 2.0  # seconds; a clock that runs out acts within ten
MOST_ROUNDS = 50
DUTIES = ("gatepass.enforcement.clocks.sweep", "gatepass.journal.chaining.chain", "gatepass.site.witness.attend")
log = logging.getLogger("gatepass.worker")


def run() -> int:
    """Work until told to stop. Gives 1 when the queue's thread fell: the supervisor then starts the process again."""
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    queue = Queue(stop)
    queue.start()
    duties: list[Callable[[], int]] = [import_string(name) for name in DUTIES]
    while not stop.is_set():
        for duty in duties:
            attend(duty, stop)
        stop.wait(EVERY)
    queue.finish()
    connection.close()
    return 1 if queue.failed else 0


def attend(duty: Callable[[], int], stop: threading.Event) -> None:
    """Do a duty until it finds nothing more. A failure is logged and tried again on the next round."""
    try:
        for _ in range(MOST_ROUNDS):
            close_old_connections()
            if stop.is_set() or not duty():
                return
    except Exception:
        log.exception("%s failed", getattr(duty, "__name__", duty))
        connection.close()


class Queue(threading.Thread):
    """procrastinate's worker in a thread with an event loop of its own; its fall stops the whole process."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__(name="queue", daemon=True)
        self._stop_all = stop
        self._loop = asyncio.new_event_loop()
        self._task: asyncio.Task[None] | None = None
        self.failed = False

    def run(self) -> None:
        try:
            self._task = self._loop.create_task(self._work())
            self._loop.run_until_complete(self._task)
        except asyncio.CancelledError:
            return
        except Exception:
            log.exception("the queue fell")
            self.failed = True
            self._stop_all.set()

    async def _work(self) -> None:
        connector = app.connector
        if not isinstance(connector, DjangoConnector):
            raise TypeError("the queue is not Django's")
        # An app of its own: the loop beside it goes on deferring jobs inside its transactions.
        worker = app.with_connector(connector.get_worker_connector())
        async with worker.open_async():
            await worker.run_worker_async(install_signal_handlers=False, concurrency=2, delete_jobs="successful")

    def finish(self, patience: float = 15.0) -> None:
        """Let running jobs end, then stop the thread."""
        if self._task is not None and self.is_alive():
            self._loop.call_soon_threadsafe(self._task.cancel)
        self.join(patience)
