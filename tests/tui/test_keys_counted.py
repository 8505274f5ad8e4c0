"""A full core audit in a real terminal, its keys counted: at most 1.2 a question, plus text."""

import signal
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals of this kind", allow_module_level=True)

from tests.small_rubric import ME
from tests.tui.keyboard import CORE, applying, make_store, shipped_copy
from tests.tui.terminal import Terminal

from ehcp_audit.settings.person import Person, write_person
from ehcp_audit.store import AuditQuery

MOST_KEYS_A_QUESTION = 1.2
# A child in need after an annual review, the whole file seen: the most questions a plan brings up.
FACTS = "NS-0147\rra3 Nov 25\r10e\rmyiarc\r\ry"
WEAK = "outcomes.specific"


@dataclass
class Hands:
    """Somebody at the terminal, and how many keys they pressed that are no text."""

    terminal: Terminal
    keys: int = 0

    def press(self, *keys: str) -> None:
        """Press keys that do something."""
        self.keys += len(keys)
        self.terminal.press("".join(keys))

    def write(self, text: str) -> None:
        """Type text: the auditor's own words."""
        self.terminal.press(text)


def test_a_full_core_audit_takes_hardly_more_than_a_key_a_question(tmp_path: Path) -> None:
    workspace = shipped_copy(tmp_path / "team")
    write_person(tmp_path / "own" / "me.toml", Person(ME.id, ME.name, ME.agency))
    hands = Hands(Terminal(workspace.folder, tmp_path / "own"))
    terminal = hands.terminal
    try:
        terminal.until_shown("No audit yet in this workspace.")
        hands.write(f"n{FACTS}")
        terminal.until_shown("complete")
        hands.write("\x13")  # Ctrl+S: done with the facts
        terminal.until_shown("0 of 23 decided")

        hands.keys = 0
        decided = 0
        with make_store(workspace) as store:
            (row,) = store.audits(AuditQuery(states=("draft",)))
            state = store.audit(row.id)
            asked = applying(CORE.rubric, state)
        for criterion in asked:
            weak = criterion.id == WEAK
            hands.press("1" if weak else "3")
            decided += 1
            terminal.until_shown(f"{decided} of 23 decided")
            if weak:
                terminal.until_shown("Needed here: press i")
                hands.press("i")
                terminal.until_shown("Write it as if the family will read it.")
                hands.write("no date and no measure")
                hands.press("\r")
                hands.write("E")
                hands.press("\r")
                hands.write("4")
                hands.press("\r")
                terminal.until(lambda: "Write it as if" not in terminal.painted.text)
        assert decided == len(asked) == 23
        assert hands.keys / decided <= MOST_KEYS_A_QUESTION, hands.keys

        hands.press("s")
        terminal.until_shown("Nothing is missing. g signs off.")
        hands.press("g")
        terminal.until_shown("Sign off this audit?")
        hands.press("\r")
        terminal.until_shown("signed off")
    finally:
        terminal.kill(signal.SIGTERM)
        terminal.ended()

    with make_store(workspace) as store:
        (row,) = store.audits(AuditQuery(states=("signed",)))
        state = store.audit(row.id)
        assert len(state.scores) == 23
        assert [(each.criterion, each.place) for each in state.evidence] == [(WEAK, "E p.4")]
