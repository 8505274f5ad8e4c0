"""Writes a report as one HTML file: no script, nothing fetched, readable by ear, zoom and print."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from ehcp_audit.domain.text import visible
from ehcp_audit.reports.chart_words import below, figures_of_charts
from ehcp_audit.reports.model import Block, Chart, Report, Table
from ehcp_audit.reports.steps import Progress, unwatched
from ehcp_audit.reports.svg import svg_chart
from ehcp_audit.reports.wording import is_bars

_TEMPLATES: Final = files("ehcp_audit.reports") / "templates"
_KINDS: Final = {
    "Paragraph": "paragraph",
    "Pairs": "pairs",
    "Table": "table",
    "Entry": "entry",
    "Note": "note",
    "Chart": "chart",
}


@dataclass(frozen=True)
class _DrawnChart:
    """A chart as the template takes it: drawn, with the place of its figures."""

    title: str
    svg: Markup
    words: tuple[str, ...]
    below: str
    figures_id: str


@dataclass(frozen=True)
class _Part:
    """A section with its blocks: each one's kind, itself, and a name of its own on the page."""

    id: str
    title: str
    blocks: tuple[tuple[str, Any, str], ...]


def render_html(report: Report, progress: Progress = unwatched) -> str:
    """Return the whole page; text of the report is escaped, whatever it holds.

    `progress` is told each section.
    """
    environment = Environment(
        autoescape=True,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.tests["bars"] = is_bars
    template = environment.from_string((_TEMPLATES / "report.html").read_text("utf-8"))
    parts = _parts(report, progress)
    contents = [(part.id, part.title) for part in parts]
    if report.definitions:
        contents.append(("words", "What the words mean"))
    return template.render(
        report=report,
        parts=parts,
        contents=contents,
        style=Markup((_TEMPLATES / "report.css").read_text("utf-8")),  # noqa: S704  (our own file)
    ).lstrip()


def _shown(value: Any) -> Any:
    """Make text harmless before it is escaped; what we drew ourselves stays."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _parts(report: Report, progress: Progress) -> list[_Part]:
    ids = {section.title: f"section-{n}" for n, section in enumerate(report.sections, start=1)}
    tables, charts = _Counter("Table"), _Counter("Chart")
    parts = []
    apart = dict(figures_of_charts(report))
    figures_ids = {title: f"figures-{n}" for n, title in enumerate(apart, start=1)}
    for number, section in enumerate(report.sections, start=1):
        progress(number - 1, len(report.sections))
        blocks = []
        for block in section.blocks:
            drawn: Block | _DrawnChart = block
            name = ""
            if isinstance(block, Chart):
                name = charts.name(block.title)
                place = ids.get(block.figures_in) or figures_ids.get(block.title, "report")
                drawn = _DrawnChart(
                    block.title,
                    Markup(svg_chart(block, f"chart-{charts.number}")),  # noqa: S704  (escaped there)
                    block.words,
                    " ".join(below(block)),
                    place,
                )
            elif isinstance(block, Table):
                name = tables.name(section.title)
            blocks.append((_KINDS[type(block).__name__], drawn, name))
        parts.append(_Part(f"section-{number}", section.title, tuple(blocks)))
    parts += [
        _Part(figures_ids[title], f"Figures: {title}", (("table", twin, tables.name(title)),))
        for title, twin in apart.items()
    ]
    return parts


@dataclass
class _Counter:
    """Numbers the tables or charts of a page, so that no two names are the same."""

    word: str
    number: int = 0

    def name(self, title: str) -> str:
        """Return the next one's name."""
        self.number += 1
        return f"{self.word} {self.number}: {title}"
