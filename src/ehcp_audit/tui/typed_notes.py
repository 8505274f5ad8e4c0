"""The drafts of notes: under which name typed text is kept, and how it is found again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ehcp_audit.domain.audit import AuditState
from ehcp_audit.tui.widgets.note_editor import NoteText


@dataclass(frozen=True)
class TypedBefore:
    """Text that was being typed on a criterion; `note_id` is None for a new note."""

    criterion: str
    note_id: str | None
    note: NoteText


def draft_field(criterion_id: str, note_id: str | None) -> str:
    """Return the name under which the draft of a note is kept."""
    return f"note {criterion_id} {note_id or ''}".strip()


def typed_before(drafts: Mapping[str, str], state: AuditState) -> TypedBefore | None:
    """Return the note that was being typed when the program ended, or None."""
    known = {note.id for note in state.evidence}
    for field, text in drafts.items():
        kind, criterion_id, note_id = (*field.split(" "), "", "")[:3]
        if kind == "note" and criterion_id:
            found = note_id if note_id in known else None
            return TypedBefore(criterion_id, found, NoteText.from_draft(text))
    return None
