"""The worker's duties do not end with the database's connection, and when one does, the front page says so."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from company import Staff
from databases import Clones
from gatepass.journal.models import Key
from gatepass.people.models import Person
from gatepass.site import database, pulse, tidying, worker
from gatepass.site.models import Pulse


def test_the_queue_begins_again_when_its_connection_was_cut(fresh: str, clones: Clones, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "ASKED", 0.5)
    monkeypatch.setattr(worker, "AGAIN", 0.2)
    stop = threading.Event()
    queue = worker.Queue(stop)
    queue.start()
    try:
        assert _until(queue.answered)
        for _ in range(2):
            with psycopg.connect(database.other(clones.url, fresh), autocommit=True) as owner:
                owner.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and pid <> pg_backend_pid()", [fresh])
            cut = time.monotonic()
            assert _until(lambda cut=cut: queue._answered > cut + 0.2 and queue.trouble == ""), queue.trouble
            assert queue.is_alive()
    finally:
        stop.set()
        queue.finish()
    assert not queue.is_alive()


def _until(true: Callable[[], bool], patience: float = 60) -> bool:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.1)
    return False


def test_a_duty_that_was_lost_stands_on_the_front_page_of_head_and_administrator(staff: Staff) -> None:
    now = datetime.now(UTC)
    assert pulse.alarm(now) is None
    pulse.beat("queue")
    assert pulse.alarm(now) is None
    pulse.beat("queue", "OperationalError: gone", alive=False)
    Pulse.objects.update(at=now - timedelta(minutes=4))
    found = pulse.alarm(now)
    assert found is not None and "backups" in found.what.en
    for who, sees in (("chen", True), ("admin", True), ("lin", False)):
        visitor = Client()
        visitor.force_login(Person.objects.get(uid=staff.people[who]))
        page = visitor.get("/")
        assert ("备份等定时任务" in page.content.decode()) is sees, who
        assert "no-store" in page.headers["Cache-Control"]


def test_keys_belong_to_a_person_and_are_purged_with_sessions_that_are_over(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [{"product": staff.products["100101"], "cartons": 3}]
    first = staff.run("take_order", "lin", customer=staff.customer, lines=lines, key="one and the same")
    other = staff.run("take_order", "tang", customer=staff.customer, lines=lines, key="one and the same")
    assert first.uid != other.uid
    assert staff.run("take_order", "lin", customer=staff.customer, lines=lines, key="one and the same").uid == first.uid
    Key.objects.filter(by=staff.people["tang"]).update(at=timezone.now() - timedelta(days=31))
    Key.objects.filter(by=staff.people["lin"]).update(at=timezone.now())
    Session.objects.create(session_key="x" * 32, session_data="", expire_date=timezone.now() - timedelta(days=1))
    monkeypatch.setattr(tidying._Last, "at", None)
    tidying.attend()
    assert list(Key.objects.values_list("by", flat=True)) == [staff.people["lin"]]
    assert not Session.objects.exists()
