from pathlib import Path

import pytest

from ehcp_audit.domain.errors import ImportRowsError
from ehcp_audit.tables import Row, TableLimits, read_table

FIXTURES = Path(__file__).parent / "fixtures"
COLUMNS = ("plan_ref", "level", "note")


def rows_of(fixture: str, limits: TableLimits | None = None) -> list[Row]:
    path = FIXTURES / fixture
    return list(read_table(path, columns=COLUMNS, required=("plan_ref",), limits=limits))


@pytest.mark.parametrize("fixture", ["plain.csv", "excel_utf8.csv"])
def test_rows_are_read_with_or_without_a_byte_order_mark(fixture: str) -> None:
    assert rows_of(fixture) == [Row(2, {"plan_ref": "EX-1", "level": "meets"})]


@pytest.mark.parametrize(
    ("fixture", "sentence"),
    [
        ("windows_1252.csv", "windows_1252.csv, line 3: byte E9 is not UTF-8.*Windows-1252"),
        ("cut_short.csv", "line 2: byte E2 is not UTF-8"),
        ("utf16.csv", "is UTF-16 text"),
        ("semicolons.csv", "separated by semicolons"),
        ("empty.csv", "empty.csv is empty"),
        ("empty_header.csv", "line 1: the header is empty"),
        ("unknown_column.csv", r"unknown column levle \(did you mean level\?\)"),
        ("column_twice.csv", "column level is there 2 times"),
        ("missing_column.csv", "column plan_ref is missing"),
        ("unclosed_quote.csv", "line 2: unexpected end of data"),
        ("text_after_quote.csv", "line 4: .* expected after"),
        ("gone.csv", "does not exist"),
        ("", "is not a file"),
    ],
)
def test_a_file_that_is_no_such_table_is_told_why_and_what_to_do(
    fixture: str, sentence: str
) -> None:
    with pytest.raises(ImportRowsError, match=sentence) as refused:
        rows_of(fixture)
    assert refused.value.title == "The table cannot be read"
    assert refused.value.next_step


def test_a_row_is_numbered_by_the_line_it_begins_on_and_empty_rows_are_left_out() -> None:
    assert [row.line for row in rows_of("ragged.csv")] == [3, 6, 7, 8]


def test_a_row_with_too_few_or_too_many_cells_is_a_problem_of_that_row_alone() -> None:
    problems = [row.problem for row in rows_of("ragged.csv")]
    assert problems == [
        "",
        "2 cells where the header names 3",
        "4 cells where the header names 3: is a comma unquoted?",
        "",
    ]


def test_a_value_under_no_name_is_a_problem() -> None:
    problems = [row.problem for row in rows_of("column_without_name.csv")]
    assert problems == ["", "“stray” is in a column without a name"]


def test_a_cell_over_its_limit_is_a_problem_of_its_row() -> None:
    (row, *_) = rows_of("ragged.csv", TableLimits(cell=8))
    assert row.problem == "note is longer than 8 characters"


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [(TableLimits(bytes=10), "larger than"), (TableLimits(rows=3), "more than 3 rows")],
)
def test_a_file_over_a_limit_is_refused(limits: TableLimits, sentence: str) -> None:
    with pytest.raises(ImportRowsError, match=sentence):
        rows_of("ragged.csv", limits)
