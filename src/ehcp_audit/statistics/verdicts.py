"""What a control chart says of its last point, and of a target: in the words of the NHS tools."""

from __future__ import annotations

from typing import Final, Literal, get_args

from ehcp_audit.statistics.control_chart import ControlChart
from ehcp_audit.statistics.exact import Number, exact

Good = Literal["up", "down", "neutral"]
GOOD: Final[tuple[Good, ...]] = get_args(Good)
Variation = Literal["improvement", "concern", "common cause", "change"]
Assurance = Literal["consistently meets", "consistently misses", "hit and miss"]


def variation(chart: ControlChart, good: Good) -> Variation | None:
    """Return what the last point's leading signal means; `good` is the direction wanted.

    None where the latest segment shows no limits, so that nothing can be said.
    """
    last = chart.last
    if last is None or last < chart.latest.start or not chart.latest.shown:
        return None
    signals = chart.points[last].signals
    if not signals:
        return "common cause"
    if good == "neutral":
        return "change"
    return "improvement" if signals[0].up == (good == "up") else "concern"


def mixed(chart: ControlChart) -> bool:
    """Whether the last point's signals point both ways."""
    last = chart.last
    return last is not None and len({each.up for each in chart.points[last].signals}) > 1


def assurance(chart: ControlChart, target: Number, good: Good) -> Assurance | None:
    """Return whether the target will be met, by the latest limits of the latest segment.

    Limits that touch the target from the good side meet it. None without a direction that is
    good, and where no limits are shown.
    """
    last = chart.last
    if good == "neutral" or last is None or last < chart.latest.start:
        return None
    limits = chart.points[last].limits
    if limits is None:
        return None
    aim = exact(target)
    meets = limits.low >= aim if good == "up" else limits.high <= aim
    misses = limits.high < aim if good == "up" else limits.low > aim
    if meets:
        return "consistently meets"
    return "consistently misses" if misses else "hit and miss"
