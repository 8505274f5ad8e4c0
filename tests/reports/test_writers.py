"""Every writer shows the same figures, and none lets data act on what reads them."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from rich.cells import cell_len
from tests.reports.pages import SMALL, report
from tests.trends.hand_made import RUBRIC, grades, levels, tallies, theme

from ehcp_audit.domain.questions import Question
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.reports.csv_writer import COLUMNS, PAGE_COLUMNS, render_csv, text_cell
from ehcp_audit.reports.json_writer import render_json
from ehcp_audit.reports.model import (
    Column,
    Entry,
    Figure,
    Measure,
    Pairs,
    Paragraph,
    Report,
    Section,
    Table,
)
from ehcp_audit.reports.terminal import render_terminal
from ehcp_audit.reports.wording import share_words
from ehcp_audit.trends.shares import Share

WIDE = "計画の提供" * 12
UNBROKEN = "x" * 200
HOSTILE = "[bold red]hi[/bold red] [/] \x1b]0;owned\x07\x1b[2J \x9b31m \u202eevil"


def retitled(title: str) -> Rubric:
    """Return the small rubric with one title everywhere a title can be."""
    return replace(
        RUBRIC,
        title=title,
        themes=tuple(replace(each, title=title) for each in RUBRIC.themes),
        criteria=tuple(replace(each, title=title) for each in RUBRIC.criteria),
        grades=tuple(replace(each, label=title) for each in RUBRIC.grades),
    )


def long_report(title: str, *, size: int = 16, **choices: Any) -> Report:
    """Return a report over 24 months in which every measure has figures."""
    months = [f"{year}-{month:02}" for year in (2023, 2024) for month in range(1, 13)]
    rows = []
    for month in months:
        counts = {4: size, 3: size, 2: size, 1: size, 0: 2, -1: 3}
        rows += [grades(month, counts), *(theme(month, each.id, counts) for each in RUBRIC.themes)]
        rows += [levels(month, each.id, counts) for each in RUBRIC.criteria]
    given = tallies(*rows, audits=dict.fromkeys(months, size * 4))
    return report(given, rubrics={"one": retitled(title)}, **choices)


def rows_of(page: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(render_csv(page))))


@pytest.mark.parametrize("title", ["Voice", WIDE, UNBROKEN, HOSTILE, "two\nlines\tand a tab"])
@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize(("size", "places"), [(16, None), (1, 1), (25_000, 1)])
def test_no_line_is_wider_than_asked(title: str, width: int, size: int, places: int | None) -> None:
    page = render_terminal(
        long_report(title, size=size, places=places, area=title, banner=title), width=width
    )
    assert max(cell_len(line) for line in page.splitlines()) <= width


def test_a_line_of_a_cell_that_is_set_in_stays_so_where_it_wraps() -> None:
    cell = "name\n  " + "filler " * 60
    table = Table((Column("What"), Column("Plans", "right")), ((cell, "1 of 2"),))
    page = render_terminal(replace(report(), sections=(Section("One", (table,)),)), width=60)
    wrapped = [line for line in page.splitlines() if "filler" in line]
    assert len(wrapped) > 4
    assert all(line.startswith("  filler") for line in wrapped)


def test_figures_are_whole_at_80_columns() -> None:
    page = render_terminal(long_report("Health and social care contribution", size=2500))
    assert "▅" * 24 in page
    assert "50.0% (49.8–50.2%)" in page
    assert "120,000 of 240,000" in page
    assert page.count("75% 7500/10000") == 24 * 2


def test_plain_output_holds_no_escape_and_no_trailing_space() -> None:
    page = render_terminal(report(banner=HOSTILE))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]| $", page, re.MULTILINE)


def test_styled_output_is_bold_at_most_and_says_the_same() -> None:
    styled, plain = render_terminal(report(), styled=True), render_terminal(report())
    assert set(re.findall(r"\x1b\[[0-9;]*m", styled)) == {"\x1b[1m", "\x1b[0m"}
    bare = re.sub(r"\x1b\[[0-9;]*m", "", styled)
    assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()


def test_markup_and_escapes_in_data_come_out_literal_and_harmless() -> None:
    asked = Question("small", filters={"area": (HOSTILE,)})
    shown = "[bold red]hi[/bold red] [/] ␛]0;owned␇␛[2J <9B>31m �evil"
    page = report(SMALL, asked, {"one": retitled(HOSTILE)}, area=HOSTILE, log_head=HOSTILE)
    assert shown in render_terminal(page, width=200)
    for text in (render_terminal(page, styled=True), render_json(page), render_csv(page)):
        bare = text.replace("\x1b[1m", "").replace("\x1b[0m", "")
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", bare)
    assert json.loads(render_json(page))["subtitle"][0] == shown


def raw_report(text: str) -> Report:
    """Return a report that holds a text wherever one can be, as no report should."""
    blocks = (
        Paragraph(text),
        Pairs(((text, text),)),
        Entry(text, text, (text,)),
        Table((Column(text), Column(text, "right")), ((text, "1"),)),
    )
    lines = (Measure("theme", text, text, (text,), (Figure("all", 1, 2),)),)
    pairs = ((text, text),)
    sections = (Section(text, blocks),)
    data = {text: [text, {"a": (text,)}]}
    return Report("raw", text, (text,), (text,), sections, pairs, pairs, lines, data)


def test_each_writer_makes_text_harmless_by_itself() -> None:
    page = raw_report(HOSTILE)
    for text in (render_terminal(page), render_json(page), render_csv(page)):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
        assert "evil" in text


@pytest.mark.parametrize("text", [WIDE, UNBROKEN, HOSTILE, "two\nlines"])
def test_no_block_is_wider_than_the_page(text: str) -> None:
    page = render_terminal(raw_report(text)).splitlines()
    assert max(cell_len(line) for line in page) <= 80


def test_a_long_label_leaves_room_for_its_value() -> None:
    page = Report("raw", "Title", (), (), (), foot=((UNBROKEN, "the value"),))
    assert "the value" in render_terminal(page)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\n=", " =", "＝"])
def test_text_that_begins_a_formula_is_disarmed(start: str) -> None:
    page = report(SMALL, rubrics={"one": retitled(f"{start}cmd|' /C calc'!A0")})
    titles = {row["title"] for row in rows_of(page) if row["measure"] == "criterion"}
    assert len(titles) == 1
    assert titles.pop().startswith("'")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@SUM", "\t1", "\r1", "\n1", "\r=1", "  =1"])
def test_what_a_spreadsheet_may_run_begins_with_an_apostrophe(text: str) -> None:
    assert text_cell(text).startswith("'")


def test_other_text_and_numbers_are_left_as_they_are() -> None:
    assert text_cell("Voice - of the child") == "Voice - of the child"
    assert {row["share"][:1] for row in rows_of(report())} <= {"0", "1", ""}


def test_the_three_writers_show_the_same_figures() -> None:
    page = report()
    flat = " ".join(render_terminal(page).split())
    shape = json.loads(render_json(page))
    by_csv = {(row["measure"], row["id"], row["period"]): row for row in rows_of(page)}
    seen = 0
    for measure in shape["measures"]:
        for figure in measure["figures"]:
            row = by_csv[measure["kind"], measure["id"], figure["period"]]
            for key in ("x", "n", "share", "low", "high", "not_evidenced", "not_applicable"):
                assert row[key] == ("" if figure[key] is None else str(figure[key]))
            if figure["share"] is None:
                continue
            share = Share(figure["x"], figure["n"])
            assert figure["share"] == pytest.approx(share.count / share.total, abs=5e-7)
            if measure["kind"] in ("theme", "criterion", "grade") and figure["period"] == "all":
                assert figure["shown"] in flat
                seen += 1
            if measure["kind"] == "theme" and figure["period"] != "all":
                assert f"{share_words(share)} {share.count}/{share.total}" in flat
                seen += 1
    assert seen == 4 + 2 + 3 + 2 * 3


def test_a_gap_has_empty_cells_and_a_zero_has_a_zero() -> None:
    cells = {(row["id"], row["period"]): row for row in rows_of(report())}
    gap, zero = cells["voice.views", "2025-04"], cells["inadequate", "2025-05"]
    assert [gap[key] for key in ("x", "n", "share", "low", "high")] == ["0", "0", "", "", ""]
    assert [zero[key] for key in ("x", "n", "share", "low")] == ["0", "10", "0.0", "0.0"]


def test_csv_is_one_row_a_period_and_measure_with_the_documented_columns() -> None:
    rows = rows_of(report())
    assert tuple(rows[0]) == COLUMNS
    measures = 1 + 4 + 1 + 1 + 2 + 3  # audits, grades, good or better, no grade, themes, criteria
    assert len(rows) == measures * 5
    assert [row["period"] for row in rows[:5]] == [
        "2025-03",
        "2025-04",
        "2025-05",
        "2025-06",
        "all",
    ]
    assert [row["part"] for row in rows[:5]] == ["", "", "", "yes", ""]


def test_json_keeps_its_documented_shape() -> None:
    shape = json.loads(render_json(report(log_head="abc")))
    assert list(shape) == [
        "report", "format", "title", "subtitle", "banners", "question", "counted", "periods",
        "changes", "too_few_under", "definitions", "foot", "measures",
        "page",
    ]  # fmt: skip
    assert (shape["report"], shape["format"]) == ("trend", 1)
    assert shape["question"]["versions"] == [{"version": "1.0.0", "hash": "one"}]
    assert shape["counted"]["left_out"] == {"thematic": 2, "complaint": 5}
    theme_line = next(each for each in shape["measures"] if each["id"] == "provision")
    assert theme_line["figures"][-1] == {
        "period": "all", "x": 9, "n": 25, "share": 0.36, "low": 0.202479, "high": 0.554815,
        "not_evidenced": 1, "not_applicable": 1, "shown": "36% (20–55%)", "part": False,
    }  # fmt: skip


def test_a_report_without_figures_is_its_page_cell_by_cell() -> None:
    rows = rows_of(replace(report(area="=Area"), measures=()))
    assert tuple(rows[0]) == PAGE_COLUMNS
    told = {(row["section"], row["name"]): row["text"] for row in rows}
    assert told["Grades", "Good: Plans"] == "13 of 26"
    assert told["This page", "Made"] == "10 Jun 2025"
    assert [row["text"] for row in rows[:2]] == ["EHC plan audits: trend", "'=Area"]
