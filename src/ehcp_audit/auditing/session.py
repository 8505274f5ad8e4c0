"""One audit open on a screen: its state with what is still being saved laid over it.

Belongs to one thread (the screen's). The writer's futures end on another; the screen then calls
`confirm` on its own.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import dataclass
from functools import reduce

from ehcp_audit.auditing.acts import check_open
from ehcp_audit.auditing.undo import UndoStack
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.errors import AuditToolError, NotAllowedError
from ehcp_audit.domain.events import Event, NewEvent, audit_subject
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.replaying import apply, replay
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.store import Draft, Store, Work, Written


@dataclass(frozen=True, eq=False)
class Pending:
    """An act handed to the writer and not yet acknowledged."""

    event: NewEvent
    future: Future[Written]
    executed: threading.Event  # set when only the disk is still to be waited for


class AuditSession:
    """The open audit: `state` is what to show, `saved` whether all of it is on the disk."""

    def __init__(self, store: Store, audit_id: str, identity: Identity) -> None:
        self._store = store
        self.identity = identity
        self.audit_id = audit_id
        self._waiting: list[Pending] = []
        self.reload()

    def reload(self) -> None:
        """Read the audit anew; what was waiting is forgotten."""
        events = self._store.audit_events(self.audit_id)
        self._stored = replay(events) or self._store.audit(self.audit_id)
        self._undo = UndoStack.read(events, self.identity.id)
        self._waiting.clear()
        self.state: AuditState = self._stored
        self._pinned: Rubric = self._store.rubric(self.state.rubric_hash)

    @property
    def rubric(self) -> Rubric:
        """The rubric the audit is pinned to, in the words shown for its plan as it is now."""
        return self._pinned.said_of(self.state.facts)

    @property
    def newest(self) -> Pending | None:
        """The act handed over last, if it is not committed yet."""
        return self._waiting[-1] if self._waiting else None

    @property
    def saved(self) -> bool:
        """Whether everything shown is committed."""
        return not self._waiting

    @property
    def writable(self) -> bool:
        """Whether the workspace can be written at all."""
        return self._store.writable

    @property
    def undo_stack(self) -> UndoStack:
        """What can be undone and redone, of what is committed."""
        return self._undo

    def submit(self, event: NewEvent, *, forget_drafts: tuple[str, ...] = ()) -> Pending:
        """Hand an event to the writer and show it at once; `forget_drafts` names finished fields.

        The audit's own number of events goes with it, so that a change made elsewhere refuses it;
        so does the act before it, if that is still waiting.
        """
        work = Work(
            events=(event,),
            expects={audit_subject(self.audit_id): self.state.rev},
            drafts=tuple(Draft(self.audit_id, field, None) for field in forget_drafts),
            after=self._waiting[-1].future if self._waiting else None,
        )
        pending = Pending(event, self._store.submit(work), work.executed)
        self._waiting.append(pending)
        self.state = apply(self.state, _provisional(event))
        return pending

    def confirm(self, pending: Pending) -> AuditToolError | None:
        """Take note of an act whose future has ended; returns the error where it was not saved.

        After an error the audit is read anew: the screen goes back to what is stored.
        """
        if pending not in self._waiting:
            return None  # forgotten by a reload after an earlier act was refused
        try:
            written = pending.future.result()
        except AuditToolError as error:
            self.reload()
            return error
        self._waiting.remove(pending)
        for event in written.events:
            self._stored = apply(self._stored, event)
            self._undo = self._undo.after(event)
        # What was shown until now could not say when; the log does.
        waiting = (_provisional(each.event) for each in self._waiting)
        self.state = reduce(apply, waiting, self._stored)
        return None

    def undo(self) -> Pending:
        """Undo my newest act in this audit; raises `NotAllowedError` where there is none."""
        return self._step(self._undo.undo(self.identity.id), self._undo.nothing_to_undo)

    def redo(self) -> Pending:
        """Redo what was undone last; raises `NotAllowedError` where there is none."""
        return self._step(self._undo.redo(self.identity.id), "There is nothing to redo.")

    def _step(self, event: NewEvent | None, nothing: str) -> Pending:
        check_open(self.state, self.identity.id)
        if not self.saved:
            what = "The last change is still being saved."
            raise NotAllowedError(what, "Press the key again in a moment.")
        if event is None:
            raise NotAllowedError(nothing)
        return self.submit(event)

    def save_draft(self, field: str, text: str | None) -> Future[Written]:
        """Keep text that is being typed; None forgets it."""
        return self._store.submit(Work(drafts=(Draft(self.audit_id, field, text),)))

    def drafts(self) -> dict[str, str]:
        """Return the text that was being typed when this audit was last left."""
        return dict(self._store.drafts(self.audit_id))


def _provisional(event: NewEvent) -> Event:
    return Event(0, "", event.actor, event.subject, event.kind, event.undoes, event.body)
