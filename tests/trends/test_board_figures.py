"""Timeliness, groups, what was brought in, and evidence by finding: figures made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from tests.trends.hand_made import RUBRIC, criterion
from tests.trends.test_measures import audit

from ehcp_audit.domain.facts import FACTS_BY_ID
from ehcp_audit.domain.questions import CountedAudit, Question
from ehcp_audit.domain.rubric import Finding, Rubric, Source
from ehcp_audit.trends.findings import by_finding
from ehcp_audit.trends.groups import (
    NOT_RECORDED,
    PLAN_AGE,
    WORKED_OUT,
    by_fact,
    grouped,
    older_and_newer,
    setting_group,
)
from ehcp_audit.trends.lines import by_period, measure_line, periods_of
from ehcp_audit.trends.measures import measures_of
from ehcp_audit.trends.recorded import brought_in_by_period, counts_brought_in, official_figures
from ehcp_audit.trends.shares import Share
from ehcp_audit.trends.timeliness import limit_figures, quality_by_speed, twenty_week_figure

GOOD = measures_of([RUBRIC])["good-or-better"]


def plan(rank: int = 3, **facts: Any) -> CountedAudit:
    return replace(audit(grade=rank), facts={"plan_kind": "first_final", **facts})


def twenty_weeks(requested: str, final: str, **facts: Any) -> CountedAudit:
    return plan(request_date=requested, first_final_date=final, **facts)


ON_TIME = twenty_weeks("2025-01-01", "2025-05-21")  # the 140th day
LATE = twenty_weeks("2025-01-01", "2025-05-22")
EXCUSED = twenty_weeks("2025-01-01", "2025-05-22", exception="school_closed")


def test_twenty_weeks_are_told_with_and_without_the_exceptions_of_the_law() -> None:
    figure = twenty_week_figure([ON_TIME, LATE, EXCUSED, plan()])
    assert figure.with_exceptions == Share(1, 3)
    assert figure.without_exceptions == Share(1, 2)
    assert figure.not_known == 1
    (same,) = [each for each in limit_figures([ON_TIME, LATE]) if each.limit == figure.limit]
    assert same.with_exceptions == Share(1, 2)


def test_quality_is_told_of_plans_on_time_and_late_apart() -> None:
    found = quality_by_speed(
        [ON_TIME, replace(LATE, levels={"grade": 1}), EXCUSED, plan(), plan(0)], GOOD
    )
    assert (found.on_time, found.late, found.not_known) == (Share(1, 1), Share(1, 2), 2)


def test_groups_keep_their_order_and_what_is_not_recorded_comes_last() -> None:
    audits = [
        plan(setting="special"), plan(1, setting="mainstream"), plan(setting="mainstream_unit"),
        plan(),
    ]  # fmt: skip
    _, split, order = WORKED_OUT["setting_group"]
    groups = grouped(audits, GOOD, split, order)
    assert [(each.name, each.share) for each in groups] == [
        ("Mainstream", Share(1, 2)),
        ("Special", Share(1, 1)),
        (NOT_RECORDED, Share(1, 1)),
    ]
    assert setting_group(plan(setting="eotas")) == ("Elsewhere",)


def test_every_setting_and_year_group_has_a_group() -> None:
    for fact_id, name in (("setting", "setting_group"), ("year_group", "age_band")):
        _, split, order = WORKED_OUT[name]
        for choice in FACTS_BY_ID[fact_id].choice_ids():
            (group,) = split(replace(plan(), facts={fact_id: choice}))
            assert group in order, choice


def test_a_plan_of_several_choices_is_in_each_group() -> None:
    split = by_fact(FACTS_BY_ID["seen"])
    groups = grouped([plan(seen=("advice", "review")), plan(seen=())], GOOD, split)
    assert {each.name: each.share.total for each in groups} == {
        "Advice": 1, "Review papers": 1, "the plan alone": 1,
    }  # fmt: skip


def test_plan_age_is_in_whole_years_on_the_day_of_the_audit() -> None:
    _, split, _ = WORKED_OUT[PLAN_AGE]
    base = audit()
    for dated, name in (
        (date(2025, 1, 6), "Under 1 year"),
        (date(2025, 1, 5), "1 year"),
        (date(2023, 1, 5), "3 years or more"),
        (None, NOT_RECORDED),
    ):
        assert split(replace(base, plan_date=dated)) == (name,)


def test_older_and_newer_plans_are_compared_within_one_kind() -> None:
    audits = [
        replace(plan(3), plan_date=date(2024, 5, 1)),
        replace(plan(1), plan_date=date(2023, 5, 1)),
        replace(plan(1, plan_kind="amended"), plan_date=date(2024, 5, 1)),
        replace(plan(1), plan_date=None),
    ]
    cohorts = older_and_newer(audits, GOOD, ("first_final", "amended", "ordered"))
    assert [(each.kind, each.years) for each in cohorts] == [
        ("first_final", ((2023, Share(0, 1)), (2024, Share(1, 1)))),
        ("amended", ((2024, Share(0, 1)),)),
    ]


def brought(month: str, count: int, total: int, measure: str = "inadequate") -> dict[str, Any]:
    return {
        "rubric_id": "small", "measure": measure, "period": month, "count": count, "total": total,
        "source": "x",
    }  # fmt: skip


def test_counts_brought_in_fill_only_months_without_audits_here() -> None:
    bodies = [brought("2025-01", 1, 10), brought("2025-02", 2, 10), brought("2025-05", 4, 10)]
    bodies += [brought("2025-01", 3, 10), {**brought("2025-01", 9, 9), "rubric_id": "other"}]
    counts = counts_brought_in(bodies, "small")
    assert brought_in_by_period(counts, "quarter", ["2025-02"]) == {
        "inadequate": {"2025-Q1": Share(3, 10), "2025-Q2": Share(4, 10)}
    }
    later = brought_in_by_period(counts, "month", [], first=date(2025, 1, 2))
    assert list(later["inadequate"]) == ["2025-02", "2025-05"]


def test_a_total_of_none_takes_a_count_back() -> None:
    assert counts_brought_in([brought("2025-01", 1, 10), brought("2025-01", 0, 0)], "small") == ()


def test_the_last_official_figure_typed_for_a_period_counts() -> None:
    body = {
        "measure": "on-time", "period": "2025", "share": "103/250", "count": None, "total": None,
        "source": "x", "date": "2026-06-12",
    }  # fmt: skip
    figures = official_figures([body, {**body, "share": "1/2"}, {**body, "period": "2024"}])
    assert [(each.period, each.share) for each in figures] == [
        ("2024", Fraction(103, 250)),
        ("2025", Fraction(1, 2)),
    ]


def test_a_question_stands_under_every_sentence_it_answers() -> None:
    findings = (Finding("s", "1", "One thing"), Finding("s", "2", "Another"))
    answering = replace(criterion("voice.views", "Views"), findings=findings)
    other = replace(criterion("voice.whose", "Whose"), findings=findings[1:])
    rubric: Rubric = replace(
        RUBRIC, criteria=(answering, other), sources=(Source("s", "A letter", "X", "2020"),)
    )
    audits = [audit("2026-01", voice_views=3), audit("2026-02", voice_views=1, voice_whose=4)]
    measures = measures_of([rubric])
    periods = periods_of(Question("small"), audits, date(2026, 3, 9))
    lines = {each.id: measure_line(each, periods, by_period(audits)) for each in measures.values()}
    (source,) = by_finding(rubric, lines, audits)
    assert [(f.at, [a.criterion for a in f.answers]) for f in source.findings] == [
        ("1", ["voice.views"]),
        ("2", ["voice.views", "voice.whose"]),
    ]
    views, whose = source.findings[1].answers
    assert (views.share, views.since) == (Share(1, 2), "Jan 2026")
    assert (whose.share, whose.since) == (Share(1, 1), "Feb 2026")
