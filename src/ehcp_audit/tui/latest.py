"""The latest trend in a line a theme, for home."""

from __future__ import annotations

from datetime import date

from textual.content import Content

from ehcp_audit.domain.questions import Question
from ehcp_audit.reports.wording import counted, ranged, sparkline
from ehcp_audit.store import Store
from ehcp_audit.trends.asking import ask
from ehcp_audit.tui.shown import joined, shown

LONGEST_TITLE = 36


def latest_lines(store: Store, today: date) -> tuple[Content, ...]:
    """Return a heading and a line for each theme of the rubric most used; nothing without audits.

    Quarters by audit date, routine sample only, as the trends screen first shows.
    """
    rubric_id = store.most_used_rubric()
    if rubric_id is None:
        return ()
    answer = ask(store, Question(rubric_id, granularity="quarter"), today=today)
    if not answer.audits:
        return ()
    heading = joined(
        shown(" Themes met, by quarter", "bold $primary"),
        shown(f"   {counted(answer.audits, 'audit')} of the routine sample   t: in full", "$muted"),
    )
    lines = [heading]
    for theme in answer.themes:
        for line in theme.lines:
            bars = sparkline([point.met for point in line.points])
            lines.append(
                joined(
                    shown(f"  {line.name[:LONGEST_TITLE]:<{LONGEST_TITLE}} "),
                    shown(f"{bars:<9}", "$accent"),
                    shown(ranged(line.pooled.met), ""),
                )
            )
    return tuple(lines)
