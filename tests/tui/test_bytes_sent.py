"""The bytes that a real terminal is sent hold nothing of a hostile text but its pictures."""

import re
import signal
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals of this kind", allow_module_level=True)

from tests.small_rubric import ME
from tests.tui.hostile import PAYLOADS
from tests.tui.keyboard import CORE, begin, make_store, shipped_copy
from tests.tui.terminal import LEFT_ALTERNATE_SCREEN, Terminal

from ehcp_audit.auditing import join
from ehcp_audit.domain.events import NewEvent, audit_subject
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.text import storable
from ehcp_audit.settings.person import Person, write_person
from ehcp_audit.store import Work

FORBIDDEN = (
    b"\x1b]0;PWN",
    b"\x1b]52;",
    b"\x1b]8;;http://evil",
    b"\x1b[6n",
    b"\x1bP$qPWN",
    "\x9b31mPWN".encode(),
    "\x9d0;PWN".encode(),
    b"\x07",
    b"AAAA\rPWN",
    b"A\x08\x08PWN",
    "\u202e".encode(),
    b"\x00",
)


OWN_SEQUENCES = re.compile(rb"\x1b\]22;[a-z]+\x07")  # the shape of the pointer: Textual's
AS_IT_IS = "import ehcp_audit.domain.text as t\nt.visible = lambda text, keep_lines=True: text"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A workspace whose one audit holds every hostile text in its evidence and names."""
    text = storable(" ".join(PAYLOADS.values()))
    workspace = shipped_copy(tmp_path / "team")
    write_person(tmp_path / "own" / "me.toml", Person(ME.id, ME.name, ME.agency))
    first = CORE.rubric.criteria[0].id
    with make_store(workspace) as store:
        audit_id = begin(store, team=text)
        new = {"text": text, "section": text[:40], "page": text[40:80]}
        body = {"note": "f" * 16, "criterion": first, "old": None, "new": new}
        store.write([NewEvent(audit_subject(audit_id), "evidence_written", body, ME.id)])
        store.do(Work(events=(join(Identity(ME.id, text[:300], "education")),)))
    return workspace.folder


def sent(terminal: Terminal) -> list[bytes]:
    """Return the forbidden sequences that a terminal was sent, each with what is round it."""
    output = OWN_SEQUENCES.sub(b"", terminal.output)
    places = [output.find(sequence) for sequence in FORBIDDEN]
    return [output[max(at - 40, 0) : at + 40] for at in places if at >= 0]


def test_no_sequence_of_a_hostile_text_reaches_the_terminal(hostile: Path) -> None:
    terminal = Terminal(hostile, hostile.parent / "own")
    terminal.until_shown("In progress")
    terminal.press("c")
    terminal.until_shown("␛]0;PWN")
    terminal.press("e")
    terminal.until_shown("as if the family will read it")
    # Terminals take ESC and line ends out of what is pasted, but little else.
    pasted = " ".join(PAYLOADS[each] for each in ("colour", "title 8 bit", "bell", "bidi", "null"))
    terminal.press(f"\x1b[200~{pasted} the end\x1b[201~")
    terminal.until_shown("the end")
    terminal.press("\x1b")
    terminal.until_shown("Why we ask")
    terminal.press("s")
    terminal.until_shown("Missing before sign-off")
    terminal.press("q")
    assert terminal.ended() == 0
    assert LEFT_ALTERNATE_SCREEN in terminal.output
    assert "␛]0;PWN".encode() in terminal.output, "it was shown"
    assert sent(terminal) == []


def test_the_check_catches_screens_that_show_text_as_it_is(hostile: Path) -> None:
    terminal = Terminal(hostile, hostile.parent / "own", before=AS_IT_IS)
    terminal.until_shown("In progress")
    terminal.press("c")
    terminal.until(lambda: len(sent(terminal)) >= 8)
    terminal.kill(signal.SIGKILL)
    terminal.ended()
