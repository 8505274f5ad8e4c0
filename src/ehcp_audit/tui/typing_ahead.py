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
_LOST_AFTER: Final = 1.0  # seconds; a widget that was taken away meanwhile never answers


class TypingAhead:
    """Holds keys and pastes back while one is being answered."""

    def __init__(self, app: App[Any], hand_on: HandOn) -> None:
        self._app = app
        self._hand_on = hand_on
        self._waiting: deque[Typed] = deque()
        self._since: float | None = None

    async def take(self, event: Typed) -> None:
        """Hand a key on, now or when those before it are answered."""
        self._waiting.append(event)
        if self._since is None or monotonic() - self._since > _LOST_AFTER:
            await self._next()

    async def _next(self) -> None:
        if not self._waiting:
            self._since = None
            return
        self._since = since = monotonic()
        await self._hand_on(self._waiting.popleft())
        self._climb(since, _ROUNDS, [])

    def _climb(self, since: float, rounds: int, path: list[MessagePump]) -> None:
        """Follow the way that a key goes: behind it in the queue of each widget up to the top."""
        if since != self._since:
            return
        if not path:
            if rounds == 0:
                self._app.call_later(self._next)
                return
            rounds -= 1
            path = list((self._app.focused or self._app.screen).ancestors_with_self)
        if not path[0].call_later(self._climb, since, rounds, path[1:]):
            self._app.call_later(self._next)
