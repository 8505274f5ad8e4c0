"""A page as its terminal writer laid it out, with headings and bars coloured."""

from __future__ import annotations

from ehcp_audit.reports.model import Entry, Paragraph, Report
from ehcp_audit.tui.widgets.lines import Line, hanging, line, wrapped

BARS = frozenset("▁▂▃▄▅▆▇█")


def report_lines(text: str) -> list[Line]:
    """Return the lines of a page; the words and digits are those on paper."""
    return [_coloured(each) for each in text.split("\n")]


def entry_lines(report: Report, width: int) -> list[Line]:
    """Return a report's sections of entries, each under its heading, to be read in a dialog."""
    lines: list[Line] = []
    for section in report.sections:
        lines.append(line(section.title, "heading"))
        for block in section.blocks:
            if isinstance(block, Entry):
                lines += hanging(((f"{block.mark}  ", "muted"),), block.title, width)
                for more in block.lines:
                    lines += wrapped(more, width, "muted", indent="    ")
            elif isinstance(block, Paragraph):
                lines += wrapped(block.text, width, "muted")
    return lines


def _coloured(text: str) -> Line:
    title, rule, _ = text.partition(" ──")
    if rule and title:
        return Line(((title, "heading"), (text[len(title) :], "muted")))
    bars = [index for index, character in enumerate(text) if character in BARS]
    if not bars:
        return line(text, "muted" if set(text) <= {"─"} else "text")
    first, last = bars[0], bars[-1] + 1
    return Line(((text[:first], "text"), (text[first:last], "accent"), (text[last:], "text")))
