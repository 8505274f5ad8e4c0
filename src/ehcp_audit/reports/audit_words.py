"""How a grade, a level and evidence are put, the same on every page about one audit."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ehcp_audit.domain.audit import AuditState, Evidence, SignOff
from ehcp_audit.domain.grading import BORDERLINE, is_borderline, percent
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED, Rubric
from ehcp_audit.domain.text import visible
from ehcp_audit.reports.wording import plain

_OUTSIDE: Final = {
    NOT_APPLICABLE: ("–", "Not applicable"),
    NOT_EVIDENCED: ("?", "Not evidenced"),
    None: ("·", "Not scored"),
}
BORDERLINE_WORDS: Final = (
    f"within {percent(BORDERLINE, 0).removesuffix('%')} points of a line between grades, where one "
    "judgement may tip it; it goes first to moderation."
)


@dataclass(frozen=True)
class Audited:
    """An audit with the rubric it was made against."""

    state: AuditState
    rubric: Rubric


def grade_rows(signed: SignOff, rubric: Rubric) -> tuple[tuple[str, str], ...]:
    """Return the grade of a signed audit, its score, whether it is borderline, what limited it."""
    grade = "No grade" if signed.grade is None else plain(rubric.grade_label(signed.grade))
    rows = [("Grade", grade)]
    if signed.score is not None:
        score = Fraction(signed.score)
        rows.append(("Score", percent(score)))
        if signed.grade is not None and is_borderline(rubric, score):
            rows.append(("Borderline", BORDERLINE_WORDS))
    label = "Limited by" if signed.grade else "Why"
    rows += [
        (label if number == 0 else "", plain(limit)) for number, limit in enumerate(signed.limits)
    ]
    return tuple(rows)


def level_mark(rubric: Rubric, level: int | None) -> str:
    """Return a level as its symbol and its word, such as “✗ Not met”."""
    if level is not None and level > 0:
        found = rubric.scale.level(level)
        return f"{plain(found.symbol)} {plain(found.label)}"
    return " ".join(_OUTSIDE[level])


def evidence_words(note: Evidence) -> str:
    """Return a note of evidence with its place, such as “Evidence, Section F, page 9: …”."""
    place = [f"Section {plain(note.section)}"] if note.section else []
    place += [f"page {plain(note.page)}"] if note.page else []
    text = visible(note.text).strip()
    if not place:
        return f"Evidence: {text}"
    where = ", ".join(place)
    return f"Evidence, {where}: {text}" if text else f"Evidence: {where}"
