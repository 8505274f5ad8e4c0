"""Whoever waits for a long writing is told how far it is, and can stop it."""

from __future__ import annotations

import pytest
from tests.reports.pages import report

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.reports.writing import FORMATS, format_of_name, write


class StoppedError(Exception):
    pass


@pytest.mark.parametrize("form", ["html", "pdf", "xlsx"])
def test_every_step_is_told_in_order(form: str) -> None:
    told: list[tuple[int, int]] = []
    write(report(), form, progress=lambda done, of: told.append((done, of)))
    assert [done for done, _ in told] == list(range(len(told)))
    assert len({of for _, of in told}) == 1
    assert len(told) == told[0][1] > 3


@pytest.mark.parametrize("form", ["html", "pdf", "xlsx"])
def test_it_stops_at_the_next_step_and_leaves_nothing(form: str) -> None:
    def stop(done: int, of: int) -> None:
        if done == 2:
            raise StoppedError

    with pytest.raises(StoppedError):
        write(report(), form, progress=stop)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_and_asked_for_by_the_ending_of_a_name(form: str) -> None:
    assert write(report(), form)
    ending = "txt" if form == "text" else form
    assert format_of_name(f"Board.{ending.upper()}") == form


def test_a_name_without_an_ending_we_know_asks_for_nothing() -> None:
    assert format_of_name("board") is format_of_name("board.docx") is None


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="docx") as told:
        write(report(), "docx")
    assert "pdf" in told.value.next_step
