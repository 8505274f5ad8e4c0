"""Two groups or two periods side by side, with what chance explains."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def test_two_groups_stand_side_by_side(run, example: Path) -> None:
    out = " ".join(run("report", "two", "team=Team C", "team=Team A,Team B").out.split())
    assert "EHC plan audits: Team C and Team A or Team B" in out
    assert "the first is lower" in out
    assert "would look different by chance if nothing were" in out
    assert "are in both" not in out


def test_two_periods_stand_side_by_side_and_one_may_not_be_over(run, example: Path) -> None:
    shape = json.loads(run("report", "two", "2025", "2026", "--format", "json").out)
    assert [f["period"] for f in shape["measures"][0]["figures"]] == ["2025", "2026"]
    low, high = shape["differences"]["good-or-better"]
    assert -1 <= low < high <= 1
    assert "One of the periods is not over yet." in run("report", "two", "2025", "2026").out
    assert run("report", "two", "2025", "2026", "--output", "page.json").code == 0
    assert run("report", "replay", "page.json").code == 0


def test_plans_in_both_are_told(run, example: Path) -> None:
    out = run("report", "two", "team=Team C", "team=Team C").out
    assert "are in both, so the two are not independent" in " ".join(out.split())
    assert "may be chance alone" in out


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        (("2025", "soon"), "is not a period"),
        (("2025", "taem=x"), "did you mean team?"),
        (("2025",), "SECOND"),
        (("1999-01", "2000-01"), "nothing to compare"),
    ],
)
def test_what_cannot_be_compared_is_told(
    run, example: Path, sides: tuple[str, ...], said: str
) -> None:
    ran = run("report", "two", *sides)
    assert said in ran.err + ran.out
    assert ran.code == (0 if "nothing" in said else 2)
