"""The roles and the database of a private server: superuser for the making of them, owner for the tables, program for the work."""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg.sql import Identifier, Literal

from gatepass.site import sql
from gatepass.site.postgres import cluster as clusters
from gatepass.site.postgres.passwords import OWNER, PROGRAM, SUPERUSER, Secrets


def settle(folder: Path, known: Secrets) -> None:
    """Make what is missing: both roles with their passwords, the owner's database, into which nobody else may connect."""
    url = clusters.url_of(folder, SUPERUSER, known.superuser, "postgres")
    with psycopg.connect(url, autocommit=True) as server:
        for role, password in ((OWNER, known.owner), (PROGRAM, known.program)):
            if not server.execute(sql.ROLE_EXISTS, [role]).fetchone():
                hashed = server.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
                server.execute(sql.CREATE_ROLE.format(Identifier(role), Literal(hashed)))
        if not server.execute(sql.DATABASE_EXISTS, [clusters.DATABASE]).fetchone():
            server.execute(sql.CREATE_OWNED_DATABASE.format(Identifier(clusters.DATABASE), Identifier(OWNER)))
            for name in ("postgres", "template1"):
                server.execute(sql.KEEP_STRANGERS_OUT.format(Identifier(name)))
