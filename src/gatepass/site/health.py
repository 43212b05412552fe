"""What `gatepass doctor` finds out about the machine: fine, worth a look, or wrong, in words for whoever runs it."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gatepass.site import backups, signing
from gatepass.site.postgres import binaries
from gatepass.words import Text

GIGABYTE = 1 << 30
BACKUP_IS_OLD = timedelta(hours=26)
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Mark(Enum):
    FINE = "✓"
    LOOK = "!"
    WRONG = "✗"


@dataclass(frozen=True)
class Finding:
    mark: Mark
    text: Text


def fine(zh: str, en: str, **values: object) -> Finding:
    return Finding(Mark.FINE, Text(zh, en).fill(**values))


def look(zh: str, en: str, **values: object) -> Finding:
    return Finding(Mark.LOOK, Text(zh, en).fill(**values))


def wrong(zh: str, en: str, **values: object) -> Finding:
    return Finding(Mark.WRONG, Text(zh, en).fill(**values))


def machine(data: Path) -> Iterator[Finding]:
    """What can be seen without a database."""
    yield _python()
    yield _programs()
    yield from _folder(data)
    yield _fonts()
    yield _chromium()
    yield _time_zone()
    yield _backup(data)


def _python() -> Finding:
    say = fine if sys.version_info >= (3, 11) else wrong
    return say("Python {v}", "Python {v}", v=platform.python_version())


def _programs() -> Finding:
    try:
        done = subprocess.run([binaries.tool("postgres"), "--version"], capture_output=True, text=True, check=True)
    except (binaries.NoBinariesError, OSError, subprocess.CalledProcessError) as error:
        own = bool(os.environ.get("DATABASE_URL"))
        say = look if own else wrong
        return say("自带的 PostgreSQL 不能用：{e}", "The embedded PostgreSQL cannot be used: {e}", e=error)
    return fine("自带的 {v}", "Embedded {v}", v=done.stdout.strip())


def _folder(data: Path) -> Iterator[Finding]:
    if not data.exists():
        yield look("数据目录 {d} 还没有", "The data folder {d} does not exist yet", d=data)
        return
    free = shutil.disk_usage(data).free
    size = f"{free / GIGABYTE:.1f}"
    say = wrong if free < GIGABYTE // 5 else look if free < 2 * GIGABYTE else fine
    yield say("磁盘剩余 {n} GB", "{n} GB of disk left", n=size)
    if not os.access(data, os.W_OK):
        yield wrong("数据目录 {d} 不可写", "The data folder {d} cannot be written to", d=data)
    secret = data / "secret"
    if secret.exists() and secret.stat().st_mode & 0o077:
        yield wrong("别人能读密钥：chmod 600 {f}", "Others can read the secret: chmod 600 {f}", f=secret)


def _fonts() -> Finding:
    if find_spec("manimgx_fonts_cjk") is None:
        return wrong("缺中文字体，单据无法排印：make setup", "No Chinese font, papers cannot be set: make setup")
    return fine("单据用的中文字体", "Chinese font for papers")


def _chromium() -> Finding:
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        return look("没有 Chromium（只有浏览器测试需要）", "No Chromium (only browser tests need it)")
    return fine("Chromium：{p}", "Chromium: {p}", p=found)


def _time_zone() -> Finding:
    try:
        now = datetime.now(ZoneInfo("Asia/Shanghai"))
    except ZoneInfoNotFoundError:
        return wrong("系统没有时区数据", "The system has no time zone data")
    return fine("时钟 {t}", "Clock {t}", t=now)


def _backup(data: Path) -> Finding:
    found = backups.last(data)
    if found is None:
        return look("还没有备份过：gatepass backup 文件", "Never backed up: gatepass backup FILE")
    at, file = found
    hours = int((datetime.now(UTC) - at).total_seconds() // 3600)
    if datetime.now(UTC) - at > BACKUP_IS_OLD:
        return wrong("上次备份已是 {h} 小时前", "The last backup is {h} hours old", h=hours)
    return fine("上次备份 {h} 小时前：{f}；公钥 {k}", "Last backup {h} hours ago: {f}; public key {k}", h=hours, f=file, k=signing.known(data))
