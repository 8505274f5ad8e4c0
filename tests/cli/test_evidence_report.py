"""From a figure down to what was seen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.small_rubric import ME, TODAY, joined, opened

from ehcp_audit.auditing import score, sign, write_note
from ehcp_audit.domain.questions import Question
from ehcp_audit.store import Store


def test_the_lowest_levels_come_first_with_what_was_seen(run, example: Path) -> None:
    out = run("report", "evidence", "care.contribution").out
    assert out.index("✗ Not met") < out.index("◔ Partly") < out.index("◑ Meets")
    assert "keep it as safe as the plans" in out
    shape = json.loads(
        run("report", "evidence", "care.contribution", "--level", "partly", "--format", "json").out
    )
    assert {each["level"] for each in shape["evidence"]} == {2}
    notes = [note for each in shape["evidence"] for note in each["notes"]]
    assert notes
    assert all(note["text"].startswith("Made-up note") for note in notes)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["care.contributon"], "did you mean care.contribution?"),
        (["care.contribution", "--level", "meet"], "did you mean meets?"),
    ],
)
def test_what_is_not_known_is_told(run, example: Path, arguments: list[str], said: str) -> None:
    ran = run("report", "evidence", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_hostile_text_is_shown_exactly(run, example: Path) -> None:
    with Store.open(Path("audits.db")) as store:
        joined(store, ME)
        session = opened(store)
        for criterion in session.rubric.criteria:
            if session.state.applies(criterion, TODAY) is not False:
                event = score(session.state, criterion, 3, ME.id, TODAY)
                assert session.confirm(session.submit(event)) is None
        note = write_note(
            session.state,
            session.rubric.criterion("smart"),
            ME.id,
            text="[/b]{x}\x1b[31m=1+1",
            section="F",
            page="2",
            note_id="c" * 16,
        )
        assert session.confirm(session.submit(note)) is None
        store.write([sign(session.rubric, session.state, ME.id, audit_date=TODAY, today=TODAY)])
        (found,) = store.notes_on_criterion(Question("small"), "smart")
        assert found.notes == (("[/b]{x}\x1b[31m=1+1", "F", "2"),)
    out = run("report", "evidence", "smart", "--rubric", "small").out
    assert "[/b]{x}␛[31m=1+1 (F, p. 2)" in out
    assert "\x1b" not in out
