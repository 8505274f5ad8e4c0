"""What is wrong with a rubric file, and where: one sentence a problem, with the line it is on."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ehcp_audit.domain.errors import RubricError
from ehcp_audit.domain.text import one_line, visible

MOST_REPORTED: Final = 50
_LONGEST_LINE: Final = 100
_LONGEST_KEY: Final = 120
_LONGEST_QUOTED: Final = 40
_LONGEST_GUESSED: Final = 60  # difflib takes time in proportion to the square of the length

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One thing wrong: `line` and `column` count from 1 in characters; line 0 is the whole file.

    `width` is the number of characters to underline, `source_line` the line as it stands in the
    file.
    """

    line: int
    column: int
    key: str
    sentence: str
    source_line: str = ""
    width: int = 1

    def show(self, name: str) -> str:
        """Return `name:line:column: key: sentence`, the line and a caret, safe for a terminal."""
        place = f"{visible(name, keep_lines=False)}:"
        if self.line:
            place += f"{self.line}:{self.column}:"
        key = f" {one_line(self.key, _LONGEST_KEY)}:" if self.key else ""
        told = f"{place}{key} {visible(self.sentence, keep_lines=False)}"
        if not self.source_line.strip():
            return told
        line, column = _window(self.source_line, self.column)
        width = max(1, min(self.width, len(line) - column + 1))
        shown = "".join(visible(character, keep_lines=False) for character in line)
        before = "".join(visible(character, keep_lines=False) for character in line[: column - 1])
        return f"{told}\n    {shown}\n    {' ' * len(before)}{'^' * width}"


def _window(line: str, column: int) -> tuple[str, int]:
    """Return the part of a long line that holds the column, and the column in that part."""
    if len(line) <= _LONGEST_LINE:
        return line, column
    start = max(0, min(column - 1 - _LONGEST_LINE // 3, len(line) - _LONGEST_LINE))
    part = line[start : start + _LONGEST_LINE]
    if start:
        part = "…" + part[1:]
    if start + _LONGEST_LINE < len(line):
        part = part[:-1] + "…"
    return part, column - start


class RubricFileError(RubricError):
    """A rubric file that cannot be used.

    Attributes:
        name: the file as the caller named it.
        problems: what is wrong, in the order of the file.
        left_out: how many more problems there are than `problems` holds.
    """

    def __init__(self, name: str, problems: Iterable[Problem], left_out: int = 0) -> None:
        ordered = sorted(problems, key=lambda problem: (problem.line, problem.column))
        self.name = name
        self.problems: tuple[Problem, ...] = tuple(ordered)
        self.left_out = left_out
        blocks = [problem.show(name) for problem in self.problems]
        if left_out:
            blocks.append(f"… and {left_out} more.")
        super().__init__("\n".join(blocks), "Correct the file and check it again.")

    def __str__(self) -> str:
        return f"{self.title}:\n{self.what}\n{self.next_step}"


def guessed(word: str, known: Sequence[str]) -> str:
    """Return the known word nearest to `word`; empty where none is near."""
    if len(word) > _LONGEST_GUESSED:
        return ""
    lowered = {each.lower(): each for each in reversed(known)}
    guesses = difflib.get_close_matches(word.lower(), lowered, n=1, cutoff=0.6)
    return lowered[guesses[0]] if guesses else ""


def nearest(word: str, known: Sequence[str]) -> str:
    """Return a question that names the known word nearest to `word`; empty where none is near."""
    guess = guessed(word, known)
    return f" Did you mean “{guess}”?" if guess else ""


def unknown(what: str, name: str, known: Sequence[str]) -> str:
    """Return the sentence that something named is not there, and what is nearest to it."""
    told = f"There is no {what} “{one_line(name, _LONGEST_QUOTED)}”."
    if not known:
        return f"{told} The file names none."
    return told + (nearest(name, known) or f" Use one of {listed(known)}.")


def listed(words: Sequence[str], most: int = 30) -> str:
    """Return words as “a”, “b” and “c”, cut after `most`."""
    quoted = [f"“{word}”" for word in words[:most]]
    if len(words) > most:
        return ", ".join(quoted) + " …"
    return " and ".join(filter(None, [", ".join(quoted[:-1]), *quoted[-1:]]))
