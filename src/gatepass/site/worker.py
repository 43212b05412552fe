"""The worker process: a loop of ours runs out clocks and chains the journal; the job queue has a thread beside it."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
import time
from collections.abc import Callable
from functools import partial

from django.db import close_old_connections, connection
from django.utils.module_loading import import_string
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from gatepass.site import pulse

EVERY = 2.0  # seconds; a clock that runs out acts within ten
MOST_ROUNDS = 50
ASKED = 10.0  # seconds between two questions to the queue's connection, and for the answer
AGAIN = 5.0
PATIENCE = 10.0
DUTIES = (
    "gatepass.enforcement.clocks.sweep", "gatepass.journal.chaining.chain", "gatepass.site.witness.attend",
    "gatepass.site.tidying.attend",
)
log = logging.getLogger("gatepass.worker")


def run() -> int:
    """Work until told to stop. Gives 1 where the queue's thread is gone: the supervisor then starts the process again."""
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    queue = Queue(stop)
    queue.start()
    duties: list[Callable[[], int]] = [import_string(name) for name in DUTIES]
    while not stop.is_set() and queue.is_alive():
        for duty in duties:
            attend(duty, stop)
        attend(partial(_alive, queue), stop)
        stop.wait(EVERY)
    fell = not stop.is_set()
    stop.set()
    queue.finish()
    connection.close()
    return 1 if fell else 0


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


def _alive(queue: Queue) -> int:
    """Say that the clocks are alive, and the queue where it answered lately."""
    pulse.beat("clocks")
    if queue.trouble:
        pulse.beat("queue", queue.trouble, alive=False)
    elif queue.answered():
        pulse.beat("queue")
    return 0


class Queue(threading.Thread):
    """procrastinate's worker in a thread with an event loop of its own. It ends with the database's connection, with or without a word;
    here it is asked every few seconds whether it still answers, and begun again when it does not.
    """

    def __init__(self, stop: threading.Event) -> None:
        super().__init__(name="queue", daemon=True)
        self._stop_all = stop
        self._loop = asyncio.new_event_loop()
        self._task: asyncio.Task[None] | None = None
        self._answered = 0.0
        self.trouble = ""

    def answered(self) -> bool:
        """Whether its own connection answered a moment ago."""
        return time.monotonic() - self._answered < ASKED * 3

    def run(self) -> None:
        asyncio.set_event_loop(self._loop)
        while not self._stop_all.is_set():
            try:
                self._task = self._loop.create_task(self._work())
                self._loop.run_until_complete(self._task)
                self.trouble = "it ended without a word"
            except asyncio.CancelledError:
                return
            except Exception as error:
                self.trouble = f"{type(error).__name__}: {error}"
            if not self._stop_all.is_set():
                log.error("the queue fell (%s); it begins again", self.trouble)
                self._stop_all.wait(AGAIN)

    async def _work(self) -> None:
        connector = app.connector
        if not isinstance(connector, DjangoConnector):
            raise TypeError("the queue is not Django's")
        # An app of its own: the loop beside it goes on deferring jobs inside its transactions.
        worker = app.with_connector(connector.get_worker_connector())
        async with worker.open_async():
            working = asyncio.ensure_future(
                worker.run_worker_async(install_signal_handlers=False, concurrency=2, delete_jobs="successful")
            )
            asking = asyncio.ensure_future(self._ask(worker))
            try:
                done, _ = await asyncio.wait({working, asking}, return_when=asyncio.FIRST_COMPLETED)
                for one in done:
                    one.result()
            finally:
                for one in (asking, working):
                    one.cancel()
                await asyncio.wait({asking, working}, timeout=PATIENCE)

    async def _ask(self, worker: App) -> None:
        """Ends with an exception when the queue's connection does not answer."""
        while True:
            await asyncio.wait_for(worker.connector.execute_query_one_async("select 1 as one"), ASKED)
            self._answered, self.trouble = time.monotonic(), ""
            await asyncio.sleep(ASKED)

    def finish(self, patience: float = 15.0) -> None:
        """Let running jobs end, then stop the thread."""
        if self._task is not None and self.is_alive():
            self._loop.call_soon_threadsafe(self._task.cancel)
        self.join(patience)
