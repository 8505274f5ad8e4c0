"""Undo and redo read off the log, so that both survive a restart.

Undo compensates my newest act in this audit that is not undone, by an event that names it; redo
compensates that. A new act ends redo. Moving the audit to another version of its rubric ends both,
because what came before speaks of the version before; so does handing it to another auditor,
because taking back an act from before would take back what somebody else has built on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from ehcp_audit.domain.events import UNDOABLE, Event, NewEvent, inverse

_ENDS_UNDO: Final = {
    "rubric_changed": "the audit moved to this version of the rubric",
    "handed_over": "the audit was handed over",
}


@dataclass(frozen=True)
class UndoStack:
    """What one auditor can undo and redo in one audit, newest last.

    `since` says what ended undo for everything before, if anything did.
    """

    undoable: tuple[Event, ...] = ()
    redoable: tuple[Event, ...] = ()
    since: str = ""

    @staticmethod
    def read(events: Iterable[Event], actor: str) -> UndoStack:
        """Return the stacks that an audit's events leave for one auditor."""
        stack = UndoStack()
        for event in events:
            if event.actor == actor or event.kind in _ENDS_UNDO:
                stack = stack.after(event)
        return stack

    def after(self, event: Event) -> UndoStack:
        """Return the stacks after one more act of the same auditor, or one that ends undo."""
        if event.kind in _ENDS_UNDO:
            return UndoStack(since=_ENDS_UNDO[event.kind])
        if event.kind not in UNDOABLE:
            return self
        if self.undoable and self.undoable[-1].seq == event.undoes:
            return replace(self, undoable=self.undoable[:-1], redoable=(*self.redoable, event))
        if self.redoable and self.redoable[-1].seq == event.undoes:
            return replace(self, undoable=(*self.undoable, event), redoable=self.redoable[:-1])
        return replace(self, undoable=(*self.undoable, event), redoable=())

    @property
    def nothing_to_undo(self) -> str:
        """Why there is nothing to undo, in a sentence, for where there is nothing."""
        if self.since:
            return f"There is nothing to undo since {self.since}."
        return "There is nothing to undo."

    def undo(self, actor: str) -> NewEvent | None:
        """Return the event that undoes the newest act, or None."""
        return inverse(self.undoable[-1], actor) if self.undoable else None

    def redo(self, actor: str) -> NewEvent | None:
        """Return the event that redoes what was undone last, or None."""
        return inverse(self.redoable[-1], actor) if self.redoable else None
