"""A chart that somebody could not read without seeing it cannot be made."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from tests.reports.charts import TWIN, funnel_chart, line_chart

from ehcp_audit.reports.json_writer import render_json
from ehcp_audit.reports.model import Block, ChartSeries, Guide, Note, Report, Section
from ehcp_audit.reports.terminal import render_terminal


def page(*blocks: Block) -> Report:
    return Report("raw", "Title", (), (), (Section("Section", blocks),))


@pytest.mark.parametrize(
    "lacking",
    [
        {"alt": " "},
        {"title": ""},
        {"twin": replace(TWIN, rows=())},
        {"series": ()},
        {"series": (ChartSeries("none", ()),)},
        {"series": (line_chart().series[0], ChartSeries("short", line_chart().points[:2]))},
        {"guides": (Guide("centre", "average", (0.1, 0.2)),)},
    ],
)
def test_a_chart_needs_its_alt_text_table_and_matching_points(lacking: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="chart"):
        replace(line_chart(), **lacking)


def test_a_funnels_guides_have_one_value_for_each_number_of_plans_named() -> None:
    with pytest.raises(ValueError, match="guide"):
        replace(funnel_chart(), guide_at=(1.0, 2.0))


def test_no_signal_rests_on_a_period_that_is_not_whole() -> None:
    (series,) = line_chart().series
    points = (*series.points[:-1], replace(series.points[-1], signal="concern"))
    with pytest.raises(ValueError, match="not whole"):
        replace(line_chart(), series=(replace(series, points=points),))


def test_the_terminal_gives_every_value_signal_guide_and_break_in_words() -> None:
    told = " ".join(render_terminal(page(line_chart())).split())
    assert "Improving: May 2025 is outside the limits." in told
    assert "Apr 2025 43.8%; May 2025 87.5% ◆; Jun 2025* 75.0%." in told
    assert "◆ improvement: May 2025." in told
    assert "average 56.3%; upper limit 85.0%; lower limit 25.0%; target 70.0%." in told
    assert "version 2.0.0: before May 2025." in told


def test_a_note_stands_with_its_label() -> None:
    assert "Read with care: few plans." in render_terminal(
        page(Note("few plans.", "Read with care"))
    )


def test_json_has_the_points_of_every_chart() -> None:
    ((chart,),) = (each["blocks"] for each in json.loads(render_json(page(line_chart())))["page"])
    assert (chart["block"], chart["kind"]) == ("chart", "xmr")
    assert [point["value"] for point in chart["series"][0]["points"]][:3] == [0.5, 0.5625, None]
    assert chart["series"][0]["points"][4]["signal"] == "improvement"
