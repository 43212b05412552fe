"""A clone that many tests borrow one after the other: rows, sequences and sessions are put back between them."""

from __future__ import annotations

from itertools import chain

import psycopg
from django.db import connections
from psycopg.sql import SQL, Identifier

from gatepass.site import database

BORROWED_AT_MOST = 60  # rows that were taken away stay in the files as dead weight

# Whatever makes a database more than its rows: the catalogue says with which transaction each line of it was written.
SHAPE = """
select sum(hashtext(line.xmin::text || ' ' || line.oid::text)::bigint) from (
  select xmin, oid from pg_class where relnamespace = 'public'::regnamespace
  union all select xmin, oid from pg_trigger
  union all select xmin, oid from pg_proc where pronamespace = 'public'::regnamespace
  union all select xmin, oid from pg_constraint where connamespace = 'public'::regnamespace
  union all select xmin, oid from pg_namespace
) as line
"""
FILLED = """
do $$ declare one text; filled boolean; begin
  create temporary table if not exists filled (name text);
  delete from filled;
  for one in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and pg_relation_size(oid) > 0 loop
    execute format('select exists (select from %I)', one) into filled;
    if filled then insert into filled values (one); end if;
  end loop;
end $$
"""
EMPTIED = """
do $$ declare one text; begin
  for one in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and pg_relation_size(oid) > 0 loop
    execute format('delete from %I', one);
  end loop;
end $$
"""
SEQUENCES = """
select oid, pg_sequence_last_value(oid) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S' order by oid
"""
PUT_BACK = "select setval(%s::oid::regclass, coalesce(%s, 1), %s)"
OTHERS = "select pg_terminate_backend(pid, 2000) from pg_stat_activity where datname = current_database() and pid not in (pg_backend_pid(), %s)"


class Standing:
    """The clone, an owner's session past every trigger, and the rows that it began with as COPY gave them."""

    def __init__(self, url: str, name: str) -> None:
        self.name = name
        self._borrowed = 0
        self._owner = psycopg.connect(database.other(url, name), autocommit=True)
        self._owner.execute("set session_replication_role = replica")
        self._owner.execute("set client_min_messages = error")
        self.keep()

    def keep(self) -> None:
        """From now on, what stands in it now is what the next test finds."""
        self._owner.execute(FILLED)
        names = [str(name) for (name,) in self._owner.execute("select name from filled order by name")]
        self._rows = {name: self._copied(name) for name in names}
        self._sequences: dict[int, int | None] = dict(self._owner.execute(SEQUENCES).fetchall())
        self._shape = self._owner.execute(SHAPE).fetchone()

    def cleaned(self) -> bool:
        """Put back what was; False where a new clone is due: a test changed more than rows, or cut every session, the owner's too."""
        self._borrowed += 1
        try:
            return self._borrowed < BORROWED_AT_MOST and self._owner.execute(SHAPE).fetchone() == self._shape and self._put_back()
        except psycopg.OperationalError:
            return False

    def _put_back(self) -> bool:
        self._owner.execute(OTHERS, [_own_session()])
        with self._owner.transaction():
            self._owner.execute(EMPTIED)
            for name, rows in self._rows.items():
                with self._owner.cursor().copy(SQL("copy {} from stdin").format(Identifier(name))) as into:
                    into.write(rows)
            for sequence, last in self._owner.execute(SEQUENCES).fetchall():
                if last != self._sequences[sequence]:
                    self._owner.execute(PUT_BACK, [sequence, self._sequences[sequence], self._sequences[sequence] is not None])
        return True

    def close(self) -> None:
        self._owner.close()

    def _copied(self, name: str) -> bytes:
        with self._owner.cursor().copy(SQL("copy {} to stdout").format(Identifier(name))) as out:
            return b"".join(chain(bytes(part) for part in out))


def _own_session() -> int:
    """The session of the test's own thread, if it is fit for the next test; else it is closed, and 0."""
    own = connections["default"]
    if own.connection is None or own.connection.closed:
        return 0
    if own.connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE or own.in_atomic_block or own.errors_occurred:
        own.close()
        return 0
    return int(own.connection.info.backend_pid)
