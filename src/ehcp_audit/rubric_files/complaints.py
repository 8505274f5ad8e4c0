"""What is wrong at which key, before it is known on which line that key stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ehcp_audit.rubric_files.places import Places
from ehcp_audit.rubric_files.problems import MOST_REPORTED, KeyPath, Problem
from ehcp_audit.rubric_files.toml_text import line_at


@dataclass(frozen=True)
class Complaint:
    """A sentence about a key path; `at_key` points at the key's name and not at its value.

    A `doubt` is a warning: allowed, and probably not meant.
    """

    path: KeyPath
    sentence: str
    at_key: bool = False
    doubt: bool = False


def placed(text: str, parsed: dict[str, Any], complaints: Sequence[Complaint]) -> list[Problem]:
    """Return the first fifty complaints as problems on their lines, in the order of the file."""
    if not complaints:
        return []
    places = Places(text)
    problems = []
    for complaint in complaints[:MOST_REPORTED]:
        line, column, width = places.find(complaint.path, at_key=complaint.at_key)
        key = key_path(complaint.path, parsed)
        source = line_at(text, line)
        problems.append(Problem(line, column, key, complaint.sentence, source, width))
    return sorted(problems, key=lambda problem: (problem.line, problem.column))


def key_path(path: KeyPath, parsed: Any) -> str:
    """Return a key path as people read it, parts of a list by their id or number from 1.

    Such as `criteria[voice.own-views].levels.partly`.
    """
    shown = ""
    value = parsed
    for part in path:
        value = _inside(value, part)
        if isinstance(part, str):
            shown += f".{part}" if shown else part
        else:
            name = value.get("id") if isinstance(value, dict) else None
            shown += f"[{name}]" if isinstance(name, str) and name else f"[{part + 1}]"
    return shown


def value_at(path: KeyPath, parsed: Any) -> Any:
    """Return the value at a key path; None where there is none."""
    value = parsed
    for part in path:
        value = _inside(value, part)
    return value


def _inside(value: Any, part: str | int) -> Any:
    if isinstance(part, str):
        return value.get(part) if isinstance(value, dict) else None
    return value[part] if isinstance(value, list) and part < len(value) else None
