"""Everything the commands print goes through here."""

from __future__ import annotations

import codecs
import contextlib
import os
import sys
from typing import Final

from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.text import visible

# For terminals without Unicode: one plain character for each of ours, so that columns stay.
_PLAIN: Final = str.maketrans(
    {
        "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "~", "·": ".", "×": "x",
        "✓": "v", "✗": "x", "◔": "~", "◑": "+", "●": "*", "▌": "|", "─": "-", "†": "+",
        "▁": "1", "▂": "2", "▃": "3", "▄": "4", "▅": "5", "▆": "6", "▇": "7", "█": "8",
        "≤": "<", "≥": ">", "→": ">", "•": "o", "○": "c", "◆": "#", "■": "!", "▲": "^",
        "╌": "~", "┄": ".", "═": "=", "┊": ":", "┤": "+", "│": "|", "└": "+", "▓": "=",
        "▒": "-", "░": ".", "▏": " ", "▎": " ", "▍": " ", "▋": "#", "▊": "#", "▉": "#",
    }
)  # fmt: skip
_HANDLER: Final = "ehcp-audit-plain"
BROKEN_PIPE: Final = 141  # what a shell reports for a program ended by SIGPIPE


class OutputGoneError(Exception):
    """Whoever read our output has gone away, as `| head` does when it has enough."""


def _in_plain_characters(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(_PLAIN)
    return text.encode("ascii", "replace").decode("ascii"), error.end


def settle_streams() -> None:
    """Make sure that no character can stop a command: what a terminal lacks is replaced."""
    codecs.register_error(_HANDLER, _in_plain_characters)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_HANDLER)


def has_dots() -> bool:
    """Whether standard output takes the braille dots that charts are drawn with."""
    try:
        "⣿".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def say(text: str = "") -> None:
    """Print a line to standard output, with control characters made visible."""
    emit(visible(text) + "\n")


def emit(text: str) -> None:
    """Print a report as its writer made it: writers have made it safe for their format."""
    try:
        sys.stdout.write(text)
    except BrokenPipeError:
        raise OutputGoneError from None


def emit_bytes(content: bytes) -> None:
    """Write a file's bytes to standard output, for a pipe."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise OutputGoneError from None


def pass_by(text: str) -> None:
    """Show a line on standard error that the next one takes the place of; nothing clears it."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{visible(text, keep_lines=False):<40}\r")
        sys.stderr.flush()


def tell(error: AuditToolError) -> None:
    """Print an error to standard error: its title and sentence, then what to do next."""
    mark = "" if error.title.endswith("?") else ":"
    warn(f"{error.title}{mark} {error.what}")
    if error.next_step:
        warn(error.next_step)


def warn(sentence: str) -> None:
    """Print a sentence to standard error."""
    print(visible(sentence), file=sys.stderr)  # noqa: T201


def give_up_output() -> int:
    """Leave quietly after the reader of our output has gone away; returns the exit code."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    return BROKEN_PIPE
