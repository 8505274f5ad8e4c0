"""No file stops the tool for long or ends it: each sheet is read, or refused in a sentence."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
import xlsxwriter  # type: ignore[import-untyped]

from ehcp_audit.rubric_files import read_rubric, shipped_rubrics
from ehcp_audit.rubric_sheets import SheetError, draft_from_sheet, sheet_from_rubric

_SECONDS = 2.0  # of processor time, so that a busy machine fails no test
_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OPENED = f'<?xml version="1.0"?><worksheet xmlns="{_NAMESPACE}"><sheetData>'
_CLOSED = "</sheetData></worksheet>"


def _workbook(*rows: list[str | float]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


_GOOD = _workbook(["Question", "Red", "Green"], ["Is it there?", "No", "Yes"])


def _with(parts: dict[str, str | bytes], name: str = "xl/worksheets/sheet1.xml") -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_GOOD)) as good,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made,
    ):
        for each in {*good.namelist(), *parts}:
            made.writestr(each, parts[each] if each in parts else good.read(each))
    return target.getvalue()


def _sheet(rows: str) -> bytes:
    return _with({"xl/worksheets/sheet1.xml": _OPENED + rows + _CLOSED})


def _cell(place: str, text: str = "x") -> str:
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    inline = f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'
    return f'<row r="{row}">{inline}</row>'


def _encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    head = f'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY e0 "ha">{entities}]>'
    body = _OPENED.removeprefix('<?xml version="1.0"?>') + _cell("A1", "&e9;") + _CLOSED
    return _with({"xl/worksheets/sheet1.xml": head + body})


def _lying() -> bytes:
    """Say in the directory that a part of 30 MB is 90 KB long."""
    content = bytearray(_with({"xl/worksheets/sheet1.xml": "x" * 30_000_000}))
    length = (30_000_000).to_bytes(4, "little")
    assert content.count(length) == 2
    return bytes(content.replace(length, (90_000).to_bytes(4, "little")))


_FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a cell in the last place": ("a.xlsx", lambda: _sheet(_cell("XFD1048576")), "more than 2,000"),
    "a cell in the last column": ("a.xlsx", lambda: _sheet(_cell("XFD1")), "more than 60 columns"),
    "a cell in the last row": ("a.xlsx", lambda: _sheet(_cell("A1048576")), "more than 2,000 rows"),
    "one long cell": ("a.xlsx", lambda: _sheet(_cell("A1", "x" * 600_000)), "unlike any sheet"),
    "a zip bomb": ("a.xlsx", lambda: _sheet(_cell("A1", "x" * 40_000_000)), "unlike any sheet"),
    "many parts": ("a.xlsx", lambda: _with({f"p{n}": "x" for n in range(201)}), "unlike any sheet"),
    "a directory that lies": ("a.xlsx", _lying, "is damaged"),
    "entities in entities": ("a.xlsx", _laughs, "is damaged"),
    "a damaged part": ("a.xlsx", lambda: _sheet("<row"), "is damaged"),
    "a cut file": ("a.xlsx", lambda: _GOOD[: len(_GOOD) // 2], "is damaged"),
    "an old workbook": ("a.xlsx", lambda: _encrypted()[:8] + b"\0" * 600, r"old kind \(.xls\)"),
    "a protected workbook": ("a.xlsx", _encrypted, "protected by a password"),
    "a text named as a workbook": ("a.xlsx", lambda: b"Question,Red\n", "is not a workbook"),
    "a workbook named as a text": ("a.csv", lambda: _GOOD, "is a workbook, whatever"),
    "a Word document": ("a.xlsx", lambda: _with({"word/document.xml": "x"}), "a Word document"),
    "another ending": ("a.ods", lambda: _GOOD, "neither a .xlsx nor a .csv"),
    "a large file": ("a.csv", lambda: b"x" * 5_000_001, "larger than 5 MB"),
    "an empty file": ("a.csv", lambda: b"", "is empty"),
    "an empty workbook": ("a.xlsx", lambda: _workbook([]), "holds no criteria"),
    "a header alone": ("a.csv", lambda: b"Question,Red,Green\n", "no row that names"),
    "Windows letters": ("a.csv", lambda: b"Question\ncaf\xe9\n", "line 2: byte E9 is not UTF-8"),
    "UTF-16": ("a.csv", lambda: "Question\n".encode("utf-16"), "UTF-16 text"),
    "semicolons": ("a.csv", lambda: b"Question;Red;Green\n", "separated by semicolons"),
    "an open quotation": ("a.csv", lambda: b'Question\n"Is it', "line 2"),
    "many rows": ("a.csv", lambda: b"Question\n" + b"a\n" * 2_000, "more than 2,000 lines"),
    "many columns": ("a.csv", lambda: b"a," * 60 + b"a\n", "more than 60 columns"),
    "an escape": ("a.csv", lambda: b"Question,Red\na,\x1b[2J\n", "row 2, column B .* U\\+001B"),
    "a turned text": (
        "a.xlsx",
        lambda: _workbook(["Question", "Red"], ["a", "b\u202e"]),
        "row 2, column B holds the control character U\\+202E",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", _FILES)
def test_a_file_that_is_no_sheet_is_refused_in_a_sentence_within_two_seconds(tmp_path, case):
    name, content, sentence = _FILES[case]
    path = tmp_path / name
    path.write_bytes(content())
    before = os.times()
    with pytest.raises(SheetError, match=sentence) as refused:
        draft_from_sheet(path)
    spent = os.times()
    assert refused.value.next_step
    assert len(str(refused.value)) < 600
    assert sum(spent[:4]) - sum(before[:4]) < _SECONDS


@pytest.mark.parametrize("name", ["folder.xlsx", "folder.csv", "pipe.csv", "missing.xlsx"])
def test_what_is_no_file_is_not_opened(tmp_path, name):
    path = tmp_path / name
    if name.startswith("folder"):
        path.mkdir()
    elif name.startswith("pipe"):
        os.mkfifo(path)
    with pytest.raises(SheetError, match=r"is not a file|cannot be read"):
        draft_from_sheet(path)


def test_a_workbook_may_not_take_more_than_512_mb():
    resource = pytest.importorskip("resource")
    script = Path(__file__).parents[2] / "src/ehcp_audit/rubric_sheets/workbook_child.py"
    code = f"import runpy; m = runpy.run_path({str(script)!r}); m['bound'](); bytearray(600 << 20)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert b"MemoryError" in ended.stderr
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY


def test_formulas_give_the_value_that_was_stored_and_are_never_worked_out(tmp_path):
    stored = '<row r="2"><c r="A2" t="str"><f>1+1</f><v>Is it there?</v></c></row>'
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(_sheet(_cell("A1", "Question") + stored))
    assert 'question = "Is it there?"' in draft_from_sheet(path)


def test_blank_cells_far_away_do_no_harm(tmp_path):
    rows = _cell("A1", "Question") + _cell("A2", "Is it?") + '<row r="9000"><c r="XFD9000"/></row>'
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(_sheet(rows))
    assert 'question = "Is it?"' in draft_from_sheet(path)


def test_what_word_processors_leave_behind_is_read_as_what_it_stands_for(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text("Question,Guidance\nIs it\u00ad there?,\uf0b7 a\v\uf0b7 b\n", "utf-8")
    draft = draft_from_sheet(path)
    assert 'question = "Is it there?"' in draft
    assert 'guidance = """\n• a\n• b"""' in draft


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_no_cell_that_is_written_is_a_formula(tmp_path, ending):
    rubric = read_rubric(shipped_rubrics() / "peer-findings.toml").rubric
    first = rubric.criteria[0]
    risky = ("=1+1", "+1", "-1", "@SUM(1)", "＝1")
    changed = type(first)(
        **{**vars(first), "title": risky[0], "law": risky[3], "levels": risky[:4]}
    )
    made = type(rubric)(
        **{
            **{k: v for k, v in vars(rubric).items() if not k.startswith("_")},
            "criteria": (changed, *rubric.criteria[1:]),
        }
    )
    path = tmp_path / f"sheet{ending}"
    sheet_from_rubric(made, path)
    if ending == ".csv":
        assert ",'=1+1," in path.read_text("utf-8-sig")
        assert ",=1+1" not in path.read_text("utf-8-sig")
    else:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name).decode() for name in archive.namelist()}
        assert not any("<f>" in part or "hyperlink" in part for part in parts.values())
        assert "<dc:creator></dc:creator>" in parts["docProps/core.xml"]
        cells = openpyxl.load_workbook(path)["Criteria"][2]
        assert "'=1+1" in [cell.value for cell in cells]
    assert '"=1+1"' in draft_from_sheet(path)


def test_reading_and_writing_csv_imports_neither_workbook_library(tmp_path):
    code = (
        "import sys; from pathlib import Path; from ehcp_audit.rubric_sheets import *; "
        f"p = Path({str(tmp_path)!r}) / 'a.csv'; p.write_text('Question\\nIs it?\\n'); "
        "draft_from_sheet(p); print({'openpyxl', 'xlsxwriter', 'numpy'} & set(sys.modules))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "set()"
