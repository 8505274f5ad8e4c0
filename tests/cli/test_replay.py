"""A page is made again, digit by digit, from the record as it stood when it was made."""

from __future__ import annotations

import json
import re
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.small_rubric import signed

from ehcp_audit.store import Store

PAGES = (
    ("trends", "--period", "quarter", "--where", "team=Team A,Team B"),
    ("trends", "--by", "plan", "--period", "financial", "--from", "1/1/2024", "--to", "today"),
    ("board", "--improved", "It's “x”.", "--not-improved", "y", "--ask", "z", "--measure", "voice"),
    ("findings", "--source", "notice-2021"),
    ("compare", "--by", "setting-group", "--measure", "theme:voice"),
    ("timeliness",),
    ("re-audits",),
    ("two", "team=Team A", "2026-Q3"),
    ("measure", "theme:voice", "--period", "quarter"),
    ("evidence", "voice.own-views", "--level", "partly"),
)


def a_later_audit(day: date = date(2026, 11, 20)) -> None:
    """Sign one more audit off, and another rubric's with it, after the page was made."""
    with Store.open(Path("audits.db")) as store:
        (kept,) = store.rubric_versions()
        rubric = store.rubric(kept.hash)
        signed(store, rubric=rubric, on=day, level=3, plan_ref="EX-9999", team="Team A")
        signed(store, on=day, plan_ref="EX-9998")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page[0])
def test_a_page_is_replayed_after_more_audits(run, example: Path, page: tuple[str, ...]) -> None:
    assert run("report", *page, "--output", "page.json").code == 0
    text = run("report", *page).out
    a_later_audit()
    assert run("report", *page).out != text
    ran = run("report", "replay", "page.json")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("The same: all ")


def test_a_released_table_is_replayed_and_not_released_again(run, workspace, example: Path) -> None:
    page = ("compare", "--by", "setting-group", "--release")
    assert run("report", *page, "--output", "page.json").code == 0
    a_later_audit()
    assert run("report", "replay", "page.json").code == 0
    with Store.open(Path("audits.db")) as store:
        assert len(store.figure_events("table_released")) == 1


def test_the_foot_of_a_page_says_how_it_is_made_again(run, example: Path) -> None:
    page = ("trends", "--where", "team=Team A", "--period", "term", "--reason", "all")
    text = run("report", *page).out
    again = " ".join(text[text.index("Again") :].split()[1:])
    a_later_audit()
    words = shlex.split(again)
    assert words[:3] == ["ehcp-audit", "report", "replay"]
    replayed = run(*words[1:])
    assert replayed.code == 0, replayed.err
    assert replayed.out == text


def test_a_changed_digit_is_found(run, example: Path) -> None:
    run("report", "trends", "--output", "page.json")
    shape: dict[str, Any] = json.loads(Path("page.json").read_text(encoding="utf-8"))
    shape["measures"][1]["figures"][0]["x"] += 1
    Path("page.json").write_text(json.dumps(shape), encoding="utf-8")
    ran = run("report", "replay", "page.json")
    assert (ran.code, ran.out) == (2, "")
    assert re.search(r"1 of \d+ figures in page.json are not the same", ran.err.replace(",", ""))
    assert "grade · outstanding Outstanding · 2025-05" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["0" * 16, "trends"], "no event here begins"),
        (["not-a-head", "trends"], "is not the log's head"),
        (["0" * 16], "no report is named"),
        (["0" * 16, "audit", "EX-0001"], "is no report to make again"),
        (["gone.json"], "cannot be read"),
        (["broken.json"], "not a page of figures"),
        (["other.json"], "not a page of figures"),
    ],
)
def test_what_cannot_be_replayed_is_told(
    run, example: Path, arguments: list[str], said: str
) -> None:
    Path("broken.json").write_text("{", encoding="utf-8")
    Path("other.json").write_text('{"again": []}', encoding="utf-8")
    before = Path("audits.db").read_bytes()
    ran = run("report", "replay", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert Path("audits.db").read_bytes() == before


def test_the_past_holds_nothing_of_what_came_later(store: Store) -> None:
    first = signed(store)
    head = store.head()
    second = signed(store, plan_ref="NS-0148")
    with store.as_at(head[:12]) as past:
        assert past.head() == head
        assert {row.id for row in past.audits()} == {first}
        assert not past.audit_events(second)
        assert not past.writable
    assert {row.id for row in store.audits()} == {first, second}
    assert store.faults() == []
