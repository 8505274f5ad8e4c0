"""A council's own sheet becomes a draft: what it says is taken, what it leaves out is marked."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from ehcp_audit.rubric_files import parse_rubric
from ehcp_audit.rubric_sheets import draft_from_sheet

_SHEETS = Path(__file__).parents[1] / "fixtures" / "sheets"
_ALL = sorted(_SHEETS.glob("*.csv"))


def _draft(name: str) -> dict[str, Any]:
    return tomllib.loads(draft_from_sheet(_SHEETS / f"{name}.csv"))


@pytest.mark.parametrize("path", _ALL, ids=lambda path: path.stem)
def test_the_draft_of_a_councils_sheet_is_a_rubric_that_the_check_accepts(path):
    rubric = parse_rubric(draft_from_sheet(path), "draft.toml")
    assert rubric.criteria


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("yes-no-checklist", ["No", "Yes"]),
        ("rag", ["Red", "Amber", "Green"]),
        ("plan-sections", ["Red", "Amber", "Green"]),
        ("four-words", ["Not met", "Partly met", "Met", "Exceeded"]),
        ("one-to-ten", [str(number) for number in range(1, 11)]),
        ("weighted-sections", ["Inadequate", "Requires improvement", "Good", "Outstanding"]),
        ("own-words", ["Seedling", "Sapling", "Tree"]),
        ("near-spellings", ["Inadequat", "Requires Improvment", "Good"]),
        ("no-scale", ["Not met", "Partly", "Meets", "Strong"]),
        (
            "best-first",
            ["4 - Inadequate", "3 - Requires improvement", "2 - Good", "1 - Outstanding"],
        ),
    ],
)
def test_levels_run_from_the_worst_to_the_best_whatever_their_order(name, labels):
    assert [level["label"] for level in _draft(name)["scale"]["levels"]] == labels


@pytest.mark.parametrize(
    ("name", "weights"),
    [
        ("four-words", [3, 2, 3]),
        ("weighted-sections", [2, 2, 6, 5, 5]),  # 20, 30 and 50 per cent
        ("near-spellings", [2]),
    ],
)
def test_weights_keep_their_proportions(name, weights):
    assert [criterion["weight"] for criterion in _draft(name)["criteria"]] == weights


def test_a_row_that_only_names_a_theme_begins_it():
    draft = _draft("yes-no-checklist")
    assert [theme["title"] for theme in draft["themes"]] == [
        "Section A: views",
        "Section E: outcomes",
    ]
    themes = [criterion["theme"] for criterion in draft["criteria"]]
    assert themes == ["section-a-views"] * 2 + ["section-e-outcomes"] * 2
    assert [criterion["id"] for criterion in draft["criteria"]] == ["1", "2", "3", "4"]


def test_a_theme_stands_until_the_next():
    themes = [criterion["theme"] for criterion in _draft("rag")["criteria"]]
    assert themes == ["voice", "voice", "health"]


def test_each_level_keeps_its_own_text():
    levels = _draft("rag")["criteria"][1]["levels"]
    assert levels == {"red": "None", "amber": "Some points", "green": "All their main points"}


def test_the_agency_is_read_or_guessed_and_asked_about():
    assert [each["agency"] for each in _draft("rag")["criteria"]] == [
        "education",
        "education",
        "health",
    ]
    text = draft_from_sheet(_SHEETS / "rag.csv")
    assert "# TODO the sheet says “Health (DCO)”" in text
    assert "names no agency" not in text
    assert "# TODO the sheet names no agency" in draft_from_sheet(_SHEETS / "no-scale.csv")


def test_sections_of_the_plan_are_not_taken_for_themes():
    draft = _draft("plan-sections")
    assert [each["sections"] for each in draft["criteria"]] == [["A"], ["B", "C", "D"]]
    assert draft["criteria"][0]["evidence_at"] == ["red"]
    assert "evidence_at" not in draft["criteria"][1]


def test_what_is_critical_is_limiting_and_a_limit_is_proposed():
    draft = _draft("four-words")
    assert [each.get("limiting", False) for each in draft["criteria"]] == [True, False, True]
    assert draft["limits"][0]["when"] == {"limiting": 1, "at": "not_met"}


def test_a_score_out_of_ten_earns_so_many_tenths():
    points = [level["points"] for level in _draft("one-to-ten")["scale"]["levels"]]
    assert points == [number / 10 for number in range(1, 11)]


def test_columns_that_are_not_used_are_told():
    text = draft_from_sheet(_SHEETS / "yes-no-checklist.csv")
    assert "# Columns not used: “N/A”, “Comments”." in text


@pytest.mark.parametrize("path", _ALL, ids=lambda path: path.stem)
def test_every_placeholder_stands_under_a_comment_that_asks_for_it(path):
    commented = False
    for line in draft_from_sheet(path).split("\n"):
        if line.startswith("#"):
            commented = commented or "TODO" in line
        elif "TODO" in line:
            assert commented, line
        elif not line:
            commented = False


def test_in_a_workbook_the_sheet_with_criteria_is_found_and_percentages_are_read(tmp_path):
    path = tmp_path / "audit tool.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Cover").write(0, 0, "EHCP audit tool")
    sheet = book.add_worksheet("Tool")
    percent = book.add_format({"num_format": "0%"})
    sheet.write_row(0, 0, ["Quality of plans"])
    sheet.write_row(2, 0, ["Question", "Weight", "Red", "Amber", "Green"])
    for row, (question, weight) in enumerate((("Is A clear?", 0.25), ("Is F clear?", 0.75)), 3):
        sheet.write(row, 0, question)
        sheet.write(row, 1, weight, percent)
        sheet.write_row(row, 2, ["No", "Partly", "Yes"])
    book.close()
    text = draft_from_sheet(path, title="Our tool")
    draft = tomllib.loads(text)
    assert "# Only the sheet “Tool” was read." in text
    assert (draft["id"], draft["title"]) == ("audit-tool", "Our tool")
    assert [each["weight"] for each in draft["criteria"]] == [1, 3]
