"""Saving what somebody typed: it stays in hand until it is on the disk, or is given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.events import NewEvent

if TYPE_CHECKING:
    from ehcp_audit.cli.plain.talk import Talk
    from ehcp_audit.cli.plain.walk import Walk


def save_typed(
    walk: Walk,
    event: Callable[[], NewEvent | None],
    said: str,
    *,
    forget_drafts: tuple[str, ...] = (),
) -> bool:
    """Commit an act that holds typed text, asking whether to try again where it is refused.

    `event` makes it of the audit as it then is; None changes nothing. Returns whether it was
    saved.
    """

    def save() -> bool:
        made = event()
        if made is None:
            walk.talk.say("Left as it was.")
            return False
        walk.save(made, said, forget_drafts=forget_drafts)
        return True

    return until_done(walk.talk, save)


def until_done(talk: Talk, act: Callable[[], bool]) -> bool:
    """Do what takes a typed text, asking whether to try again where it is refused.

    Returns what `act` does in the end, or False where it is given up.
    """
    while True:
        try:
            return act()
        except AuditToolError as error:
            talk.not_done(error)
        if not talk.agree("Your text is still here. Try again?"):
            return False
