"""What a command takes, read from its signature: one declaration for API, web form, command line and imports."""

from __future__ import annotations

import inspect
import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from decimal import Decimal
from typing import Annotated, Any, Final
from uuid import UUID, uuid5

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema, create_model

from gatepass.identity import uid_in
from gatepass.journal.lengths import limits
from gatepass.money import Money, plain
from gatepass.words import Text


@dataclass(frozen=True, slots=True)
class Of:
    """The kind of thing that an id names: `Annotated[UUID, Of("order")]`."""

    kind: str


@dataclass(frozen=True, slots=True)
class Among:
    """A text that is chosen from a list, by the name under which the list is asked for: `Annotated[str, Among("sentence")]`."""

    choices: str


@dataclass(frozen=True, slots=True)
class Called:
    """What a field is called where the common labels do not fit, and how it is asked."""

    text: Text
    long: bool = False
    hidden: bool = False
    file: bool = False
    secret: bool = False


def _money(value: Any) -> Any:
    if isinstance(value, Money):
        return value
    if isinstance(value, str):
        return Money.yuan(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Money(value)
    raise ValueError("an amount in yuan as text, or in fen as a whole number")


MoneyIn = Annotated[
    Money,
    BeforeValidator(_money),
    WithJsonSchema({"anyOf": [{"type": "string", "description": "yuan"}, {"type": "integer", "description": "fen"}]}),
]


EXPONENT = re.compile(r"[eE_]|0[xob]|nan|inf", re.IGNORECASE)


def _number(value: Any) -> Any:
    """Text as an input method leaves it may hold a number in full width; '1e3' is no number that anybody writes down."""
    text = plain(value) if isinstance(value, str) else value
    if isinstance(text, str) and EXPONENT.search(text):
        raise ValueError(f"not a number: {value!r}")
    return text


INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")


def _visible(value: Any) -> Any:
    """Text without characters that nobody sees: two codes that look alike are one, and what looks empty is."""
    return INVISIBLE.sub("", value) if isinstance(value, str) else value


READ: Final[dict[Any, Callable[[Any], Any]]] = {str: _visible, int: _number, Decimal: _number}


@dataclass(frozen=True, slots=True)
class Field:
    """One input: its bare Python type, what it is called, and whether it must be given."""

    name: str
    type: Any
    of: str | None
    called: Called | None
    required: bool
    default: Any
    many: bool
    columns: tuple[Field, ...] = ()
    among: str = ""


@dataclass(frozen=True)
class Declaration:
    """about: the name of the input that says what the command is about; the first that names a thing where it is empty."""

    fields: tuple[Field, ...]
    model: type[BaseModel]
    about: str = ""

    def validated(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Typed input from anything JSON-like. Raises pydantic.ValidationError with every problem."""
        made = self.model.model_validate(dict(given))
        return {name: getattr(made, name) for name in type(made).model_fields}


    def subject(self, given: Mapping[str, Any]) -> UUID | None:
        """What this input is about; several things together have one id, in whatever order they are named."""
        named = [one for one in self.fields if one.of and self.about in ("", one.name)]
        return next((uid for one in named if (uid := _together(given.get(one.name)))), None)


def _together(value: Any) -> UUID | None:
    listed = value if isinstance(value, list | tuple) else [value]
    found = sorted({uid for one in listed if (uid := uid_in(one))})
    return found[0] if len(found) == 1 else uuid5(found[0], "".join(map(str, found))) if found else None


def declare(name: str, function: Callable[..., Any], about: str = "") -> Declaration:
    """Read the declaration of a command from its keyword-only parameters. Raises TypeError where `about` names no input."""
    hints = typing.get_type_hints(function, include_extras=True)
    found: list[Field] = []
    model: dict[str, Any] = {}
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            raise TypeError(f"{name}: {parameter.name} must be keyword-only")
        required = parameter.default is inspect.Parameter.empty
        hint = hints[parameter.name]
        found.append(_field(parameter.name, hint, required, None if required else parameter.default))
        model[parameter.name] = (_bounded(parameter.name, hint), ... if required else parameter.default)
    if about and not any(one.name == about and one.of for one in found):
        raise TypeError(f"{name}: {about} names no thing")
    config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, str_strip_whitespace=True, defer_build=True)
    return Declaration(tuple(found), create_model(f"{name}_input", __config__=config, **model), about)


def _field(name: str, hint: Any, required: bool, default: Any) -> Field:
    bare, extras = _unwrap(hint)
    many = typing.get_origin(bare) in (list, tuple)
    if many:
        inner, more = _unwrap(typing.get_args(bare)[0])
        bare, extras = inner, [*extras, *more]
    columns: tuple[Field, ...] = ()
    if is_dataclass(bare) and bare is not Money:
        hints = typing.get_type_hints(bare, include_extras=True)
        columns = tuple(
            _field(f.name, hints[f.name], _needed(f), None if _needed(f) else f.default) for f in fields(bare)
        )
    of = next((e.kind for e in extras if isinstance(e, Of)), None)
    called = next((e for e in extras if isinstance(e, Called)), None)
    among = next((e.choices for e in extras if isinstance(e, Among)), "")
    return Field(name, bare, of, called, required, default, many, columns, among)


def _needed(field: Any) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _unwrap(hint: Any) -> tuple[Any, list[Any]]:
    """A type without Annotated and `| None`, with the annotations found on the way."""
    extras: list[Any] = []
    while True:
        if typing.get_origin(hint) is Annotated:
            hint, *more = typing.get_args(hint)
            extras += more
        elif typing.get_origin(hint) in (typing.Union, types.UnionType):
            hint = next(one for one in typing.get_args(hint) if one is not type(None))
        else:
            return hint, extras


def _for_pydantic(hint: Any) -> Any:
    """The same type with Money read from yuan text or fen, and numbers in full width understood."""
    origin = typing.get_origin(hint)
    if hint is Money:
        return MoneyIn
    if hint in READ:
        return Annotated[hint, BeforeValidator(READ[hint])]
    if origin is Annotated:
        inner, *more = typing.get_args(hint)
        if any(isinstance(m, Called) and m.secret for m in more):
            return inner
        return Annotated[(_for_pydantic(inner), *(m for m in more if not isinstance(m, Of | Called | Among)))] if any(
            not isinstance(m, Of | Called | Among) for m in more
        ) else _for_pydantic(inner)
    if origin is list:
        return list[_for_pydantic(typing.get_args(hint)[0])]  # type: ignore[misc]
    if origin in (typing.Union, types.UnionType):
        return typing.Union[tuple(_for_pydantic(one) for one in typing.get_args(hint))]  # noqa: UP007
    if is_dataclass(hint) and isinstance(hint, type):
        return _line(hint)
    return hint


def _bounded(name: str, hint: Any) -> Any:
    """The same type, with how long a text of that name may be."""
    found = _for_pydantic(hint)
    for limit in limits(name, _unwrap(hint)[0]):
        found = Annotated[found, limit]
    return found


_LINES: dict[type, Any] = {}


def _line(cls: type) -> Any:
    """A dataclass as pydantic reads it, giving back the dataclass itself."""
    if cls not in _LINES:
        hints = typing.get_type_hints(cls, include_extras=True)
        parts = {f.name: (_bounded(f.name, hints[f.name]), ... if _needed(f) else f.default) for f in fields(cls)}
        model = create_model(cls.__name__, __config__=ConfigDict(extra="forbid", str_strip_whitespace=True), **parts)  # type: ignore[call-overload]

        def read(value: Any) -> Any:
            if isinstance(value, cls):
                return value
            made = model.model_validate(value)
            return cls(**{name: getattr(made, name) for name in model.model_fields})

        _LINES[cls] = Annotated[cls, BeforeValidator(read), WithJsonSchema(_inlined(model.model_json_schema()))]
    return _LINES[cls]


def _inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema whose definitions stand where they are used: a fragment cannot carry definitions of its own."""
    definitions = schema.pop("$defs", {})

    def within(node: Any) -> Any:
        if isinstance(node, dict):
            name = str(node.get("$ref", "")).removeprefix("#/$defs/")
            return within(definitions[name]) if name in definitions else {key: within(value) for key, value in node.items()}
        return [within(one) for one in node] if isinstance(node, list) else node

    inlined: dict[str, Any] = within(schema)
    return inlined


