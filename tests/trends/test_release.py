"""What leaves the team: widened, hidden, lettered, from a fixed list, and never subtractable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.trends.hand_made import RUBRIC
from tests.trends.test_measures import audit

from ehcp_audit.domain.errors import NotAllowedError
from ehcp_audit.domain.periods import periods_between
from ehcp_audit.domain.questions import CountedAudit, Question
from ehcp_audit.trends.groups import Group
from ehcp_audit.trends.lines import LinePoint, MeasureLine, withhold
from ehcp_audit.trends.measures import measures_of
from ehcp_audit.trends.release import (
    OTHER,
    check_differences,
    check_released,
    is_new,
    made_safe,
    release_body,
)
from ehcp_audit.trends.shares import Share
from ehcp_audit.trends.spans import TrendPeriod
from ehcp_audit.trends.windows import Window

QUESTION = Question("small")


def group(name: str, count: int, total: int) -> Group:
    return Group(name, (), Share(count, total))


def test_groups_under_ten_plans_are_merged_until_they_are_ten() -> None:
    table = made_safe(
        [group("A", 20, 40), group("B", 6, 12), group("C", 2, 4), group("D", 2, 3)], hide_up_to=5
    )
    assert [(row.name, row.members, row.share) for row in table.rows] == [
        ("A", ("A",), Share(20, 40)),
        (OTHER, ("C", "D", "B"), Share(10, 19)),
    ]


def test_a_small_count_is_hidden_with_another_row_and_shares_with_their_parts() -> None:
    table = made_safe([group("A", 20, 40), group("B", 3, 15), group("C", 8, 16)], hide_up_to=5)
    assert [(row.name, row.hidden) for row in table.rows] == [
        ("A", False), ("B", True), ("C", True),
    ]  # fmt: skip
    assert table.shown == {"A": Share(20, 40)}
    body = table.to_body()
    assert (body["A"]["x"], body["B"]["x"], body["B"]["n"]) == (20, None, 15)


def test_a_table_that_would_say_too_little_is_replaced_by_a_sentence() -> None:
    assert (
        "not two groups" in made_safe([group("A", 5, 30), group("B", 1, 4)], hide_up_to=5).why_not
    )
    two = [group("A", 3, 30), group("B", 9, 20)]
    assert "more than a third" in made_safe(two, hide_up_to=5).why_not
    nowhere = [group("A", 3, 30), group("B", 0, 20), group("C", 0, 20)]
    assert "cannot be hidden" in made_safe(nowhere, hide_up_to=5).why_not


def test_names_become_letters_that_only_the_workspace_can_tell() -> None:
    groups = [group(f"Team {n}", 10 + n, 30) for n in range(8)]
    lettered = [
        tuple(row.members for row in made_safe(groups, hide_up_to=5, coded=True, secret=s).rows)
        for s in ("one", "one", "two")
    ]
    assert lettered[0] == lettered[1] != lettered[2]
    table = made_safe(groups, hide_up_to=5, coded=True, secret="one")
    assert [row.name for row in table.rows] == list("ABCDEFGH")


@pytest.mark.parametrize(
    ("table", "question", "measure"),
    [
        ("secondary_need", QUESTION, "good-or-better"),
        ("team", QUESTION, "inadequate"),
        ("team", replace(QUESTION, filters={"setting": ("special",)}), "good-or-better"),
        ("team", replace(QUESTION, reasons=()), "good-or-better"),
        ("team", replace(QUESTION, first=date(2026, 1, 1)), "good-or-better"),
        ("team", replace(QUESTION, axis="plan"), "good-or-better"),
    ],
)
def test_only_the_fixed_list_is_released(table: str, question: Question, measure: str) -> None:
    check_released("team", QUESTION)
    with pytest.raises(NotAllowedError, match=r"not on the list|filter|rolling twelve months"):
        check_released(table, question, measure)


def body(first: str, last: str, n: int) -> dict[str, Any]:
    window = Window(date.fromisoformat(first), date.fromisoformat(last))
    cells = {"All": {"members": ["a"], "x": n // 2, "n": n}}
    return release_body("team", "small", window, cells, "head")


def test_the_same_months_are_released_once_or_the_very_same_again() -> None:
    released = body("2025-01-01", "2025-12-31", 40)
    assert is_new(released, [])
    assert not is_new(body("2025-01-01", "2025-12-31", 40), [released])
    with pytest.raises(NotAllowedError, match="for the same months with other figures"):
        is_new(body("2025-01-01", "2025-12-31", 41), [released])
    assert is_new(body("2025-02-01", "2026-01-31", 41), [released])


def on(day: str, number: int) -> CountedAudit:
    return replace(
        audit(), id=f"{day} {number}", plan=f"{day} {number}", audit_date=date.fromisoformat(day)
    )


def many(day: str, number: int) -> list[CountedAudit]:
    return [on(day, n) for n in range(number)]


def test_plans_of_one_month_cannot_be_had_by_subtracting_two_releases() -> None:
    """In the first year nothing leaves the twelve months, so the difference is the new month."""
    before = body("2025-02-01", "2026-01-31", 40)
    now = body("2025-03-01", "2026-02-28", 44)
    first_year = [*many("2026-01-05", 40), *many("2026-02-05", 4)]
    with pytest.raises(NotAllowedError, match="fewer than ten plans"):
        check_differences(now, [before], {"All": first_year})
    check_differences(now, [before], {"All": [*first_year, *many("2026-02-06", 6)]})
    check_differences(now, [before], {"All": [*first_year, *many("2025-02-06", 3)]})
    check_differences(now, [{**before, "table": "area"}], {"All": first_year})
    other_members = {"All": {"members": ["b"], "x": 1, "n": 40}}
    check_differences(now, [{**before, "cells": other_members}], {"All": first_year})


def line(*totals: int) -> MeasureLine:
    periods = periods_between(date(2026, 1, 1), date(2026, len(totals), 1), "month")
    points = tuple(
        LinePoint(TrendPeriod(period, total, part=False), Share(total // 2, total), Share(0, 0))
        for period, total in zip(periods, totals, strict=True)
    )
    return MeasureLine(measures_of([RUBRIC])["good-or-better"], points)


@pytest.mark.parametrize(
    ("totals", "withheld"),
    [
        ((20, 20, 20), []),
        ((20, 9, 18), [1, 2]),
        ((9, 20, 20), [0, 1]),
        ((20, 9, 8, 20), [1, 2]),
        ((20, 0, 9, 0, 30), [0, 2]),
        ((9,), [0]),
    ],
)
def test_a_period_is_never_withheld_alone(totals: tuple[int, ...], withheld: list[int]) -> None:
    released = withhold(line(*totals), 10)
    assert [n for n, point in enumerate(released.points) if point.withheld] == withheld
    assert all(released.points[n].share == Share(0, 0) for n in withheld)
