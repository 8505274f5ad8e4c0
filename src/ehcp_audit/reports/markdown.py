"""Writes a report as Markdown (CommonMark with GitHub's tables), typed text shown exactly.

Every character that Markdown or HTML could take for markup is escaped with a backslash, which
CommonMark (0.31, 2.4) shows as the character itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ehcp_audit.domain.text import visible
from ehcp_audit.reports.chart_words import below
from ehcp_audit.reports.model import Block, Chart, Entry, Note, Pairs, Paragraph, Report, Table

_ANYWHERE: Final = re.compile(r"[\\`*_\[\]<>&#|~$]|:(?=//)")
_WWW: Final = re.compile(r"(?i)\b(www)\.")
# What begins a list, a heading's underline, a rule or a definition, at the start of a line only.
_AT_START: Final = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$)))?(?=[-+=:.)])")
_SPACES: Final = re.compile(r"^ | {2,}")
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_BREAK: Final = "\\\n"
_CELL_BREAK: Final = "<br>"


def render_markdown(report: Report) -> str:
    """Return the report as Markdown, its last line ended by a line feed."""
    parts = [f"# {_one_line(report.title)}"]
    if report.subtitle:
        parts.append(_BREAK.join(escaped(line) for line in report.subtitle))
    parts += [_quoted(_bold(banner)) for banner in report.banners]
    for section in report.sections:
        parts.append(f"## {_one_line(section.title)}")
        parts += [_block(block) for block in section.blocks]
    for title, rows in (("What the words mean", report.definitions), ("This page", report.foot)):
        if rows:
            parts += [f"## {title}", _pairs(Pairs(rows))]
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    """Return text as Markdown that shows it exactly; its own lines stay lines."""
    lines = visible(text).strip().split("\n")
    return _BREAK.join(_escaped_line(line) for line in lines)


def _escaped_line(line: str) -> str:
    safe = _WWW.sub(r"\1\.", _ANYWHERE.sub(r"\\\g<0>", line))
    safe = _AT_START.sub(r"\g<0>\\", safe)
    return _SPACES.sub(lambda found: _NO_BREAK * max(len(found[0]) - 1, 1) + _tail(found), safe)


def _tail(found: re.Match[str]) -> str:
    """Return the space that ends a run of several, so that a line can still break there."""
    return " " if len(found[0]) > 1 else ""


def _one_line(text: str) -> str:
    return _escaped_line(visible(text, keep_lines=False).strip())


def _bold(text: str) -> str:
    """Return text in bold, line by line, because emphasis may not touch a space."""
    lines = escaped(text.strip()).split(_BREAK)
    return _BREAK.join(f"**{line}**" if line.strip() else line for line in lines)


def _quoted(markdown: str) -> str:
    return "\n".join(f"> {line}" for line in markdown.split("\n"))


def _inset(markdown: str) -> str:
    return markdown.replace("\n", "\n  ")


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return escaped(block.text)
    if isinstance(block, Pairs):
        return _pairs(block)
    if isinstance(block, Entry):
        return _entry(block)
    if isinstance(block, Note):
        return _quoted(f"{_bold(block.label)}: {escaped(block.text)}")
    if isinstance(block, Chart):
        return _chart(block)
    return _table(block)


def _pairs(pairs: Pairs) -> str:
    """Return pairs as a list; a pair without a label goes on with the one before it.

    A label without a value is a heading of those that follow.
    """
    parts: list[str] = []
    for label, value in pairs.rows:
        if label and value:
            parts.append(f"- {_bold(label)}: {_inset(escaped(value))}")
        elif label:
            parts.append(f"\n{_bold(label)}\n")
        elif value:
            parts.append(f"  {escaped(value)}" if parts else escaped(value))
            parts[-2:] = [_BREAK.join(parts[-2:])]
    return "\n".join(parts).strip("\n")


def _entry(entry: Entry) -> str:
    mark, title = _one_line(entry.mark), _one_line(entry.title)
    heading = " ".join(part for part in (mark, title) if part)
    return "\n\n".join([f"### {heading}", *(escaped(line) for line in entry.lines)])


def _chart(chart: Chart) -> str:
    """Return what a chart shows, in words and as its table: Markdown has no pictures of its own."""
    said = _BREAK.join(escaped(line) for line in (chart.alt, *chart.words, *below(chart)))
    figures = [] if chart.figures_in else [_table(chart.twin)]
    return "\n\n".join([f"### {_one_line(chart.title)}", said, *figures])


def _table(table: Table) -> str:
    rules = ("---:" if column.align == "right" else "---" for column in table.columns)
    rows = [_row(column.title for column in table.columns), f"| {' | '.join(rules)} |"]
    last = len(table.rows) - 1 if table.total_row else None
    for number, row in enumerate(table.rows):
        rows.append(_row(row, bold=number == last))
    return "\n".join(rows)


def _row(cells: Iterable[str], *, bold: bool = False) -> str:
    shown = ((_bold(cell) if bold else escaped(cell)) for cell in cells)
    return f"| {' | '.join(cell.replace(_BREAK, _CELL_BREAK) for cell in shown)} |"
