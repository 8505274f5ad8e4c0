"""Charts as SVG: well formed, told without colour, safe whatever was typed."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import pytest
from tests.reports.charts import bars_chart, funnel_chart, line_chart
from tests.reports.hostile_report import named
from tests.tui.hostile import PAYLOADS

from ehcp_audit.domain.text import visible
from ehcp_audit.reports.model import Chart
from ehcp_audit.reports.svg import svg_chart

NAMESPACE = "{http://www.w3.org/2000/svg}"
EVERY = [line_chart(), funnel_chart(), bars_chart(), bars_chart("stacked")]
MARKUP = {
    **PAYLOADS,
    "element": "</title><script>alert(1)</script>",
    "attribute": "\" onload='alert(1)' x=\"",
    "entity": "&lt;b&gt; &#x41; ]]>",
    "not a character": "a\ufffe\uffffb",
}


def drawn(chart: Chart) -> ET.Element:
    return ET.fromstring(svg_chart(chart, "c"))


def count(svg: ET.Element, kind: str) -> int:
    return len(svg.findall(f".//{NAMESPACE}{kind}"))


def words(svg: ET.Element) -> list[str]:
    return [each.text or "" for each in svg.iter(f"{NAMESPACE}text")]


@pytest.mark.parametrize("chart", EVERY, ids=lambda chart: chart.kind)
def test_title_and_description_are_there_and_named(chart: Chart) -> None:
    svg = drawn(chart)
    assert svg.attrib["role"] == "img"
    assert [svg[0].attrib["id"], svg[1].attrib["id"]] == svg.attrib["aria-labelledby"].split()
    assert [svg[0].text, svg[1].text] == [chart.title, chart.alt]


@pytest.mark.parametrize("chart", EVERY, ids=lambda chart: chart.kind)
def test_nothing_is_drawn_outside_the_picture(chart: Chart) -> None:
    svg = drawn(chart)
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    for each in svg.iter():
        for x in ("x", "x1", "x2", "cx"):
            assert 0 <= float(each.attrib.get(x, 0)) <= width
        for y in ("y", "y1", "y2", "cy"):
            assert -15 <= float(each.attrib.get(y, 0)) <= height


def test_signals_have_a_shape_and_a_word_and_part_periods_are_hollow() -> None:
    svg = drawn(line_chart())
    assert count(svg, "polygon") == 2  # the point and its key
    assert words(svg).count("improvement") == 2
    hollow = [each for each in svg.iter(f"{NAMESPACE}circle") if each.attrib["fill"] == "#fff"]
    assert len(hollow) == 2
    assert "period not whole" in words(svg)


def test_each_kind_of_signal_has_a_shape_of_its_own() -> None:
    shapes = set()
    for kind in ("improvement", "concern", "change"):
        (series,) = line_chart().series
        points = (replace(series.points[0], signal=kind), *series.points[1:])
        svg = drawn(replace(line_chart(), series=(replace(series, points=points),), breaks=()))
        shape = svg.findall(f".//{NAMESPACE}polygon")[0].attrib["points"]
        shapes.add(len(shape.split()) * 10 + len({each.split(",")[0] for each in shape.split()}))
    assert len(shapes) == 3


def test_guides_limits_and_targets_have_names_figures_and_dashes_of_their_own() -> None:
    svg = drawn(line_chart())
    assert {"average 56.3%", "upper limit 85.0%", "lower limit 25.0%", "target 70.0%"} <= {
        *words(svg)
    }
    dashes = {each.attrib.get("stroke-dasharray") for each in svg.iter(f"{NAMESPACE}polyline")}
    assert len(dashes) >= 3


def test_a_line_stops_at_a_gap_and_at_a_break() -> None:
    lines = [
        each.attrib["points"].split()
        for each in drawn(line_chart()).iter(f"{NAMESPACE}polyline")
        if each.attrib["stroke-width"] == "1.8"
    ]
    assert [len(each) for each in lines] == [2, 2]


def test_a_funnel_names_every_group_at_its_point() -> None:
    assert {"Team A", "Team B", "Team C"} <= {*words(drawn(funnel_chart()))}


def test_ranges_are_drawn_and_named_where_there_are_no_limits() -> None:
    assert "95% range" in words(drawn(replace(line_chart(), kind="line", guides=())))
    assert "95% range" not in words(drawn(line_chart()))


@pytest.mark.parametrize("chart", EVERY, ids=lambda chart: chart.kind)
def test_text_stands_out_from_what_it_is_written_on(chart: Chart) -> None:
    svg = drawn(chart)
    fills = {each.attrib["fill"] for each in svg.iter(f"{NAMESPACE}text")} - {"#fff"}
    assert all(contrast(fill, "#ffffff") >= 4.5 for fill in fills)


def contrast(one: str, other: str) -> float:
    lights = sorted((luminance(each) for each in (one, other)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb (WCAG 2.2, definition)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_parts_of_a_stack_differ_in_grey_and_carry_readable_figures() -> None:
    svg = drawn(bars_chart("stacked"))
    boxes = [each.attrib["fill"] for each in svg.iter(f"{NAMESPACE}rect")][-4:]
    greys = [luminance(fill) for fill in boxes]
    assert greys == sorted(greys)
    assert all(after - before > 0.1 for before, after in pairwise(greys))
    figures = [each for each in svg.iter(f"{NAMESPACE}text") if (each.text or "").endswith("5%")]
    for each in figures:
        ink = {"#fff": "#ffffff"}.get(each.attrib["fill"], each.attrib["fill"])
        assert max(contrast(ink, fill) for fill in boxes) >= 4.5


@pytest.mark.parametrize("text", MARKUP.values(), ids=MARKUP)
@pytest.mark.parametrize("chart", EVERY, ids=lambda chart: chart.kind)
def test_typed_text_stays_text(chart: Chart, text: str) -> None:
    made = svg_chart(named(chart, text), "c")
    svg = ET.fromstring(made)
    assert {each.tag.removeprefix(NAMESPACE) for each in svg.iter()} <= {
        "svg", "title", "desc", "text", "line", "polyline", "polygon", "circle", "rect", "g",
    }  # fmt: skip
    assert not any(name.startswith("on") for each in svg.iter() for name in each.attrib)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202e\ud800-\udfff\ufffe\uffff]", made)
    shown = visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    assert shown in words(svg)
