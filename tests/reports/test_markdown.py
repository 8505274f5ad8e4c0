"""Markdown shows what people typed exactly: never as markup, never as HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.reports.pages import report
from tests.reports.test_audit_page import SIGNED
from tests.reports.test_writers import HOSTILE, long_report, raw_report
from tests.trends.hand_made import RUBRIC

from ehcp_audit.domain.text import visible
from ehcp_audit.reports.audit_page import audit_report
from ehcp_audit.reports.markdown import escaped, render_markdown
from ehcp_audit.reports.model import (
    Chart,
    ChartPoint,
    ChartSeries,
    Column,
    Entry,
    Note,
    Pairs,
    Report,
    Section,
    Table,
)

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKUP = [
    "<script>alert(1)</script>", "<!-- gone -->", "&lt;b&gt; &amp; &#65;", "# heading #",
    "- list\n- of two", "* list", "+ list", "1. one\n2) two", "a\n===", "a\n---", "***",
    "    code", "`code` and ```\nmore\n```", "**bold** __bold__ *i* _i_ ~~gone~~",
    "[link](http://example.org) ![image](x)", "[ref]: http://example.org 'title'",
    "> quoted", "| a | b |\n|---|---|", "\\ back\\", "a  b   c", "a\n\nb", ": term",
    "https://example.org www.example.org", "$x$ \\(y\\)", "it said [redacted]", HOSTILE,
]  # fmt: skip


def words(html: str) -> str:
    """Return what a reader sees: tags away, entities read, all white space the same."""
    shown = unescape(re.sub(r"</?(?:p|br)(?: /)?>", " ", html))
    return " ".join(shown.split())


@pytest.mark.parametrize("text", MARKUP)
def test_typed_markup_is_shown_as_it_was_typed(text: str) -> None:
    html = READER.render(escaped(text))
    assert set(re.findall(r"<\w+", html)) <= {"<p", "<br"}
    assert words(html) == " ".join(visible(text).split())


@given(st.text(alphabet="ab1 \n\t\\`*_{}[]()<>#+-.!|~&$=:;'\"/@^\x1b", max_size=30))
def test_no_text_at_all_becomes_markup(text: str) -> None:
    html = READER.render(f"before\n\n{escaped(text)}\n\nafter")
    assert set(re.findall(r"<\w+", html)) <= {"<p", "<br"}
    assert words(html) == " ".join(f"before {visible(text)} after".split())


def test_a_writer_that_escapes_nothing_would_be_caught() -> None:
    html = READER.render("<script>alert(1)</script>")
    assert not set(re.findall(r"<\w+", html)) <= {"<p", "<br"}


@pytest.mark.parametrize("text", [*MARKUP, "two\nlines", "a | b"])
def test_no_block_lets_text_out_of_its_place(text: str) -> None:
    """The same report with plain text has the same elements as with any other."""

    def shape(given: str) -> list[str]:
        page = raw_report(given)
        points = (ChartPoint(given, 0.5, given),)
        twin = Table((Column(given),), ((given,),))
        chart = Chart("bars", given, given, (ChartSeries(given, points),), twin, words=(given,))
        more = Section(given, (chart, Note(given, given)))
        html = READER.render(render_markdown(replace(page, sections=(*page.sections, more))))
        return [tag for tag in re.findall(r"<\w+", html) if tag not in {"<br", "<strong"}]

    assert shape(text) == shape("plain")


def test_tables_keep_their_columns_and_lines_in_a_cell() -> None:
    made = READER.render(render_markdown(long_report("Voice | of\nthe child")))
    rows = re.findall(r"<tr>.*?</tr>", made, re.DOTALL)
    assert rows
    for table in re.findall(r"<table>.*?</table>", made, re.DOTALL):
        counts = {len(re.findall(r"<t[hd]", row)) for row in re.findall(r"<tr>.*?</tr>", table, 16)}
        assert len(counts) == 1


def test_the_page_has_its_headings_in_order_and_ends_with_what_the_words_mean() -> None:
    page = render_markdown(report(banner="Made up"))
    assert page.startswith("# EHC plan audits")
    assert "\n> **Made up**\n" in page
    titles = re.findall(r"^## (.*)$", page, re.MULTILINE)
    assert titles[-2:] == ["What the words mean", "This page"]


def test_an_audit_is_told_the_same_as_on_the_terminal() -> None:
    page = audit_report(SIGNED, RUBRIC, auditor_name="KL", today=date(2025, 10, 1))
    told = render_markdown(page)
    assert "- **Grade**: Requires improvement\n" in told
    assert "### ✗ Not met Specific provision (limiting)\n\nIt is missing\n" in told
    assert "Evidence, Section A, page 2: Mum says he likes trains" in told


def test_a_value_without_a_label_goes_on_with_the_one_before_and_a_label_alone_heads() -> None:
    rows = (("THE PLAN", ""), ("Limited by", "One."), ("", "Two."), ("", ""), ("THE CHILD", ""))
    page = render_markdown(Report("raw", "T", (), (), (Section("S", (Pairs(rows),)),)))
    assert page.endswith("**THE PLAN**\n\n- **Limited by**: One.\\\n  Two.\n\n**THE CHILD**\n")


def test_an_entry_without_a_mark_or_lines_is_a_heading() -> None:
    page = render_markdown(Report("raw", "T", (), (), (Section("S", (Entry("", "Title", ()),)),)))
    assert page.endswith("## S\n\n### Title\n")
