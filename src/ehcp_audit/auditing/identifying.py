"""Pointing out what looks like an identifier before typed text becomes an event, and the decision.

Every front end asks in these words, about any field: what was found, replace it, keep it, or go
back to it. What a field held before was decided on then, and is not asked about again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final, Literal

from ehcp_audit.auditing.answering import review_identifiers
from ehcp_audit.auditing.typed_notes import NoteText
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.events import NewEvent
from ehcp_audit.domain.identifiers import (
    LABELS,
    Identifier,
    Kind,
    find_identifiers,
    kinds_of,
    replace_identifiers,
)
from ehcp_audit.domain.text import one_line
from ehcp_audit.settings.team import TeamSettings

Decision = Literal["kept", "replaced"]

ASKED: Final = "Does this say who it is about?"
REMARK: Final = "Only the decision is recorded, not what was found."
# The answers: letter, label, and more about it. Leaving without an answer is to go back.
ANSWERS: Final = (
    ("r", "Replace", "all of them, by what they are"),
    ("k", "Keep as it is", "it names nobody, or must be there"),
    ("e", "Go back and edit", ""),
)
DECISIONS: Final[Mapping[str, Decision]] = {"r": "replaced", "k": "kept"}
TEXT: Final = "text"  # the name of one that stands alone
_MOST_SHOWN: Final = 6
_LONGEST_SHOWN: Final = 40


@dataclass(frozen=True)
class PointedOut:
    """What looks like an identifier in the texts of a field, by their names."""

    texts: Mapping[str, str]
    found: Mapping[str, tuple[Identifier, ...]]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that were found."""
        return kinds_of([each for found in self.found.values() for each in found])

    @property
    def sentence(self) -> str:
        """What was found, in words such as “Oliver” (a name)."""
        said = dict.fromkeys(
            f"“{one_line(self.texts[name][each.start : each.end], _LONGEST_SHOWN)}” "
            f"({LABELS[each.kind]})"
            for name, found in self.found.items()
            for each in found
        )
        more = f" and {len(said) - _MOST_SHOWN} more" if len(said) > _MOST_SHOWN else ""
        return f"{', '.join(list(said)[:_MOST_SHOWN])}{more}."

    def after(self, decision: Decision) -> dict[str, str]:
        """Return the texts as they are to be written."""
        if decision == "kept":
            return dict(self.texts)
        return {
            name: replace_identifiers(text, self.found.get(name, ()))
            for name, text in self.texts.items()
        }

    def checked(self, decision: Decision) -> Checked:
        """Return the text, where it is one that stands alone, as it was decided."""
        return Checked(self.after(decision)[TEXT], self, decision)

    def event(self, state: AuditState, field: str, decision: Decision, actor: str) -> NewEvent:
        """Return the event that logs the decision: which kinds, never the words."""
        return review_identifiers(state, field, self.kinds, decision, actor)


@dataclass(frozen=True)
class Checked:
    """A typed text as it is to be taken, and what was decided on what was pointed out in it."""

    text: str
    pointed: PointedOut | None = None
    decision: Decision | None = None

    def logged(self, state: AuditState, field: str, actor: str) -> list[NewEvent]:
        """Return the event that logs the decision, where there was one."""
        if self.pointed is None or self.decision is None:
            return []
        return [self.pointed.event(state, field, self.decision, actor)]


def point_out(
    texts: Mapping[str, str], team: TeamSettings, on: date, *, before: Iterable[str] = ()
) -> PointedOut | None:
    """Return what looks like an identifier in the texts being left, or None where nothing does.

    `before` are texts that the field held before; what stands in them is not pointed out.
    """
    if not team.points_out_identifiers:
        return None
    known = {text[each.start : each.end] for text in before for each in find_identifiers(text, on)}
    found = {
        name: tuple(
            each for each in find_identifiers(text, on) if text[each.start : each.end] not in known
        )
        for name, text in texts.items()
    }
    found = {name: each for name, each in found.items() if each}
    return PointedOut(dict(texts), found) if found else None


def point_out_in_note(
    typed: NoteText, state: AuditState, note_id: str | None, team: TeamSettings, on: date
) -> PointedOut | None:
    """Return what looks like an identifier in a note being left, beyond what it held before."""
    before = next((note for note in state.evidence if note.id == note_id), None)
    held = () if before is None else (before.text, before.section, before.page)
    return point_out(asdict(typed), team, on, before=held)
