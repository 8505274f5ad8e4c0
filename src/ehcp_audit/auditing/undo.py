"""Undo and redo read off the log, so that both survive a restart.

Undo compensates my newest act in this audit that is not undone, by an event that names it; redo
compensates that. A new act ends redo.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ehcp_audit.domain.events import UNDOABLE, Event, NewEvent, inverse


@dataclass(frozen=True)
class UndoStack:
    """What one auditor can undo and redo in one audit, newest last."""

    undoable: tuple[Event, ...] = ()
    redoable: tuple[Event, ...] = ()

    @staticmethod
    def read(events: Iterable[Event], actor: str) -> UndoStack:
        """Return the stacks that an audit's events leave for one auditor."""
        stack = UndoStack()
        for event in events:
            if event.actor == actor and event.kind in UNDOABLE:
                stack = stack.after(event)
        return stack

    def after(self, event: Event) -> UndoStack:
        """Return the stacks after one more act of the same auditor."""
        if event.undoes is None:
            return UndoStack((*self.undoable, event))
        if self.undoable and self.undoable[-1].seq == event.undoes:
            return UndoStack(self.undoable[:-1], (*self.redoable, event))
        if self.redoable and self.redoable[-1].seq == event.undoes:
            return UndoStack((*self.undoable, event), self.redoable[:-1])
        return UndoStack((*self.undoable, event))

    def undo(self, actor: str) -> NewEvent | None:
        """Return the event that undoes the newest act, or None."""
        return inverse(self.undoable[-1], actor) if self.undoable else None

    def redo(self, actor: str) -> NewEvent | None:
        """Return the event that redoes what was undone last, or None."""
        return inverse(self.redoable[-1], actor) if self.redoable else None
