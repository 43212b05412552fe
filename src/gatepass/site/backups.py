"""One file that holds a company: the database as pg_dump writes it, uploaded files, secret, and a manifest with the hash of each, signed."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gatepass import __version__
from gatepass.site import signing
from gatepass.site.postgres.binaries import tool

MANIFEST, SIGNED, DUMP, SECRET, FILES = "manifest.json", "manifest.sig", "database.dump", "secret", "files"
KIND = "gatepass backup"
BLOCK = 1 << 20
LONGEST_MANIFEST = 64 << 20


class BackupError(RuntimeError):
    """The backup could not be made or is not whole; the words say what is wrong."""


def files_of(data: Path) -> Iterator[Path]:
    """Uploaded files, in a fixed order."""
    return (path for path in sorted((data / FILES).rglob("*")) if path.is_file())


def digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            found.update(block)
    return found.hexdigest()


def run(name: str, *words: str) -> None:
    """One of PostgreSQL's programs, to its end. Raises BackupError with what it said."""
    done = subprocess.run([tool(name), *words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BackupError(f"{name}: {done.stderr.strip()[-2000:]}")


def write(url: str, data: Path, target: Path, *, key: str) -> dict[str, Any]:
    """Write the backup of this database and folder, whole or not at all, its owner's only. Gives its manifest."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        dump = Path(folder) / DUMP
        run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}", f"--dbname={url}")
        members = {DUMP: dump} | {path.relative_to(data).as_posix(): path for path in files_of(data)}
        at = datetime.now(UTC).isoformat(timespec="seconds")
        manifest: dict[str, Any] = {
            "kind": KIND,
            "version": __version__,
            "at": at,
            "signed_by": signing.public(data),
            "sha256": {name: digest(path) for name, path in members.items()} | {SECRET: _sha256(key.encode())},
        }
        unfinished = Path(folder) / "whole"
        with tarfile.open(unfinished, "w") as archive:
            said = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
            _add(archive, MANIFEST, said)
            _add(archive, SIGNED, signing.sign(data, said))
            _add(archive, SECRET, key.encode())
            for name, path in members.items():
                archive.add(path, name, filter=_plain)
        unfinished.chmod(0o600)
        unfinished.replace(target)
    remember(data, target, at)
    return manifest


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def unpack(source: Path, folder: Path, *, key: str) -> dict[str, Any]:
    """Take a backup apart below `folder`: nothing is written before its manifest was verified, nothing kept that does not fit its hash.

    key: the public key that must have signed it; "" trusts whoever wrote it. Gives the manifest; raises BackupError.
    """
    try:
        with tarfile.open(source, "r:") as archive:
            manifest = _manifest(archive, source, key)
            parts = {entry.name: entry for entry in archive.getmembers() if entry.name not in (MANIFEST, SIGNED)}
            hashes: dict[str, str] = manifest["sha256"]
            strange = sorted({name for name, entry in parts.items() if not entry.isreg() or entry.issparse()} | parts.keys() ^ hashes.keys())
            if strange:
                raise BackupError(f"{source} is damaged: {', '.join(strange[:5])} differ from the manifest")
            archive.extractall(folder, parts.values(), filter="data")
    except (OSError, tarfile.TarError, ValueError, KeyError) as error:
        raise BackupError(f"{source} is not a whole backup: {error}") from error
    wrong = sorted(name for name, hashed in hashes.items() if digest(folder / name) != hashed)
    if wrong:
        raise BackupError(f"{source} is damaged: {', '.join(wrong[:5])} differ from the manifest")
    return manifest


def _manifest(archive: tarfile.TarFile, source: Path, key: str) -> dict[str, Any]:
    """The manifest, once it is known who signed it. A signature that is there has to hold, whoever is trusted."""
    said = _read(archive, MANIFEST)
    manifest: dict[str, Any] = json.loads(said)
    if manifest.get("kind") != KIND:
        raise BackupError(f"{source} is not a backup of gatepass")
    signer = str(manifest.get("signed_by", ""))
    if signer and not signing.verified(signer, said, _read(archive, SIGNED)):
        raise BackupError(f"{source} is damaged: its manifest was changed after it was signed")
    if key and signer != key:
        raise BackupError(f"{source} was signed by {signer or 'nobody'}, not by {key}: it is not restored")
    return manifest


def _read(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    if file is None:
        raise KeyError(name)
    return file.read(LONGEST_MANIFEST)


def remember(data: Path, target: Path, at: str) -> None:
    """Note the last backup, for `gatepass doctor`."""
    note = data / "last-backup.json"
    unfinished = note.with_suffix(".new")
    unfinished.write_text(json.dumps({"at": at, "file": os.fspath(target)}), "utf-8")
    unfinished.replace(note)


def last(data: Path) -> tuple[datetime, str] | None:
    """When the last backup was made, and where it was written; None when there was none."""
    try:
        note = json.loads((data / "last-backup.json").read_text("utf-8"))
        return datetime.fromisoformat(note["at"]), note["file"]
    except (OSError, ValueError, KeyError):
        return None
