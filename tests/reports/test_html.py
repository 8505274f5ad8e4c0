"""The HTML page: in order for those who hear it, nothing fetched, nothing run, text stays text."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest
from tests.reports.hostile_report import hostile_report
from tests.reports.pages import report
from tests.reports.test_svg import MARKUP, contrast

from ehcp_audit.domain.text import visible
from ehcp_audit.reports.html import render_html
from ehcp_audit.reports.model import Report, Section

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Page(HTMLParser):
    """The elements of a page in order, each with its attributes, parents and text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[dict[str, Any]] = []
        self.open: list[dict[str, Any]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parents = [each["tag"] for each in self.open]
        element = {"tag": tag, **dict(attrs), "parents": parents, "text": ""}
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parents = [each["tag"] for each in self.open]
        self.elements.append({"tag": tag, **dict(attrs), "parents": parents, "text": ""})

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop()["tag"] == tag

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element["text"] += data

    def all(self, *tags: str) -> list[dict[str, Any]]:
        return [each for each in self.elements if each["tag"] in tags]


@pytest.fixture(scope="module")
def html() -> str:
    return render_html(report(area="Example area", banner="Synthetic example data"))


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_every_element_is_closed_and_the_language_is_named(page: Page) -> None:
    assert page.open == []
    assert page.all("html")[0]["lang"] == "en-GB"


def test_headings_are_in_order_and_the_first_is_the_only_one_of_its_kind(page: Page) -> None:
    levels = [int(each["tag"][1]) for each in page.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_has_its_landmarks_and_a_way_past_the_contents(page: Page) -> None:
    tags = Counter(each["tag"] for each in page.elements)
    assert [tags[each] for each in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert page.all("a")[0]["href"] == "#report"


def test_every_table_has_a_caption_and_headings_with_their_scope(page: Page) -> None:
    tables = page.all("table")
    assert len(tables) == len(page.all("caption")) > 5
    assert {each["scope"] for each in page.all("th")} == {"col", "row"}
    assert all(("thead" in each["parents"]) == (each["scope"] == "col") for each in page.all("th"))


def test_ids_are_unique_and_every_link_and_label_leads_somewhere(page: Page) -> None:
    ids = [each["id"] for each in page.elements if "id" in each]
    assert len(ids) == len(set(ids))
    wanted = [each["href"] for each in page.all("a")]
    wanted += [
        f"#{name}" for each in page.elements for name in each.get("aria-labelledby", "").split()
    ]
    assert {each.removeprefix("#") for each in wanted} <= set(ids)
    assert all(each.startswith("#") for each in wanted)


def test_what_can_be_scrolled_can_be_reached_and_has_a_name_of_its_own(page: Page) -> None:
    regions = [each for each in page.elements if each.get("role") == "region"]
    assert regions
    assert all(each["tabindex"] == "0" for each in regions)
    assert len({each["aria-label"] for each in regions}) == len(regions)


def test_every_picture_says_what_it_shows_and_where_its_figures_are(page: Page) -> None:
    pictures = page.all("svg")
    assert len(pictures) == len(page.all("figure")) == 4
    assert all(each["role"] == "img" for each in pictures)
    figures = [each for each in page.all("a") if each["text"] == "Figures of this chart"]
    assert len(figures) == len(pictures)


def test_nothing_is_fetched_and_nothing_is_run(html: str, page: Page) -> None:
    tags = {each["tag"] for each in page.elements}
    assert not tags & {
        "script",
        "img",
        "link",
        "iframe",
        "object",
        "form",
        "base",
        "audio",
        "video",
    }
    assert not any(
        name.startswith("on") or name == "src" for each in page.elements for name in each
    )
    assert set(re.findall(r"https?://[^\"' ]+", html)) == {"http://www.w3.org/2000/svg"}
    assert "url(" not in html
    assert "@import" not in html
    assert "default-src 'none'" in html


def test_the_words_stand_out_from_the_page() -> None:
    style = (files("ehcp_audit.reports") / "templates" / "report.css").read_text("utf-8")
    colours = set(re.findall(r"[ {;]color: (#[0-9a-f]{3,6})", style))
    assert len(colours) > 2
    assert all(contrast(each, "#ffffff") >= 4.5 for each in colours)


def outline(page: Page) -> list[str]:
    """Return the page's elements, without the parts of drawings: how many fit depends on text."""
    return [each["tag"] for each in page.elements if "svg" not in each["parents"]]


@pytest.mark.parametrize("text", MARKUP.values(), ids=MARKUP)
def test_typed_text_is_shown_exactly_and_makes_no_element(text: str) -> None:
    html = render_html(hostile_report(text))
    hostile, harmless = Page(html), Page(render_html(hostile_report("x")))
    assert outline(hostile) == outline(harmless)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", html)
    assert hostile.all("h1")[0]["text"] == visible(text)
    assert hostile.all("td")[0]["text"] == visible(text)
    html.encode("utf-8")


def test_a_page_with_little_on_it_has_no_contents_and_no_foot() -> None:
    page = Page(render_html(Report("raw", "Title", (), (), (Section("One", ()),))))
    assert not page.all("nav", "footer")
