"""Who calls the API with a token, and what the token is for: one prepared statement, and no write but every ten minutes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gatepass.journal.prepared import prepared
from gatepass.people import sql
from gatepass.people.tokens import digest_of


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who is known to the API. commands: what alone he may do here, empty for whatever he may."""

    uid: UUID
    reads: bool = True
    acts: bool = True
    commands: tuple[str, ...] = ()

    def may_call(self, command: str) -> bool:
        return self.acts and (not self.commands or command in self.commands)


def caller(token: str, at: datetime) -> Caller | None:
    """Whose token this is now; None where it is unknown, revoked, over, or its owner inactive. Its use is noted every ten minutes."""
    with prepared() as cursor:
        cursor.execute(sql.CALLER, {"digest": digest_of(token), "at": at})
        row = cursor.fetchone()
        if row is None:
            return None
        key, uid, reads, acts, commands, stale = row
        if stale:
            cursor.execute(sql.USED, [key, at])
    named = json.loads(commands) if isinstance(commands, str) else commands
    return Caller(uid, reads, acts, tuple(named))
