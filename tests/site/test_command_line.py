"""The command line of whoever runs the machine: founding, people, doctor, backup and restore."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from databases import Clones
from gatepass.site import backups, database, postgres, restores, signing
from gatepass.site.postgres import cluster as clusters
from gatepass.site.postgres import passwords
from site_programs import gatepass_says, sweep

FOUND = (
    "company", "--name", "测试纸业有限公司", "--short-name", "测试纸业", "--name-en", "Test Paper", "--phone", "028-8000 8006", "--head", "王总",
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
        assert signing.known(folder) and signing.known(folder) in said.stdout
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
    answers.write_text("\n".join([*lines, "head_password = 青山绿水 0417", "hours = 9:00-12:00,13:00-17:00", "in_force = 2026-12-01"]), "utf-8")
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


def test_a_check_without_a_company_makes_none(tmp_path: Path) -> None:
    said = gatepass_says(tmp_path / "data", "check")
    assert said.returncode == 2 and "there is no database" in said.stderr
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


@pytest.fixture(scope="module")
def signer(data: Path, backup: Path) -> str:
    """The public key that the doctor and every backup show."""
    key = signing.known(data)
    assert key in gatepass_says(data, "doctor").stdout
    return key


def test_a_backup_is_one_private_file_that_names_its_parts(data: Path, backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    with tarfile.open(backup) as archive:
        assert set(archive.getnames()) == {"manifest.json", "manifest.sig", "secret", "database.dump", "files/photo"}
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


def test_a_restored_company_is_the_same_on_another_machine(data: Path, backup: Path, signer: str, other: Path) -> None:
    assert restores.restore(backup, other, replace=False, key=signer, check=CHECK) == ""
    assert listed(other) == listed(data)
    assert (other / "files" / "photo").read_bytes() == b"a photo of the seal"
    assert (other / "secret").read_text() == (data / "secret").read_text()
    assert gatepass_says(other, "doctor").returncode == 0


def test_a_restore_onto_a_company_needs_to_be_told_and_keeps_what_was(backup: Path, signer: str, other: Path) -> None:
    restores.restore(backup, other, replace=False, key=signer, check=CHECK)
    create = ("user", "create", "later", "--name", "后来")
    assert gatepass_says(other, *create).returncode == 0
    with pytest.raises(backups.BackupError, match="--replace"):
        restores.restore(backup, other, replace=False, key=signer, check=CHECK)
    kept = Path(restores.restore(backup, other, replace=True, key=signer, check=CHECK))
    assert "later" not in listed(other)
    assert (kept / "18" / "PG_VERSION").exists()


def test_on_a_server_of_ones_own_the_old_database_is_kept_under_another_name(
    backup: Path, signer: str, other: Path, clones: Clones, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = database.other(clones.url, "company_of_one_s_own")
    monkeypatch.setenv("DATABASE_URL", database.other(clones.program, "company_of_one_s_own"))
    with pytest.raises(backups.BackupError, match="GATEPASS_OWNER_URL"):
        restores.restore(backup, other, replace=False, key=signer, check=CHECK)
    monkeypatch.setenv("GATEPASS_OWNER_URL", url)
    assert restores.restore(backup, other, replace=False, key=signer, check=CHECK) == ""
    with pytest.raises(backups.BackupError, match="--replace"):
        restores.restore(backup, other, replace=False, key=signer, check=CHECK)
    kept = restores.restore(backup, other, replace=True, key=signer, check=CHECK)
    with database.maintenance(url) as server:
        names = {name for (name,) in server.execute("select datname from pg_database").fetchall()}
    assert {"company_of_one_s_own", kept} <= names
    assert not [name for name in names if str(name).startswith("restoring")]


def test_what_cannot_be_verified_is_not_restored(data: Path, backup: Path, signer: str, tmp_path: Path) -> None:
    place = tmp_path / "other"
    unasked = gatepass_says(place, "restore", str(backup))
    assert unasked.returncode == 2 and '--trust-unsigned "I trust this file"' in unasked.stderr
    assert gatepass_says(place, "restore", str(backup), "--trust-unsigned", "yes").returncode == 2
    stranger = signing.public(tmp_path / "stranger")
    assert f"was signed by {signer}, not by {stranger}" in gatepass_says(place, "restore", str(backup), "--key", stranger).stderr
    forged, again = remade(backup, tmp_path / "forged", b"another's secret", signs=False), tmp_path / "again"
    for way in (("--key", signer), ("--trust-unsigned", "I trust this file")):
        assert "its manifest was changed after it was signed" in gatepass_says(place, "restore", str(forged), *way).stderr
    resigned = remade(backup, again, b"another's secret", signs=tmp_path / "stranger")
    assert "not by" in gatepass_says(place, "restore", str(resigned), "--key", signer).stderr
    unsigned = remade(backup, tmp_path / "unsigned", b"another's secret", signs=None)
    assert "was signed by nobody" in gatepass_says(place, "restore", str(unsigned), "--key", signer).stderr
    assert not (place / "postgres").exists() and not (place / "secret").exists()
    assert (data / signing.FILE).stat().st_mode & 0o777 == 0o600
    assert (data / signing.FILE).read_bytes() not in backup.read_bytes(), "the secret half is in no backup"


def remade(backup: Path, made: Path, secret: bytes, *, signs: Path | bool | None) -> Path:
    """The backup with another secret and hashes that fit it: with the old signature (False), a stranger's, or none."""
    with tarfile.open(backup) as old, tarfile.open(made, "w") as new:
        for entry in old.getmembers():
            file = old.extractfile(entry)
            assert file is not None
            content = secret if entry.name == "secret" else file.read()
            if entry.name == "manifest.json":
                said = json.loads(content)
                said["sha256"]["secret"] = hashlib.sha256(secret).hexdigest()
                if signs is None:
                    del said["signed_by"]
                elif isinstance(signs, Path):
                    said["signed_by"] = signing.public(signs)
                manifest = content = json.dumps(said).encode()
            if entry.name == "manifest.sig":
                if signs is None:
                    continue
                content = signing.sign(signs, manifest) if isinstance(signs, Path) else content
            entry.size = len(content)
            new.addfile(entry, io.BytesIO(content))
    return made


def test_nobody_restores_as_a_superuser(data: Path, backup: Path, signer: str, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = clusters.ready_at(clusters.cluster_of(clusters.home_of(data).resolve()))
    assert folder is not None
    known = passwords.of(data, fresh=False)
    monkeypatch.setenv("DATABASE_URL", clusters.url_of(folder, passwords.PROGRAM, known.program, "another"))
    monkeypatch.setenv("GATEPASS_OWNER_URL", clusters.url_of(folder, passwords.SUPERUSER, known.superuser, "another"))
    with pytest.raises(backups.BackupError, match="names a superuser"):
        restores.restore(backup, other, replace=True, key=signer, check=CHECK)


def test_a_damaged_backup_is_refused_and_nothing_is_touched(backup: Path, signer: str, tmp_path: Path) -> None:
    content = bytearray(backup.read_bytes())
    spot = content.index(b"a photo of the seal")
    content[spot] ^= 1
    damaged = tmp_path / "damaged"
    damaged.write_bytes(content)
    said = gatepass_says(tmp_path / "other", "restore", str(damaged), "--key", signer)
    assert said.returncode == 1
    assert "damaged: files/photo" in said.stderr
    assert not (tmp_path / "other" / "postgres").exists()


def test_a_file_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("客户,电话\n")
    said = gatepass_says(tmp_path / "data", "restore", str(tmp_path / "list.csv"), "--key", "0" * 64)
    assert said.returncode == 1
    assert "is not a whole backup" in said.stderr


def test_a_restore_that_the_check_refuses_changes_nothing(backup: Path, signer: str, other: Path) -> None:
    failing = (sys.executable, "-c", "print('balance of customer 7 differs'); raise SystemExit(1)")
    with pytest.raises(backups.BackupError, match="balance of customer 7 differs"):
        restores.restore(backup, other, replace=False, key=signer, check=failing)
    assert [p.name for p in other.iterdir()] == ["gatepass.lock"]
