"""A trend's figures in rows, and the rest of what a program needs, for JSON and tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ehcp_audit.reports.asked import counted_sentences
from ehcp_audit.reports.model import ALL_PERIODS, Figure, Measure
from ehcp_audit.reports.wording import for_programs, plain, ranged
from ehcp_audit.trends.shares import Share
from ehcp_audit.trends.trend import GradeLine, MetFigure, MetLine, Trend


def measures_of(trend: Trend, *, places: int | None) -> tuple[Measure, ...]:
    """Return every line of the trend: audits, grades, themes, criteria; all periods come last."""
    keys = [(each.period.key, each.part) for each in trend.periods] + [(ALL_PERIODS, False)]
    totals = [each.audits for each in trend.periods] + [trend.audits]
    versions = tuple(plain(rubric.version) for rubric in trend.rubrics)
    measures = [
        Measure(
            "audits",
            "audits",
            "Counting audits",
            versions,
            tuple(
                Figure(key, None, total, part=part)
                for (key, part), total in zip(keys, totals, strict=True)
            ),
        )
    ]
    for grades in trend.grades:
        measures += _grade_measures(grades, keys, places)
    for kind, lines in (
        ("theme", [line for theme in trend.themes for line in theme.lines]),
        ("criterion", [line for theme in trend.themes for line in theme.criteria]),
    ):
        measures += [_met_measure(kind, line, keys, places) for line in lines]
    return tuple(measures)


def _figure(
    key: tuple[str, bool], share: Share, places: int | None, beside: MetFigure | None = None
) -> Figure:
    interval = share.interval
    return Figure(
        period=key[0],
        x=share.count,
        n=share.total,
        share=None if share.value is None else for_programs(share.value),
        low=None if interval is None else for_programs(interval.low),
        high=None if interval is None else for_programs(interval.high),
        not_evidenced=None if beside is None else beside.not_evidenced,
        not_applicable=None if beside is None else beside.not_applicable,
        shown="" if share.value is None else ranged(share, places),
        part=key[1],
    )


def _grade_measures(
    line: GradeLine, keys: Sequence[tuple[str, bool]], places: int | None
) -> list[Measure]:
    points = [*line.points, line.pooled]
    versions = tuple(plain(version) for version in line.versions)
    label = f" {plain(line.label)}" if line.label else ""
    measures = [
        Measure(
            "grade",
            plain(grade_id),
            f"{plain(title)}{label}",
            versions,
            tuple(
                _figure(key, point.shares[rank], places)
                for key, point in zip(keys, points, strict=True)
            ),
        )
        for rank, (grade_id, title) in enumerate(zip(line.ids, line.titles, strict=True))
    ]
    ungraded = tuple(
        _figure(key, Share(point.ungraded, point.graded + point.ungraded), places)
        for key, point in zip(keys, points, strict=True)
    )
    return [
        *measures,
        _met_measure("measure", line.good, keys, places),
        Measure("not_graded", "not_graded", f"No grade{label}", versions, ungraded),
    ]


def _met_measure(
    kind: str, line: MetLine, keys: Sequence[tuple[str, bool]], places: int | None
) -> Measure:
    return Measure(
        kind,
        plain(line.id),
        plain(line.name),
        tuple(plain(version) for version in line.versions),
        tuple(
            _figure(key, point.met, places, point)
            for key, point in zip(keys, [*line.points, line.pooled], strict=True)
        ),
    )


def data_of(trend: Trend) -> dict[str, Any]:
    """Return the question, what counts and the periods as JSON values."""
    question = trend.question
    return {
        "question": {
            "rubric": plain(question.rubric_id),
            "rubric_title": plain(trend.rubric.title),
            "versions": [
                {"version": plain(rubric.version), "hash": plain(rubric.hash)}
                for rubric in trend.rubrics
            ],
            "axis": question.axis,
            "period": question.granularity,
            "first": None if question.first is None else question.first.isoformat(),
            "last": None if question.last is None else question.last.isoformat(),
            "reasons": [plain(reason) for reason in question.reasons],
            "filters": {
                plain(fact): [plain(value) for value in values]
                for fact, values in question.filters.items()
            },
        },
        "counted": {
            "audits": trend.audits,
            "left_out": {plain(reason): count for reason, count in trend.left_out.items()},
            "repeated": trend.repeated,
            "undated": trend.undated,
            "sentences": list(counted_sentences(trend)),
        },
        "periods": [
            {
                "key": each.period.key,
                "label": each.period.label,
                "first": each.period.first.isoformat(),
                "last": each.period.last.isoformat(),
                "audits": each.audits,
                "part": each.part,
            }
            for each in trend.periods
        ],
        "changes": [
            {
                "earlier": plain(change.earlier),
                "later": plain(change.later),
                "since": change.since,
                "carried": change.carried,
                "criteria": change.criteria,
                "changed": [plain(title) for title in change.changed],
                "added": [plain(title) for title in change.added],
                "dropped": [plain(title) for title in change.dropped],
                "themes_changed": [plain(title) for title in change.themes_changed],
                "grade_changed": change.grade_changed,
            }
            for change in trend.changes
        ],
    }
