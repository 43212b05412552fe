"""What `gatepass doctor` finds out about the company's database. Needs Django set up on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gatepass.people.models import Company
from gatepass.site import database, nightly
from gatepass.site.health import Finding, Mark, fine, look, wrong
from gatepass.site.models import BackupRun

CLOCKS_MAY_DIFFER = timedelta(seconds=2)


def company() -> Iterator[Finding]:
    """What the database shows; needs Django set up on it."""
    version = connection.cursor().connection.info.server_version
    yield fine("数据库 PostgreSQL {v}", "Database PostgreSQL {v}", v=f"{version // 10000}.{version % 10000}")
    yield _database_clock()
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        yield wrong("有 {n} 个升级没做：gatepass serve 会做", "{n} migrations wait for gatepass serve", n=waiting)
    if open_tables := database.unprotected():
        yield wrong(
            "只增表少了触发器：{t}", "Append-only tables without their triggers: {t}", t=", ".join(open_tables)
        )
    else:
        yield fine("只增表都有触发器", "Every append-only table has its triggers")
    found = Company.objects.first()
    if found is None:
        yield look("还没有公司：gatepass company", "There is no company yet: gatepass company")
    else:
        yield fine("公司：{n}", "Company: {n}", n=found.name)
        yield _nightly(demo=found.demo)


def _nightly(*, demo: bool) -> Finding:
    """Whether last night's backup is there and was verified."""
    if demo:
        return fine("演示公司不做夜间备份", "The demo is not backed up at night")
    alarm = nightly.alarm(datetime.now(UTC))
    if alarm is not None:
        return Finding(Mark.WRONG, alarm.what)
    run = BackupRun.objects.filter(verified=True).order_by("-at").first()
    if run is None:
        return look("夜间备份还没有到点（{at}）", "It is not time for the first nightly backup yet ({at})", at=settings.BACKUP_AT)
    return fine("夜间备份 {t} 已恢复并核对：{f}", "Nightly backup of {t}, restored and checked: {f}", t=run.at, f=run.file)


def _database_clock() -> Finding:

    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        row = cursor.fetchone()
    apart = abs(datetime.now(UTC) - row[0])
    if apart > CLOCKS_MAY_DIFFER:
        seconds = int(apart.total_seconds())
        return wrong("数据库与程序的时钟差 {s} 秒", "Database and program differ by {s} s", s=seconds)
    return fine("数据库与程序的时钟一致", "Database and program agree on the time")
