"""Keys typed faster than they are answered: each is answered in full before the next is handed on.

Textual sends a key to what has the focus when the key comes in. A key before it that moves the
focus, or opens a field, may still be on its way; the rest of the line would then go astray.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any, Final

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

Typed = events.Key | events.Paste
HandOn = Callable[[events.Event], Awaitable[None]]

# Up from the focus to the application once for the key, then for the messages it sent, and
# then for what those opened.
_ROUNDS: Final = 3
_LONG_AGO: Final = (
    0.05  # seconds; hands that slow need no order kept, so that painting is not held up
)
_LOST_AFTER: Final = 1.0  # seconds; a widget that was taken away meanwhile never answers
_LONGEST_HOLD: Final = 5.0  # seconds; then keys are handed on all the same


class TypingAhead:
    """Holds keys and pastes back until the one before is answered."""

    def __init__(self, app: App[Any], hand_on: HandOn) -> None:
        self._app = app
        self._hand_on = hand_on
        self._waiting: deque[Typed] = deque()
        self._handed_on = 0.0
        self._climbing: float | None = None
        self._held: float | None = None

    @property
    def idle(self) -> bool:
        """Whether no key is on its way; those that are held wait for `release`."""
        return self._climbing is None and (self._holding or not self._waiting)

    def hold(self) -> None:
        """Hold every further key back, because the one before must wait for something."""
        self._held = monotonic()

    def release(self) -> None:
        """Hand on what was held."""
        self._held = None
        if self._waiting and self._climbing is None:
            self._climb_after_last()

    @property
    def _holding(self) -> bool:
        return self._held is not None and monotonic() - self._held < _LONGEST_HOLD

    async def take(self, event: Typed) -> None:
        """Hand a key on, now or when those before it are answered."""
        now = monotonic()
        if (
            not self._holding
            and not self._waiting
            and now - self._handed_on > _LONG_AGO
            and self._quiet()
        ):
            await self._give(event)
            return
        self._waiting.append(event)
        if self._holding:
            return
        if self._climbing is None or now - self._climbing > _LOST_AFTER:
            self._climb_after_last()

    async def _give(self, event: Typed) -> None:
        self._handed_on = monotonic()
        await self._hand_on(event)

    def _way(self) -> list[MessagePump]:
        """Return what a key goes through, from the focus up to the application."""
        return list((self._app.focused or self._app.screen).ancestors_with_self)

    def _quiet(self) -> bool:
        return not any(each.message_queue_size for each in self._way())

    def _climb_after_last(self) -> None:
        self._climbing = since = monotonic()
        self._climb(since, _ROUNDS, [])

    def _climb(self, since: float, rounds: int, way: list[MessagePump]) -> None:
        """Follow the key before: behind it in the queue of each widget, up to the top."""
        if since != self._climbing:
            return
        if not way:
            if rounds == 0:
                self._app.call_later(self._answered)
                return
            rounds -= 1
            way = self._way()
        if not way[0].call_later(self._climb, since, rounds, way[1:]):
            self._app.call_later(self._answered)

    async def _answered(self) -> None:
        self._climbing = None
        if self._waiting and not self._holding:
            await self._give(self._waiting.popleft())
            if self._waiting:
                self._climb_after_last()
