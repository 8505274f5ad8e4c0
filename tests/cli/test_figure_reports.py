"""Comparisons, quality beside speed and re-audits, from the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest


def test_teams_are_set_beside_the_whole_without_a_ranking(run, example: Path) -> None:
    out = " ".join(run("report", "compare", "--by", "team").out.split())
    for words in (
        "Groups stand in a fixed order, which ranks nothing.",
        "lower than expected",
        "Once chance is taken off, the groups differ by about",
        "Audits routine sample only;",
    ):
        assert words in out
    shape = json.loads(run("report", "compare", "--by", "team", "--format", "json").out)
    assert [f["period"] for f in shape["measures"][0]["figures"]][-1] == "all"
    assert shape["spread"]["low"] < shape["spread"]["deviation"] < shape["spread"]["high"]


@pytest.mark.parametrize(
    "by", ["setting-group", "agency", "area", "request-source", "drafting-route", "plan-age"]
)
def test_every_named_dimension_is_compared(run, example: Path, by: str) -> None:
    ran = run("report", "compare", "--by", by, "--from", "1/1/2026", "--measure", "theme:voice")
    assert ran.code == 0
    assert "1 Jan 2026 to 31 Oct 2026" in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--by", "writer"], "figures about people"),
        (["--by", "auditors"], "not grouped by"),
        (["--by", "team", "--measure", "best"], "is not a measure"),
        ([], "--by"),
    ],
)
def test_what_cannot_be_compared_is_told(
    run, example: Path, arguments: list[str], said: str
) -> None:
    ran = run("report", "compare", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_an_empty_selection_says_what_is_empty_and_why(run, example: Path) -> None:
    days = ("--from", "1/1/2020", "--to", "1/2/2020")
    out = " ".join(run("report", "compare", "--by", "team", *days).out.split())
    assert "No audit counts from 1 Jan 2020 to 1 Feb 2020, so nothing is compared." in out
    out = " ".join(run("report", "timeliness", *days).out.split())
    assert "there is nothing to set beside it" in out


def test_backlogs_of_the_settings_are_marked(run, example: Path) -> None:
    settings = Path("settings.toml")
    text = settings.read_text(encoding="utf-8")
    backlog = "backlog = [{ from = 2026-01-10, to = 2026-03-31 }]"
    settings.write_text(f"{backlog}\n{text}", encoding="utf-8")
    out = " ".join(run("report", "timeliness").out.split())
    assert "Backlog: 10 Jan 2026 to 31 Mar 2026: plans were pushed through a backlog." in out


def test_plans_audited_again_are_told_before_and_after(run, example: Path) -> None:
    out = " ".join(run("report", "re-audits").out.split())
    assert re.search(r"\d+ re-audits. Of the questions below the meeting level before, \d+%", out)
    assert "are in no headline" in out
    assert "Good or better 0%" in out
