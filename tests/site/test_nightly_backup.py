"""Last night's backup was restored and checked, or administrator and head see a red line (RELIABILITY, promise 8)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import IntegrityError, ProgrammingError
from django.test import Client

from company import Staff, paid
from gatepass.people.models import Company, Person
from gatepass.site import database, nightly
from gatepass.site.models import BackupRun
from masters import found

if TYPE_CHECKING:
    from databases import Clones

NIGHT = datetime(2026, 11, 17, 18, 30, tzinfo=UTC)  # 02:30 of the 18th in Shanghai


def front_page(staff: Staff, who: str) -> str:
    client = Client()
    client.force_login(Person.objects.get(uid=staff.people[who]), backend="gatepass.people.sign_in.PersonBackend")
    return client.get("/").content.decode()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    return tmp_path


def attend(clones: Clones, fresh: str, monkeypatch: pytest.MonkeyPatch, at: datetime) -> BackupRun | None:
    monkeypatch.setenv("DATABASE_URL", database.other(clones.program, fresh))
    return nightly.attend(at)


def test_a_backup_is_written_restored_into_a_fresh_server_and_checked(
    clones: Clones, fresh: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found()
    run = attend(clones, fresh, monkeypatch, NIGHT + timedelta(minutes=5))
    assert run is not None and run.verified, (run and (run.findings, run.trouble))
    file = data / run.file
    assert file.stat().st_size == run.size > 10_000 and file.stat().st_mode & 0o077 == 0
    assert [path.name for path in data.iterdir() if path.name.startswith("proving-")] == []
    assert attend(clones, fresh, monkeypatch, NIGHT + timedelta(hours=6)) is None
    assert nightly.alarm(NIGHT + timedelta(hours=7)) is None


def test_a_backup_whose_books_do_not_agree_is_kept_and_said_without_a_customers_name(
    staff: Staff, clones: Clones, fresh: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    from gatepass.site import database

    paid(staff)
    with psycopg.connect(database.other(clones.url, fresh)) as owner:
        owner.execute("set session_replication_role = replica")
        owner.execute("update receivables_balance set fen = 1 where account = 'customer'")
    run = attend(clones, fresh, monkeypatch, NIGHT + timedelta(minutes=5))
    assert run is not None and not run.verified and run.findings["ledger"] >= 1
    assert "渝味源" not in str(run.findings) + run.trouble
    seen = nightly.alarm(NIGHT + timedelta(hours=3))
    assert seen is not None and "没有通过核对" in seen.what.zh
    assert not nightly.owed(NIGHT + timedelta(minutes=20)) and nightly.owed(NIGHT + timedelta(hours=2))


def test_a_database_that_cannot_be_dumped_leaves_a_line_too(
    staff: Staff, clones: Clones, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff.opening("100.00")
    run = attend(clones, "no_such_database", monkeypatch, NIGHT + timedelta(minutes=5))
    assert run is not None and not run.verified and run.trouble.startswith("BackupError")


def ran(at: datetime, *, verified: bool = True) -> BackupRun:
    return BackupRun.objects.create(at=at, file=f"backups/gatepass-{at:%Y%m%d-%H%M%S}.backup", size=9, verified=verified)


def test_the_red_line_is_seen_by_administrator_and_head_and_only_when_it_must_be(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    staff.opening("100.00")
    for who in ("admin", "chen"):
        assert "昨晚没有备份" in front_page(staff, who)
    assert "data-backup" not in front_page(staff, "lin")
    run = ran(datetime.now(UTC) - timedelta(minutes=1), verified=False)
    assert "没有通过核对" in front_page(staff, "chen")
    ran(run.at + timedelta(seconds=5))
    assert "data-backup" not in front_page(staff, "chen")


def test_no_backup_is_asked_of_an_empty_place_of_a_company_of_today_or_of_the_demo(
    staff: Staff, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not nightly.owed(NIGHT + timedelta(hours=5))  # nothing has happened in it yet
    staff.at = NIGHT + timedelta(hours=1)
    staff.opening("100.00")
    assert nightly.alarm(NIGHT + timedelta(hours=5)) is None
    assert nightly.alarm(NIGHT + timedelta(hours=27)) is not None
    monkeypatch.setattr(settings, "DEMO", True)
    assert nightly.attend(NIGHT + timedelta(hours=27)) is None
    Company.objects.update(demo=True)
    assert nightly.alarm(NIGHT + timedelta(hours=27)) is None


def test_the_hour_is_the_companys_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "BACKUP_AT", "23:15")
    assert nightly.last_hour(datetime(2026, 11, 18, 15, 14, tzinfo=UTC)) == datetime(2026, 11, 17, 15, 15, tzinfo=UTC)
    assert nightly.last_hour(datetime(2026, 11, 18, 15, 15, tzinfo=UTC)) == datetime(2026, 11, 18, 15, 15, tzinfo=UTC)


def test_old_files_go_but_never_the_last_that_was_verified(fresh: str, data: Path) -> None:
    folder = data / nightly.FOLDER
    folder.mkdir()
    runs = [ran(NIGHT + timedelta(days=n), verified=n == 0) for n in range(5)]
    for run in runs:
        (data / run.file).write_bytes(b"x")
    nightly._forget_old(folder, 2)
    assert sorted(folder.iterdir()) == [data / run.file for run in (runs[0], runs[3], runs[4])]


def test_what_is_recorded_of_backups_is_never_changed(fresh: str) -> None:
    run = ran(NIGHT)
    run.verified = False
    with pytest.raises((IntegrityError, ProgrammingError)):
        run.save()


def test_the_doctor_says_it(staff: Staff) -> None:
    from gatepass.site.company_health import company
    from gatepass.site.health import Mark

    staff.opening("100.00")
    assert [f.text.en for f in company() if f.mark is Mark.WRONG] == ["Last night's backup is missing"]
    ran(datetime.now(UTC))
    assert any("restored and checked" in f.text.en for f in company())


def test_the_queue_itself_finds_the_job_and_runs_it(
    staff: Staff, clones: Clones, fresh: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading
    import time

    from gatepass.site import worker

    staff.opening("100.00")
    made: list[datetime] = []
    monkeypatch.setattr(nightly, "attend", lambda: made.append(datetime.now(UTC)))
    stop = threading.Event()
    queue = worker.Queue(stop)
    queue.start()
    waiting = time.monotonic() + 40
    while not made and time.monotonic() < waiting and not stop.is_set():
        time.sleep(0.2)
    queue.finish()
    assert made and not queue.trouble
