"""Pages for release, from the command line: hidden, lettered, recorded, checked."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from tests.small_rubric import signed

from ehcp_audit.store import Store

WORDS = ("--improved", "Outcomes.", "--not-improved", "Advice.", "--ask", "A promise.")


def released() -> list[str]:
    with Store.open(Path("audits.db")) as store:
        return [(event.body or {})["table"] for event in store.figure_events("table_released")]


def test_a_released_comparison_has_letters_and_is_recorded_once(
    run, workspace, example: Path
) -> None:
    out = run("report", "compare", "--by", "team", "--release").out
    assert "Team A" not in out
    assert "For release" in out
    assert "not for publication" not in out
    assert released() == ["team"]
    assert run("report", "compare", "--by", "team", "--release").code == 0
    assert released() == ["team"]
    ran = run("report", "compare", "--by", "team", "--release", "--where", "setting=special")
    assert (ran.code, ran.out) == (2, "")
    assert "On the list: board, and good-or-better by setting_group" in ran.err
    assert run("report", "compare", "--by", "agency", "--release").code == 2


@pytest.mark.parametrize(
    "by", ["primary-need", "plan-kind", "plan-age", "drafting-route", "setting-group"]
)
def test_what_is_small_is_nowhere_on_the_page(run, workspace, example: Path, by: str) -> None:
    page = ("report", "compare", "--by", by)
    inside = json.loads(run(*page, "--format", "json").out)["measures"][0]["figures"]
    figures = json.loads(run(*page, "--release", "--format", "json").out)["measures"][0]["figures"]
    hidden = [f for f in figures if f["shown"] == "c"]
    assert all((f["x"], f["n"], f["share"], f["low"]) == (None, 0, None, None) for f in hidden)
    assert len(hidden) != 1
    assert all(f["n"] >= 10 for f in figures if f not in hidden)
    small = {f["period"] for f in inside if 0 < f["x"] <= 5 or 0 < f["n"] - f["x"] <= 5}
    shown = {f["period"] for f in figures if f["share"] is not None}
    assert not shown & small
    text = run(*page, "--release").out
    assert "This table is not printed" in text or shown - {"all"}


def test_the_same_months_with_other_figures_are_refused(run, workspace, example: Path) -> None:
    assert run("report", "compare", "--by", "setting-group", "--release").code == 0
    assert run("report", "board", *WORDS, "--release").code == 0
    with Store.open(Path("audits.db")) as store:
        (kept,) = store.rubric_versions()
        signed(store, rubric=store.rubric(kept.hash), on=date(2026, 10, 20), plan_ref="EX-9999")
    for page in (("compare", "--by", "setting-group"), ("board", *WORDS)):
        ran = run("report", *page, "--release")
        assert (ran.code, ran.out) == (2, "")
        assert "for the same months with other figures" in ran.err
    assert released() == ["setting_group", "board"]


def test_the_released_board_withholds_small_months_and_small_counts(
    run, workspace, example: Path
) -> None:
    out = " ".join(run("report", "board", *WORDS, "--release").out.split())
    assert "So are months of fewer than ten plans" in out
    assert "Older and newer plans" not in out
    shape = json.loads(run("report", "board", *WORDS, "--release", "--format", "json").out)
    for measure in shape["measures"]:
        for figure in measure["figures"]:
            assert figure["n"] == 0 or figure["n"] >= 10


@pytest.mark.parametrize("hide", ["0", "51", "-1"])
def test_a_threshold_that_hides_nothing_is_refused(run, example: Path, hide: str) -> None:
    settings = Path("settings.toml")
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}\n[reports]\nhide_up_to = {hide}\n", encoding="utf-8")
    ran = run("report", "compare", "--by", "team")
    assert (ran.code, ran.out) == (2, "")
    assert "hide_up_to" in ran.err
