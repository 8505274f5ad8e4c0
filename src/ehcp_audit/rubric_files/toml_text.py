"""TOML text in bounded time: size, encoding, nesting and syntax, each refused in a sentence."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from ehcp_audit.domain.canonical import digest
from ehcp_audit.rubric_files.problems import Problem, RubricFileError
from ehcp_audit.rubric_files.toml_sentences import explained

MOST_BYTES: Final = 256 * 1024
MOST_NESTING: Final = 32
MOST_KEY_PARTS: Final = 6
MOST_ENTRIES: Final = 10_000

_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK: Final = "\ufeff"
_TOO_LARGE: Final = f"The file is larger than {MOST_BYTES // 1024} KB; a rubric is far smaller."

# Possessive, and an unclosed quotation is a token of its own that ends the scan: linear time.
_TOKEN = re.compile(
    r"""
    (?P<text> \"{3}(?:[^"\\]|\\.|"(?!""))*+\"{3,5} | '{3}(?:[^']|'(?!''))*+'{3,5} )
    | (?P<unclosed> \"{3} | '{3} )
    | (?P<short> "(?:[^"\\\n]|\\[^\n])*+" | '[^'\n]*+' )
    | (?P<quote> ["'] )
    | (?P<comment> \#[^\n]*+ )
    | (?P<open> [\[{] )
    | (?P<close> [\]}] )
    | (?P<dot> \. )
    | (?P<bare> [A-Za-z0-9_\-\ \t]++ )
    | (?P<between> [=,] )
    | (?P<other> [^"'\#\[\]{}.=,A-Za-z0-9_\-\ \t]++ )
    """,
    re.VERBOSE | re.DOTALL,
)
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_text(path: Path) -> str:
    """Return the text of a rubric file; raises `RubricFileError` where it cannot be read.

    Only a regular file is opened (a pipe would wait for ever), and at most 256 KB are read.
    """
    name = str(path)
    try:
        if path.exists() and not path.is_file():
            raise RubricFileError(name, [Problem(0, 0, "", "This is not a file.")])
        with path.open("rb") as file:
            return decode(file.read(MOST_BYTES + 1), name)
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        raise RubricFileError(name, [Problem(0, 0, "", f"It cannot be read: {why}.")]) from None


def decode(data: bytes, name: str) -> str:
    """Return the text of a file: UTF-8, at most 256 KB, line ends as LF, without a leading mark."""
    if len(data) > MOST_BYTES:
        raise _refused(name, _TOO_LARGE)
    if data.startswith(_UTF16_MARKS):
        raise _refused(name, "The file is saved as UTF-16; save it as UTF-8.")
    try:
        return normal(data.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").replace("\r\n", "\n")
        line, column = position(before, len(before))
        nearby = data[: error.start + 80].decode("utf-8", "replace").replace("\r\n", "\n")
        sentence = f"Byte {data[error.start]:02X} is not UTF-8; save the file as UTF-8."
        problem = Problem(line, column, "", sentence, line_at(nearby, line))
        raise RubricFileError(name, [problem]) from None


def normal(text: str, name: str) -> str:
    """Return text with line ends as LF and without a leading mark, or refuse what is no text."""
    text = text.removeprefix(_UTF8_MARK).replace("\r\n", "\n")
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        line, column = position(text, error.start)
        problem = Problem(line, column, "", "Half a character stands here.", line_at(text, line))
        raise RubricFileError(name, [problem]) from None
    if size > MOST_BYTES:
        raise _refused(name, _TOO_LARGE)
    return text


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """Return the TOML of a `normal` text; raises `RubricFileError` with line and column."""
    _guard(text, name)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RubricFileError(name, [_syntax_problem(str(error), text)]) from None
    except RecursionError:
        raise _refused(name, "The file is nested too deeply.") from None
    except ValueError:
        # Python refuses to read more than 4,300 decimal digits as one number.
        raise _refused(name, "A number in the file has too many digits.") from None


def toml_hash(parsed: dict[str, Any], name: str) -> str:
    """Return the SHA-256 of the canonical JSON of parsed TOML, which leaves comments out."""
    try:
        return digest(parsed)
    except (TypeError, ValueError, RecursionError):
        sentence = (
            "The file holds a time of day, or a number that is not finite or has too many digits."
        )
        raise _refused(name, sentence) from None


def position(text: str, index: int) -> tuple[int, int]:
    """Return line and column, counted from 1, of a character's index."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def line_at(text: str, line: int) -> str:
    """Return one line of the text; empty beyond its end."""
    lines = text.split("\n")
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _refused(name: str, sentence: str) -> RubricFileError:
    return RubricFileError(name, [Problem(0, 0, "", sentence)])


def _guard(text: str, name: str) -> None:
    """Refuse nesting, dotted keys and numbers of entries that would take seconds or the stack."""
    depth = dots = entries = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind in ("unclosed", "quote"):
            return  # tomllib stops at the same place, and says so
        if kind == "dot":
            dots += 1
        elif kind not in ("bare", "short"):
            dots = 0
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(depth - 1, 0)
        entries += kind in ("open", "between")
        if sentence := _too_much(depth, dots, entries):
            line, column = position(text, token.start())
            raise RubricFileError(name, [Problem(line, column, "", sentence, line_at(text, line))])


def _too_much(depth: int, dots: int, entries: int) -> str:
    if depth > MOST_NESTING:
        return f"Brackets are nested deeper than {MOST_NESTING}."
    if dots >= MOST_KEY_PARTS:
        return f"A key has more than {MOST_KEY_PARTS} parts."
    if entries > MOST_ENTRIES:
        return f"The file holds more than {MOST_ENTRIES:,} keys and values."
    return ""


def _syntax_problem(message: str, text: str) -> Problem:
    match = _AT.search(message)
    told = message[: match.start()] if match else message
    if match and match[1]:
        line, column = int(match[1]), int(match[2])
    else:
        line, column = position(text, len(text.rstrip()))
    sentence = explained(told)
    source = line_at(text, line)
    if told.startswith("Cannot overwrite") or "twice" in told:
        column = len(source) - len(source.lstrip()) + 1
    return Problem(line, column, "", sentence, source)
