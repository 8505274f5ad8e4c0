"""What one cell of a sheet of criteria holds: yes or no, numbers, lists, dates and findings."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Any, Final

from ehcp_audit.domain.dates import parse_date
from ehcp_audit.domain.errors import UsageError

YES: Final = "yes"
NO: Final = "no"
_YES_WORDS: Final = frozenset(("yes", "y", "true", "x", "✓", "✔", "1"))
_NO_WORDS: Final = frozenset(("no", "n", "false", "", "-", "–", "✗", "✘", "0"))
_SEPARATORS = re.compile(r"[;,\n]")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?")
_LONGEST_NUMBER: Final = 40
_QUOTED = r'"(?:[^"]|"")*"'
_FINDING = re.compile(
    rf'\s*(?P<source>[^\s@:"]+)\s*(?:@\s*(?P<at>{_QUOTED}|[^":\s][^:]*)?)?\s*:\s?(?P<text>.*)'
)
_CHOICE = re.compile(r"\s*(?P<id>[^\s:()]+)\s*(?:\((?P<key>.)\))?\s*:\s?(?P<label>.*)")
_TIME_LIMIT = re.compile(
    r"(?P<start>\S+)\s+to\s+(?P<end>\S+)\s+within\s+(?P<count>\d{1,6})\s+(?P<unit>days|weeks|months)",
    re.IGNORECASE,
)
_DAY: Final = date(2000, 1, 1)  # for parse_date, whose “today” no cell means


def yes_or_no(cell: str) -> bool | None:
    """Return what a cell says; None for what is neither yes nor no. Empty is no."""
    word = cell.strip().lower()
    if word in _YES_WORDS:
        return True
    return False if word in _NO_WORDS else None


def number(cell: str) -> float | None:
    """Return the number of a cell, 80% as 0.8; None for what is not one."""
    text = cell.strip().removesuffix("%").strip()
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return None
    if cell.strip().endswith("%"):
        from fractions import Fraction  # noqa: PLC0415

        return float(Fraction(text) / 100)
    value = float(text)
    return value if math.isfinite(value) else None


def whole(cell: str) -> int | None:
    """Return the whole number of a cell; None for what is not one."""
    value = number(cell)
    return int(value) if value is not None and value.is_integer() else None


def iso_date(cell: str) -> date | None:
    """Return the date of a cell, typed day first or as 2026-12-01; None for what is not one."""
    text = cell.strip().split("T")[0].split(" 00:00")[0]
    if text.lower() in ("today", "t", "yesterday"):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return parse_date(text, today=_DAY)
    except UsageError:
        return None


def names(cell: str) -> list[str]:
    """Return the names that a cell lists, separated by semicolons, commas or line ends."""
    return [part.strip() for part in _SEPARATORS.split(cell) if part.strip()]


def lines(cell: str) -> list[str]:
    """Return the lines of a cell that are not blank."""
    return [line for line in cell.split("\n") if line.strip()]


def finding_line(source: str, at: str, text: str) -> str:
    """Return a finding as `source @ place: text`, which `read_finding` reads back exactly."""
    place = f" @ {_quoted(at, ':')}" if at else ""
    return f"{source}{place}: {_quoted(text)}"


def read_finding(line: str) -> dict[str, Any] | None:
    """Return a finding's source, place and text; None where the line has another form."""
    match = _FINDING.fullmatch(line)
    if match is None:
        return None
    return {
        "source": match["source"],
        "at": _unquoted(match["at"] or ""),
        "finding": _unquoted(match["text"]),
    }


def choice_line(choice_id: str, key: str, label: str) -> str:
    """Return a choice of a fact as `id (key): label`, which `read_choice` reads back exactly."""
    return f"{choice_id} ({key}): {_quoted(label)}" if key else f"{choice_id}: {_quoted(label)}"


def read_choice(line: str) -> dict[str, str]:
    """Return a choice's id, label and key; a line of another form is taken for the label."""
    match = _CHOICE.fullmatch(line)
    if match is None:
        return {"id": "TODO", "label": line}
    choice = {"id": match["id"], "label": _unquoted(match["label"])}
    return choice if match["key"] is None else {**choice, "key": match["key"]}


def read_time_limit(cell: str) -> dict[str, Any] | None:
    """Return the time limit of `date to date within n weeks`; None for another form."""
    match = _TIME_LIMIT.fullmatch(cell.strip())
    if match is None:
        return None
    unit = match["unit"].lower()
    return {"from": match["start"], "to": match["end"], f"within_{unit}": int(match["count"])}


def _quoted(text: str, mark: str = "\n") -> str:
    if text != text.strip() or text.startswith('"') or mark in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and re.fullmatch(_QUOTED, text):
        return text[1:-1].replace('""', '"')
    return text
