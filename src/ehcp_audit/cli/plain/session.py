"""Running the line prompts, and leaving them in good order however they end."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType
from typing import Final

from ehcp_audit.cli.plain.desk import Clock, Desk, Left, now
from ehcp_audit.cli.plain.home import Home
from ehcp_audit.cli.plain.talk import EndOfInput, Talk
from ehcp_audit.domain.identity import Identity
from ehcp_audit.settings.workspace import Workspace

_STOPPED: Final = 130
_SIGNALLED: Final = 128  # and the signal's number, as a shell reports it
_SAVED: Final = "Everything that was said to be saved is saved."


class _Ended(BaseException):
    """The terminal hung up, or the program was asked to end."""

    def __init__(self, number: int) -> None:
        self.number = number


def run(workspace: Workspace, *, chosen: Identity | None = None, clock: Clock = now) -> int:
    """Ask and answer until the person leaves or the input ends; returns the exit code."""
    talk = Talk()
    desk = Desk(workspace, talk, chosen=chosen, clock=clock)
    try:
        with _ended_by_signals():
            Home(desk).run()
    except Left:
        talk.say("Goodbye. Everything is saved.")
    except EndOfInput:
        talk.say("", f"End of input. {_SAVED}")
    except KeyboardInterrupt:
        talk.say("", f"Stopped. {_SAVED}")
        return _STOPPED
    except _Ended as ended:
        return _SIGNALLED + ended.number
    finally:
        desk.close()
    return 0


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let hang-up and terminate end the prompts as leaving them does: the database is closed."""

    def end(number: int, _: FrameType | None) -> None:
        raise _Ended(number)

    before = {}
    for name in ("SIGHUP", "SIGTERM"):
        number = getattr(signal, name, None)
        if number is not None:
            with contextlib.suppress(ValueError):  # not in the main thread
                before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
