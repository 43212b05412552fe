"""Rows of several models out of one constant statement: what a command locks and loads, without a query for every table.

The statement selects whole rows, `select t.*, v.* from ...`, in the order of the models. psycopg gives each column as the models keep it;
only JSON is text still.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeVar, cast
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS
from django.db.models import JSONField, Model
from django.db.models.base import ModelState

from gatepass.journal.prepared import prepared

M = TypeVar("M", bound=Model)
Params = Mapping[str, Any]
# Where the columns of a statement stand, once per connection: another database may have made its columns in another order.
KNOWN: Final[WeakKeyDictionary[Any, dict[str, list[tuple[type[Model], int, int, _Cut]]]]] = WeakKeyDictionary()


def all_of(model: type[M], text: str, params: Params) -> list[M]:
    """Every row of a statement that selects whole rows of one model."""
    return [cast(M, row[0]) for row in joined((model,), text, params)]


def joined(models: Sequence[type[Model]], text: str, params: Params) -> list[tuple[Any, ...]]:
    """Every row as one instance of each model (None where an outer join found nothing), then whatever columns follow."""
    with prepared() as cursor:
        cursor.execute(text, params)
        known = KNOWN.setdefault(cursor.connection, {})
        if (cuts := known.get(text)) is None:
            cuts = known[text] = _cuts(models, [column[0] for column in cursor.description or ()])
        rows = cursor.fetchall()
    start = cuts[-1][2]
    return [(*(_made(model, row[first:last], cut) for model, first, last, cut in cuts), *row[start:]) for row in rows]


def _cuts(models: Sequence[type[Model]], names: Sequence[str]) -> list[tuple[type[Model], int, int, _Cut]]:
    """Which model's row stands where in a statement's columns."""
    cuts, start = [], 0
    for model in models:
        end = start + len(model._meta.concrete_fields)
        cuts.append((model, start, end, _cut(model, tuple(names[start:end]))))
        start = end
    return cuts


def value(text: str, params: Params) -> Any:
    """The one column of the one row; JSON as Python sees it."""
    with prepared() as cursor:
        cursor.execute(text, params)
        row = cursor.fetchone()
    return plain(row[0]) if row else None


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact that is still to be read: a select of one JSON value whose parameters are the event's fields, and how the fact is made of it.

    Several are read in one statement. `notices` stands for the event's one notice too.
    """

    text: str
    made: Callable[[Any, Any], Any]


def plain(found: Any) -> Any:
    """Django leaves JSON as text."""
    return json.loads(found) if isinstance(found, str) else found


def run(text: str, params: Params) -> int:
    """A statement that only writes; gives how many rows it touched."""
    with prepared() as cursor:
        cursor.execute(text, params)
        return int(cursor.rowcount)


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where each field of a model stands among its columns as they came, which of them are JSON, and where its key is."""

    names: tuple[str, ...]
    places: tuple[int, ...]
    texts: tuple[int, ...]
    key: int


@lru_cache(maxsize=512)
def _cut(model: type[Model], columns: tuple[str, ...]) -> _Cut:
    """A missing column is an error: the statement did not select the whole row."""
    fields = model._meta.concrete_fields
    places = tuple(columns.index(field.column) for field in fields)
    texts = tuple(n for n, field in enumerate(fields) if isinstance(field, JSONField))
    return _Cut(tuple(field.attname for field in fields), places, texts, columns.index(str(model._meta.pk.column)))


def _made(model: type[Model], row: tuple[Any, ...], cut: _Cut) -> Model | None:
    if row[cut.key] is None:
        return None
    values = [row[place] for place in cut.places]
    for n in cut.texts:
        values[n] = plain(values[n])
    one = model.__new__(model)  # as Model.from_db does it, without the signals and the defaults that a whole row needs not
    one._state = ModelState()
    one._state.adding, one._state.db = False, DEFAULT_DB_ALIAS
    one.__dict__.update(zip(cut.names, values, strict=True))
    return one
