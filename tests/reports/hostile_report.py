"""A report that holds one text wherever a text can be, as no report should."""

from __future__ import annotations

from dataclasses import replace

from tests.reports.charts import bars_chart, funnel_chart, line_chart

from ehcp_audit.reports.model import (
    Block,
    Chart,
    Column,
    Entry,
    Figure,
    Measure,
    Note,
    Pairs,
    Paragraph,
    Report,
    Section,
    Table,
)


def named(chart: Chart, text: str) -> Chart:
    """Return the chart with a text in place of every text of it."""
    series = tuple(
        replace(
            each,
            title=text,
            points=tuple(
                replace(point, label=text, shown=text, says=text) for point in each.points
            ),
        )
        for each in chart.series
    )
    return replace(
        chart,
        title=text,
        alt=text,
        series=series,
        twin=Table((Column(text), Column(text, "right")), ((text, text),)),
        guides=tuple(replace(each, title=text, shown=text) for each in chart.guides),
        breaks=tuple(replace(each, label=text) for each in chart.breaks),
        words=(text,),
        along=text,
        upward=text,
    )


def hostile_report(text: str) -> Report:
    blocks: tuple[Block, ...] = (
        Paragraph(text),
        Note(text, text),
        Pairs(((text, text),)),
        Entry(text, text, (text,)),
        Table((Column(text), Column(text, "right")), ((text, text), (text, "1")), total_row=True),
        *(named(each, text) for each in (line_chart(), funnel_chart(), bars_chart())),
        named(bars_chart("stacked"), text),
    )
    lines = (Measure("theme", text, text, (text,), (Figure("all", 1, 2),)),)
    pairs = ((text, text),)
    data = {text: [text, {"a": (text,)}]}
    return Report(
        "raw", text, (text,), (text,), (Section(text, blocks),), pairs, pairs, lines, data
    )
