"""Writes a report's figures as CSV, one row a period and measure, safe in a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Final

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.text import visible
from ehcp_audit.reports.model import Report

COLUMNS: Final = (
    "period",
    "measure",
    "id",
    "title",
    "x",
    "n",
    "share",
    "low",
    "high",
    "not_evidenced",
    "not_applicable",
    "versions",
    "part",
)
# OWASP, CSV Injection: what a spreadsheet may take for the beginning of a formula, the full-width
# forms among it.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def text_cell(text: str) -> str:
    """Return text as a cell no spreadsheet takes for a formula: an apostrophe is put before one."""
    begins_formula = text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
    return f"'{visible(text)}" if begins_formula else visible(text)


def render_csv(report: Report) -> str:
    """Return the figures in long form, each line ended by a line feed.

    An empty cell is a figure that does not exist, which is not 0. Raises `UsageError` for a
    report without figures.
    """
    if not report.measures:
        what = "This report has no table of figures."
        raise UsageError(what, "Print it, or ask for JSON.")
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for measure in report.measures:
        names = (measure.kind, measure.id, measure.title)
        versions = text_cell(" ".join(measure.versions))
        for figure in measure.figures:
            writer.writerow(
                (
                    figure.period,
                    *(text_cell(name) for name in names),
                    figure.x,
                    figure.n,
                    figure.share,
                    figure.low,
                    figure.high,
                    figure.not_evidenced,
                    figure.not_applicable,
                    versions,
                    "yes" if figure.part else "",
                )
            )
    return stream.getvalue()
