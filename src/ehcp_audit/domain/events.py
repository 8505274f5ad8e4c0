"""The kinds of event and the shape of their bodies: the log of these is the truth.

An event's body holds everything typed or known of a child; the rest of the row holds who, when,
which subject and which kind. `old` stands beside `new` wherever something changes, so that any
event can be undone by another that swaps them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, Literal

Kind = Literal[
    "auditor_joined",
    "rubric_frozen",
    "rubric_published",
    "plan_added",
    "audit_begun",
    "facts_changed",
    "scored",
    "evidence_written",
    "signed",
    "reopened",
    "withdrawn",
    "audit_imported",
    "rubric_changed",
    "flagged",
    "cause_given",
    "exemplar_marked",
    "handed_over",
    "slip_answered",
    "slip_set",
    "identifiers_reviewed",
    "phrase_kept",
    "counts_brought_in",
    "official_figure_given",
    "baseline_rebased",
    "table_released",
]
FiguresKind = Literal[
    "counts_brought_in", "official_figure_given", "baseline_rebased", "table_released"
]

# What undo can take back. Sign-off is reopened instead, with a reason; a flag is answered, and an
# answer on the slip is given anew. After a move to another version of the rubric, or to another
# auditor, undo begins anew: earlier acts speak of the version or the judgement before.
UNDOABLE: Final[frozenset[str]] = frozenset(
    {"facts_changed", "scored", "evidence_written", "cause_given", "exemplar_marked"}
)

# What belongs to the workspace's figures and to no one audit: earlier counts brought in, official
# figures typed in, rebased baselines, tables released.
FIGURES_SUBJECT: Final = "workspace:figures"

Body = dict[str, Any]


@dataclass(frozen=True)
class NewEvent:
    """An event decided but not yet written.

    `token` names it until the log gives it a sequence number; `undoes` is the sequence number
    of the event it compensates.
    """

    subject: str
    kind: Kind
    body: Body
    actor: str
    undoes: int | None = None
    token: str = field(default="", compare=False)


@dataclass(frozen=True)
class Event:
    """An event as the log holds it; `body` is None where it was redacted."""

    seq: int
    at: str
    actor: str
    subject: str
    kind: str
    undoes: int | None
    body: Body | None


def audit_subject(audit_id: str) -> str:
    """Return the subject that names an audit."""
    return f"audit:{audit_id}"


def plan_subject(plan_id: str) -> str:
    """Return the subject that names a plan."""
    return f"plan:{plan_id}"


def rubric_subject(rubric_id: str, version: str) -> str:
    """Return the subject that names a rubric version."""
    return f"rubric:{rubric_id}@{version}"


def auditor_subject(auditor_id: str) -> str:
    """Return the subject that names an auditor."""
    return f"auditor:{auditor_id}"


def figures_event(kind: FiguresKind, body: Body, actor: str) -> NewEvent:
    """Return an event on the workspace's figures; the body's shape is its reader's affair."""
    return NewEvent(FIGURES_SUBJECT, kind, body, actor)


def inverse(event: Event, actor: str) -> NewEvent:
    """Return the event that undoes `event` by swapping its old and new, and names it."""
    body = dict(event.body or {})
    body["old"], body["new"] = body["new"], body["old"]
    return NewEvent(event.subject, event.kind, body, actor, undoes=event.seq)  # type: ignore[arg-type]
