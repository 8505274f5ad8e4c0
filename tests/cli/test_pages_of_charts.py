"""Every page of charts says which lines are worth a look, and how many signal by chance."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

BOARD = ("board", "--improved", "x", "--not-improved", "y", "--ask", "z")
PAGES = (("trends",), ("findings",), BOARD, ("timeliness",))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page[0])
@pytest.mark.parametrize("form", ["text", "md", "html", "json", "xlsx", "pdf"])
def test_both_are_said_in_every_format(
    run, example: Path, tmp_path: Path, page: tuple[str, ...], form: str
) -> None:
    path = tmp_path / f"page.{form}"
    assert run("report", *page, "--format", form, "--output", path).code == 0
    told = " ".join(_words(path, form).split()).replace("\u00ad", "")
    assert "show a signal somewhere by chance" in told
    assert "worth a look" in told.lower()


def test_charts_call_nothing_but_the_first_page(run, example: Path) -> None:
    for page in ("trends", "findings", "timeliness"):
        told = run("report", page).out
        assert "◆ improvement" not in told
        assert "■ concern" not in told
    assert "◆ improvement" in run("report", *BOARD).out


def _words(path: Path, form: str) -> str:
    if form == "pdf":
        return " ".join(page.extract_text() for page in PdfReader(path).pages)
    if form == "xlsx":
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as book:
            return book.read("xl/sharedStrings.xml").decode()
    return path.read_text(encoding="utf-8")
