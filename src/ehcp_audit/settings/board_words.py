"""What a person writes for the board's first page: a TOML file, read and checked."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Final

from ehcp_audit.domain.errors import UsageError

TITLE: Final = "The page cannot be printed"
TEMPLATE: Final = """\
# What people write for the board's first page. Fill in at least the first three.
improved = ""        # what improved
not_improved = ""    # what did not
ask = ""             # what we ask of you

# Decisions asked of the board, each with a name and a date.
# [[decisions]]
# what = "Agree that health answers requests for advice within 6 weeks"
# who = "Designated clinical officer"
# by = 2027-01-31

# How the sample was drawn.
# plans_in_force = 2412
# drawn_on = 2026-11-02
# drawn_by = "the data team"

# For the second page; each may be left out.
# done = ""          # actions since the last meeting, and what changed for children
# families = ""      # who was asked, how many answered, what they said
# example = ""       # one good example, no child, school or writer recognisable
# mistake = ""       # one thing we got wrong
"""
_LONGEST: Final = 600
_LARGEST: Final = 64_000
_NEEDED: Final = {
    "improved": "what improved",
    "not_improved": "what did not",
    "ask": "what you ask of the board",
}


@dataclass(frozen=True)
class Decision:
    """A decision asked of the board: what, of whom, by when."""

    what: str
    who: str
    by: date


@dataclass(frozen=True)
class BoardWords:
    """What a person wrote; the first three are never empty."""

    improved: str
    not_improved: str
    ask: str
    decisions: tuple[Decision, ...] = ()
    plans_in_force: int | None = None
    drawn_on: date | None = None
    drawn_by: str = ""
    done: str = ""
    families: str = ""
    example: str = ""
    mistake: str = ""


def board_words(path: Path | None, **typed: str | None) -> BoardWords:
    """Return the words of a file, those typed on the command line in their place.

    Raises `UsageError` naming what is empty, unknown, too long or of the wrong kind.
    """
    given = {} if path is None else _read(path)
    given |= {name: value for name, value in typed.items() if value is not None}
    where = "" if path is None else f"{path}: "
    known = {field.name for field in fields(BoardWords)}
    for name in given:
        if name not in known:
            what = f"{where}“{name}” is nothing that the page prints."
            raise UsageError(what, f"Use: {', '.join(sorted(known))}.", title=TITLE)
    decisions = tuple(_decision(each, where) for each in _tables(given.pop("decisions", []), where))
    words = {name: _checked(name, value, where) for name, value in given.items()}
    for name, meant in _NEEDED.items():
        if not str(words.get(name, "")).strip():
            what = f"{where}the sentence “{name}” ({meant}) is empty."
            step = (
                "A person writes the first three sentences of the page. Put them into a file "
                "(`ehcp-audit report board --template` prints one) and name it with --words, or "
                "give --improved, --not-improved and --ask."
            )
            raise UsageError(what, step, title=TITLE)
    return BoardWords(**words, decisions=decisions)


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST:
            what = f"{path} is larger than {_LARGEST // 1000} kB."
            raise UsageError(what, "Shorten it.", title=TITLE)
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        what = f"{path}: not TOML: {error}."
        raise UsageError(what, "Put texts in double quotes.", title=TITLE) from error
    except OSError as error:
        what = f"{path} cannot be read: {error.strerror}."
        raise UsageError(what, title=TITLE) from error


def _tables(value: Any, where: str) -> list[dict[str, Any]]:
    if isinstance(value, list) and all(isinstance(each, dict) for each in value):
        return value
    what = f"{where}decisions are written as [[decisions]] with what, who and by."
    raise UsageError(what, title=TITLE)


def _decision(table: dict[str, Any], where: str) -> Decision:
    by = table.get("by")
    texts = [table.get(name) for name in ("what", "who")]
    written = all(isinstance(text, str) and text.strip() for text in texts)
    if not (written and isinstance(by, date)) or set(table) - {"what", "who", "by"}:
        told = f"{where}a decision has what and who as texts and by as a date, such as 2027-01-31."
        raise UsageError(told, "Each decision has a name and a date.", title=TITLE)
    what, who = (_checked("what", text, where) for text in texts)
    return Decision(what, who, by)


def _checked(name: str, value: Any, where: str) -> Any:
    wanted: dict[str, tuple[type, str]] = {
        "plans_in_force": (int, "a whole number"),
        "drawn_on": (date, "a date, such as 2026-11-02"),
    }
    kind, meant = wanted.get(name, (str, "a text in double quotes"))
    if type(value) is not kind or (isinstance(value, int) and value < 1):
        what = f"{where}“{name}” is not {meant}."
        raise UsageError(what, title=TITLE)
    if isinstance(value, str):
        value = " ".join(value.split())
        if len(value) > _LONGEST:
            what = f"{where}“{name}” is longer than {_LONGEST} characters."
            raise UsageError(what, "A board reads one side: shorten it.", title=TITLE)
    return value
