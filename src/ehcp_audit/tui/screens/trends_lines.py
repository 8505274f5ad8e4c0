"""The lists of the trends screen: measures, a measure's questions, a question's evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.questions import NotesOnCriterion
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.reports.line_page import few_words
from ehcp_audit.reports.wording import share_words, sparkline
from ehcp_audit.trends.board import Board, BoardRow
from ehcp_audit.tui.screens.question import level_symbol
from ehcp_audit.tui.widgets.lines import Line, wrapped

_PERIODS_DRAWN = 8
_STYLES = {"improving": "good", "worsening": "error", "mixed": "warn", "changing": "warn"}


def measure_lines(board: Board) -> list[Line]:
    """Return the first page's measures, then every other theme, agency and measure."""
    lines: list[Line] = []
    for title, keys in board.groups():
        lines += _group(title, (board.row(key) for key in keys))
    return lines


def question_lines(board: Board, measure_id: str) -> list[Line]:
    """Return the questions below a measure, each with its own line over time."""
    rows = (board.row(key) for key in board.below(measure_id))
    return list(_group(board.lines[measure_id].measure.title, rows))


def _group(title: str, rows: Iterable[BoardRow]) -> Iterator[Line]:
    lines = [_line(row) for row in rows]
    if lines:
        yield Line(((title, "heading"),))
        yield from lines


def _line(row: BoardRow) -> Line:
    now, said = row.line.now, few_words(row)
    share = "" if now is None else share_words(now.share)
    drawn = sparkline([point.share for point in row.line.points][-_PERIODS_DRAWN:])
    return Line(
        ((f"  {row.measure.title}", "text"),),
        key=row.measure.id,
        right=(
            (f"{drawn:<{_PERIODS_DRAWN}}", "accent"),
            (f" {share:>4} ", "bold"),
            (f"{said:<15}", _STYLES.get(said, "muted")),
        ),
    )


def evidence_lines(rubric: Rubric, title: str, rows: Sequence[NotesOnCriterion]) -> list[Line]:
    """Return a line a plan, the lowest levels first; the key is the row's place."""
    lines = [Line(((title, "heading"),))]
    for place, row in enumerate(rows):
        words = "; ".join(_note(note) for note in row.notes)
        lines.append(
            Line(
                (
                    (f"  {level_symbol(rubric, row.level)} ", "bold"),
                    (f"{row.plan_ref:<10} ", "text"),
                    (words.replace("\n", " ") or "no note", "text" if words else "muted"),
                ),
                key=str(place),
            )
        )
    return lines


def evidence_page(rubric: Rubric, row: NotesOnCriterion, room: int) -> list[Line]:
    """Return what one plan's audit says in full: plan, day, level, cause, every note."""
    levels = {0: rubric.scale.not_evidenced, -1: rubric.scale.not_applicable}
    level = levels.get(row.level) or rubric.scale.level(row.level).label
    said = (row.plan_ref, show_date(row.audit_date), f"{level_symbol(rubric, row.level)} {level}")
    lines = wrapped(" · ".join(said), room, "heading")
    if row.cause is not None:
        causes = {cause.id: cause.label for cause in rubric.causes}
        lines += wrapped(f"Why it was weak: {causes.get(row.cause, row.cause)}", room, "muted")
    for text, section, page in row.notes:
        lines += [Line(()), *wrapped(text, room), *wrapped(_place(section, page), room, "muted")]
    if not row.notes:
        lines += [Line(()), *wrapped("No note was written.", room, "muted")]
    return lines


def _note(note: tuple[str, str, str]) -> str:
    text, section, page = note
    return text or _place(section, page)


def _place(section: str, page: str) -> str:
    return " ".join(filter(None, [section, f"p.{page}" if page else ""]))
