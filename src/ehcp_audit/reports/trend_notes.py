"""What stands around a trend's figures: changes of version, definitions and the foot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.grading import percent
from ehcp_audit.reports.asked import axis_words, filter_words, period_word, reason_words
from ehcp_audit.reports.signal_words import LOOK_WORDS
from ehcp_audit.reports.trend_tables import ALL_TOGETHER, FEW_MARK
from ehcp_audit.reports.wording import (
    GAP,
    NONE,
    SPARK_PERIODS,
    TOO_FEW,
    listed,
    plain,
)
from ehcp_audit.trends.trend import Trend
from ehcp_audit.trends.versions import VersionChange


def change_words(trend: Trend, change: VersionChange) -> str:
    """Return what changed between two versions, and what is not compared across it."""
    versions = f"version {plain(change.earlier)} to {plain(change.later)}"
    if trend.question.axis == "audit":
        since = next(each for each in trend.periods if each.period.key == change.since)
        words = [f"The questions changed in {since.period.label} ({versions})."]
    else:
        words = [f"The questions changed between audits ({versions})."]
    words.append(f"{change.carried} of {change.criteria} are the same and their lines carry on.")
    if change.changed:
        words.append(
            f"Changed: {_titles(change.changed)}. Their lines stop and start again, "
            "and the two sides are not compared."
        )
    if change.added:
        words.append(f"New: {_titles(change.added)}.")
    if change.dropped:
        words.append(f"No longer asked: {_titles(change.dropped)}.")
    if change.themes_changed:
        words.append(f"Themes not compared across the change: {_titles(change.themes_changed)}.")
    if change.grade_changed:
        words.append("The rules of the grade changed too: grades are not compared across it.")
    elif change.changed or change.added or change.dropped:
        words.append("The rules of the grade are the same; what is asked under them is not.")
    return " ".join(words)


def _titles(titles: Sequence[str]) -> str:
    return listed([plain(title) for title in titles])


def rubric_words(trend: Trend) -> str:
    """Return the rubric and the versions audited by, as a line of the heading."""
    versions = [plain(rubric.version) for rubric in trend.rubrics]
    word = "version" if len(versions) == 1 else "versions"
    return f"Rubric: {plain(trend.rubric.title)}, {word} {listed(versions)}"


def definitions(trend: Trend, few: int) -> tuple[tuple[str, str], ...]:
    """Return what the words and marks of the page mean; `few` plans say little."""
    rubric = trend.rubric
    length = period_word(trend.question)
    meets = plain(rubric.scale.level(rubric.scale.met_from).label)
    met_at = rubric.theme_met_at
    theme_met = percent(met_at, 0 if (met_at * 100).denominator == 1 else 1)
    if trend.question.axis == "audit":
        again = f"a plan audited in two {length}s counts in each"
        whole = "still running"
    else:
        again = "a plan with two versions counts with each"
        whole = f"still running (a {length} that is over can still grow, as plans are audited)"
    rows = [
        ("Criterion met", f"Plans at “{meets}” or better, of the plans given a level."),
        (
            "Theme met",
            (
                f"Plans with at least {theme_met} of the theme's scored weight at “{meets}” or "
                "better, of the plans with the theme scored."
            ),
        ),
        (
            "Not seen, n/a",
            (
                "Not seen: the paper was missing or closed to the auditor. n/a: it did not apply "
                "to the plan. Both are outside the share."
            ),
        ),
        (
            "95% range",
            (
                "How far the share may be from the true one by the chance of which plans were "
                "drawn: 19 in 20 such ranges hold the true share (Wilson)."
            ),
        ),
        (ALL_TOGETHER, f"The {length}s added up: {again}."),
        (FEW_MARK, f"Under {few} plans: {TOO_FEW}."),
        (
            f"{GAP} {NONE}",
            f"{GAP} no audit in that {length}; {NONE} nothing to count. Neither is 0%.",
        ),
    ]
    if any(line.signals is not None and line.signals.worth_a_look for line in trend.lines):
        rows.append(LOOK_WORDS)
    if any(line.measured for theme in trend.themes for line in theme.criteria):
        rows.append(
            ("(measured)", "Counted and shown, and part of no theme's result and no grade.")
        )
    if any(each.part for each in trend.periods):
        rows.append(("*", f"Part of a {length}: {whole}, or cut by the dates asked for."))
    if len(trend.periods) > 1:
        last = f", the last {SPARK_PERIODS}" if len(trend.periods) > SPARK_PERIODS else ""
        rows.append(("Over time", f"A bar a {length}{last}, from ▁ (0%) to █ (100%)."))
        rows.append(
            (
                "It was … and …",
                "Two figures side by side. A difference between them may be chance alone.",
            )
        )
    return tuple(rows)


def foot(trend: Trend, made: date, log_head: str) -> tuple[tuple[str, str], ...]:
    """Return how the page was made, so that it can be made again."""
    rows = [
        ("Dates", axis_words(trend.question)),
        ("Audits", reason_words(trend.question)),
        ("Filters", filter_words(trend.question, trend.rubric.facts)),
        ("Rubric", rubric_words(trend).removeprefix("Rubric: ")),
        ("Made", show_date(made)),
    ]
    if log_head:
        rows.append(("Log", plain(log_head)))
    return tuple(rows)
