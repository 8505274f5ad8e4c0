"""The lines of the summary: what stands in the way of sign-off first, then grade and themes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ehcp_audit.auditing import Summary, summary_words
from ehcp_audit.auditing.summary_words import Said
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.grading import ThemeResult, percent
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.tui.screens.question import level_symbol
from ehcp_audit.tui.widgets.lines import EMPTY, Line, Part, hanging, line, wrapped

BAR_CELLS, SHORT_BAR_CELLS = 20, 10
ROOMY = 90  # what a line needs for the long bar


@dataclass(frozen=True)
class Shown:
    """An audit as the summary shows it; `hands` names everyone who had it, in order.

    `earlier` is the signed audit that it follows, with its rubric, if it is a re-audit.
    """

    state: AuditState
    rubric: Rubric
    summary: Summary
    hands: str
    on: date
    earlier: tuple[AuditState, Rubric] | None = None


def summary_lines(shown: Shown, room: int) -> list[Line]:
    """Return the summary in lines of at most `room` cells."""
    state, rubric = shown.state, shown.rubric
    facts, who = summary_words.about_plan(state, shown.hands)
    lines = [*wrapped(facts, room), *wrapped(who, room, "muted")]
    lines += _block(summary_words.flag_words(rubric, state), room)
    lines += [EMPTY, *_grade(shown, room), *_gaps(shown, room)]
    again = summary_words.re_audit_words(rubric, state, shown.earlier, shown.on)
    lines += _block(again, room)
    lines += [EMPTY, line("By theme", "heading")]
    lines += [_theme(shown, theme, room) for theme in shown.summary.result.themes]
    lines += _unseen(shown, room)
    if across := summary_words.across_words(rubric, state):
        lines += [EMPTY, *wrapped(across, room, "warn")]
    return lines + _block(summary_words.answer_words(state), room)


def _block(said: Iterable[Said], room: int) -> list[Line]:
    """Return sentences under their labels, an empty line before them; nothing for none."""
    lines = [
        part
        for each in said
        for part in _labelled(each.label, each.sentence, room, "warn" if each.bites else "text")
    ]
    return [EMPTY, *lines] if lines else []


def _grade(shown: Shown, room: int) -> list[Line]:
    result = shown.summary.result
    if _undecided(shown):
        said = summary_words.no_grade_yet(shown.summary)
        return [line("Grade", "heading"), *wrapped(said, room)]
    if result.grade is None or result.score is None or result.reached is None:
        return [line("Grade", "heading"), *wrapped(result.ungraded, room, "warn")]
    borderline = f"   {summary_words.BORDERLINE}" if result.borderline else ""
    parts = (
        ("Grade   ", "heading"),
        (shown.rubric.grade_label(result.grade), "bold"),
        (f"   score {percent(result.score)}", "muted"),
        (borderline, "warn"),
    )
    lines = [Line(parts)]
    for limit in summary_words.limit_words(shown.rubric, shown.summary):
        style = "warn" if limit.bites else "muted"
        lines += _labelled(limit.label, limit.sentence, room, style)
    return lines + _raise(shown, room)


def _undecided(shown: Shown) -> bool:
    """Whether a question of this draft still waits for a decision; then nothing is graded."""
    return summary_words.undecided(shown.summary)


def _raise(shown: Shown, room: int) -> list[Line]:
    said = summary_words.raise_words(shown.rubric, shown.summary)
    return _labelled("To raise", said, room) if said else []


def _theme(shown: Shown, theme: ThemeResult, room: int) -> Line:
    title = (f"  {shown.rubric.theme(theme.theme).title:<36}", "text")
    symbols = tuple(_symbol(shown, c.id) for c in shown.rubric.in_theme(theme.theme))
    if _undecided(shown) and theme.applicable:
        return Line((title, *symbols))
    if theme.score is None:
        word = "not scored" if theme.applicable else "does not apply"
        return Line((title, (f"{'–':>6}  {word}", "muted")))
    met = (" met", "good") if theme.met else (" not met", "warn")
    share = (f"{percent(theme.score):>6} ", "text")
    return Line(
        (
            title,
            share,
            (f"{_bar(theme.score, BAR_CELLS if room >= ROOMY else SHORT_BAR_CELLS)} ", "heading"),
            *symbols,
            met,
        )
    )


def _symbol(shown: Shown, criterion_id: str) -> Part:
    if shown.state.sign_off is not None:
        level: int | None = shown.state.sign_off.levels[criterion_id]
    else:
        level = shown.state.resolved_level(shown.rubric.criterion(criterion_id), shown.on)
    style = "error" if level == 1 else "muted" if level is None or level <= 0 else "text"
    return level_symbol(shown.rubric, level), style


def _gaps(shown: Shown, room: int) -> list[Line]:
    if shown.state.status != "draft":
        return []
    if not shown.summary.gaps:
        style = "warn" if shown.state.blocking_flags else "good"
        return [EMPTY, line(summary_words.ready_words(shown.state), style)]
    lines = [EMPTY, line(f"Missing before sign-off ({len(shown.summary.gaps)})", "warn")]
    for lack, titles in summary_words.gap_words(shown.rubric, shown.summary):
        lines += _labelled(lack, " · ".join(titles), room)
    return lines


def _unseen(shown: Shown, room: int) -> list[Line]:
    if not shown.summary.not_evidenced:
        return []
    titles = [shown.rubric.criterion(key).title for key in shown.summary.not_evidenced]
    return [EMPTY, *_labelled("Not seen", " · ".join(titles), room, "muted")]


def _bar(share: Fraction, cells: int) -> str:
    """Return a bar of so many cells for a share."""
    full = int(share * cells + Fraction(1, 2))
    return "█" * full + "░" * (cells - full)


def _labelled(label: str, text: str, room: int, style: str = "text") -> list[Line]:
    """Return a label with its text beside it, wrapped under itself."""
    return hanging(((f"  {label:<10}", "muted"),), text, room, style)
