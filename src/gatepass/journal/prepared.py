"""The cursor of constant statements: the server plans each once per connection and then only runs it.

Django's own cursor writes values into the text, so that every execution is planned anew; for the statements that every command runs that
is a third of their time.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper

BOUND: Final[Any] = ServerBindingCursor  # what it takes is not in Django's types


def prepared() -> CursorWrapper:
    """A cursor for statements of the files named sql.py; closed by its `with`. Planned for good from the third execution on."""
    connection.ensure_connection()
    made = BOUND(connection.connection)
    return connection.make_debug_cursor(made) if connection.queries_logged else connection.make_cursor(made)
