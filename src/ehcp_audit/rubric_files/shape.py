"""The first check of a parsed file: its keys and their types, as sentences for people."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ehcp_audit.domain.text import one_line
from ehcp_audit.rubric_files.complaints import Complaint, value_at
from ehcp_audit.rubric_files.models import (
    KEY_PATTERN,
    OWN_FACT_PATTERN,
    VERSION_PATTERN,
    RubricTable,
)
from ehcp_audit.rubric_files.problems import MOST_REPORTED, KeyPath, guessed, listed, nearest

_TYPES = {
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number without quotes",
    "float_type": "must be a number without quotes",
    "bool_type": "must be true or false without quotes",
    "date_type": "must be a date without quotes, such as 2026-12-01",
    "list_type": "must be a list in [ ]",
    "dict_type": "must be a table of keys and values",
    "model_type": "must be a table of keys and values",
    "finite_number": "must be a finite number",
}
_RULES = {
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "string_too_long": "is {length} characters long; {max_length} are allowed",
    "too_short": "must hold {min_length} or more",
    "too_long": "may hold {max_length} at most",
}
_PATTERN_RULES = {
    VERSION_PATTERN: "A version is up to 20 letters, digits and . + _ -, such as “1.0.0”.",
    OWN_FACT_PATTERN: (
        "The id of a fact of your own is “local.” and then small letters, digits, “.”, “-” and "
        "“_”, such as “local.route”, so that it is never one of the tool's."
    ),
    KEY_PATTERN: "A key is one small letter or digit.",
}
_ID_RULE = "An id is small letters a to z, digits, {marks}, beginning with a letter or a digit."
_MISSING = {
    "agency": " Say who answers for it: “education”, “health” or “social_care”.",
    "levels": " Describe each level of the scale.",
}
_DESCRIBED = (
    (datetime, "a date with a time"),
    (date, "a date"),
    (time, "a time"),
    (list, "a list"),
    (dict, "a table"),
)
# Nothing else in a file depends on these.
_HARMLESS = frozenset((
    "by", "date", "effective_from", "effective_to", "examples", "guidance", "help", "law_as_at",
    "on_lowest", "summary", "weight",
))  # fmt: skip
_LARGE = 10**15
_LONGEST_QUOTED = 40


class ShapeError(Exception):
    """Carries the complaints about a file whose keys or types are wrong.

    Attributes:
        complaints: the first fifty problems.
        left_out: how many more there are.
        table: the file without them, where that can be told, so that it can be checked further.
    """

    def __init__(
        self, complaints: list[Complaint], left_out: int, table: RubricTable | None
    ) -> None:
        super().__init__()
        self.complaints = complaints
        self.left_out = left_out
        self.table = table


def check_shape(parsed: dict[str, Any]) -> RubricTable:
    """Return the file as typed tables; raises `ShapeError` with every wrong key and type."""
    try:
        return RubricTable.model_validate(parsed)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        misspelt = _misspelt(details)
        told = [
            detail
            for detail in details
            if detail["type"] != "missing" or tuple(detail["loc"]) not in misspelt
        ]
        complaints = [_complaint(detail, parsed) for detail in told[:MOST_REPORTED]]
        left_out = len(told) - len(complaints)
        raise ShapeError(complaints, left_out, _mended(parsed, details)) from None


def _mended(parsed: dict[str, Any], details: list[ErrorDetails]) -> RubricTable | None:
    """Return the file with misspelt keys put right, and without unknown and harmless ones.

    None where more is wrong than that: what is left would bring complaints that are not so.
    """
    if len(details) > MOST_REPORTED:
        return None
    mended = copy.deepcopy(parsed)
    for detail in details:
        path, unknown = tuple(detail["loc"]), detail["type"] == "extra_forbidden"
        table = value_at(path[:-1], mended)
        if detail["type"] == "missing":
            continue  # told again below, unless it stood there misspelt
        if not isinstance(table, dict) or not (unknown or path[-1] in _HARMLESS):
            return None
        value = table.pop(path[-1], None)
        if unknown and (guess := guessed(str(path[-1]), _keys_at(path[:-1]))):
            table.setdefault(guess, value)
    try:
        return RubricTable.model_validate(mended)
    except ValidationError:
        return None


def _misspelt(details: list[ErrorDetails]) -> set[KeyPath]:
    """Return the missing keys that stand there misspelt: one problem is told once."""
    unknown = [tuple(detail["loc"]) for detail in details if detail["type"] == "extra_forbidden"]
    return {
        (*path[:-1], guess)
        for path in unknown[:MOST_REPORTED]
        if (guess := guessed(str(path[-1]), _keys_at(path[:-1])))
    }


def _complaint(detail: ErrorDetails, parsed: dict[str, Any]) -> Complaint:
    path: KeyPath = tuple(detail["loc"])
    kind, context = detail["type"], detail.get("ctx", {})
    name = one_line(str(path[-1]), _LONGEST_QUOTED) if path else ""
    if path and path[-1] == "[key]":  # pydantic's mark for a key that breaks a rule of its own
        return Complaint(path[:-1], _id_rule(context), at_key=True)
    if kind == "missing":
        return Complaint(path, f"“{name}” is missing here.{_MISSING.get(name, '')}")
    if kind == "extra_forbidden":
        known = _keys_at(path[:-1])
        sentence = (
            f"There is no key “{name}” here.{nearest(name, known) or ' Use ' + listed(known) + '.'}"
        )
        return Complaint(path, sentence, at_key=True)
    value = value_at(path, parsed)
    return Complaint(path, _sentence(kind, context, value, path, detail["msg"]))


def _sentence(kind: str, context: dict[str, Any], value: Any, path: KeyPath, message: str) -> str:
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    if kind in _TYPES:
        return f"“{name}” {_TYPES[kind]}; this is {_described(value)}."
    if kind in _RULES:
        length = len(value) if isinstance(value, str) else 0
        return f"“{name}” {_RULES[kind].format(length=length, **_whole(context))}."
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", context["expected"])
        guess = nearest(value, allowed) if isinstance(value, str) else ""
        return f"This may not be {_described(value)}.{guess} Use one of {listed(allowed)}."
    if kind == "string_pattern_mismatch":
        return _PATTERN_RULES.get(context.get("pattern", ""), "") or _id_rule(context)
    return f"“{name}” {message}."


def _id_rule(context: dict[str, Any]) -> str:
    marks = "“.”, “-” and “_”" if "." in context.get("pattern", "") else "“-” and “_”"
    return _ID_RULE.format(marks=marks)


def _whole(context: dict[str, Any]) -> dict[str, Any]:
    """Return the bounds of a rule with 1.0 written as 1."""
    return {
        key: int(value) if isinstance(value, float) and value.is_integer() else value
        for key, value in context.items()
    }


def _described(value: Any) -> str:
    for kinds, words in _DESCRIBED:
        if isinstance(value, kinds):
            return words
    if isinstance(value, str):
        return f"the text “{one_line(value, _LONGEST_QUOTED)}”"
    shown = value if isinstance(value, (bool, float)) or abs(value) < _LARGE else "with many digits"
    return str(shown).lower() if isinstance(value, bool) else f"the number {shown}"


def _keys_at(path: KeyPath) -> list[str]:
    """Return the keys that the table at a key path may hold."""
    table: type[BaseModel] = RubricTable
    named = iter([part for part in path if isinstance(part, str)])
    for part in named:
        field = next(
            (f for key, f in table.model_fields.items() if part in (key, f.alias)),
            None,
        )
        inner = next(_tables_in(field.annotation), None) if field else None
        if inner is None:
            break
        table = inner
        if field and "dict[" in str(field.annotation):
            next(named, None)
    return [field.alias or key for key, field in table.model_fields.items()]


def _tables_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _tables_in(argument)
