"""Whatever a text holds, the terminal is sent only what it looks like."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.small_rubric import ME, TODAY, criterion, rubric_of
from tests.tui.hostile import PAYLOADS, unsafe
from tests.tui.keyboard import (
    CORE,
    NARROW,
    PLAIN_PLAN,
    WIDE,
    Hands,
    begin,
    make_store,
    opened,
    shipped_copy,
    walking,
)
from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Static

from ehcp_audit.auditing import begin_audit, join, score
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.events import NewEvent, audit_subject
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import Finding, Level, Rubric, Scale, Source, Theme
from ehcp_audit.domain.text import storable, visible
from ehcp_audit.settings.person import Person, person_file, write_person
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.store import Draft, Store, Work
from ehcp_audit.tui.screens.walk import WalkScreen
from ehcp_audit.tui.widgets.page import Page

# Every payload in one text, so that each screen is opened once and not once for each.
EVERYTHING = " ".join(PAYLOADS.values())
KEPT = storable(EVERYTHING)
FIRST = CORE.rubric.criteria[0].id
LONG = "long " * 20_000


def shows(hands: Hands, text: str) -> list[str]:
    """Return the words of a text that the screen does not show."""
    words = visible(text, keep_lines=False).split()
    seen = hands.flowing.replace(" ", "")
    return [word for word in words if word not in seen]


def check(hands: Hands) -> None:
    assert not unsafe(hands.segments), hands.screen_name


def write_raw(store: Store, state: AuditState, kind: Any, body: dict[str, Any]) -> None:
    """Write an event as a damaged or foreign program might, past every check of the acts."""
    store.write([NewEvent(audit_subject(state.id), kind, body, ME.id)])


def hostile_audit(store: Store, text: str, **facts: Any) -> str:
    """An audit whose note, reason and codes all hold a text."""
    audit_id = begin(store, **{"team": text, "area": text, "writer": text, **facts})
    state = store.audit(audit_id)
    new = {"text": text, "section": text, "page": text}
    noted = {"note": "f" * 16, "criterion": FIRST, "old": None, "new": new}
    write_raw(store, state, "evidence_written", noted)
    store.write([score(store.audit(audit_id), CORE.rubric.criterion(FIRST), 0, ME.id, TODAY,
                       reason=text[:9000])])  # fmt: skip
    store.do(Work(events=(join(Identity(ME.id, text[:400], "education")),)))
    return audit_id


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_evidence_reasons_and_names_are_shown_as_they_look(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    with make_store(workspace) as store:
        audit_id = hostile_audit(store, KEPT)
    async with opened(workspace, size) as hands:
        check(hands)
        hands.app.push_screen(WalkScreen(audit_id, at=FIRST))
        await hands.settle()
        check(hands)
        if size == WIDE:
            assert not shows(hands, KEPT)
        for key in ("y", "e", "enter", "enter", "escape", "s"):
            await hands.press(key)
            check(hands)
        assert hands.screen_name == "SummaryScreen"
        await hands.press("f", "f2")
        for _ in range(20):
            check(hands)
            await hands.press("down")


async def test_opening_a_hostile_note_and_leaving_it_changes_nothing(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        audit_id = hostile_audit(store, KEPT)
        before = store.audit(audit_id)
    async with walking(workspace, at=FIRST) as hands:
        await hands.press("e")
        check(hands)
        await hands.press("escape")
        assert hands.only_audit() == before


async def test_the_reason_given_before_is_offered_as_it_looks(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        hostile_audit(store, KEPT)
    async with walking(workspace, at=FIRST) as hands:
        await hands.press("x")
        assert hands.screen_name == "ReasonDialog"
        check(hands)


async def test_a_choice_between_hostile_notes_is_harmless(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        audit_id = hostile_audit(store, KEPT)
        new = {"text": KEPT, "section": KEPT, "page": KEPT}
        noted = {"note": "e" * 16, "criterion": FIRST, "old": None, "new": new}
        write_raw(store, store.audit(audit_id), "evidence_written", noted)
    async with walking(workspace, at=FIRST) as hands:
        await hands.press("e")
        assert hands.screen_name == "ChoiceDialog"
        check(hands)


async def test_what_is_pasted_is_shown_and_kept_as_it_looks(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("i")
        await hands.paste(EVERYTHING)
        check(hands)
        await hands.press("enter")
        await hands.paste(EVERYTHING)
        check(hands)
        await hands.press("enter")
        await hands.paste(EVERYTHING)
        check(hands)
        await hands.press("escape")
        (note,) = hands.only_audit().evidence
        assert note.text == visible(EVERYTHING)
        assert "\x1b" not in note.section + note.page
        check(hands)
        for key in ("x", "slash", "w"):
            await hands.press(key)
            await hands.paste(EVERYTHING)
            check(hands)
            await hands.press("escape")
        await hands.press("escape", "slash")
        await hands.paste(EVERYTHING)
        check(hands)
        await hands.press("escape", "w")
        await hands.paste(EVERYTHING)
        check(hands)
        await hands.press("enter")
        check(hands)
        await hands.press("escape", "n")
        await hands.paste(EVERYTHING)
        check(hands)
        await hands.press("enter")
        check(hands)


async def test_a_hostile_draft_comes_back_as_it_looks(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        text = json.dumps({"text": EVERYTHING, "section": EVERYTHING, "page": EVERYTHING})
        store.do(Work(drafts=(Draft(begin(store), f"note {FIRST}", text),)))
    async with walking(workspace) as hands:
        check(hands)
        assert "has been brought back" in hands.said


async def test_a_line_of_100_kilobytes_is_shown(workspace: Workspace) -> None:
    for text, reference in ((LONG, "NS-0001"), ("x" * 100_000, "NS-0002")):
        with make_store(workspace) as store:
            audit_id = hostile_audit(store, text, plan_ref=reference)
        async with opened(workspace, NARROW) as hands:
            hands.app.push_screen(WalkScreen(audit_id, at=FIRST))
            await hands.settle()
            check(hands)
            await hands.press("y", "s", "f", "escape", "escape", "escape")
            check(hands)


def hostile_rubric(text: str) -> Rubric:
    """A rubric that says one text everywhere it says anything."""
    questions = [
        criterion(
            f"c{number}", "voice", title=text, question=text, guidance=text, law=text,
            levels=(text,) * 4, on_lowest=text, evidence_at=(1,),
            findings=(Finding("s", text, text),),
        )
        for number in range(3)
    ]  # fmt: skip
    levels = tuple(
        Level(n, f"level{n}", text, "✗◔◑●"[n - 1], Fraction(n - 1, 3), text) for n in range(1, 5)
    )
    plain = rubric_of(
        *questions,
        title=text,
        summary=text,
        themes=(Theme("voice", text),),
        sources=(Source("s", text, text, text),),
        scale=Scale(levels, 3, text, text),
        ungraded_says=text.replace("{", "").replace("}", ""),
    )
    grades = tuple(replace(grade, label=text) for grade in plain.grades)
    return replace(plain, grades=grades, limits=plain.limits[:1])


@asynccontextmanager
async def with_rubric(workspace: Workspace, rubric: Rubric) -> AsyncIterator[Hands]:
    with make_store(workspace) as store:
        audit_id = begin_audit(store, rubric, "# made in code\n", PLAIN_PLAN, ME, today=TODAY)
    async with opened(workspace) as hands:
        check(hands)
        hands.app.push_screen(WalkScreen(audit_id))
        await hands.settle()
        yield hands


async def test_a_rubric_that_means_harm_is_shown_as_it_looks(workspace: Workspace) -> None:
    async with with_rubric(workspace, hostile_rubric(KEPT)) as hands:
        check(hands)
        await hands.press("y")
        check(hands)
        await hands.press("1")
        check(hands)
        assert hands.screen_name == "NoticeDialog"
        await hands.press("enter", "i")
        await hands.write("a note")
        await hands.press("escape", "u")
        check(hands)
        await hands.press("slash")
        await hands.write("c1\n")
        check(hands)
        for key in ("3", "3", "3", "s", "question_mark"):
            await hands.press(key)
            check(hands)
        await hands.press("escape", "escape", "escape")
        check(hands)


async def test_the_questions_of_a_hostile_rubric_can_be_told_apart(workspace: Workspace) -> None:
    async with with_rubric(workspace, hostile_rubric("[b]x[/b] [/] [@click=app.quit]")) as hands:
        for word in ("[b]x[/b]", "[/]", "[@click=app.quit]"):
            assert word in hands.text
        await hands.press("slash")
        await hands.write("x")
        assert hands.screen_name == "FindDialog"
        assert hands.text.count("[@click=app.quit]") >= 3


async def test_a_signed_audit_of_a_hostile_rubric_has_harmless_trends(
    workspace: Workspace,
) -> None:
    async with with_rubric(workspace, hostile_rubric(KEPT)) as hands:
        await hands.press("3", "3", "3", "s", "g", "enter")
        check(hands)
        assert hands.only_audit().status == "signed"
        await hands.press("escape", "escape", "t")
        await hands.until(lambda: "counting" not in hands.lines[0])
        check(hands)
        assert hands.find("#trends", Page)._lines


async def test_the_names_of_folder_team_and_person_are_shown_as_they_look(tmp_path: Path) -> None:
    folder = tmp_path / "ev\x1b]0;PWN\x07il [b] \u202e"
    workspace = shipped_copy(folder)
    write_person(person_file({"EHCP_AUDIT_CONFIG": str(tmp_path / "own")}),
                 Person(ME.id, "[/] [b]KL", "education"))  # fmt: skip
    async with opened(workspace) as hands:
        check(hands)
        assert "[/] [b]KL" in hands.text
        assert "ev␛]0;PWN␇il [b] \N{REPLACEMENT CHARACTER}" in hands.text
        await hands.press("w")
        check(hands)
        await hands.press("escape")
        (workspace.rubrics / "\x1b]0;x\x07 [b].toml").write_text("broken", encoding="utf-8")
        await hands.press("n")
        check(hands)
    workspace.settings_file.write_text(
        f"name = {json.dumps('x' + KEPT[:40])}\n".replace("\\u007f", ""), encoding="utf-8"
    )
    async with opened(workspace) as hands:
        check(hands)


async def test_a_hostile_sentence_is_said_as_it_looks(workspace: Workspace) -> None:
    async with opened(workspace, notifications=True) as hands:
        for payload in PAYLOADS.values():
            hands.app.say(payload)
            await hands.settle()
            check(hands)
            assert not shows(hands, payload)
        hands.app.tell(UsageError(EVERYTHING, EVERYTHING, title="[/] \x1b]0;PWN\x07"))
        await hands.settle()
        check(hands)
        assert "␛]0;PWN␇" in hands.flowing


async def test_the_check_catches_a_widget_that_shows_text_as_it_is() -> None:
    class Careless(App[None]):
        def compose(self) -> ComposeResult:
            yield Static()

    app = Careless()
    async with app.run_test() as pilot:
        for name, payload in PAYLOADS.items():
            if name in ("close", "close b", "open"):
                continue  # as markup these crash, which needs no check
            markup = name in ("action", "bold", "redacted")
            app.query_one(Static).update(payload if markup else Content(payload))
            await pilot.pause()
            lines = [list(strip) for strip in app.screen._compositor.render_strips()]
            text = "".join(segment.text for line in lines for segment in line)
            assert unsafe(lines) or visible(payload, keep_lines=False) not in text, name
