"""Acts of the walk on their way to the disk: shown at once, confirmed, or taken back and told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import wait
from typing import TYPE_CHECKING, Final

from ehcp_audit.auditing import AuditSession, Pending
from ehcp_audit.auditing.walking import stepped
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.events import NewEvent
from ehcp_audit.tui.messages import ActEnded

if TYPE_CHECKING:
    from ehcp_audit.tui.screens.walk import WalkScreen

WAIT_SECONDS: Final = 0.008  # how long a key press waits for its commit before it paints


class Saving:
    """Hands the walk's acts to the writer, and follows each until it is committed or refused."""

    def __init__(self, walk: WalkScreen) -> None:
        self._walk = walk
        self._once_saved: Callable[[], None] | None = None

    def submit(self, event: NewEvent, *, forget_drafts: tuple[str, ...] = ()) -> None:
        """Hand an act to the writer; the paint that follows comes after at most 8 ms.

        It goes to the audit in view, which is the one it was made for.
        """
        session = self._walk.session
        first = session.saved
        pending = session.submit(event, forget_drafts=forget_drafts)
        self.follow(session, pending, first=first)

    def follow(self, session: AuditSession, pending: Pending, *, first: bool) -> None:
        """Confirm an act now, if it is first in line and quick, or when the writer is done."""
        if first:
            wait([pending.future], timeout=WAIT_SECONDS)
        if first and pending.future.done():
            self._confirm(session, pending)
        else:
            pending.future.add_done_callback(
                lambda _: self._walk.post_message(ActEnded(session, pending))
            )

    def once_saved(self, act: Callable[[], None]) -> None:
        """Act once everything is saved; what is typed next is meant to come after it."""
        self._once_saved = act
        self._walk.desk.typing.hold()

    def ended(self, session: AuditSession, pending: Pending) -> None:
        """Take note of an act that the writer has done with, and do what waited for it."""
        self._confirm(session, pending)
        self._walk.paint()
        if self._walk.course.saved and self._once_saved is not None:
            act, self._once_saved = self._once_saved, None
            try:
                act()
            except AuditToolError as error:
                self._walk.tell(error)
            self._walk.desk.typing.release()

    def _confirm(self, session: AuditSession, pending: Pending) -> None:
        error = session.confirm(pending)
        if error is not None:
            self._once_saved = None
            self._walk.desk.typing.release()
            self._walk.tell(error)
            self._bring_back(session, pending.event)
            self._walk.paint()

    def _bring_back(self, session: AuditSession, refused: NewEvent) -> None:
        """Put typed text that could not be saved back where it was typed."""
        walk, new = self._walk, refused.body.get("new")
        if refused.undoes is not None or new is None:
            return
        walk.course.come_back_to(session)
        if walk.readers_reason() is not None:
            return
        if refused.kind == "scored" and new["reason"]:
            walk.scoring.keep_reason(refused.body["criterion"], new["level"], new["reason"])
        if refused.kind == "evidence_written" and not walk.notes.writing:
            walk.notes.bring_back(refused.body)

    def undo(self) -> None:
        """Undo my newest change, and go to where it was."""
        if not self._walk.course.saved:
            self.once_saved(self.undo)  # which change is the newest is known then
            return
        session = self._walk.course.to_undo()
        self._step(session, session.undo(), "Undone")

    def redo(self) -> None:
        """Redo what was undone last, and go to where it was."""
        if not self._walk.course.saved:
            self.once_saved(self.redo)
            return
        session = self._walk.course.to_redo()
        self._step(session, session.redo(), "Redone")

    def _step(self, session: AuditSession, pending: Pending, word: str) -> None:
        walk = self._walk
        walk.course.come_back_to(session)
        criterion_id = pending.event.body.get("criterion")
        if criterion_id is not None:
            walk.course.show_question(criterion_id)
        self.follow(session, pending, first=True)
        walk.paint()
        walk.say(stepped(word, pending.event, walk.rubric))
