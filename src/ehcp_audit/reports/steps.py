"""How far a writer has come, told to whoever waits for it, who may stop it there."""

from __future__ import annotations

from collections.abc import Callable

# Told how many steps are done, of how many. It stops the writing by raising an exception, which
# comes out of the writer as it is: nothing has been written by then.
Progress = Callable[[int, int], None]


def unwatched(done: int, of: int) -> None:
    """Take no notice: nobody waits."""
