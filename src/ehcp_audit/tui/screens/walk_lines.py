"""An audit at a glance: the list of its questions, and the same in one line for narrow windows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from ehcp_audit.auditing import progress
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.rubric import AGENCY_LABELS, NOT_APPLICABLE, NOT_EVIDENCED, Criterion, Rubric
from ehcp_audit.reports.wording import counted
from ehcp_audit.tui.screens.question import SYMBOL_OUTSIDE, level_symbol
from ehcp_audit.tui.widgets.lines import EMPTY, Line, Part, line, wrapped

LIST_ROOM = 33  # columns of the list beside the question


def criteria_lines(
    rubric: Rubric, state: AuditState, on: date, listed: Collection[str] | None = None
) -> list[Line]:
    """Return a heading for each theme and a line for each question; `listed` leaves out others."""
    lines: list[Line] = []
    levels = state.resolved_levels(rubric, on)
    for theme in rubric.themes:
        criteria = rubric.in_theme(theme.id)
        if listed is not None:
            criteria = tuple(c for c in criteria if c.id in listed)
        if not criteria:
            continue
        asked = [c for c in criteria if levels[c.id] != NOT_APPLICABLE]
        decided = sum(levels[c.id] is not None for c in asked)
        if lines:
            lines.append(Line((("", "text"),)))
        count = f"{decided}/{len(asked)}" if asked else "–"
        lines.append(Line(((theme.title, "heading"),), right=((count, "muted"),)))
        lines += [_line(rubric, state, c, levels[c.id]) for c in criteria]
    return lines


def _line(rubric: Rubric, state: AuditState, criterion: Criterion, level: int | None) -> Line:
    notes = state.notes_on(criterion.id)
    symbol, key, style = level_symbol(rubric, level), " ", "text"
    if level == NOT_APPLICABLE:
        ruled_out = criterion.id not in state.scores
        symbol, style = (SYMBOL_OUTSIDE, "muted") if ruled_out else (symbol, "muted")
        key = " " if ruled_out else "n"
    elif level == NOT_EVIDENCED:
        key = "x"
    elif level is not None:
        key = rubric.scale.level(level).key
    wanted = level in criterion.evidence_at and not notes
    flagged = any(flag.open for flag in state.flags_on(criterion.id))
    mark = "⚑" if flagged else "!" if wanted else "✎" if notes else " "
    if mark == "✎" and criterion.id in state.exemplars:
        mark = "★"
    if mark == " " and level is None and criterion.id in state.carried:
        mark = "="
    score = state.scores.get(criterion.id)
    if mark == " " and score is not None and score.across:
        mark = "⇄"
    colour = style
    if level is not None and level > 0:
        colour = "error" if level == 1 else "good" if level >= rubric.scale.met_from else style
    return Line(
        (
            (f"{symbol} ", colour),
            (f"{key} ", "muted"),
            (f"{mark} ", "warn" if wanted or flagged else "muted"),
            (criterion.title, style),
        ),
        key=criterion.id,
    )


def plan_lines(
    criterion: Criterion, rubric: Rubric, states: Sequence[AuditState], on: date
) -> list[Line]:
    """Return a question and a line for each plan it is scored on; the keys are audits."""
    decided = sum(state.resolved_level(criterion, on) is not None for state in states)
    lines = [
        *wrapped(f"Across plans: {criterion.title}", LIST_ROOM, "heading"),
        line(f"{decided} of {len(states)} decided · Esc ends", "muted"),
        EMPTY,
    ]
    for state in states:
        level = state.resolved_level(criterion, on)
        parts = _line(rubric, state, criterion, level).parts
        lines.append(Line((*parts[:-1], (state.plan_ref, parts[-1][1])), key=state.id))
    return lines


def plans_line(
    criterion: Criterion, rubric: Rubric, states: Sequence[AuditState], on: date, at: str
) -> Line:
    """Return the plans in one line: a symbol a plan."""
    parts: list[Part] = [("Across plans  ", "heading")]
    for state in states:
        symbol = level_symbol(rubric, state.resolved_level(criterion, on))
        parts.append((symbol, "here" if state.id == at else "muted"))
    return Line(tuple(parts))


def filter_lines(words: str, count: int, of: int) -> list[Line]:
    """Return what a list leaves out, and how it is shown whole again."""
    return [
        *wrapped(f"Only {words}", LIST_ROOM, "warn"),
        line(f"{count} of {of} · Esc shows all", "muted"),
        EMPTY,
    ]


def filter_line(words: str, count: int, of: int) -> Line:
    """Return the same in one line, for narrow windows."""
    right = ((f"{count} of {of}   Esc: all", "muted"),)
    return Line((("Only ", "warn"), (words, "warn")), right=right)


def progress_line(rubric: Rubric, state: AuditState, on: date, at: str) -> Line:
    """Return the whole audit in one line: a symbol a question, the themes apart."""
    levels = state.resolved_levels(rubric, on)
    parts: list[Part] = []
    for theme in rubric.themes:
        for criterion in rubric.in_theme(theme.id):
            symbol = level_symbol(rubric, levels[criterion.id])
            parts.append((symbol, "here" if criterion.id == at else "muted"))
        parts.append((" ", "muted"))
    return Line(tuple(parts))


def heading(rubric: Rubric, state: AuditState, on: date, agency: str) -> tuple[Part, ...]:
    """Return which audit this is and how far it has come, never a grade so far."""
    made = progress(rubric, state, on)
    parts: list[Part] = [(state.plan_ref, "bold"), (f" · {rubric.name}", "text")]
    if agency:
        parts.append((f" · {AGENCY_LABELS[agency]}", "muted"))
    parts.append((f"   {made.decided} of {made.applicable} decided", "muted"))
    if made.must_fix:
        parts.append((f" · {made.must_fix} must fix", "warn"))
    if state.open_flags:
        parts.append((f" · {counted(len(state.open_flags), 'flag')}", "warn"))
    return tuple(parts)


def standing(state: AuditState, *, saved: bool, reading: bool) -> Part:
    """Return how the audit stands, for the top of the screen."""
    if state.status != "draft":
        return ("signed off", "good") if state.status == "signed" else ("withdrawn", "warn")
    if reading:
        return ("reading only", "warn")
    return ("✓ saved", "good") if saved else ("… saving", "warn")
