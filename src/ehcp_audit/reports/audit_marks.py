"""What stands beside the scores of an audit: causes, examples to share, flags, answers."""

from __future__ import annotations

from typing import Final

from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.flags import FLAG_LABELS, Flag
from ehcp_audit.domain.rubric import AGENCY_LABELS, Criterion, Rubric
from ehcp_audit.domain.text import visible
from ehcp_audit.reports.model import Entry, Section
from ehcp_audit.reports.wording import lower_first, plain

EXAMPLE: Final = "Marked as an example to share with others."
DISPUTED: Final = "It disputes the audit: open, to be looked at again in moderation."


def cause_words(state: AuditState, rubric: Rubric, criterion: Criterion, level: int | None) -> str:
    """Return why a contribution is weak, as the auditor gave it; empty where it is not weak."""
    if level is None or not 0 < level < rubric.scale.met_from:
        return ""
    cause = state.causes.get(criterion.id)
    named = next((each.label for each in rubric.causes if each.id == cause), None)
    return "" if named is None else f"Why, as far as could be seen: {lower_first(plain(named))}."


def mark_lines(
    state: AuditState, rubric: Rubric, criterion: Criterion, level: int | None
) -> list[str]:
    """Return the cause of a weak contribution, and that evidence is to be shared."""
    cause = cause_words(state, rubric, criterion, level)
    example = EXAMPLE if criterion.id in state.exemplars else ""
    return [line for line in (cause, example) if line]


def flag_sections(state: AuditState, rubric: Rubric) -> list[Section]:
    """Return the flags raised in an audit, those still open first; none where none was."""
    if not state.flags:
        return []
    open_first = sorted(state.flags, key=lambda flag: not flag.open)
    return [Section("Flags", tuple(_flag(flag, rubric) for flag in open_first))]


def _flag(flag: Flag, rubric: Rubric) -> Entry:
    lines = [visible(flag.text)] if flag.text else []
    if flag.told_role:
        when = f" on {show_date(flag.told_on)}" if flag.told_on else ""
        lines.append(f"Told: {plain(flag.told_role)}{when}")
    if flag.not_a_concern:
        lines.append(f"Not a concern: {visible(flag.not_a_concern)}")
    if flag.done:
        lines.append(f"Done: {visible(flag.done)}")
    title = FLAG_LABELS[flag.kind]
    if flag.criterion is not None and rubric.has_criterion(flag.criterion):
        title = f"{title}, at “{plain(rubric.criterion(flag.criterion).title)}”"
    mark = "! Open" if flag.open else "✓ Answered"
    return Entry(mark, f"{title[:1].upper()}{title[1:]}", tuple(lines))


def answer_sections(state: AuditState) -> list[Section]:
    """Return what was answered on the feedback slips; none where nothing was."""
    entries = tuple(
        Entry(
            AGENCY_LABELS.get(party, "writer").capitalize(),
            f"answered {show_date(answer.on)}",
            (visible(answer.text), *((DISPUTED,) if answer.disputed else ())),
        )
        for party, answer in state.answers.items()
    )
    return [Section("Answers to the slips", entries)] if entries else []
