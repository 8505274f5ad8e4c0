"""The words of one question on the walk: levels, evidence, and why we ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ehcp_audit.auditing.progress import Written
from ehcp_audit.auditing.question_words import evidence_warning, mark_words, standing_words
from ehcp_audit.domain.audit import AuditState, Evidence
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED, Criterion, Rubric
from ehcp_audit.tui.widgets.lines import EMPTY, Line, hanging, line, wrapped

SYMBOL_NOT_APPLICABLE = "–"
SYMBOL_NOT_EVIDENCED = "?"
SYMBOL_UNSCORED = "·"
SYMBOL_OUTSIDE = "◌"
ROOMY = 80


def level_symbol(rubric: Rubric, level: int | None) -> str:
    """Return the symbol of a level, or of unscored (None), not evidenced and not applicable."""
    if level is None:
        return SYMBOL_UNSCORED
    if level == NOT_APPLICABLE:
        return SYMBOL_NOT_APPLICABLE
    if level == NOT_EVIDENCED:
        return SYMBOL_NOT_EVIDENCED
    return rubric.scale.level(level).symbol


def quoted(note: Evidence) -> str:
    """Return a note in quotation marks, with its place kept together."""
    text = f"“{note.text}”  " if note.text else ""
    return text + note.place.replace(" ", "\N{NO-BREAK SPACE}")


@dataclass(frozen=True)
class Question:
    """One question as it stands in an audit; `full` shows every finding with its source.

    `last` is the evidence written before the walk was opened, in view until there is some here.
    """

    rubric: Rubric
    criterion: Criterion
    state: AuditState
    on: date
    full: bool = False
    editing: bool = False
    last: Written | None = None

    def write(self, width: int) -> list[Line]:
        """Return the page for a width."""
        room = max(width, 20)
        gap = [EMPTY] if width >= ROOMY else []
        lines = [self._heading(), *gap, *wrapped(self.criterion.question, room, "bold")]
        if self.criterion.guidance and not self.editing:
            lines += wrapped(self.criterion.guidance, room, "muted")
        lines += [EMPTY, *self._levels(room), *self._standing(room)]
        if self.criterion.examples and self.full:
            lines += [EMPTY, line("What good looks like", "heading")]
            for example in self.criterion.examples:
                lines += wrapped(example, room, indent="  ")
        lines += self._marks(room)
        if not self.editing:
            lines += [*gap, *self._evidence(room), *self._why(room)]
        return lines

    def _heading(self) -> Line:
        theme = self.rubric.theme(self.criterion.theme)
        criteria = self.rubric.in_theme(theme.id)
        place = f" · {criteria.index(self.criterion) + 1} of {len(criteria)}"
        limiting = (("   limiting", "warn"),) if self.criterion.limiting else ()
        if self.criterion.measured:
            limiting = (("   measured, not graded", "muted"),)
        return Line(
            ((theme.title, "heading"), (f"{place} · {self.criterion.title}", "muted"), *limiting)
        )

    def _levels(self, room: int) -> list[Line]:
        resolved = self.state.resolved_level(self.criterion, self.on)
        scale = self.rubric.scale
        rows = [
            (level.key, level.symbol, level.label, text, level.number)
            for level, text in zip(scale.levels, self.criterion.levels, strict=True)
        ]
        rows += [
            ("n", SYMBOL_NOT_APPLICABLE, "Not applicable", scale.not_applicable, NOT_APPLICABLE),
            ("x", SYMBOL_NOT_EVIDENCED, "Not evidenced", scale.not_evidenced, NOT_EVIDENCED),
        ]
        widest = max(len(label) for _, _, label, _, _ in rows)
        lines = []
        for key, symbol, label, text, number in rows:
            chosen = number == resolved
            first = (
                (f"{'▸' if chosen else ' '} {key} ", "strong" if chosen else "accent"),
                (f"{symbol} {label:<{widest}}  ", "strong" if chosen else "bold"),
            )
            style = "strong" if chosen else "muted" if number <= 0 else "text"
            lines += hanging(first, text, room, style)
        return lines

    def _standing(self, room: int) -> list[Line]:
        """Say what the facts have to do with it, and the reason given."""
        lines: list[Line] = []
        for said, tone in standing_words(self.rubric, self.criterion, self.state, self.on):
            lines += wrapped(said, room, tone)
        return [EMPTY, *lines] if lines else []

    def _marks(self, room: int) -> list[Line]:
        """Return the cause given and the flags raised here."""
        lines: list[Line] = []
        for said, tone in mark_words(self.rubric, self.criterion, self.state):
            lines += wrapped(f"⚑ {said}" if said.startswith("Flag: ") else said, room, tone)
        return [EMPTY, *lines] if lines else []

    def _evidence(self, room: int) -> list[Line]:
        notes = self.state.notes_on(self.criterion.id)
        level = self.state.resolved_level(self.criterion, self.on)
        wanted = level in self.criterion.evidence_at and not notes
        at = ", ".join(self.rubric.scale.level(n).label for n in self.criterion.evidence_at)
        hint = f"   needed at {at}" if at else ""
        shared = "   ★ to be shared" if self.criterion.id in self.state.exemplars else ""
        lines = [Line((("Evidence", "heading"), (hint, "muted"), (shared, "accent")))]
        if warning := evidence_warning(self.state):
            lines += wrapped(f"! {warning}", room, "warn", indent="  ")
        if wanted:
            said = "! Needed here: press i. A section and page is enough."
            lines += wrapped(said, room, "warn", indent="  ")
        for note in notes:
            lines += wrapped(quoted(note), room, indent="  ")
        if not notes and not wanted:
            lines.append(line("  none yet", "muted"))
        if self.last is not None and not notes:
            written = f"Last written, on “{self.last.criterion.title}”: {quoted(self.last.note)}"
            lines += wrapped(written, room, "muted", indent="  ")
        return lines

    def _why(self, room: int) -> list[Line]:
        lines = [EMPTY, line("Why we ask", "heading")]
        for finding in self.criterion.findings:
            source = self.rubric.source(finding.source)
            if self.full:
                lines += wrapped(f"{finding.text}.", room)
                place = f"{source.by}. {source.title}, {source.date}: {finding.at}"
                lines += wrapped(place, room, "muted", indent="  ")
            else:
                said = f"{finding.text} ({source.by}, {source.date}, {finding.at})"
                lines += wrapped(said, room, "muted")
        if self.criterion.law:
            lines += wrapped(f"Law: {self.criterion.law}", room, "muted")
        return lines
