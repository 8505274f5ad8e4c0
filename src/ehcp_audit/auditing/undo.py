"""Undo and redo read off the log, so that both survive a restart.

Undo compensates my newest act in this audit that is not undone, by an event that names it; redo
compensates that. A new act ends redo, and moving the audit to another version of its rubric ends
both: what came before speaks of the version before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ehcp_audit.domain.events import UNDOABLE, Event, NewEvent, inverse


@dataclass(frozen=True)
class UndoStack:
    """What one auditor can undo and redo in one audit, newest last.

    `moved` is true once the audit went to another version of its rubric.
    """

    undoable: tuple[Event, ...] = ()
    redoable: tuple[Event, ...] = ()
    moved: bool = False

    @staticmethod
    def read(events: Iterable[Event], actor: str) -> UndoStack:
        """Return the stacks that an audit's events leave for one auditor."""
        stack = UndoStack()
        for event in events:
            if event.actor == actor:
                stack = stack.after(event)
        return stack

    def after(self, event: Event) -> UndoStack:
        """Return the stacks after one more act of the same auditor."""
        if event.kind == "rubric_changed":
            return UndoStack(moved=True)
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
        if self.moved:
            return "There is nothing to undo since the audit moved to this version of the rubric."
        return "There is nothing to undo."

    def undo(self, actor: str) -> NewEvent | None:
        """Return the event that undoes the newest act, or None."""
        return inverse(self.undoable[-1], actor) if self.undoable else None

    def redo(self, actor: str) -> NewEvent | None:
        """Return the event that redoes what was undone last, or None."""
        return inverse(self.redoable[-1], actor) if self.redoable else None
