"""Every digit on the terminal page stands in every other format, for every kind of page."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from io import BytesIO, StringIO

import openpyxl  # type: ignore[import-untyped]
import pytest
from pypdf import PdfReader
from tests.reports.charts import bars_chart, funnel_chart, line_chart
from tests.reports.pages import report
from tests.reports.test_audit_page import SIGNED
from tests.reports.test_audit_page import page as audit
from tests.reports.test_html import Page
from tests.reports.test_slip_page import slip

from ehcp_audit.reports.csv_writer import render_csv
from ehcp_audit.reports.html import render_html
from ehcp_audit.reports.json_writer import render_json
from ehcp_audit.reports.markdown import render_markdown
from ehcp_audit.reports.model import Chart, Report, Section
from ehcp_audit.reports.pdf import render_pdf
from ehcp_audit.reports.terminal import render_terminal
from ehcp_audit.reports.text_chart import text_chart
from ehcp_audit.reports.xlsx import render_xlsx

NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*%?")
PAGES = {
    "trend": report(area="Example area", log_head="0a1b2c"),
    "audit": audit(SIGNED),
    "slip": slip(),
    "charts": Report(
        "raw",
        "Title",
        (),
        (),
        (Section("Charts", (line_chart(), funnel_chart(), bars_chart(), bars_chart("stacked"))),),
    ),
}


def numbers(text: str) -> set[str]:
    return set(NUMBER.findall(text))


def on_the_terminal(page: Report) -> set[str]:
    """Return the numbers of the page, without the ticks along the sides of its charts."""
    drawn = {
        line
        for section in page.sections
        for block in section.blocks
        if isinstance(block, Chart) and block.kind != "bars"
        for line in text_chart(block, 80)
    }
    lines = render_terminal(page).split("\n")
    return numbers("\n".join(line for line in lines if line not in drawn))


def in_html(page: Report) -> str:
    return "\n".join(each["text"] for each in Page(render_html(page)).elements if each["text"])


def in_pdf(page: Report) -> str:
    text = " ".join(each.extract_text() for each in PdfReader(BytesIO(render_pdf(page))).pages)
    return str(text.replace("\u2007", " ").replace("\u200b", ""))


def in_json(page: Report) -> str:
    return json.dumps(json.loads(render_json(page)), ensure_ascii=False)


def in_workbook(page: Report) -> str:
    """Return every cell as it is shown."""
    book = openpyxl.load_workbook(BytesIO(render_xlsx(page)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    return "\n".join(shown(cell.value, cell.number_format) for cell in cells)


def shown(value: object, form: str) -> str:
    if not isinstance(value, (int, float)):
        return str(value)
    return {"0%": f"{value:.0%}", "0.0%": f"{value:.1%}", "#,##0": f"{value:,}"}.get(
        form, str(value)
    )


WRITERS: dict[str, Callable[[Report], str]] = {
    "md": render_markdown,
    "html": in_html,
    "pdf": in_pdf,
    "json": in_json,
    "xlsx": in_workbook,
}


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_what_the_terminal_shows_stands_in_every_format(
    page: Report, writer: Callable[[Report], str]
) -> None:
    wanted = on_the_terminal(page)
    assert len(wanted) > 4
    assert wanted - numbers(writer(page)) == set()


@pytest.mark.parametrize("name", ["audit", "slip", "charts"])
def test_the_table_of_a_page_without_figures_holds_all_of_them(name: str) -> None:
    cells = [cell for row in csv.reader(StringIO(render_csv(PAGES[name]))) for cell in row]
    assert on_the_terminal(PAGES[name]) - numbers("\n".join(cells)) == set()


def test_the_test_would_find_a_digit_that_differs() -> None:
    page = PAGES["trend"]
    changed = render_markdown(page).replace("63%", "64%")
    assert on_the_terminal(page) - numbers(changed) == {"63%"}
