"""The workbook holds numbers as numbers, text as text, and charts of the program's own."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import openpyxl  # type: ignore[import-untyped]
import pytest
from openpyxl.workbook import Workbook  # type: ignore[import-untyped]
from tests.reports.charts import bars_chart, funnel_chart, line_chart
from tests.reports.hostile_report import hostile_report
from tests.reports.pages import TODAY, report
from tests.reports.test_svg import MARKUP

from ehcp_audit.domain.text import visible
from ehcp_audit.reports.model import Column, Report, Section, Table
from ehcp_audit.reports.xlsx import number_in, render_xlsx, text

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")', "{=1}"]


def opened(page: Report) -> Workbook:
    return openpyxl.load_workbook(BytesIO(render_xlsx(page)))


def charts_of(page: Report) -> list[str]:
    with ZipFile(BytesIO(render_xlsx(page))) as parts:
        return [
            parts.read(name).decode()
            for name in sorted(parts.namelist())
            if re.fullmatch(r"xl/charts/chart\d+\.xml", name)
        ]


def table_page(*rows: tuple[str, ...], total: bool = False) -> Report:
    table = Table((Column("What"), Column("Share", "right"), Column("Plans", "right")), rows, total)
    return Report("raw", "Title", (), (), (Section("Table", (table,)),))


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(report(area="Example area", banner="Synthetic example data"))


def test_there_is_a_sheet_a_section_then_figures_definitions_and_numbers_of_charts(
    book: Workbook,
) -> None:
    titles = [each.title for each in report().sections]
    assert book.sheetnames == [
        "Report", *titles, "Figures", "Definitions and this page", "Chart data",
    ]  # fmt: skip


def test_every_sheet_prints_on_a4_one_page_wide_with_its_page_in_the_foot(book: Workbook) -> None:
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.oddFooter.right.text == "Page &P of &N"


def test_headings_stay_in_sight_and_columns_hold_what_stands_in_them(book: Workbook) -> None:
    sheet = book["Themes"]
    assert sheet.freeze_panes == "B5"
    assert sheet.print_title_rows == "$4:$4"
    longest = max(len(str(cell.value or "")) for cell in sheet["C"][3:])
    assert sheet.column_dimensions["C"].width > longest - 1


def test_figures_are_numbers_and_what_does_not_exist_is_empty(book: Workbook) -> None:
    rows = list(book["Figures"].iter_rows(values_only=True))
    heads = rows[0]
    cells = {(row[2], row[0]): dict(zip(heads, row, strict=True)) for row in rows[1:]}
    provision = cells["provision", "all"]
    assert (provision["x"], provision["n"], provision["share"]) == (9, 25, 0.36)
    assert cells["voice.views", "2025-04"]["share"] is None
    assert cells["inadequate", "2025-05"]["share"] == 0.0
    assert len(rows) == 1 + sum(len(each.figures) for each in report().measures)
    assert book["Figures"].auto_filter.ref is not None


@pytest.mark.parametrize(
    ("cell", "value", "shown"),
    [
        ("36%", 0.36, "0%"), ("100%", 1.0, "0%"), ("12.5%", 0.125, "0.0%"), ("0%", 0.0, "0%"),
        ("1,797", 1797, "#,##0"), ("12", 12, "#,##0"), ("0", 0, "#,##0"),
        ("4†", None, ""), ("36% (20–55%)", None, ""), ("–", None, ""), ("", None, ""),
        ("007", None, ""), ("1,79", None, ""), ("9 of 25", None, ""), ("\u0663", None, ""),
    ],
)  # fmt: skip
def test_a_cell_is_a_number_where_it_shows_one_and_nothing_else(
    cell: str, value: float | None, shown: str
) -> None:
    assert number_in(cell) == (value, shown)


def test_numbers_in_tables_are_numbers_that_show_the_same_digits() -> None:
    sheet = opened(table_page(("A", "12.5%", "1,797"), ("All", "36%", "2"), total=True))["Table"]
    first, last = sheet[5], sheet[6]
    assert [cell.value for cell in first[:3]] == ["A", 0.125, 1797]
    assert [cell.number_format for cell in first[1:3]] == ["0.0%", "#,##0"]
    assert all(cell.font.bold for cell in last[:3])


def test_text_in_a_column_of_text_stays_text() -> None:
    sheet = opened(table_page(("12", "1%", "1")))["Table"]
    assert sheet["A5"].value == "12"


@pytest.mark.parametrize("text", [*MARKUP.values(), *FORMULAS])
def test_typed_text_is_kept_exactly_and_is_never_a_formula_or_a_link(text: str) -> None:
    book = opened(hostile_report(text))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    shown = visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    assert sum(cell.value in {shown, shown.rstrip()} for cell in cells) > 5
    for drawn in charts_of(hostile_report(text)):
        ET.fromstring(drawn)
        formulas = re.findall(r"<c:f>(.*?)</c:f>", drawn)
        assert all(
            re.fullmatch(r"'?Chart data'?!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", f) for f in formulas
        )


def test_every_chart_is_the_programs_own_with_its_shapes_and_its_text() -> None:
    every = (line_chart(), funnel_chart(), bars_chart(), bars_chart("stacked"))
    page = Report("raw", "Title", (), (), (Section("Charts", every),))
    lines, funnel, bars, stacked = charts_of(page)
    assert "<c:lineChart>" in lines
    assert '<c:symbol val="diamond"/>' in lines
    assert "<c:scatterChart>" in funnel
    assert '<c:symbol val="triangle"/>' in funnel
    assert "Team A" in funnel
    assert '<c:barDir val="bar"/>' in bars
    assert '<c:grouping val="stacked"/>' in stacked
    with ZipFile(BytesIO(render_xlsx(page))) as parts:
        drawn = parts.read("xl/drawings/drawing1.xml").decode()
    assert all(f'descr="{chart.alt}' in drawn for chart in every)


def test_the_numbers_of_a_chart_are_those_of_its_points() -> None:
    page = Report("raw", "Title", (), (), (Section("Charts", (line_chart(),)),))
    rows = list(opened(page)["Chart data"].iter_rows(values_only=True))
    assert rows[0][0] == line_chart().title
    assert [row[1] for row in rows[2:8]] == [point.value for point in line_chart().points]
    assert rows[1][:4] == ("Label", "Good or better", "improvement", "period not whole")


def test_names_of_sheets_are_allowed_and_all_different() -> None:
    titles = ["a/b:c*d?e[f]g\\h", "x" * 60, "x" * 60, "X" * 60, "History", "'quoted'", "", "Report"]
    page = Report("raw", "Title", (), (), tuple(Section(title, ()) for title in titles))
    names = opened(page).sheetnames
    assert len({name.lower() for name in names}) == len(names) == len(titles) + 1
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)
    assert "history" not in {name.lower() for name in names}


def test_a_very_long_text_is_cut_where_a_cell_ends_and_says_so() -> None:
    assert len(text("x" * 40_000)) == 32_767
    assert text("x" * 40_000).endswith("…")


def test_the_same_report_makes_the_same_bytes_and_carries_its_day() -> None:
    page = report()
    assert render_xlsx(page) == render_xlsx(page)
    created = opened(page).properties.created
    assert created is not None
    assert created.date() == TODAY
    assert render_xlsx(replace(page, made=None)) == render_xlsx(replace(page, made=None))
