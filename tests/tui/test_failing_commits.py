"""A commit that fails or comes late: the screen says so and ends as the disk stands."""

import asyncio
import json
import time
from concurrent.futures import Future

import pytest
from tests.tui.keyboard import (
    CORE,
    DISK_FULL,
    SlowWriter,
    begin,
    make_store,
    sign_off,
    texts,
    walking,
)
from textual import events

from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.store import Work, Written
from ehcp_audit.tui.screens.walk_saving import WAIT_SECONDS
from ehcp_audit.tui.widgets.note_editor import NoteEditor

FIRST, SECOND = (criterion.id for criterion in CORE.rubric.criteria[:2])
SLOW_DISK = 0.060


async def test_a_score_that_fails_goes_back_to_the_stored_state_and_says_why(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        await hands.press("3")
        slow = SlowWriter(hands.store, refuse_events=DISK_FULL)
        await hands.press("4")
        assert "The disk is full. Make room" in hands.said
        assert hands.walk.state == hands.only_audit()
        assert "1 of 13 decided" in hands.text
        slow.refuse_events = None
        await hands.press("home", "down", "4")
        assert hands.only_audit().scores[SECOND].level == 4


async def test_a_late_commit_is_shown_as_saving_and_then_as_saved(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        slow = SlowWriter(hands.store, holding=True)
        await hands.press("3")
        assert "… saving" in hands.lines[0]
        assert "✓ saved" not in hands.text
        assert hands.at == SECOND, "the walk goes on meanwhile"
        await hands.press("4")
        assert "2 of 13 decided" in hands.text
        assert not hands.only_audit().scores
        slow.let_go()
        await hands.until(lambda: "✓ saved" in hands.lines[0])
        assert {key: each.level for key, each in hands.only_audit().scores.items()} == {
            FIRST: 3,
            SECOND: 4,
        }


async def test_a_late_failure_takes_back_what_was_shown(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("3")
        slow = SlowWriter(hands.store, holding=True)
        await hands.press("4", "4")
        assert "3 of 13 decided" in hands.text
        slow.refuse_held(DISK_FULL)
        await hands.until(lambda: "1 of 13 decided" in hands.text)
        assert "The disk is full." in hands.said
        assert hands.walk.state == hands.only_audit()
        assert "✓ saved" in hands.lines[0]
        await hands.press("up", "u")
        assert not hands.only_audit().scores


async def test_a_note_that_fails_is_open_again_with_all_its_text(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("i")
        await hands.write("blurred\nB\n2")
        slow = SlowWriter(hands.store, holding=True)
        await hands.press("escape")
        assert not hands.find("NoteEditor", NoteEditor).is_open
        slow.refuse_held(DISK_FULL)
        editor = hands.find("NoteEditor", NoteEditor)
        await hands.until(lambda: editor.is_open)
        assert (editor.note.text, editor.note.section, editor.note.page) == ("blurred", "B", "2")
        assert "The disk is full." in hands.said
        assert texts(hands.store, hands.walk.state.id), "the draft is still kept"
        await hands.press("escape")
        assert hands.only_audit().evidence[0].text == "blurred"


ASKED = {  # what asks for words: by which keys from the walk, and the event that keeps them
    "a flag": (("exclamation_mark", "f"), "flagged"),
    "a withdrawal": (("w",), "withdrawn"),
    "an answer": (("s", "y", "w"), "slip_answered"),
    "a reopening": (("s", "o"), "reopened"),
}


@pytest.mark.parametrize("asked", ASKED)
async def test_words_that_fail_stand_in_their_field_again_with_the_reason(
    workspace: Workspace, asked: str
) -> None:
    keys, kind = ASKED[asked]
    enter = ("enter", "n") if asked == "an answer" else ("enter",)
    with make_store(workspace) as store:
        audit_id = sign_off(store) if keys[0] == "s" else begin(store)
    async with walking(workspace) as hands:
        before = hands.store.audit_events(audit_id)
        slow = SlowWriter(hands.store, refuse_events=DISK_FULL)
        await hands.press(*keys)
        await hands.write("a few words")
        await hands.press(*enter)
        assert hands.screen_name == "ReasonDialog"
        assert "The disk is full. Make room" in hands.flowing
        assert hands.store.audit_events(audit_id) == before
        slow.refuse_events = None
        await hands.write(" more")
        await hands.press(*enter)
        newest = hands.store.audit_events(audit_id)[-1]
        assert newest.kind == kind
        assert '"a few words more"' in json.dumps(newest.body)


@pytest.mark.parametrize(
    ("key", "there"), [("q", ""), ("escape", "HomeScreen"), ("s", "SummaryScreen")]
)
async def test_leaving_waits_for_what_is_still_being_saved(
    workspace: Workspace, key: str, there: str
) -> None:
    async with walking(workspace) as hands:
        slow = SlowWriter(hands.store, holding=True)
        await hands.press("3", key)
        assert "… saving" in hands.lines[0]
        assert hands.screen_name == "WalkScreen"
        slow.let_go()
        await hands.until(lambda: hands.screen_name == there if there else not hands.app._running)
        assert len(hands.only_audit().scores) == 1


async def test_what_could_not_be_saved_is_told_before_leaving(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        slow = SlowWriter(hands.store, holding=True)
        await hands.press("3", "q")
        slow.refuse_held(DISK_FULL)
        await hands.until(lambda: "The disk is full." in hands.said)
        assert hands.screen_name == "WalkScreen"


async def test_quitting_in_spite_of_it_writes_what_was_handed_over(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("3", "3", "3")
        await hands.press("ctrl+q")
        await hands.until(lambda: not hands.app._running)
    async with walking(workspace) as hands:
        assert len(hands.only_audit().scores) == 3


async def test_undo_waits_for_what_is_still_being_saved_and_later_keys_for_it(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        slow = SlowWriter(hands.store, holding=True)
        await hands.press("3", "3", "u", "u", "2", "down", "4", "i")
        await hands.write("using")
        assert not hands.only_audit().scores
        slow.let_go()
        await hands.until(lambda: hands.find("NoteEditor", NoteEditor).note.text == "using")
        await hands.press("escape")
        state = hands.only_audit()
        assert {key: each.level for key, each in state.scores.items()} == {FIRST: 2, SECOND: 4}
        assert [each.text for each in state.evidence] == ["using"]


async def test_one_undo_too_many_is_said_though_it_had_to_wait(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("3")
        slow = SlowWriter(hands.store, holding=True)
        await hands.press("u", "u")
        slow.let_go()
        await hands.until(lambda: "There is nothing to undo." in hands.said)
        assert not hands.only_audit().scores
        await hands.press("4")
        assert hands.only_audit().scores[FIRST].level == 4


async def test_a_slow_disk_never_stops_the_screen(workspace: Workspace) -> None:
    """With 60 ms a commit, keys are taken at several times the pace of the disk."""
    async with walking(workspace) as hands:
        submit = hands.store.submit
        lock = asyncio.Lock()

        def slowly(work: Work) -> Future[Written]:
            future: Future[Written] = Future()

            async def commit() -> None:
                async with lock:
                    await asyncio.sleep(SLOW_DISK)
                    future.set_result(await asyncio.wrap_future(submit(work)))

            tasks.append(asyncio.ensure_future(commit()))
            return future

        tasks: list[asyncio.Task[None]] = []
        gaps: list[float] = []

        async def tick() -> None:
            last = time.perf_counter()
            while True:
                await asyncio.sleep(0)
                now = time.perf_counter()
                gaps.append(now - last)
                last = now

        hands.store.submit = slowly  # type: ignore[method-assign]
        ticking = asyncio.ensure_future(tick())
        for _ in range(13):
            hands.app.post_message(events.Key("3", "3"))
        while len(hands.walk.state.scores) < 13:  # noqa: ASYNC110  (this is what is measured)
            await asyncio.sleep(0)
        stored = len(hands.only_audit().scores)
        ticking.cancel()
        await asyncio.gather(*tasks)
        await hands.until(lambda: "✓ saved" in hands.lines[0])
        assert stored < 13, "the screen was ahead of the disk"
        assert len(gaps) > 13 * 10, "the loop went round many times a key"
        assert sum(gap > 13 * SLOW_DISK / 2 for gap in gaps) == 0, "it never stood still"
        assert WAIT_SECONDS < SLOW_DISK / 2
        assert len(hands.only_audit().scores) == 13
