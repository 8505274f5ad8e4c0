"""What is told to a screen from another thread."""

from __future__ import annotations

from textual.message import Message

from ehcp_audit.auditing import AuditSession, Pending


class ActEnded(Message):
    """The writer has finished with an act that was still being saved."""

    def __init__(self, session: AuditSession, pending: Pending) -> None:
        super().__init__()
        self.session = session
        self.pending = pending
