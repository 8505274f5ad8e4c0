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
from ehcp_audit.auditing.answering import answer_slip, review_identifiers
from ehcp_audit.auditing.asking import ReasonAsked, ask_reason, find_criteria
from ehcp_audit.auditing.begin import begin_audit
from ehcp_audit.auditing.flagging import answer_flag, raise_flag
from ehcp_audit.auditing.handing_over import hand_over
from ehcp_audit.auditing.marking import asks_cause, give_cause, mark_exemplar
from ehcp_audit.auditing.phrases import keep_phrase, phrase_bank, repeated, repeated_phrases
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
    "answer_flag",
    "answer_slip",
    "ask_reason",
    "asks_cause",
    "begin_audit",
    "change_facts",
    "delete_note",
    "find_criteria",
    "gaps",
    "give_cause",
    "hand_over",
    "join",
    "keep_phrase",
    "leave_note",
    "mark_exemplar",
    "next_unscored",
    "phrase_bank",
    "progress",
    "raise_flag",
    "reopen",
    "repeated",
    "repeated_phrases",
    "review_identifiers",
    "score",
    "sign",
    "sign_off",
    "summarise",
    "unscore",
    "withdraw",
    "would_raise",
    "write_note",
]
