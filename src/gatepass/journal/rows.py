"""Rows of one model, by statements whose plans the server keeps: what a command finds by equality, adds and changes.

The texts depend on the model and on which of its columns are named, never on values; each is made once. Django's own queries are put
together anew every time, which cost a command more than the database did.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, TypeAlias, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, ForeignKey, Model

from gatepass.journal import sql
from gatepass.journal.prepared import prepared
from gatepass.journal.reading import all_of

M = TypeVar("M", bound=Model)
LOCK: Final = " for no key update"
ONE, ANY = "%({})s", "any(%({})s)"
AnyField: TypeAlias = "Field[Any, Any]"


def rows(model: type[M], *, lock: bool = False, **equal: Any) -> list[M]:
    """The rows whose columns hold these values (None: hold nothing; a list: one of them), oldest first; locked where asked."""
    given = {name: value for name, value in equal.items() if value is not None}
    empty = frozenset(equal) - frozenset(given)
    named = tuple((name, isinstance(value, list)) for name, value in given.items())
    return all_of(model, _select(model, named, tuple(sorted(empty)), lock), given)


def find(model: type[M], *, lock: bool = False, **equal: Any) -> M | None:
    """The oldest of them, or none."""
    found = rows(model, lock=lock, **equal)
    return found[0] if found else None


def by_uid(model: type[M], uids: list[UUID]) -> dict[UUID, M]:
    """The rows of these ids, by id; without a statement where there are none."""
    return {vars(one)["uid"]: one for one in rows(model, uid=uids)} if uids else {}


def add(*made: Model) -> None:
    """Keep new rows of one model, in one statement; each gets its key."""
    if not made:
        return
    model = type(made[0])
    values = [_value(field, one) for one in made for field in _fields(model)]
    with prepared() as cursor:
        cursor.execute(_insert(model, len(made)), values)
        for one, (key,) in zip(made, cursor.fetchall(), strict=True):
            one.pk = key
            one._state.adding, one._state.db = False, DEFAULT_DB_ALIAS


def update(one: Model, **values: Any) -> None:
    """Set these fields of a row, in memory and in the database."""
    fields = [_field(type(one), name) for name in values]
    for name, value in values.items():
        setattr(one, name, value)
    params = [field.get_db_prep_save(getattr(one, field.attname), connection) for field in fields]
    with prepared() as cursor:
        cursor.execute(_update(type(one), tuple(values)), [*params, one.pk])


def _value(field: AnyField, one: Model) -> Any:
    """What is kept of a field; a row that it points to may have got its key only after it was set."""
    if isinstance(field, ForeignKey) and getattr(one, field.attname) is None and field.is_cached(one):
        setattr(one, field.name, field.get_cached_value(one))
    return field.get_db_prep_save(field.pre_save(one, add=True), connection)


def _field(model: type[Model], name: str) -> AnyField:
    field: AnyField = next(f for f in model._meta.concrete_fields if name in (f.name, f.attname))
    return field


@lru_cache(maxsize=256)
def _fields(model: type[Model]) -> tuple[AnyField, ...]:
    return tuple(field for field in model._meta.concrete_fields if not field.primary_key)


@lru_cache(maxsize=512)
def _select(model: type[Model], given: tuple[tuple[str, bool], ...], empty: tuple[str, ...], lock: bool) -> str:
    held = [f"{_named(model, name)} = {(ANY if many else ONE).format(name)}" for name, many in given]
    held += [f"{_named(model, name)} is null" for name in empty]
    where = " where " + " and ".join(held) if held else ""
    return sql.ROWS.format(table=_table(model), where=where, key=_key(model), lock=LOCK if lock else "")


@lru_cache(maxsize=512)
def _insert(model: type[Model], many: int) -> str:
    names = [_quoted(str(field.column)) for field in _fields(model)]
    one = "(" + ", ".join(["%s"] * len(names)) + ")"
    return sql.ADD.format(table=_table(model), columns=", ".join(names), rows=", ".join([one] * many), key=_key(model))


@lru_cache(maxsize=512)
def _update(model: type[Model], names: Sequence[str]) -> str:
    columns = ", ".join(f"{_named(model, name)} = %s" for name in names)
    return sql.CHANGE.format(table=_table(model), columns=columns, key=_key(model))


def _named(model: type[Model], name: str) -> str:
    return _quoted(str(_field(model, name).column))


def _key(model: type[Model]) -> str:
    return _quoted(str(model._meta.pk.column))


def _table(model: type[Model]) -> str:
    return _quoted(model._meta.db_table)


def _quoted(name: str) -> str:
    return '"' + name + '"'
