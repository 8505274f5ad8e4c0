import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.text import storable
from ehcp_audit.tables import read_table, write_table
from ehcp_audit.tables.guarding import guarded, unguarded

DANGEROUS = "=+-@\t\r\n\0＝＋－＠"
risky_texts = st.text(st.sampled_from("'=+-@\t\r\n\0,\";a ＝é")) | st.text()


@given(risky_texts)
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(risky_texts)
def test_no_written_cell_begins_like_a_formula(text: str) -> None:
    assert not guarded(text).startswith(tuple(DANGEROUS))


@given(risky_texts, risky_texts)
def test_two_texts_never_share_a_cell(one: str, other: str) -> None:
    assert (guarded(one) == guarded(other)) == (one == other)


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1+1", "'=1+1"), ("'=1+1", "''=1+1"), ("'90s", "'90s"), ("it's", "it's"), ("-1", "'-1")],
)
def test_the_guard_is_one_apostrophe(text: str, cell: str) -> None:
    assert guarded(text) == cell
    assert unguarded(cell) == text


def test_a_formula_somebody_typed_into_a_table_is_read_as_its_text() -> None:
    assert unguarded("=HYPERLINK(1)") == "=HYPERLINK(1)"


@given(st.lists(st.tuples(risky_texts, risky_texts), max_size=5))
def test_a_table_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("table") / "table.csv"
    rows = [{"plan_ref": "EX-1", "note": note, "page": page} for note, page in texts]
    columns = ("plan_ref", "note", "page")
    assert write_table(path, columns, rows) == len(rows)
    read = [dict(row.cells) for row in read_table(path, columns=columns, required=columns)]
    assert read == [{name: storable(text) for name, text in row.items() if text} for row in rows]


def test_excel_is_told_the_encoding_and_an_absent_column_is_an_empty_cell(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    write_table(path, ("a", "b"), [{"b": "é"}])
    assert path.read_bytes() == b"\xef\xbb\xbfa,b\r\n,\xc3\xa9\r\n"
    assert list(csv.reader(path.read_text("utf-8-sig").splitlines())) == [["a", "b"], ["", "é"]]


def test_a_table_that_is_there_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("old")
    with pytest.raises(UsageError, match="is there already"):
        write_table(path, ("a",), [])
    assert path.read_text() == "old"
