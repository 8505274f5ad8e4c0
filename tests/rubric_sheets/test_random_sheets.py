"""Any table of texts becomes TOML or is refused in a sentence, and never ends in another error."""

from __future__ import annotations

import csv
import random
import tomllib
from pathlib import Path

from ehcp_audit.rubric_files import read_rubric, shipped_rubrics
from ehcp_audit.rubric_sheets import SheetError, draft_from_sheet, sheet_from_rubric

_WORDS = (
    *("Question", "Theme", "Section", "No.", "No", "Yes", "R", "A", "G", "Y", "N", "RAG", "Score"),
    *(
        "Weight",
        "Section weight",
        "Title",
        "Criterion",
        "Standard",
        "Red",
        "amber",
        "Not met",
        "10",
    ),
    *("Score 0-4", "1", "2 Partly", "Agency", "Critical", "Findings", "Applies when", "Computed"),
    *("Evidence needed at", "Sections", "Law", "Rubric", "Levels", "Grades", "Themes", "Facts"),
    *("", "", "", "x", "20%", "0", "-1", "1e9", "nan", "é", "a @ b: c", "a is b", '"', "'''", "\\"),
    *(
        "Is it there?",
        "yes",
        "perhaps",
        "A; E",
        "=1+1",
        "\n",
        "\t",
        "’",
        "🙂",
        "TODO",
        "#",
        "q" * 500,
    ),
)


def _outcome(path: Path) -> str:
    try:
        draft = draft_from_sheet(path)
    except SheetError as refused:
        return str(refused)
    assert tomllib.loads(draft)["criteria"]
    return ""


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def test_random_tables_are_read_or_refused(tmp_path):
    chance = random.Random(20_261_122)
    path = tmp_path / "sheet.csv"
    outcomes = []
    for _ in range(600):
        width = chance.randrange(1, 9)
        rows = [chance.choices(_WORDS, k=width) for _ in range(chance.randrange(1, 8))]
        _write(path, [["Question", *rows[0]], *rows] if chance.random() < 0.5 else rows)
        outcomes.append(_outcome(path))
    assert outcomes.count("") > 100
    assert sum(map(bool, outcomes)) > 20


def test_a_rubrics_sheet_with_changed_cells_is_read_or_refused(tmp_path):
    chance = random.Random(20_261_122)
    path, beside = tmp_path / "sheet.csv", tmp_path / "sheet.rubric.csv"
    sheet_from_rubric(read_rubric(shipped_rubrics() / "peer-findings.toml").rubric, path)
    sheets = {
        each: list(csv.reader(each.read_text("utf-8-sig").splitlines(keepends=True)))
        for each in (path, beside)
    }
    outcomes = []
    for _ in range(60):
        for each, rows in sheets.items():
            changed = [list(row) for row in rows]
            for _ in range(chance.choice((0, 1, 3, 20))):
                row = chance.choice(changed)
                row[chance.randrange(len(row))] = chance.choice(_WORDS)
            _write(each, changed)
        outcomes.append(_outcome(path))
    assert outcomes.count("") > 30
