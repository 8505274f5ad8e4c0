"""What is done to plans: every decision of the walk, tested without a screen."""

from ehcp_audit.auditing.acts import (
    change_facts,
    delete_note,
    join,
    leave_note,
    reopen,
    score,
    unscore,
    withdraw,
    write_note,
)
from ehcp_audit.auditing.asking import ReasonAsked, ask_reason, find_criteria
from ehcp_audit.auditing.begin import begin_audit
from ehcp_audit.auditing.progress import Progress, next_unscored, progress
from ehcp_audit.auditing.session import AuditSession, Pending
from ehcp_audit.auditing.signing import Gap, gaps, sign, sign_off
from ehcp_audit.auditing.summary import Summary, summarise, would_raise
from ehcp_audit.auditing.undo import UndoStack

__all__ = [
    "AuditSession",
    "Gap",
    "Pending",
    "Progress",
    "ReasonAsked",
    "Summary",
    "UndoStack",
    "ask_reason",
    "begin_audit",
    "change_facts",
    "delete_note",
    "find_criteria",
    "gaps",
    "join",
    "leave_note",
    "next_unscored",
    "progress",
    "reopen",
    "score",
    "sign",
    "sign_off",
    "summarise",
    "unscore",
    "withdraw",
    "would_raise",
    "write_note",
]
