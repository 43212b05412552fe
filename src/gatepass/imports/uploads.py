"""Files between upload and import: kept in the data folder for the person who brought them, for a day at most."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

from gatepass.identity import new_id
from gatepass.rules.reasons import NotFound

KEPT_SECONDS: Final = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Upload:
    uid: UUID
    kind: str
    name: str
    data: bytes


def keep(person: UUID, kind: str, name: str, data: bytes) -> UUID:
    """Put a file away; forgets those that are older than a day."""
    folder = _folder()
    _forget_old(folder)
    uid = new_id()
    (folder / f"{uid}.json").write_text(json.dumps({"person": str(person), "kind": kind, "name": name[:120]}))
    (folder / f"{uid}.bin").write_bytes(data)
    return uid


def take(person: UUID, kind: str, uid: UUID) -> Upload:
    """The file, for who brought it. Raises NotFound, also when it was too long ago."""
    folder = _folder()
    try:
        about = json.loads((folder / f"{uid}.json").read_text())
        data = (folder / f"{uid}.bin").read_bytes()
    except FileNotFoundError:
        raise NotFound("upload") from None
    if about["person"] != str(person) or about["kind"] != kind:
        raise NotFound("upload")
    return Upload(uid, kind, about["name"], data)


def forget(uid: UUID) -> None:
    for suffix in ("json", "bin"):
        (_folder() / f"{uid}.{suffix}").unlink(missing_ok=True)


def _folder() -> Path:
    folder: Path = settings.DATA / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _forget_old(folder: Path) -> None:
    oldest = time.time() - KEPT_SECONDS
    for file in folder.iterdir():
        if file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)
