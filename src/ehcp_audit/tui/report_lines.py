"""A page as its terminal writer laid it out, with headings and bars coloured."""

from __future__ import annotations

from ehcp_audit.tui.widgets.lines import Line, line

BARS = frozenset("▁▂▃▄▅▆▇█")


def report_lines(text: str) -> list[Line]:
    """Return the lines of a page; the words and digits are those on paper."""
    return [_coloured(each) for each in text.split("\n")]


def _coloured(text: str) -> Line:
    title, rule, _ = text.partition(" ──")
    if rule and title:
        return Line(((title, "heading"), (text[len(title) :], "muted")))
    bars = [index for index, character in enumerate(text) if character in BARS]
    if not bars:
        return line(text, "muted" if set(text) <= {"─"} else "text")
    first, last = bars[0], bars[-1] + 1
    return Line(((text[:first], "text"), (text[first:last], "accent"), (text[last:], "text")))
