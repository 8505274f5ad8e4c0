"""Killed, hung up on or told to end: nothing shown as saved is gone, nor the text being typed.

`EHCP_AUDIT_FAULTS=1000` makes a long run of it.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sys
import time

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals of this kind", allow_module_level=True)

from tests.faults.conftest import made_workspace
from tests.tui.keyboard import make_store
from tests.tui.terminal import LEFT_ALTERNATE_SCREEN, Terminal

from ehcp_audit.settings.workspace import Workspace

KILLS = int(os.environ.get("EHCP_AUDIT_FAULTS", "4"))
QUESTIONS = 13
DECIDED = re.compile(r"(\d+) of 13 decided")
SCORE_SECONDS = 0.03
TYPE_SECONDS = 0.06  # 200 words a minute
TYPED = "»the child is seen only through what others want for them and for the school"


def at_the_walk(workspace: Workspace, *, before: str = "pass") -> Terminal:
    terminal = Terminal(workspace.folder, workspace.folder.parent / "own", before=before)
    terminal.until_shown("In progress")
    terminal.press("c")
    terminal.until_shown("of 13 decided")
    return terminal


class Watch:
    """Types on, and keeps the highest count that the screen ever showed as saved."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.saved = 0

    def look(self) -> int:
        """Read the line at the top; returns the highest count shown as saved."""
        line = self.terminal.painted.lines[0]
        count = DECIDED.search(line)
        if count and "✓ saved" in line:
            self.saved = max(self.saved, int(count[1]))
        return self.saved

    def type_until(self, keys: str, end: float, pace: float = SCORE_SECONDS) -> None:
        """Press keys one by one until a time is reached."""
        for key in keys:
            if time.monotonic() >= end:
                return
            self.terminal.press(key)
            time.sleep(pace)
            self.look()


def on_the_disk(workspace: Workspace) -> tuple[int, str]:
    """Return how many questions are decided and the text being typed, as stored."""
    with make_store(workspace) as store:
        (row,) = store.audits()
        texts = list(store.drafts(row.id).values())
        assert not store.faults()
        return len(store.audit(row.id).scores), json.loads(texts[0])["text"] if texts else ""


def shown_of(terminal: Terminal) -> str:
    """Return how much of the typed text the screen shows."""
    seen = terminal.painted.text.replace(" ", "").replace("\n", "")
    for length in range(len(TYPED), 0, -1):
        if TYPED[:length].replace(" ", "") in seen and not TYPED[:length].endswith(" "):
            return TYPED[:length]
    return ""


@pytest.mark.parametrize("run", range(KILLS))
def test_nothing_shown_as_saved_is_gone_after_a_kill(workspace: Workspace, run: int) -> None:
    chance = random.Random(run)
    terminal = at_the_walk(workspace)
    watch = Watch(terminal)
    end = time.monotonic() + chance.uniform(0.05, 0.6)
    watch.type_until("".join(chance.choice("234") for _ in range(QUESTIONS)), end)
    terminal.kill(signal.SIGKILL)
    assert terminal.ended() == -signal.SIGKILL
    watch.look()  # what it had painted before it died counts as well
    decided, _ = on_the_disk(workspace)
    assert decided >= watch.saved


def typed_and_killed(workspace: Workspace, chance: random.Random) -> tuple[str, str]:
    """Type until a kill; return the text that the screen showed and the text on the disk."""
    terminal = at_the_walk(workspace)
    watch = Watch(terminal)
    watch.type_until("3i", time.monotonic() + 5)
    terminal.until_shown("as if the family will read it")
    watch.type_until(TYPED, time.monotonic() + chance.uniform(0.3, 1.5), TYPE_SECONDS)
    terminal.kill(signal.SIGKILL)
    terminal.ended()
    decided, kept = on_the_disk(workspace)
    assert decided >= watch.saved
    assert TYPED.startswith(kept)
    return shown_of(terminal), kept


@pytest.mark.parametrize("run", range(KILLS))
def test_a_kill_takes_at_most_one_keystroke_of_the_text_being_typed(
    tmp_path_factory: pytest.TempPathFactory, run: int
) -> None:
    """A disk that others keep busy may need longer than a key, so one kill in three may lose two.

    Text that is not kept at every change loses more at every kill: see the breaks.
    """
    chance = random.Random(1000 + run)
    lost: list[int] = []
    workspace, kept = made_workspace(tmp_path_factory.mktemp("first")), ""
    while len(lost) < 3 and (not lost or lost[-1] > 1):
        if lost:
            workspace = made_workspace(tmp_path_factory.mktemp("again"))
        shown, kept = typed_and_killed(workspace, chance)
        lost.append(len(shown) - len(kept.rstrip()))
    print("lost", lost)  # noqa: T201
    assert lost[-1] <= 1, lost
    if run == 0 and kept:
        again = at_the_walk(workspace)
        again.until_shown("has been brought back")
        again.until(lambda: shown_of(again) == kept.rstrip())
        again.kill(signal.SIGTERM)
        assert again.ended() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_it_leaves_the_terminal_in_order_and_keeps_the_text(
    workspace: Workspace, number: signal.Signals
) -> None:
    terminal = at_the_walk(workspace)
    terminal.press("3i")
    terminal.until_shown("as if the family will read it")
    terminal.press(TYPED)
    terminal.until(lambda: shown_of(terminal) == TYPED)
    terminal.kill(number)
    assert terminal.ended() == 0
    assert LEFT_ALTERNATE_SCREEN in terminal.output
    assert b"\x1b[?25h" in terminal.output, "the cursor is shown again"
    assert b"Traceback" not in terminal.output
    assert on_the_disk(workspace) == (1, TYPED)


def test_a_terminal_that_is_taken_away_ends_the_program_and_keeps_the_text(
    workspace: Workspace,
) -> None:
    terminal = at_the_walk(workspace)
    terminal.press("3i")
    terminal.until_shown("as if the family will read it")
    terminal.press(TYPED)
    terminal.until(lambda: shown_of(terminal) == TYPED)
    terminal.hang_up()
    terminal.ended()
    assert on_the_disk(workspace) == (1, TYPED)


def test_the_screen_reads_what_is_saved_from_the_bytes_sent(workspace: Workspace) -> None:
    """The kills above prove nothing unless the painted line is really read."""
    terminal = at_the_walk(workspace)
    watch = Watch(terminal)
    watch.type_until("333", time.monotonic() + 5)
    terminal.until(lambda: watch.look() == 3)
    terminal.press("q")
    assert terminal.ended() == 0
