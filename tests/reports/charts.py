"""Charts made by hand for the tests of what draws and writes them."""

from __future__ import annotations

from dataclasses import replace

from ehcp_audit.reports.model import (
    Chart,
    ChartBreak,
    ChartPoint,
    ChartSeries,
    Column,
    Guide,
    Table,
)

LABELS = ("Jan 2025", "Feb 2025", "Mar 2025", "Apr 2025", "May 2025", "Jun 2025")
VALUES = (0.5, 0.5625, None, 0.4375, 0.875, 0.75)
TWIN = Table(
    (Column("Month"), Column("Met", "right")),
    tuple(
        (label, "·" if value is None else f"{value:.1%}")
        for label, value in zip(LABELS, VALUES, strict=True)
    ),
)


def points(values: tuple[float | None, ...] = VALUES) -> tuple[ChartPoint, ...]:
    return tuple(
        ChartPoint(
            label,
            value,
            "·" if value is None else f"{value:.1%}",
            n=0 if value is None else 16,
            low=None if value is None else max(value - 0.2, 0),
            high=None if value is None else min(value + 0.2, 1),
        )
        for label, value in zip(LABELS, values, strict=True)
    )


def line_chart() -> Chart:
    """Return six months with a gap, a signal, a part period, limits, a target and a break."""
    first = points()
    marked = (
        *first[:4],
        replace(first[4], signal="improvement", says="outside the limits"),
        replace(first[5], part=True),
    )
    return Chart(
        "xmr",
        "Good or better by month",
        "Good or better from Jan 2025 to Jun 2025: first 50.0%, last 75.0%.",
        (ChartSeries("Good or better", marked),),
        TWIN,
        guides=(
            Guide("centre", "average", (0.5625,), "56.3%"),
            Guide("limit", "upper limit", (0.8, 0.8, 0.8, 0.8, 0.85, 0.85), "85.0%"),
            Guide("limit", "lower limit", (0.3, 0.3, 0.3, 0.3, 0.25, None), "25.0%"),
            Guide("target", "target", (0.7,), "70.0%"),
        ),
        breaks=(ChartBreak(4, "version 2.0.0"),),
        words=("Improving: May 2025 is outside the limits.",),
        along="date of audit, by month",
        upward="plans rated good or better",
    )


def funnel_chart() -> Chart:
    names = ("Team A", "Team B", "Team C")
    groups = tuple(
        ChartPoint(name, value, f"{value:.1%}", n=n)
        for name, value, n in zip(names, (0.5, 0.8, 0.25), (20, 45, 32), strict=True)
    )
    flagged = (*groups[:2], replace(groups[2], signal="change", says="lower than expected"))
    return Chart(
        "funnel",
        "Good or better by team",
        "Three teams against the share of all, 55.0%. Team C is lower than expected.",
        (ChartSeries("Good or better", flagged),),
        Table(
            (Column("Team"), Column("Good or better", "right"), Column("Plans", "right")),
            tuple((each.label, each.shown, str(each.n)) for each in groups),
        ),
        guides=(
            Guide("centre", "all teams", (0.55,), "55.0%"),
            Guide("inner", "95%", (0.77, 0.72, 0.69)),
            Guide("inner", "95%", (0.33, 0.38, 0.41)),
            Guide("limit", "99.8%", (0.9, 0.82, 0.78)),
            Guide("limit", "99.8%", (0.2, 0.28, 0.32)),
        ),
        guide_at=(20.0, 35.0, 50.0),
        words=("Team C is lower than expected.",),
        along="plans audited",
    )


def bars_chart(kind: str = "bars") -> Chart:
    grades = ("Outstanding", "Good", "Requires improvement", "Inadequate")
    shares = {"2024": (0.125, 0.375, 0.375, 0.125), "2025": (0.25, 0.5, 0.25, 0.0)}
    if kind == "bars":
        labels: tuple[str, ...] = grades
        series: dict[str, tuple[float, ...]] = dict(shares.items())
    else:
        labels = tuple(shares)
        series = {
            grade: tuple(year[rank] for year in shares.values())
            for rank, grade in enumerate(grades)
        }
    return Chart(
        kind,  # type: ignore[arg-type]
        "Grades, 2024 and 2025",
        "Grades in 2024 and 2025; good rose from 37.5% to 50.0%.",
        tuple(
            ChartSeries(
                title,
                tuple(
                    ChartPoint(label, value, f"{value:.1%}", n=16)
                    for label, value in zip(labels, values, strict=True)
                ),
            )
            for title, values in series.items()
        ),
        Table(
            (Column("Grade"), Column("2024", "right"), Column("2025", "right")),
            tuple(
                (grade, *(f"{year[rank]:.1%}" for year in shares.values()))
                for rank, grade in enumerate(grades)
            ),
        ),
    )
