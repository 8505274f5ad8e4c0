"""The drafts of notes: under which name typed text is kept, and how it is found again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from ehcp_audit.domain.audit import AuditState, place_words
from ehcp_audit.domain.text import visible


@dataclass(frozen=True)
class NoteText:
    """What has been typed: text, section and page."""

    text: str = ""
    section: str = ""
    page: str = ""

    def to_draft(self) -> str:
        """Return the note as a draft keeps it."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_draft(text: str) -> NoteText:
        """Return the note that a draft kept; one that cannot be read is all text."""
        try:
            read = json.loads(text)
        except (ValueError, RecursionError):
            read = None
        if not isinstance(read, dict):
            return NoteText(text)
        return NoteText(*(str(read.get(each.name) or "") for each in fields(NoteText)))

    def visible(self) -> NoteText:
        """Return the note as fields may show it: they send what they hold to the terminal."""
        return NoteText(
            visible(self.text),
            visible(self.section, keep_lines=False),
            visible(self.page, keep_lines=False),
        )

    @property
    def place(self) -> str:
        """Where it was seen, in words; empty where neither section nor page is typed."""
        return place_words(self.section, self.page)

    @property
    def empty(self) -> bool:
        """Whether nothing has been typed."""
        return not (self.text.strip() or self.section.strip() or self.page.strip())


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
