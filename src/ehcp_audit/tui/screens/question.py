"""The words of one question on the walk: levels, evidence, and why we ask."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import date

from textual.content import Content

from ehcp_audit.domain.audit import AuditState, Score
from ehcp_audit.domain.conditions import comparisons
from ehcp_audit.domain.facts import DERIVED, FACTS_BY_ID, show_fact
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED, Criterion, Rubric
from ehcp_audit.domain.text import visible
from ehcp_audit.tui.shown import joined, shown, stacked

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


def level_word(rubric: Rubric, level: int | None) -> str:
    """Return the word of a level, or of unscored, not evidenced and not applicable."""
    if level is None:
        return "Not decided"
    if level == NOT_APPLICABLE:
        return "Not applicable"
    if level == NOT_EVIDENCED:
        return "Not evidenced"
    return rubric.scale.level(level).label


@dataclass(frozen=True)
class Question:
    """One question as it stands in an audit; `full` shows every finding with its source."""

    rubric: Rubric
    criterion: Criterion
    state: AuditState
    on: date
    full: bool = False
    editing: bool = False

    def write(self, width: int) -> Content:
        """Return the page for a width."""
        room = max(width - 2, 20)
        lines: list[Content] = [self._heading(), *([shown("")] if width >= ROOMY else [])]
        lines += _wrapped(self.criterion.question, room, "bold")
        if self.criterion.guidance and not self.editing:
            lines += _wrapped(self.criterion.guidance, room, "$muted")
        lines.append(shown(""))
        lines += self._levels(room)
        lines += self._standing(room)
        if not self.editing:
            lines += [*([shown("")] if width >= ROOMY else []), *self._evidence(room)]
            lines += self._why(room)
        return stacked(*lines)

    def _heading(self) -> Content:
        theme = self.rubric.theme(self.criterion.theme)
        criteria = self.rubric.in_theme(theme.id)
        place = criteria.index(self.criterion) + 1
        limiting = shown("   limiting", "bold $warning") if self.criterion.limiting else shown("")
        return joined(
            shown(theme.title, "bold $primary"),
            shown(f" · {place} of {len(criteria)} · {self.criterion.title}", "$muted"),
            limiting,
        )

    @property
    def _score(self) -> Score | None:
        return self.state.scores.get(self.criterion.id)

    def _levels(self, room: int) -> list[Content]:
        resolved = self.state.resolved_level(self.criterion, self.on)
        scale = self.rubric.scale
        widest = max(len(level.label) for level in scale.levels)
        widest = max(widest, len("Not applicable"))
        rows = [
            (level.key, level.symbol, level.label, text, level.number)
            for level, text in zip(scale.levels, self.criterion.levels, strict=True)
        ]
        rows += [
            ("n", SYMBOL_NOT_APPLICABLE, "Not applicable", scale.not_applicable, NOT_APPLICABLE),
            ("x", SYMBOL_NOT_EVIDENCED, "Not evidenced", scale.not_evidenced, NOT_EVIDENCED),
        ]
        lines = []
        for key, symbol, label, text, number in rows:
            chosen = number == resolved
            mark = "▸" if chosen else " "
            style = "bold $accent" if chosen else ""
            indent = widest + 8
            first, *rest = textwrap.wrap(visible(text), max(room - indent, 20)) or [""]
            quiet = style or ("$muted" if number <= 0 else "")
            lines.append(
                joined(
                    shown(f"{mark} {key} ", "bold $accent" if chosen else "$accent"),
                    shown(f"{symbol} {label:<{widest}}  ", style or "bold"),
                    shown(first, quiet),
                )
            )
            lines += [shown(" " * indent + line, quiet) for line in rest]
        return lines

    def _standing(self, room: int) -> list[Content]:
        """Say what the facts have to do with it, and the reason given."""
        lines: list[Content] = []
        applies = self.state.applies(self.criterion, self.on)
        score = self._score
        if applies is False and not (score and score.overrides):
            lines += _wrapped(
                f"Does not apply: {self._condition_in_words()}. To judge it all the same, score it "
                "and give a reason; f changes the facts.", room, "$warning",
            )  # fmt: skip
            if score is not None and score.level > 0:
                word = level_word(self.rubric, score.level)
                lines += _wrapped(f"Scored {word} before; kept, but not counted.", room, "$muted")
        elif applies is None:
            lines += _wrapped(
                f"Asked because a fact is not known: {self._condition_in_words()}.",
                room,
                "$warning",
            )
        if score is not None and score.reason:
            lines += _wrapped(f"Reason: {score.reason}", room, "")
        return [shown(""), *lines] if lines else []

    def _condition_in_words(self) -> str:
        condition = self.criterion.applies_when
        if condition is None:
            return ""
        words = []
        for part in comparisons(condition):
            if part.fact in DERIVED:
                words.append(DERIVED[part.fact].lower())
                continue
            fact = FACTS_BY_ID[part.fact]
            value = self.state.facts.get(part.fact)
            words.append(f"{fact.label.lower()} is {show_fact(fact, value)}")
        return "; ".join(dict.fromkeys(words))

    def _evidence(self, room: int) -> list[Content]:
        notes = self.state.notes_on(self.criterion.id)
        level = self.state.resolved_level(self.criterion, self.on)
        wanted = level in self.criterion.evidence_at and not notes
        at = ", ".join(self.rubric.scale.level(n).label for n in self.criterion.evidence_at)
        hint = f"   needed at {at}" if at else ""
        lines = [joined(shown("Evidence", "bold $primary"), shown(hint, "$muted"))]
        if wanted:
            lines.append(
                shown("  ! Needed here: press i. A section and page is enough.", "$warning")
            )
        for note in notes:
            text = f"“{note.text}”" if note.text else ""
            lines += [
                shown(f"  {line}") for line in _lines(f"{text}  {note.place}".strip(), room - 2)
            ]
        if not notes and not wanted:
            lines.append(shown("  none yet", "$muted"))
        return lines

    def _why(self, room: int) -> list[Content]:
        lines = [shown(""), joined(shown("Why we ask", "bold $primary"))]
        for finding in self.criterion.findings:
            source = self.rubric.source(finding.source)
            place = f"{source.title}, {source.date}: {finding.at}"
            if self.full:
                lines += _wrapped(finding.text + ".", room, "")
                lines += _wrapped(f"  {source.by}. {place}", room, "$muted")
            else:
                lines += _wrapped(
                    f"{finding.text} ({source.by}, {source.date}, {finding.at})", room, "$muted"
                )
        if self.criterion.law:
            lines += _wrapped(f"Law: {self.criterion.law}", room, "$muted")
        return lines


def _lines(text: str, room: int) -> list[str]:
    """Wrap text that may itself hold lines."""
    return [
        line
        for paragraph in visible(text).split("\n")
        for line in (textwrap.wrap(paragraph, max(room, 10)) or [""])
    ]


def _wrapped(text: str, room: int, style: str) -> list[Content]:
    return [shown(line, style) for line in _lines(text, room)]
