"""The latest trend in a line a theme, for home."""

from __future__ import annotations

from datetime import date

from ehcp_audit.domain.questions import Question
from ehcp_audit.reports.wording import counted, ranged, sparkline
from ehcp_audit.store import Store
from ehcp_audit.trends.asking import ask
from ehcp_audit.tui.widgets.lines import Line

LONGEST_TITLE = 36


def latest_lines(store: Store, today: date) -> tuple[Line, ...]:
    """Return a heading and a line for each theme of the rubric most used; nothing without audits.

    Quarters by audit date, routine sample only, as the trends screen first shows.
    """
    rubric_id = store.most_used_rubric()
    if rubric_id is None:
        return ()
    answer = ask(store, Question(rubric_id, granularity="quarter"), today=today)
    if not answer.audits:
        return ()
    counts = f"   {counted(answer.audits, 'audit')} of the routine sample   t: in full"
    lines = [Line(((" Themes met, by quarter", "heading"), (counts, "muted")))]
    for theme in answer.themes:
        for each in theme.lines:
            bars = sparkline([point.met for point in each.points])
            title = f"  {each.name[:LONGEST_TITLE]:<{LONGEST_TITLE}} "
            parts = ((title, "text"), (f"{bars:<9}", "accent"), (ranged(each.pooled.met), "text"))
            lines.append(Line(parts))
    return tuple(lines)
