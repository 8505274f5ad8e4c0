"""Charts as text: nothing wider than the page, every shape told apart without colour."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len
from tests.reports.charts import bars_chart, funnel_chart, line_chart
from tests.reports.hostile_report import named
from tests.tui.hostile import PAYLOADS

from ehcp_audit.reports.model import Chart, ChartPoint, ChartSeries
from ehcp_audit.reports.text_chart import text_chart

BRAILLE = re.compile("[\u2801-\u28ff]")
EVERY = [line_chart(), funnel_chart(), bars_chart(), bars_chart("stacked")]


def column_of(lines: tuple[str, ...], mark: str) -> int:
    return next(line.index(mark) for line in lines if mark in line)


def single(*values: float | None) -> Chart:
    points = tuple(ChartPoint(f"p{place}", value, str(value)) for place, value in enumerate(values))
    series = (ChartSeries("one", points),)
    return replace(line_chart(), series=series, guides=(), breaks=(), unit="number")


@pytest.mark.parametrize("chart", EVERY, ids=lambda chart: chart.kind)
@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_asked(chart: Chart, width: int) -> None:
    assert max(map(cell_len, text_chart(chart, width))) <= width


def test_signals_part_periods_and_plain_points_have_shapes_of_their_own() -> None:
    page = "\n".join(text_chart(line_chart(), 80))
    plot = page[: page.index("└")]
    assert (plot.count("◆"), plot.count("○"), plot.count("•")) == (1, 1, 3)
    assert "◆ improvement   ○ period not whole" in page


def test_guides_have_lines_of_their_own_and_their_names_at_the_end() -> None:
    page = text_chart(line_chart(), 80)
    for line, name in (("─", "average 56.3%"), ("╌", "upper limit 85.0%"), ("═", "target 70.0%")):
        assert any(line * 5 in each and each.endswith(name) for each in page)


def test_a_limit_ends_where_it_has_no_value() -> None:
    (low,) = [each for each in text_chart(line_chart(), 80) if "lower limit" in each]
    assert "╌   " in low


def test_a_gap_and_a_break_are_not_bridged() -> None:
    page = text_chart(line_chart(), 80)
    gap = (column_of(page, "Mar 2025"), column_of(page, "┊"))
    between = [BRAILLE.search(line[gap[0] : gap[1] + 4]) for line in page]
    assert not any(between)


def test_a_break_that_joins_is_drawn_and_bridged() -> None:
    joining = tuple(replace(each, joins=True) for each in line_chart().breaks)
    page = text_chart(replace(line_chart(), breaks=joining), 80)
    after = column_of(page, "┊") + 1
    assert any(BRAILLE.match(line[after : after + 1]) for line in page)


def test_without_dots_no_braille_is_drawn() -> None:
    assert not BRAILLE.search("\n".join(text_chart(line_chart(), 80, dots=False)))


def test_higher_values_lie_higher_and_shares_always_run_from_0_to_100() -> None:
    page = text_chart(line_chart(), 80)
    assert page[0].startswith("100% ┤")
    assert next(i for i, each in enumerate(page) if "◆" in each) < next(
        i for i, each in enumerate(page) if "•" in each
    )


@pytest.mark.parametrize(
    "values", [(5.0,), (3.0, 3.0, 3.0), (None, None), (0.0, 1e9), (-4.0, 2.5), (1e-9, 2e-9)]
)
def test_one_point_equal_ones_none_and_extremes_are_drawn(values: tuple[float | None, ...]) -> None:
    page = "\n".join(text_chart(single(*values), 80))
    drawn = page[: page.index("└")].count("•")
    assert drawn == len([value for value in values if value is not None])


def test_a_funnel_names_its_groups_by_letters_and_marks_the_signal() -> None:
    page = "\n".join(text_chart(funnel_chart(), 80))
    assert re.search(r"\bA\b", page)
    assert "C▲" in page


def test_stacked_parts_fill_the_whole_width_by_their_shares() -> None:
    first = text_chart(bars_chart("stacked"), 85)[0]
    assert [first.count(fill) for fill in "█▓▒░"] == [10, 30, 30, 10]


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("chart", EVERY, ids=lambda chart: chart.kind)
def test_typed_text_in_a_chart_is_harmless_and_breaks_no_line(chart: Chart, text: str) -> None:
    drawn = text_chart(named(chart, text), 80)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202e\ud800-\udfff]", "".join(drawn))
    assert max(map(cell_len, drawn)) <= 80


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120])
def test_no_label_along_the_foot_is_cut(width: int) -> None:
    chart = replace(single(*range(7)), kind="line")
    quarters = tuple(
        replace(point, label=f"Oct–Dec 20{20 + place}")
        for place, point in enumerate(chart.series[0].points)
    )
    lines = text_chart(replace(chart, series=(replace(chart.series[0], points=quarters),)), width)
    (foot,) = [line for line in lines if "Oct" in line]
    assert re.fullmatch(r"(\s+Oct–Dec 20\d\d)+", foot), foot
