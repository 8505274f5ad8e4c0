"""Why a key of the walk does nothing now: the sentence a disabled key says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from ehcp_audit.auditing.acts import check_open
from ehcp_audit.auditing.marking import asks_cause
from ehcp_audit.auditing.progress import next_unscored
from ehcp_audit.auditing.session import AuditSession
from ehcp_audit.domain.errors import AuditToolError

READING_ONLY: Final = frozenset(
    {
        "evidence",
        "not_applicable",
        "not_evidenced",
        "undo",
        "redo",
        "edit_note",
        "unscore",
        "move_version",
        "withdraw",
        "cause",
        "exemplar",
        "use_phrase",
        "keep_before",
    }
)

Reason = Callable[[AuditSession, str, date], str | None]


def why_not(name: str, session: AuditSession, at: str, on: date) -> str | None:
    """Return why an action is not possible with the question `at` in view, or None."""
    if name in READING_ONLY and (reason := readers_reason(session)):
        return reason
    check = _BY_ACTION.get(name)
    return None if check is None else check(session, at, on)


def readers_reason(session: AuditSession) -> str | None:
    """Return why nothing can be changed, or None where the audit is one's own and open."""
    if not session.identity.id:
        return "Say who you are first: w on the home screen."
    if not session.writable:
        return "This workspace is open for reading only."
    try:
        check_open(session.state, session.identity.id)
    except AuditToolError as error:
        return error.sentences
    return None


def _undo(session: AuditSession, _: str, __: date) -> str | None:
    can = not session.saved or session.undo_stack.undoable
    return None if can else session.undo_stack.nothing_to_undo


def _redo(session: AuditSession, _: str, __: date) -> str | None:
    can = not session.saved or session.undo_stack.redoable
    return None if can else "There is nothing to redo."


def _edit(session: AuditSession, at: str, _: date) -> str | None:
    has_note = bool(session.state.notes_on(at))
    return None if has_note else "This question has no note yet; i writes one."


def _unscore(session: AuditSession, at: str, _: date) -> str | None:
    return None if at in session.state.scores else "This question has no score."


def _cause(session: AuditSession, at: str, on: date) -> str | None:
    criterion = session.rubric.criterion(at)
    asked = asks_cause(session.rubric, session.state, criterion, on)
    return None if asked else "A cause is asked where the rubric says so and it is weak; not here."


def _keep_before(session: AuditSession, at: str, _: date) -> str | None:
    if at not in session.state.carried:
        return "An audit before offers nothing here: judge it anew."
    decided = at in session.state.scores
    return (
        "This question is decided; clear it first to keep what was found before."
        if decided
        else None
    )


def _exemplar(session: AuditSession, at: str, _: date) -> str | None:
    written = any(note.text for note in session.state.notes_on(at))
    can = written or at in session.state.exemplars
    return None if can else "There is no evidence here to share yet; i writes some."


def _keep(session: AuditSession, at: str, _: date) -> str | None:
    written = any(note.text for note in session.state.notes_on(at))
    return None if written else "There is no note here to keep as a phrase; i writes one."


def _flag(session: AuditSession, _: str, __: date) -> str | None:
    if not session.identity.id:
        return "Say who you are first: w on the home screen."
    return None if session.writable else "This workspace is open for reading only."


def _next_flag(session: AuditSession, _: str, __: date) -> str | None:
    flagged = any(flag.criterion for flag in session.state.open_flags)
    return None if flagged else "No question has an open flag."


def _hand_over(session: AuditSession, at: str, on: date) -> str | None:
    if session.state.status != "draft":
        return "Only work in progress is handed over."
    return _flag(session, at, on)


def _next(session: AuditSession, at: str, on: date) -> str | None:
    found = next_unscored(session.rubric, session.state, on, after=at)
    return None if found else "Every question is decided. s shows the summary."


_BY_ACTION: Final[Mapping[str, Reason]] = {
    "undo": _undo,
    "redo": _redo,
    "edit_note": _edit,
    "unscore": _unscore,
    "next_unscored": _next,
    "cause": _cause,
    "exemplar": _exemplar,
    "keep_before": _keep_before,
    "keep_phrase": _keep,
    "flag": _flag,
    "next_flagged": _next_flag,
    "hand_over": _hand_over,
}
