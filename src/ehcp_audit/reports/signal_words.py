"""What a line of the first page says, in the sentences a board reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ehcp_audit.reports.wording import (
    counted,
    of_words,
    percent_words,
    plain,
    range_words,
    share_words,
)
from ehcp_audit.statistics.rules import Run
from ehcp_audit.trends.board import BoardRow
from ehcp_audit.trends.lines import LinePoint, MeasureLine
from ehcp_audit.trends.signals import Signals, expected_by_chance
from ehcp_audit.trends.spans import TrendPeriod

SIGNALS_FROM: Final = 13
_IN_WORDS: Final = {
    "improving": "improving",
    "worsening": "worsening",
    "changing": "changing",
    "mixed": "mixed",
    "no real change": "no real change",
    "too soon": "too soon to say",
}
LOOK_WORDS: Final = (
    "Worth a look",
    (
        "A rule of the control chart fires there, as it also does by chance now and then. It is "
        "not called better or worse."
    ),
)
_NO_ACTION: Final = "no action is recorded against this"


def in_words(signals: Signals | None) -> str:
    """Return the verdict in a few words, such as “no real change”."""
    return "no figures yet" if signals is None else _IN_WORDS[signals.verdict]


def rule_words(run: Run, length: str) -> str:
    """Return the rule that a run of periods fires, in words; `length` names one period."""
    number = len(run.points)
    if run.rule == "shift":
        side = "above" if run.up else "below"
        return f"{counted(number, length)} in a row {side} the average"
    if run.rule == "trend":
        than = "higher" if run.up else "lower"
        return f"{counted(number, length)} in a row each {than} than the last"
    if run.rule == "two_in_three":
        return f"two of three {length}s close to the edge of the usual range"
    return f"one {length} outside the usual range"


def row_sentence(row: BoardRow, length: str) -> str:
    """Return what the row says; without figures where a release withholds any of its periods."""
    if any(point.withheld for point in row.line.points):
        return f"{plain(row.measure.title)}: {in_words(row.signals)}."
    return signal_sentence(row, length)


def _counted_in(row: BoardRow) -> str:
    """What the measure is a share of: plans, but for measures that count questions."""
    return "plans" if row.measure.per_plan else "questions"


def signal_sentence(row: BoardRow, length: str, *, action: str = "") -> str:
    """Return what the row says in one paragraph; empty where it has no whole period."""
    signals, now = row.signals, row.line.now
    if signals is None or now is None or signals.latest is None:
        return f"{plain(row.measure.title)}: no whole {length} has figures yet."
    name = plain(row.measure.title)
    was = f"{name} was {share_words(now.share)} ({of_words(now.share)} {_counted_in(row)})"
    if signals.verdict == "too soon":
        return _too_soon(name, signals, length)
    if signals.verdict == "no real change" or signals.run is None:
        low, high = _moved(row.line, signals)
        since = row.line.points[signals.chart.latest.start].period.period.label
        return (
            f"No real change. {was}. Since {since} it has moved between {low} and {high} by chance "
            f"alone, and this {length} is inside that. A rise or fall of this size is not news."
        )
    words = rule_words(signals.run, length)
    if signals.verdict == "mixed" and signals.against is not None:
        against = rule_words(signals.against, length)
        return f"Mixed. {name}: {words} and {against} both apply. Look at the chart."
    return _change(row, now, words, action)


def _change(row: BoardRow, now: LinePoint, words: str, action: str) -> str:
    """Return the sentence of a change that chance does not explain."""
    signals = row.signals
    if signals is None or signals.run is None:
        return ""
    name = plain(row.measure.title)
    was = f"{name} was {share_words(now.share)} ({of_words(now.share)} {_counted_in(row)})"
    began = row.line.points[signals.run.points[0]].period.period.label
    before = signals.average_before
    average = "not known" if before is None else percent_words(float(before), 0)
    told = (
        f"{was} in {now.period.period.label}; its average before was {average}. "
        f"{words[0].upper()}{words[1:]}, which is unlikely to be chance. It began in {began}."
    )
    if signals.verdict == "worsening":
        return f"Worsening. {told} Ask what changed then before asking who."
    if signals.verdict == "changing":
        return f"Changing. {told}"
    return f"Improving. {told} What was done: {plain(action) or _NO_ACTION}."


def _too_soon(name: str, signals: Signals, length: str) -> str:
    number = signals.chart.latest.counted
    verb = "is" if number == 1 else "are"
    told = (
        f"Too soon to say. {name}: there {verb} {counted(number, length)} of figures; signals are "
        f"called from {SIGNALS_FROM}."
    )
    if signals.halves is None:
        return told
    before, now = signals.halves
    return (
        f"{told} Until then compare the earlier {of_words(before)} with the later "
        f"{of_words(now)}: {share_words(before)} ({range_words(before)}) and {share_words(now)} "
        f"({range_words(now)})."
    )


def _moved(line: MeasureLine, signals: Signals) -> tuple[str, str]:
    start = signals.chart.latest.start
    shares = [point.share for point in line.points[start:] if point.whole]
    ordered = sorted(shares, key=lambda share: share.value or 0)
    return share_words(ordered[0]), share_words(ordered[-1])


def target_sentence(row: BoardRow, length: str) -> str:
    """Return whether the target will be met at the present level; empty without one."""
    if row.signals is None or row.target is None or row.signals.assurance is None:
        return ""
    name, target = plain(row.measure.title), percent_words(float(row.target), 0)
    if row.signals.assurance == "consistently misses":
        return (
            f"{name}: at its present level this will miss {target} every {length} unless "
            "something changes."
        )
    if row.signals.assurance == "consistently meets":
        return f"{name}: at its present level this meets {target} every {length}."
    return (
        f"{name}: at its present level this will meet {target} in some {length}s and miss it in "
        "others by chance."
    )


def chance_sentence(lines: Iterable[Signals | None], which: str = "like these") -> str:
    """Return how many of the lines would signal somewhere by chance; empty where none could."""
    able = [line for line in lines if line is not None and line.chance]
    if not able:
        return ""
    if len(able) == 1:
        times = round(1 / able[0].chance)
        return (
            f"About one line in {times} like this one would show a signal somewhere by chance if "
            "nothing had changed."
        )
    return (
        f"Of {counted(len(able), 'line')} {which}, about {expected_by_chance(able):.1f} would "
        "show a signal somewhere by chance if nothing had changed."
    )


def worth_a_look(signals: Signals | None, periods: Sequence[TrendPeriod], length: str) -> str:
    """Return “Worth a look” with the rule and since when; for lines that are not called."""
    if signals is None or signals.run is None or not signals.worth_a_look:
        return ""
    since = periods[signals.run.points[0]].period.label
    return f"Worth a look: {rule_words(signals.run, length)}, since {since}."
