"""The command line of whoever runs the machine: founding, people, doctor, backup and restore."""

from __future__ import annotations

import shutil
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from databases import Clones
from gatepass.site import backups, database, postgres, restores
from site_programs import gatepass_says, sweep

FOUND = (
    "company", "--name", "测试纸业有限公司", "--short-name", "测试纸业", "--name-en", "Test Paper", "--head", "王总",
    "--head-username", "wang", "--administrator", "李管", "--administrator-username", "li",
    "--bank", "农业银行", "--bank-holder", "测试纸业有限公司", "--bank-number", "6228 4801 2345",
)  # fmt: skip
PASSWORD = "a long enough one"
LOOK = """
import django
django.setup()
from gatepass.people.models import Company, Person
assert Company.objects.get().name == "测试纸业有限公司"
assert Person.objects.count() >= 2
"""
CHECK = (sys.executable, "-c", LOOK)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with a founded company, its server running as under `gatepass serve`."""
    folder = tmp_path_factory.mktemp("company") / "data"
    with postgres.start(folder):
        said = gatepass_says(folder, *FOUND, GATEPASS_HEAD_PASSWORD=PASSWORD)
        assert said.returncode == 0, said.stderr
        assert "One-time link of 李管" in said.stdout and "One-time link of 王总" not in said.stdout
        yield folder
    sweep(folder)


def listed(data: Path) -> str:
    return gatepass_says(data, "user", "list").stdout


def test_a_founded_company_has_its_people_and_is_not_founded_twice(data: Path) -> None:
    said = gatepass_says(data, *FOUND)
    assert "already a company here" in said.stdout
    people = listed(data)
    assert "wang             王总  head of the company" in people
    assert "li               李管  administrator" in people
    assert len(people.splitlines()) == 2


def test_a_person_is_created_with_a_position_and_gets_a_link_never_a_password(data: Path) -> None:
    create = ("user", "create", "chen", "--name", "陈单", "--position", "client_admin")
    made = gatepass_says(data, *create, GATEPASS_URL="https://gate.example")
    assert made.returncode == 0 and "https://gate.example/first/" in made.stdout
    assert "chen             陈单  client admin" in listed(data)
    again = gatepass_says(data, *create)
    assert again.returncode == 1
    assert "name is taken" in again.stderr


def test_a_company_is_founded_from_a_file_of_answers_without_a_terminal(tmp_path: Path) -> None:
    data, answers = tmp_path / "data", tmp_path / "answers"
    silent = gatepass_says(data, "company", "--name", "测试")
    assert silent.returncode == 2 and "head_username" in silent.stderr and "Traceback" not in silent.stderr
    lines = [f"{FOUND[n].removeprefix('--').replace('-', '_')} = {FOUND[n + 1]}" for n in range(1, len(FOUND), 2)]
    answers.write_text("\n".join(["# founding", *lines, "head_password = 青山绿水 0417", "wrong = 1"]), "utf-8")
    assert "unknown names: wrong" in gatepass_says(data, "company", "--answers", str(answers)).stderr
    answers.write_text("\n".join([*lines, "head_password = 青山绿水 0417", "hours = 9:00-12:00,13:00-17:00"]), "utf-8")
    founded = gatepass_says(data, "company", GATEPASS_ANSWERS=str(answers))
    assert founded.returncode == 0 and "One-time link of 李管" in founded.stdout, founded.stderr
    assert len(listed(data).splitlines()) == 2
    sweep(data)


def test_it_speaks_chinese_on_a_chinese_terminal(data: Path) -> None:
    said = gatepass_says(data, "user", "reset", "nobody", LC_ALL="zh_CN.UTF-8")
    assert said.stderr.strip() == "没有 nobody"


def test_the_doctor_finds_a_founded_company_well_but_for_what_is_missing(data: Path) -> None:
    said = gatepass_says(data, "doctor")
    assert said.returncode == 0, said.stdout + said.stderr
    assert "✓ Company: 测试纸业有限公司" in said.stdout
    assert "✓ Every append-only table has its triggers" in said.stdout
    (data / "secret").chmod(0o644)
    ill = gatepass_says(data, "doctor")
    (data / "secret").chmod(0o600)
    assert ill.returncode == 1
    assert "✗ Others can read the secret" in ill.stdout


def test_the_doctor_without_a_company_makes_none(tmp_path: Path) -> None:
    said = gatepass_says(tmp_path / "data", "doctor")
    assert said.returncode == 0
    assert "There is no database yet" in said.stdout
    assert not (tmp_path / "data").exists()


@pytest.fixture(scope="module")
def backup(data: Path) -> Path:
    """A backup of the company with an uploaded file."""
    (data / "files").mkdir(exist_ok=True)
    (data / "files" / "photo").write_bytes(b"a photo of the seal")
    file = data.parent / "company.backup"
    said = gatepass_says(data, "backup", str(file))
    assert said.returncode == 0, said.stderr
    return file


def test_a_backup_is_one_private_file_that_names_its_parts(data: Path, backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    with tarfile.open(backup) as archive:
        assert set(archive.getnames()) == {"manifest.json", "secret", "database.dump", "files/photo"}
    assert backups.last(data) is not None
    again = gatepass_says(data, "backup", str(backup))
    assert again.returncode == 1
    assert "already there" in again.stderr


@pytest.fixture
def other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Another machine's data folder."""
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("GATEPASS_SECRET")
    folder = tmp_path / "other"
    yield folder
    for home in [folder / "postgres", *folder.glob("postgres.before-*")]:
        if home.is_symlink():
            shutil.rmtree(home.resolve())


def test_a_restored_company_is_the_same_on_another_machine(data: Path, backup: Path, other: Path) -> None:
    assert restores.restore(backup, other, replace=False, check=CHECK) == ""
    assert listed(other) == listed(data)
    assert (other / "files" / "photo").read_bytes() == b"a photo of the seal"
    assert (other / "secret").read_text() == (data / "secret").read_text()
    assert gatepass_says(other, "doctor").returncode == 0


def test_a_restore_onto_a_company_needs_to_be_told_and_keeps_what_was(backup: Path, other: Path) -> None:
    restores.restore(backup, other, replace=False, check=CHECK)
    create = ("user", "create", "later", "--name", "后来")
    assert gatepass_says(other, *create).returncode == 0
    with pytest.raises(backups.BackupError, match="--replace"):
        restores.restore(backup, other, replace=False, check=CHECK)
    kept = Path(restores.restore(backup, other, replace=True, check=CHECK))
    assert "later" not in listed(other)
    assert (kept / "18" / "PG_VERSION").exists()


def test_on_a_server_of_ones_own_the_old_database_is_kept_under_another_name(
    backup: Path, other: Path, clones: Clones, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = database.other(clones.url, "company_of_one_s_own")
    monkeypatch.setenv("DATABASE_URL", database.other(clones.program, "company_of_one_s_own"))
    with pytest.raises(backups.BackupError, match="GATEPASS_OWNER_URL"):
        restores.restore(backup, other, replace=False, check=CHECK)
    monkeypatch.setenv("GATEPASS_OWNER_URL", url)
    assert restores.restore(backup, other, replace=False, check=CHECK) == ""
    with pytest.raises(backups.BackupError, match="--replace"):
        restores.restore(backup, other, replace=False, check=CHECK)
    kept = restores.restore(backup, other, replace=True, check=CHECK)
    with database.maintenance(url) as server:
        names = {name for (name,) in server.execute("select datname from pg_database").fetchall()}
    assert {"company_of_one_s_own", kept} <= names
    assert not [name for name in names if str(name).startswith("restoring")]


def test_a_damaged_backup_is_refused_and_nothing_is_touched(backup: Path, tmp_path: Path) -> None:
    content = bytearray(backup.read_bytes())
    spot = content.index(b"a photo of the seal")
    content[spot] ^= 1
    damaged = tmp_path / "damaged"
    damaged.write_bytes(content)
    said = gatepass_says(tmp_path / "other", "restore", str(damaged))
    assert said.returncode == 1
    assert "damaged: files/photo" in said.stderr
    assert not (tmp_path / "other" / "postgres").exists()


def test_a_file_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("客户,电话\n")
    said = gatepass_says(tmp_path / "data", "restore", str(tmp_path / "list.csv"))
    assert said.returncode == 1
    assert "is not a whole backup" in said.stderr


def test_a_restore_that_the_check_refuses_changes_nothing(backup: Path, other: Path) -> None:
    failing = (sys.executable, "-c", "print('balance of customer 7 differs'); raise SystemExit(1)")
    with pytest.raises(backups.BackupError, match="balance of customer 7 differs"):
        restores.restore(backup, other, replace=False, check=failing)
    assert [p.name for p in other.iterdir()] == ["gatepass.lock"]
