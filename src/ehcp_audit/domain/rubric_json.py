"""The compiled form of a rubric: plain JSON that is read back without validating the file again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ehcp_audit.domain.rubric import Rubric

_TAG = "is"
_FROM_TEXT: dict[Any, Callable[[str], Any]] = {Fraction: Fraction, date: date.fromisoformat}


def compile_rubric(rubric: Rubric) -> str:
    """Return the rubric as JSON text that `read_compiled` turns back into an equal rubric."""
    return json.dumps(_encode(rubric), separators=(",", ":"), ensure_ascii=False)


def read_compiled(text: str) -> Rubric:
    """Return the rubric that `compile_rubric` wrote.

    A key that an earlier version of the tool did not write has its default.
    """
    rubric: Rubric = _decoder(Rubric)(json.loads(text))
    return rubric


def _encode(value: Any) -> Any:
    if is_dataclass(value):
        body = {field.name: _encode(getattr(value, field.name)) for field in fields(value)}
        return {_TAG: type(value).__name__, **body}
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if isinstance(value, (Fraction, date)):
        return str(value)
    return value


@cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    if is_dataclass(kind):
        return _dataclass_decoder(kind)
    origin = get_origin(kind)
    if origin is tuple:
        return _tuple_decoder(get_args(kind))
    if origin in (Union, UnionType):
        return _union_decoder(get_args(kind))
    if kind in _FROM_TEXT:
        return _FROM_TEXT[kind]
    if origin is Literal or kind in (str, int, bool):
        return lambda value: value
    message = f"no way to read a {kind}"
    raise TypeError(message)


def _tuple_decoder(kinds: tuple[Any, ...]) -> Callable[[Any], Any]:
    if len(kinds) == 2 and kinds[1] is Ellipsis:  # noqa: PLR2004
        item = _decoder(kinds[0])
        return lambda value: tuple(item(each) for each in value)
    parts = [_decoder(kind) for kind in kinds]
    return lambda value: tuple(part(each) for part, each in zip(parts, value, strict=True))


def _dataclass_decoder(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    optional = {
        field.name
        for field in fields(kind)
        if field.default is not MISSING or field.default_factory is not MISSING
    }
    names = [field.name for field in fields(kind)]

    def decode(value: dict[str, Any]) -> Any:
        given = [name for name in names if name in value or name not in optional]
        return kind(**{name: _decoder(hints[name])(value[name]) for name in given})

    return decode


def _union_decoder(kinds: tuple[Any, ...]) -> Callable[[Any], Any]:
    by_name: dict[str, Any] = {
        kind.__name__: kind for kind in kinds if isinstance(kind, type) and is_dataclass(kind)
    }
    others = [kind for kind in kinds if not is_dataclass(kind) and kind is not type(None)]

    def decode(value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, dict):
            return _decoder(by_name[value[_TAG]])(value)
        return _decoder(others[0])(value)

    return decode
