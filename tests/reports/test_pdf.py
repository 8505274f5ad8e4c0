"""The PDF says what it is, is tagged from end to end, and prints every text as it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from tests.reports.hostile_report import hostile_report
from tests.reports.pages import TODAY, report
from tests.reports.test_svg import MARKUP

from ehcp_audit.reports.chart_words import figures_of_charts
from ehcp_audit.reports.model import Chart, Paragraph, Report, Section, Table
from ehcp_audit.reports.pdf import render_pdf
from ehcp_audit.reports.print_text import covered, printable

TREND = report(area="Example area", banner="Synthetic example data", log_head="abc123")


@pytest.fixture(scope="module")
def written() -> bytes:
    return render_pdf(TREND)


@pytest.fixture(scope="module")
def pdf(written: bytes) -> PdfReader:
    return PdfReader(BytesIO(written))


def tags(pdf: PdfReader) -> list[tuple[str, Any, list[str]]]:
    """Return every structure element in reading order: its type, itself, its parents' types."""
    tree: Any = pdf.root_object["/StructTreeRoot"]
    return list(_walk(tree["/K"], []))


def _walk(node: Any, parents: list[str]) -> Iterator[tuple[str, Any, list[str]]]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from _walk(each, parents)
    elif isinstance(node, dict) and "/S" in node:
        kind = node["/S"].removeprefix("/")
        yield kind, node, parents
        yield from _walk(node.get("/K", []), [*parents, kind])


def words(pdf: PdfReader) -> str:
    """Return all text without spaces, which a PDF does not keep as they were."""
    return bare("".join(page.extract_text() for page in pdf.pages))


def bare(text: str) -> str:
    return "".join(
        each
        for each in unicodedata.normalize("NFKC", text)
        if not each.isspace() and each != "\u200b"
    )


def test_it_says_that_it_is_accessible_and_archival_and_what_it_is_called(pdf: PdfReader) -> None:
    assert pdf.xmp_metadata is not None
    stated = pdf.xmp_metadata.stream.get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in stated
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in stated
    root: Any = pdf.root_object
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == TREND.title


def test_a_report_without_its_day_is_accessible_all_the_same() -> None:
    page = PdfReader(BytesIO(render_pdf(Report("raw", "T", (), (), (Section("S", ()),)))))
    assert page.xmp_metadata is not None
    stated = page.xmp_metadata.stream.get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in stated
    assert "pdfaid:part>2" not in stated


def test_the_headings_are_those_of_the_page_in_order(pdf: PdfReader) -> None:
    sections = [each.title for each in TREND.sections]
    found = [node.get("/T", "") for kind, node, _ in tags(pdf) if kind == "H1"]
    charts = [f"Figures: {title}" for title, _ in figures_of_charts(TREND)]
    assert charts
    assert found == [*sections, "What the words mean", "This page", *charts]
    levels = [int(kind[1]) for kind, _, _ in tags(pdf) if re.fullmatch(r"H\d", kind)]
    assert levels[0] == 1
    assert set(levels) == {1, 2}
    assert [kind for kind, _, _ in tags(pdf)][:2] == ["Document", "Title"]


def test_every_table_has_headings_with_their_scope_and_whole_rows(pdf: PdfReader) -> None:
    tables = [block for each in TREND.sections for block in each.blocks if isinstance(block, Table)]
    tables += [table for _, table in figures_of_charts(TREND)]
    found = [node for kind, node, _ in tags(pdf) if kind == "Table"]
    assert len(found) == len(tables)
    for node, table in zip(found, tables, strict=True):
        rows = [each for kind, each, _ in _walk(node, []) if kind == "TR"]
        assert len(rows) == len(table.rows) + 1
        for number, row in enumerate(rows):
            cells = [(kind, each) for kind, each, _ in _walk(row, []) if kind in {"TH", "TD"}]
            assert len(cells) == len(table.columns)
            assert {kind for kind, _ in cells} == ({"TH"} if number == 0 else {"TD"})
            if number == 0:
                assert all("/Column" in str(each["/A"]) for _, each in cells)


def test_every_chart_is_a_figure_with_its_text(pdf: PdfReader) -> None:
    charts = [block for each in TREND.sections for block in each.blocks if isinstance(block, Chart)]
    alts = [node["/Alt"] for kind, node, _ in tags(pdf) if kind == "Figure"]
    assert alts == [each.alt for each in charts]


def test_paragraphs_are_tagged_as_paragraphs(pdf: PdfReader) -> None:
    assert not [
        kind for kind, _, parents in tags(pdf) if kind == "Span" and parents == ["Document"]
    ]


def test_it_is_a4_and_every_page_has_its_number_and_title(pdf: PdfReader) -> None:
    for number, page in enumerate(pdf.pages, start=1):
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
        told = bare(page.extract_text())
        assert f"Page{number}of{len(pdf.pages)}" in told
        assert bare(TREND.title) in told


def test_the_same_report_makes_the_same_bytes(written: bytes) -> None:
    assert render_pdf(TREND) == written


def test_only_the_shipped_fonts_are_used_and_all_are_embedded(pdf: PdfReader) -> None:
    names = set()
    for page in pdf.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = below["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            names.add(font.get_object()["/BaseFont"].split("+")[1].split("-Identity")[0])
    assert names <= {
        "NotoSans",
        "NotoSans-Regular",
        "NotoSans-Bold",
        "EhcpSymbols",
        "EhcpSymbols-Regular",
    }


def test_it_prints_title_banners_foot_and_every_sentence(pdf: PdfReader) -> None:
    told = words(pdf)
    sentences = [
        block.text
        for each in TREND.sections
        for block in each.blocks
        if isinstance(block, Paragraph)
    ]
    for text in [TREND.title, *TREND.subtitle, *TREND.banners, *sentences]:
        assert bare(text) in told
    for label, value in (*TREND.foot, *TREND.definitions):
        assert bare(label) in told
        assert bare(value) in told


TYPST = {
    "typst": "*b* _i_ `c` $x$ #strong[x] @ref <label> = Head",
    "typst escapes": "\\#x // y /* z */",
    "long word": "x" * 300,
}


def hostile_page(*, charts: bool) -> Report:
    """Return one page in which each text stands wherever a text can be: in charts, or elsewhere."""
    sections = tuple(
        replace(
            section,
            blocks=tuple(each for each in section.blocks if isinstance(each, Chart) == charts),
        )
        for text in {**MARKUP, **TYPST}.values()
        for section in hostile_report(text).sections
    )
    return replace(hostile_report("\x1b]0;PWN\x07"), sections=sections)


@pytest.fixture(scope="module")
def hostile() -> str:
    return words(PdfReader(BytesIO(render_pdf(hostile_page(charts=False)))))


def test_typed_text_in_charts_stops_no_document() -> None:
    assert render_pdf(hostile_page(charts=True)).startswith(b"%PDF-")


@pytest.mark.parametrize("text", [*MARKUP.values(), *TYPST.values()], ids=[*MARKUP, *TYPST])
def test_typed_text_is_printed_exactly_and_is_never_markup(text: str, hostile: str) -> None:
    assert hostile.count(bare(printable(text))) > 5


def test_what_no_font_has_is_named_by_its_code() -> None:
    assert printable("計 👍 ŵ é Ж") == "[U+8A08] [U+1F44D] ŵ é Ж"
    assert {ord(each) for each in "✗◔◑●○◆■▲·▁▂▃▄▅▆▇█–…“”‘’†ŴŵŶŷ␛£€"} <= covered()


def test_the_day_of_the_report_is_the_day_of_the_file(pdf: PdfReader) -> None:
    assert pdf.metadata is not None
    assert pdf.metadata.creation_date is not None
    assert pdf.metadata.creation_date.date() == TODAY
