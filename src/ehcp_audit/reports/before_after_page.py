"""A re-audit beside the audit it follows: what became of each point, then grades and themes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from ehcp_audit.auditing.progress import LOWEST_LEVEL
from ehcp_audit.auditing.re_audit import (
    OUTCOMES,
    FollowUp,
    Outcome,
    carried_criteria,
    follow_ups,
    levels_of,
    outcome_counts,
    same_person,
)
from ehcp_audit.domain.audit import AuditState, SignOff
from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.grading import grade, percent
from ehcp_audit.domain.rubric import Criterion
from ehcp_audit.domain.text import visible
from ehcp_audit.reports.audit_words import Audited, evidence_words, grade_rows, level_mark
from ehcp_audit.reports.model import Block, Column, Entry, Pairs, Paragraph, Report, Section, Table
from ehcp_audit.reports.wording import NONE, counted, listed, lower_first, plain

_CHILD: Final = "About one child: handle it as the plan itself."
_OPEN: Final = "The re-audit is not signed off: this is how it stands, and it counts nowhere."
SAME: Final = "By the same person as the audit before, so not an independent second look."
_OTHER: Final = "By someone other than the auditor before."
_MARKS: Final[Mapping[Outcome, str]] = {
    "not": "✗", "partly": "◔", "unseen": "?", "open": "·", "done": "✓", "gone": "–",
}  # fmt: skip
_ROSE: Final = "rose"
_FELL: Final = "fell"
_TITLE: Final = "Was it done"
_NOTHING: Final = "The audit before left nothing to put right."


def before_after_report(first: Audited, second: Audited, *, today: date) -> Report:
    """Put a re-audit beside the signed audit it follows; a draft is told as it stands today."""
    rubric, ref = second.rubric, plain(second.state.plan_ref)
    signed = second.state.sign_off
    return Report(
        kind="before_after",
        title=f"Before and after: plan {ref}",
        subtitle=(f"Rubric: {plain(rubric.title)}, version {plain(rubric.version)}",),
        banners=(*(() if signed else (_OPEN,)), _CHILD),
        sections=before_after_sections(first, second, today=today),
        foot=(
            ("Audit before", plain(first.state.id)),
            ("Re-audit", plain(second.state.id)),
            ("Printed", show_date(today)),
        ),
        data=_data(first, second, today),
    )


def before_after_sections(first: Audited, second: Audited, *, today: date) -> tuple[Section, ...]:
    """Return what a re-audit's own report says of before and after."""
    first, second = (
        replace(each, rubric=each.rubric.said_of(second.state.facts)) for each in (first, second)
    )
    ups = follow_ups(first.state, first.rubric, second.state, second.rubric, today)
    sections = [
        _asked(ups, first, second),
        _two_grades(first, second),
        _themes(first, second, today),
    ]
    return (*sections, *_other_changes(first, second, ups, today), *_carried(second))


def _asked(ups: tuple[FollowUp, ...], first: Audited, second: Audited) -> Section:
    """Return each point of the audit before, what is not done first, with then and now."""
    if not ups:
        return Section(_TITLE, (Paragraph(_NOTHING),))
    must = [each for each in ups if each.before == LOWEST_LEVEL]
    said = [f"Of {counted(len(ups), 'point')} that the audit before left: {outcome_counts(ups)}."]
    if must and len(must) < len(ups):
        said.append(f"Of the {len(must):,} that had to be put right: {outcome_counts(must)}.")
    order = list(OUTCOMES)
    entries = [
        _point(each, first, second)
        for each in sorted(ups, key=lambda each: order.index(each.outcome))
    ]
    return Section(_TITLE, (Paragraph(" ".join(said)), *entries))


def _point(up: FollowUp, first: Audited, second: Audited) -> Entry:
    mark, word = _MARKS[up.outcome], OUTCOMES[up.outcome]
    lines = [_level("Then", up.before, up.criterion, first)]
    if second.rubric.has_criterion(up.criterion.id):
        lines.append(_level("Now", up.now, second.rubric.criterion(up.criterion.id), second))
    lines += [evidence_words(note) for note in second.state.notes_on(up.criterion.id)]
    return Entry(f"{mark} {word[:1].upper()}{word[1:]}", plain(up.criterion.title), tuple(lines))


def _level(label: str, level: int | None, criterion: Criterion, audited: Audited) -> str:
    said = f"{label}: {level_mark(audited.rubric, level)}"
    if level is None or level <= 0:
        return said
    return f"{said}: {lower_first(visible(criterion.levels[level - 1]))}"


def _two_grades(first: Audited, second: Audited) -> Section:
    """Return the two grades, and who looked again at which sections."""
    state = second.state
    rows = [("Before", _grade(first)), ("After", _grade(second))]
    sections = listed(state.changed_sections) if state.changed_sections else "none was named"
    rows.append(("Sections changed", sections))
    blocks: list[Block] = [Pairs(tuple(rows))]
    blocks.append(Paragraph(SAME if same_person(first.state, state.auditor) else _OTHER))
    return Section("The two audits", tuple(blocks))


def _grade(audited: Audited) -> str:
    signed = audited.state.sign_off
    if signed is None:
        return "in progress, no grade"
    rows = dict(grade_rows(signed, audited.rubric))
    score = f", score {rows['Score']}" if "Score" in rows else ""
    borderline = ", borderline" if "Borderline" in rows else ""
    return f"{rows['Grade']}{score}{borderline}, {show_date(signed.audit_date)}"


def _themes(first: Audited, second: Audited, today: date) -> Section:
    """Return each theme's score then and now; of a draft only what stood before."""
    then, now = (_theme_scores(each, today) for each in (first, second))
    rows = []
    for theme in second.rubric.themes:
        before, after = then.get(theme.id, NONE), now.get(theme.id, NONE)
        rows.append((plain(theme.title), before, after))
    columns = (Column("Theme"), Column("Before", "right"), Column("After", "right"))
    return Section("Themes, before and after", (Table(columns, tuple(rows), full_width=True),))


def _theme_scores(audited: Audited, today: date) -> Mapping[str, str]:
    if audited.state.sign_off is None:
        return {}
    result = grade(audited.rubric, levels_of(audited.state, audited.rubric, today))
    return {theme.theme: percent(theme.score) for theme in result.themes if theme.score is not None}


def _other_changes(
    first: Audited, second: Audited, ups: tuple[FollowUp, ...], today: date
) -> list[Section]:
    """Return what changed besides the points, what fell first."""
    told = {each.criterion.id for each in ups}
    then, now = (levels_of(each.state, each.rubric, today) for each in (first, second))
    rows = []
    for criterion in second.rubric.criteria:
        before, after = then.get(criterion.id), now.get(criterion.id)
        if before is None or after is None or before == after:
            continue
        if criterion.id not in told and not criterion.measured:
            marks = level_mark(first.rubric, before), level_mark(second.rubric, after)
            rows.append((plain(criterion.title), *marks, _way(before, after)))
    if not rows:
        return []
    rows.sort(key=lambda row: row[3] != _FELL)
    columns = tuple(Column(title) for title in ("Question", "Before", "After", "It"))
    return [Section("What else changed", (Table(columns, tuple(rows), full_width=True),))]


def _way(before: int, after: int) -> str:
    """Return whether a level rose or fell; neither where one of them is no level."""
    if before <= 0 or after <= 0:
        return NONE
    return _ROSE if after > before else _FELL


def _carried(second: Audited) -> list[Section]:
    kept = carried_criteria(second.rubric, second.state)
    if not kept:
        return []
    titles = "; ".join(plain(each.title) for each in kept)
    said = f"{counted(len(kept), 'question')} kept as the audit before found, after a second look: "
    return [Section("Kept unchanged", (Paragraph(f"{said}{titles}."),))]


def _data(first: Audited, second: Audited, today: date) -> Mapping[str, Any]:
    """Return both audits' outcomes and each point as JSON values."""
    ups = follow_ups(first.state, first.rubric, second.state, second.rubric, today)
    return {
        "before_after": {
            "plan_ref": second.state.plan_ref,
            "before": _outcome_data(first.state),
            "after": _outcome_data(second.state),
            "same_person": same_person(first.state, second.state.auditor),
            "changed_sections": list(second.state.changed_sections),
            "points": [
                {
                    "id": each.criterion.id,
                    "before": each.before,
                    "now": each.now,
                    "outcome": each.outcome,
                }
                for each in ups
            ],
            "carried": [each.id for each in carried_criteria(second.rubric, second.state)],
        }
    }


def _outcome_data(state: AuditState) -> Mapping[str, Any]:
    signed: SignOff | None = state.sign_off
    return {
        "audit": state.id,
        "status": state.status,
        "audit_date": None if signed is None else signed.audit_date.isoformat(),
        "grade": None if signed is None else signed.grade,
        "score": None if signed is None else signed.score,
    }
