"""Hang-up, terminate, sleep, a full disk: not a letter that was shown is gone; each with a break.

Each break is Python that runs before the program and makes it careless in one way. A disk made
slow widens the moment in which text is shown and not yet on the disk.
"""

from __future__ import annotations

import signal
import sys
import time

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals of this kind", allow_module_level=True)

from tests.faults.test_kill_ui import TYPED, at_the_walk, on_the_disk, shown_of
from tests.tui.keyboard import make_store
from tests.tui.terminal import LEFT_ALTERNATE_SCREEN, Terminal

from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.store import Draft, Work

SLOW_DISK = """
import time
from ehcp_audit.store.writer import Writer
commit = Writer._commit
def slowly(self, connection, batch):
    time.sleep(0.3)
    commit(self, connection, batch)
Writer._commit = slowly
"""
DEAF = """
from ehcp_audit.tui.app import AuditApp
AuditApp._catch_signals = lambda self: None
"""
NOW_AND_THEN = """
import time
from concurrent.futures import Future
from ehcp_audit.auditing.session import AuditSession
keep, last = AuditSession.save_draft, [0.0]
def by_the_clock(self, field, text):
    if time.monotonic() - last[0] > 2:
        last[0] = time.monotonic()
        return keep(self, field, text)
    skipped = Future()
    skipped.set_result(None)
    return skipped
AuditSession.save_draft = by_the_clock
"""
# The database may grow by no page until the file “room” appears: SQLite itself says it is full.
FULL_DISK = """
import os, sys
from ehcp_audit.store.writer import Writer
commit = Writer._commit
def crowded(self, connection, batch):
    room = os.path.exists(os.path.join(os.path.dirname(self._path), "room"))
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={2**30 if room else pages}")
    commit(self, connection, batch)
Writer._commit = crowded
"""
FORGETFUL_WHEN_FULL = (
    FULL_DISK
    + """
from ehcp_audit.tui.screens.walk_saving import Saving
Saving._bring_back = lambda self, session, refused: None
"""
)


def writing(workspace: Workspace, *, before: str = "pass") -> Terminal:
    terminal = at_the_walk(workspace, before=before)
    terminal.press("3i")
    terminal.until_shown("as if the family will read it")
    return terminal


def leave_the_note(terminal: Terminal) -> None:
    """Press Escape and wait for the note to be closed: a letter right after it would be Alt."""
    terminal.press("\x1b")
    terminal.until(lambda: "Esc done" not in terminal.painted.text)


def typed_until_cut_off(workspace: Workspace, number: int | None, *, before: str) -> str:
    """Type, and end the program while the last letters are on their way; what it had shown."""
    terminal = writing(workspace, before=before)
    terminal.press(TYPED)
    terminal.until(lambda: shown_of(terminal) == TYPED)
    if number is None:
        terminal.hang_up()
    else:
        terminal.kill(number)
    terminal.ended()
    return TYPED


@pytest.mark.parametrize("number", [signal.SIGTERM, None], ids=["terminate", "hang up"])
def test_told_to_end_on_a_slow_disk_it_loses_not_a_letter(
    workspace: Workspace, number: int | None
) -> None:
    shown = typed_until_cut_off(workspace, number, before=SLOW_DISK)
    assert on_the_disk(workspace) == (1, shown)


def test_broken_a_program_that_does_not_hear_the_signal_loses_what_it_showed(
    workspace: Workspace,
) -> None:
    shown = typed_until_cut_off(workspace, signal.SIGTERM, before=SLOW_DISK + DEAF)
    _, kept = on_the_disk(workspace)
    assert len(kept) < len(shown) - 1


def test_broken_text_kept_by_the_clock_is_lost_by_a_kill(workspace: Workspace) -> None:
    shown = typed_until_cut_off(workspace, signal.SIGKILL, before=NOW_AND_THEN)
    _, kept = on_the_disk(workspace)
    assert len(kept) < len(shown) - 1


def test_sleep_and_waking_lose_nothing_and_the_walk_goes_on(workspace: Workspace) -> None:
    terminal = writing(workspace)
    half = len(TYPED) // 2
    terminal.press(TYPED[:half])
    terminal.kill(signal.SIGSTOP)
    time.sleep(0.2)
    terminal.press(TYPED[half:])  # while it sleeps
    terminal.kill(signal.SIGCONT)
    terminal.until(lambda: shown_of(terminal) == TYPED)
    leave_the_note(terminal)
    terminal.press("q")
    assert terminal.ended() == 0
    with make_store(workspace) as store:
        (row,) = store.audits()
        assert [note.text for note in store.audit(row.id).evidence] == [TYPED]


def fill_up(workspace: Workspace) -> None:
    """Leave no room on the page of drafts, so that the next one needs another."""
    with make_store(workspace) as store:
        (row,) = store.audits()
        filler = "x" * 3_900
        store.do(Work(drafts=(Draft(row.id, "filler", filler), Draft("none", "filler", filler))))


def open_again_after_a_full_disk(workspace: Workspace, before: str) -> bool:
    """Write a note on a full disk and leave it; whether its text is there to be saved again."""
    fill_up(workspace)
    terminal = writing(workspace, before=before)
    long = f"{TYPED} " * 40
    terminal.press(f"\x1b[200~{long}\x1b[201~")  # pasted
    terminal.press("so")
    terminal.until_shown("The disk is full.")
    terminal.press("\x1b")
    time.sleep(1)
    (workspace.folder / "room").touch()
    if "Esc done" in terminal.painted.text:
        terminal.press("!")
        leave_the_note(terminal)
    time.sleep(0.5)
    terminal.press("q")
    terminal.ended()
    assert LEFT_ALTERNATE_SCREEN in terminal.output
    with make_store(workspace) as store:
        (row,) = store.audits()
        assert store.faults() == []
        return [note.text for note in store.audit(row.id).evidence] == [f"{long}so!"]


def test_on_a_full_disk_typed_text_stays_says_why_and_is_saved_when_there_is_room(
    workspace: Workspace,
) -> None:
    assert open_again_after_a_full_disk(workspace, FULL_DISK)


def test_broken_a_walk_that_forgets_refused_text_is_seen(workspace: Workspace) -> None:
    assert not open_again_after_a_full_disk(workspace, FORGETFUL_WHEN_FULL)


def test_what_the_disk_refused_to_the_end_is_printed_on_leaving(workspace: Workspace) -> None:
    fill_up(workspace)
    terminal = writing(workspace, before=FULL_DISK)
    terminal.press(f"\x1b[200~{TYPED * 40}\x1b[201~")
    terminal.until_shown("Not on the disk yet: The disk is full.")
    terminal.press("\x11")  # ctrl+q
    assert terminal.ended() == 0
    left = terminal.output.partition(LEFT_ALTERNATE_SCREEN)[2].decode()
    assert "could not be kept. The disk is full." in left
    assert (TYPED * 40) in left
