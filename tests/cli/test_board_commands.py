"""The board's page, the evidence by finding, and what figures rest on, from the command line."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

WORDS = ("--improved", "Outcomes.", "--not-improved", "Advice.", "--ask", "A promise.")


def test_the_page_does_not_print_without_the_three_sentences(run, example: Path) -> None:
    ran = run("report", "board")
    assert (ran.code, ran.out) == (2, "")
    assert "what improved" in ran.err
    assert "--template" in ran.err
    ran = run("report", "board", "--improved", "x", "--not-improved", " ", "--ask", "y")
    assert (ran.code, ran.out) == (2, "")
    assert "what did not" in ran.err


def test_the_first_page_has_at_most_eight_rows_each_in_words(run, example: Path) -> None:
    shape = json.loads(run("report", "board", *WORDS, "--format", "json").out)
    assert len(shape["measures"]) == 7
    out = " ".join(run("report", "board", *WORDS, "--source", "notice-2021").out.split())
    assert "Joint local area" not in out
    assert run("report", "board", *WORDS, "--source", "nope").code == 2
    for words in (
        "These are this area's own audit grades, not Ofsted's.",
        "What improved Outcomes.",
        "In words",
        "were picked for a reason and are not in the headline:",
        "after a complaint",
        "would show a signal",
        "The area's official figure of plans on time has not been typed in yet.",
        "Contains small numbers, not for publication.",
    ):
        assert words in out
    too_many = [each for n in range(8) for each in ("--measure", "inadequate")]
    assert run("report", "board", *WORDS, *too_many).code == 2


def test_the_words_of_a_file_stand_on_the_page(run, example: Path) -> None:
    Path("words.toml").write_text(
        """improved = "Made-up: outcomes."
not_improved = "Made-up: advice."
ask = "Made-up: a promise."
plans_in_force = 2412
drawn_on = 2026-10-01
drawn_by = "a made-up role"
families = "Made-up: nobody was asked."
[[decisions]]
what = "Agree \\u001b[31m a promise"
who = "A made-up officer"
by = 2027-01-31
""",
        encoding="utf-8",
    )
    out = run("report", "board", "--words", "words.toml").out
    assert "of 2,412 in force, drawn at random on 1 Oct 2026 by a made-up role" in out
    assert "A made-up officer, by 31 Jan 2027" in out
    assert "\x1b" not in out
    assert "Agree ␛[31m a promise" in out
    assert "Made-up: nobody was asked." in out
    template = run("report", "board", "--template").out
    Path("new.toml").write_text(template, encoding="utf-8")
    assert "(what improved) is empty" in run("report", "board", "--words", "new.toml").err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("improve = 'x'", "“improve” is nothing that the page prints"),
        ("improved = 3", "is not a text in double quotes"),
        ("improved = '" + "x" * 601 + "'", "longer than 600 characters"),
        ("plans_in_force = 0", "is not a whole number"),
        ("[[decisions]]\nwhat = 'x'", "a decision has what and who as texts and by as a date"),
        ("decisions = 'x'", "decisions are written as [[decisions]]"),
        ("improved = ", "not TOML"),
    ],
)
def test_words_that_cannot_be_used_are_told(run, example: Path, text: str, said: str) -> None:
    Path("words.toml").write_text(text, encoding="utf-8")
    ran = run("report", "board", "--words", "words.toml")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_the_evidence_stands_by_the_sentence_it_answers(run, example: Path) -> None:
    out = run("report", "findings", "--source", "notice-2021").out
    assert "What health and social care put in varied too much (Annex 1(d))" in " ".join(
        out.split()
    )
    assert "Joint local area" not in out
    ran = run("report", "findings", "--source", "nope")
    assert (ran.code, ran.out) == (2, "")
    assert "notice-2021" in ran.err


def test_an_official_figure_stands_beside_the_audited_plans(run, workspace, example) -> None:
    given = ("--period", "2025", "--source", "Made-up return", "--date", "12/6/2026")
    assert run("official-figure", "on-time", "--share", "61.8", *given).code == 0
    assert run("official-figure", "on-time", "--count", "31", "--total", "50", *given).code == 0
    out = run("report", "board", *WORDS).out
    assert "62% of plans were on time in 2025 (Made-up return, 12 Jun 2026)." in out
    assert "62% (31/50)" in out
    for wrong in (
        ("official-figure", "good", "--share", "61", *given),
        ("official-figure", "on-time", *given),
        ("official-figure", "on-time", "--share", "161", *given),
        ("official-figure", "on-time", "--count", "51", "--total", "50", *given),
        ("official-figure", "on-time", "--count", "5", *given),
    ):
        assert run(*wrong).code == 2


def test_a_baseline_begins_anew_by_a_recorded_decision(run, workspace, example: Path) -> None:
    ran = run("baseline", "theme:outcomes", "--from", "2026-04", "--reason", "New guidance")
    assert ran.code == 0
    out = " ".join(run("report", "board", *WORDS).out.split())
    assert "its average and limits begin anew in 2026-04, by decision: New guidance" in out
    assert "SMART outcomes: there are 7 months of figures; signals are called from 13." in out
    assert run("baseline", "theme:outcomes", "--from", "soon", "--reason", "x").code == 2
    assert run("baseline", "nothing", "--from", "2026-04", "--reason", "x").code == 2


def counts(rows: Sequence[tuple[object, ...]]) -> Path:
    path = Path("counts.csv")
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([("month", "measure", "count", "total", "source"), *rows])
    return path


def test_earlier_audits_come_in_as_monthly_counts_and_are_marked(
    run, workspace, example: Path
) -> None:
    rows = [(f"2024-{n:02}", "good-or-better", n, 20, "Made-up sheet") for n in range(1, 13)]
    rows.append(("2026-05", "good-or-better", 0, 20, "Made-up sheet"))  # has audits of its own
    ran = run("import", "counts", counts(rows))
    assert (ran.code, "13 monthly counts brought in" in ran.out) == (0, True)
    shape = json.loads(run("report", "board", *WORDS, "--format", "json").out)
    figures = {f["period"]: f for f in shape["measures"][0]["figures"]}
    assert (figures["2024-03"]["x"], figures["2024-03"]["n"]) == (3, 20)
    assert figures["2025-02"]["n"] == 0
    assert figures["2026-05"]["n"] < 20
    out = run("report", "board", *WORDS).out
    assert "brought in" in out
    assert "Jan 2024 5%" in " ".join(out.split())


def test_earlier_counts_are_drawn_on_the_trend_and_are_in_none_of_its_totals(
    run, workspace, example: Path
) -> None:
    def page(*asked: str) -> str:
        return " ".join(run("report", "trends", *asked).out.split())

    told = "Brought in: Jan 2024 to Mar 2024. Counts from before this tool"
    before = json.loads(run("report", "trends", "--format", "json").out)
    rows = [
        (f"2024-{n:02}", measure, n, 20, "Made-up sheet")
        for measure in ("good-or-better", "theme:voice", "inadequate")
        for n in (1, 2, 3)
    ]
    rows.append(("2026-05", "good-or-better", 0, 20, "Made-up sheet"))  # has audits of its own
    assert run("import", "counts", counts(rows)).code == 0
    after = json.loads(run("report", "trends", "--format", "json").out)
    assert after["measures"] == before["measures"]
    assert page().count(told) == 2
    assert "Jan 2024 5%; Feb 2024 10%; Mar 2024 15%; Apr 2024 ·;" in page()
    assert page("--period", "quarter").count("Brought in: Jan–Mar 2024.") == 2
    for asked in (["--by", "plan"], ["--reason", "all"], ["--where", "team=Team A"]):
        assert "Brought in" not in page(*asked)
    assert run("import", "counts", counts([("2024-03", "good-or-better", 0, 0, "x")])).code == 0
    shape = json.loads(run("report", "board", *WORDS, "--format", "json").out)
    assert {f["period"]: f["n"] for f in shape["measures"][0]["figures"]}["2024-03"] == 0


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("2024-13", "inadequate", 1, 2, "x"), "is not a month such as 2025-04"),
        (("2026-11", "inadequate", 1, 2, "x"), "is not over yet"),
        (("2024-01", "inadequat", 1, 2, "x"), "did you mean inadequate"),
        (("2024-01", "inadequate", 3, 2, "x"), "above its total"),
        (("2024-01", "inadequate", "1.5", 2, "x"), "not a whole number"),
        (("2024-01", "inadequate", 1, 2, ""), "source is empty"),
        (("2024-01", "inadequate", "", 2, "x"), "count is empty"),
        (("2024-02", "inadequate", 1, 2, "x"), "stand in line 2 already"),
    ],
)
def test_bad_counts_are_told_by_line_and_none_comes_in(
    run, workspace, example: Path, row: tuple[object, ...], said: str
) -> None:
    ran = run("import", "counts", counts([("2024-02", "inadequate", 1, 2, "x"), row]))
    assert (ran.code, ran.out) == (2, "")
    assert "line 3: " in ran.err
    assert said in ran.err
    shape = json.loads(run("report", "board", *WORDS, "--format", "json").out)
    assert shape["measures"][1]["figures"][0]["period"] == "2025-05"
