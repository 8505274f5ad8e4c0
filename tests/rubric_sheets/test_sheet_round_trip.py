"""A rubric that went through a spreadsheet and back is the same rubric."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.rubric_sheets.random_rubrics import rubrics

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.rubric_files import parse_rubric, read_rubric, shipped_rubrics
from ehcp_audit.rubric_files.building import build_rubric
from ehcp_audit.rubric_files.shape import check_shape
from ehcp_audit.rubric_sheets import SheetError, draft_from_sheet, sheet_from_rubric

_SHIPPED = sorted(shipped_rubrics().glob("*.toml"))
_FEATURES = Path(__file__).parents[2] / "docs" / "rubric-format.md"
_QUICK = (Phase.explicit, Phase.generate)  # a failing rubric would take minutes to shrink
_ENDINGS = (".csv", ".xlsx")


def _without_hash(rubric: Rubric) -> Rubric:
    return replace(rubric, hash="")


def _built_through(rubric: Rubric, path: Path) -> Rubric:
    """Build without asking whether the parts agree, which random parts rarely do."""
    sheet_from_rubric(rubric, path, overwrite=True)
    return build_rubric(check_shape(tomllib.loads(draft_from_sheet(path))), "")


def _through(rubric: Rubric, path: Path) -> Rubric:
    sheet_from_rubric(rubric, path, overwrite=True)
    return parse_rubric(draft_from_sheet(path), "draft.toml")


@pytest.mark.parametrize("ending", _ENDINGS)
@pytest.mark.parametrize("shipped", _SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_rubric_comes_back_as_it_was(tmp_path, shipped, ending):
    rubric = read_rubric(shipped).rubric
    back = _through(rubric, tmp_path / f"sheet{ending}")
    assert _without_hash(back) == _without_hash(rubric)


@pytest.mark.parametrize("ending", _ENDINGS)
def test_the_rubric_that_shows_every_key_comes_back_as_it_was(tmp_path, ending):
    examples = _FEATURES.read_text("utf-8").split("```toml\n")[1:]
    rubric = parse_rubric("\n".join(each.split("```")[0] for each in examples), "examples")
    back = _through(rubric, tmp_path / f"sheet{ending}")
    assert _without_hash(back) == _without_hash(rubric)


@settings(deadline=None, max_examples=15, phases=_QUICK, suppress_health_check=list(HealthCheck))
@given(rubric=rubrics())
def test_any_rubric_comes_back_through_csv_as_it_was(tmp_path_factory, rubric):
    assert _built_through(rubric, tmp_path_factory.mktemp("sheet") / "sheet.csv") == rubric


@settings(deadline=None, max_examples=4, phases=_QUICK, suppress_health_check=list(HealthCheck))
@given(rubric=rubrics())
def test_any_rubric_comes_back_through_a_workbook_as_it_was(tmp_path_factory, rubric):
    assert _built_through(rubric, tmp_path_factory.mktemp("sheet") / "sheet.xlsx") == rubric


@pytest.fixture
def rubric() -> Rubric:
    return read_rubric(_SHIPPED[0]).rubric


def test_the_order_of_rows_and_columns_in_the_sheet_may_change(tmp_path, rubric):
    path = tmp_path / "sheet.csv"
    sheet_from_rubric(rubric, path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([row[::-1] for row in (header, *rows[::-1])])
    back = parse_rubric(draft_from_sheet(path), "draft.toml")
    assert back.criteria == rubric.criteria[::-1]


def test_a_criterion_added_in_the_sheet_is_in_the_draft(tmp_path, rubric):
    path = tmp_path / "sheet.csv"
    sheet_from_rubric(rubric, path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    added = dict(zip(header, rows[0], strict=True))
    added |= {"Id": "new.one", "Title": "A new one", "Question": "Is it\nthere?", "Theme": "Extra"}
    with path.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerow(added.values())
    back = parse_rubric(draft_from_sheet(path), "draft.toml")
    assert back.criterion("new.one").question == "Is it there?"
    assert back.theme(back.criterion("new.one").theme).title == "Extra"


@pytest.mark.parametrize(
    ("column", "typed", "sentence"),
    [
        ("Applies when", "year_group about 9", "“about” stands there"),
        ("Agency", "CAMHS therapy", "the sheet says “CAMHS therapy”"),
        ("Weight", "heavy", "a weight is a whole number"),
        ("Limiting", "perhaps", "write true or false"),
        ("Findings", "somebody said so", "name the source"),
        ("Question", "", "write the question"),
    ],
)
def test_what_is_not_understood_is_marked_in_a_draft_that_is_still_toml(
    tmp_path, rubric, column, typed, sentence
):
    path = tmp_path / "sheet.csv"
    sheet_from_rubric(rubric, path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    rows[0][header.index(column)] = typed
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    draft = draft_from_sheet(path)
    assert "# TODO" in draft
    assert sentence in draft.replace("\n# ", " ")
    assert tomllib.loads(draft)["criteria"]


def test_an_id_and_a_title_that_are_asked_for_go_before_those_of_the_sheet(tmp_path, rubric):
    path = tmp_path / "sheet.csv"
    sheet_from_rubric(rubric, path)
    back = parse_rubric(draft_from_sheet(path, rubric_id="mine", title="My own"), "draft.toml")
    assert (back.id, back.title, back.version) == ("mine", "My own", rubric.version)


@pytest.mark.parametrize("taken", ["sheet.csv", "sheet.rubric.csv", "sheet.xlsx"])
def test_no_file_is_replaced_unasked(tmp_path, rubric, taken):
    (tmp_path / taken).write_text("mine")
    path = tmp_path / f"sheet{Path(taken).suffix}"
    with pytest.raises(UsageError, match="there already"):
        sheet_from_rubric(rubric, path)
    assert [each.read_text() for each in tmp_path.iterdir()] == ["mine"]
    sheet_from_rubric(rubric, path, overwrite=True)
    assert (tmp_path / taken).read_bytes() != b"mine"


def test_only_two_kinds_of_file_are_written(tmp_path, rubric):
    with pytest.raises(SheetError, match=r"neither in .xlsx nor in .csv"):
        sheet_from_rubric(rubric, tmp_path / "sheet.ods")


@given(st.data())
@settings(deadline=None, max_examples=2, phases=_QUICK)
def test_the_same_rubric_makes_the_same_workbook(tmp_path_factory, data):
    rubric = data.draw(rubrics())
    first, second = (tmp_path_factory.mktemp("sheet") / "sheet.xlsx" for _ in range(2))
    sheet_from_rubric(rubric, first)
    sheet_from_rubric(rubric, second)
    assert first.read_bytes() == second.read_bytes()
