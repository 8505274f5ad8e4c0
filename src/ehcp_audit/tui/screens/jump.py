"""Jumping: a letter appears beside everything one can go to; pressing it goes there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widgets import Static

from ehcp_audit.tui.shown import shown

LETTERS: Final = ascii_lowercase + ascii_uppercase


@dataclass(frozen=True)
class Target:
    """A place on the screen and how to go there."""

    place: Offset
    go: Callable[[], None]


class JumpScreen(ModalScreen[None]):
    """The letters over the screen below; any other key leaves."""

    DEFAULT_CSS = """
    JumpScreen { background: transparent; }
    JumpScreen Static {
        position: absolute; width: 3; height: 1; color: $background; background: $accent;
        text-style: bold; text-align: center;
    }
    JumpScreen:nocolor Static { text-style: bold reverse; }
    """

    def __init__(self, targets: Sequence[Target]) -> None:
        super().__init__()
        self._targets = dict(zip(LETTERS, targets, strict=False))

    def compose(self) -> ComposeResult:
        """Lay a letter on each place."""
        for letter, target in self._targets.items():
            label = Static(shown(letter))
            label.styles.offset = target.place
            yield label

    def on_key(self, event: events.Key) -> None:
        """Go where the letter stands, or nowhere."""
        event.stop()
        self.dismiss()
        target = self._targets.get(event.character or "")
        if target is not None:
            target.go()

    def on_click(self) -> None:
        """Leave."""
        self.dismiss()
