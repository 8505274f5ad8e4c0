"""Small helps shared by the tests of charts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ehcp_audit.statistics.control_chart import ControlChart

PUBLISHED = Path(__file__).parent.parent / "published"


def published(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((PUBLISHED / name).read_text(encoding="utf-8"))
    return read


def leading(chart: ControlChart) -> list[str]:
    """The rule that takes precedence at each point, or the empty text."""
    return [point.signals[0].rule if point.signals else "" for point in chart.points]


def flagged(chart: ControlChart, rule: str) -> list[int]:
    """The points, counted from 1, that a rule flags."""
    return [
        number
        for number, point in enumerate(chart.points, start=1)
        if any(signal.rule == rule for signal in point.signals)
    ]


def limits(chart: ControlChart, index: int = 0) -> tuple[float, float]:
    found = chart.points[index].limits
    assert found is not None
    return float(found.low), float(found.high)
