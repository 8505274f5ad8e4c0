"""One conversation in lines: what is said, what is asked, and the answers.

Made to be heard as well as read: short lines, the prompt last, numbers before options, nothing
drawn and nothing redrawn. Whatever people typed is made visible before it is said.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from ehcp_audit.cli.printing import emit, say
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.text import visible

HELP: Final = "?"
BACK: Final = "back"
_CONTINUES: Final = "\\"
_NARROWEST: Final = 20
_SHOWN: Final = 10  # options read out at once
Value = TypeVar("Value")


class EndOfInput(Exception):  # noqa: N818  (nothing is wrong: the answers have come to an end)
    """There is nothing more to read: the pipe is empty, the terminal gone, or Ctrl+D."""


@dataclass(frozen=True)
class Offer:
    """One answer of several; `key` may be typed in place of its number."""

    label: str
    about: str = ""
    key: str = ""

    @property
    def said(self) -> str:
        """The answer as it is read out."""
        return f"{self.label}: {self.about}" if self.about else self.label


class Talk:
    """Says lines and asks for lines, on standard output and input."""

    def __init__(self) -> None:
        self._echoes = not sys.stdin.isatty()
        self._wraps = sys.stdout.isatty()
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(errors="replace")
        if sys.stdin.isatty() and sys.stdout.isatty():
            with contextlib.suppress(ImportError):  # what it adds: editing of the line typed
                import readline  # noqa: F401, PLC0415

    # ------------------------------------------------------------ saying

    def say(self, *lines: str) -> None:
        """Say lines; at a terminal no word is cut at its edge."""
        for line in lines:
            for part in self._fitted(visible(line)):
                say(part)

    def _fitted(self, text: str) -> list[str]:
        if not self._wraps:
            return [text]
        width = max(shutil.get_terminal_size().columns - 1, _NARROWEST)
        return [part for each in text.split("\n") for part in textwrap.wrap(each, width) or [""]]

    def not_done(self, error: AuditToolError) -> None:
        """Tell why something was not done, and what to do."""
        self.cannot(error.sentences)

    def cannot(self, reason: str) -> None:
        """Say why something is not possible now."""
        self.say(f"Not done: {reason}")

    # ------------------------------------------------------------ asking

    def line(self, prompt: str) -> str:
        """Read one line as typed; raises `EndOfInput` where there is none."""
        try:
            typed = input(f"{visible(prompt)} ")
        except (EOFError, OSError) as error:  # a terminal that hung up cannot be read
            if isinstance(error, BrokenPipeError):
                raise
            raise EndOfInput from None
        if self._echoes:
            emit(visible(typed) + "\n")
        return typed

    def ask(self, prompt: str, again: Iterable[str] = ()) -> str:
        """Ask for an answer on one line, without its outer spaces; `?` says `again` anew."""
        lines = tuple(again)
        while True:
            typed = self.line(prompt).strip()
            if typed != HELP or not lines:
                return typed
            self.say(*lines)

    def text(
        self,
        prompt: str,
        *,
        explanation: str = "",
        offers: Sequence[str] = (),
        value: str = "",
    ) -> str | None:
        """Ask for a text in one's own words, or by the number of a usual one; None gives it up.

        A line that ends in a backslash goes on in the next. Enter alone keeps `value`.
        """
        lines = [prompt, *([explanation] if explanation else [])]
        lines += [f"{number}. {offer}" for number, offer in enumerate(offers, start=1)]
        kept = f"Enter keeps “{value}”" if value else "Enter gives up"
        how = f"Number or your own words ({kept}):" if offers else f"Your words ({kept}):"
        self.say(*lines)
        while True:
            typed = self.long_line(how)
            if typed == HELP:
                self.say(*lines, "A line that ends in a backslash goes on in the next.")
                continue
            if typed == BACK:
                return None
            if typed.isdigit() and 1 <= int(typed) <= len(offers):
                return offers[int(typed) - 1]
            return typed or value or None

    def long_line(self, prompt: str) -> str:
        """Read a text; a line that ends in a backslash goes on in the next."""
        lines = [self.line(prompt)]
        while lines[-1].endswith(_CONTINUES):
            lines[-1] = lines[-1][:-1]
            lines.append(self.line("And on:"))
        return "\n".join(lines).strip()

    def choose(
        self,
        prompt: str,
        offers: Sequence[Offer],
        values: Sequence[Value],
        *,
        explanation: str = "",
        default: int | None = None,
        leaving: str = "gives up",
    ) -> Value | None:
        """Ask for one of several answers by number or key; None where Enter or `back` gives up.

        `default` is the place, from 0, of the answer that Enter takes; without one, `leaving` says
        what Enter does.
        """
        lines = [prompt, *([explanation] if explanation else [])]
        numbered = [f"{number}. {offer.said}" for number, offer in enumerate(offers, start=1)]
        enter = leaving if default is None else f"takes {default + 1}"
        shown = _SHOWN
        self.say(*lines, *numbered[:shown])
        while True:
            more = f", more, of {len(offers)}" if shown < len(offers) else ""
            typed = self.line(f"Number (Enter {enter}{more}):").strip().lower()
            if typed == "more" and shown < len(offers):
                self.say(*numbered[shown : shown + _SHOWN])
                shown += _SHOWN
            elif not typed:
                return None if default is None else values[default]
            elif typed == BACK:
                return None
            elif typed == HELP:
                self.say(*lines, *numbered[:shown])
            else:
                place = place_of(typed, offers)
                if place is not None:
                    return values[place]
                self.cannot(f"“{typed}” is none of the answers. Type a number; ? says them again.")

    def agree(self, prompt: str) -> bool:
        """Ask whether to go on; anything but yes is no."""
        return self.line(f"{prompt} (y or n):").strip().lower() in ("y", "yes")


def place_of(typed: str, offers: Sequence[Offer]) -> int | None:
    """Return the place, from 0, of the answer meant by a number, a key or a label."""
    if typed.isdigit() and 1 <= int(typed) <= len(offers):
        return int(typed) - 1
    for place, offer in enumerate(offers):
        if typed in (offer.key, offer.label.lower()):
            return place
    return None
