"""The manners of line prompts: how they ask, how they end, and that nothing typed commands them."""

import contextlib
import os
import pty
import signal
import subprocess
import sys
import time
from concurrent.futures import Future

import pytest
from tests.front_ends.at_the_prompts import converse, steps_typed
from tests.front_ends.scenario import BEGIN, step
from tests.small_rubric import ME, OTHER
from tests.tui.hostile import PAYLOADS
from tests.tui.keyboard import DISK_FULL, begin, make_store, note, sign_off

from ehcp_audit.auditing import AuditSession
from ehcp_audit.auditing.typed_notes import NoteText, draft_field
from ehcp_audit.settings.person import Person, person_file, write_person
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.store import AuditQuery, Store, Work, Written

DRAWN = range(0x2500, 0x25A0)  # box drawing and blocks


def drawn(text: str) -> set[str]:
    return {character for character in text if ord(character) in DRAWN}


def prompts(transcript: str) -> list[str]:
    return [line for line in transcript.splitlines() if line.endswith("answer:")]


@pytest.fixture
def audits(workspace: Workspace) -> Workspace:
    """A workspace with a signed audit and a draft."""
    with make_store(workspace) as store:
        sign_off(store)
        begin(store, plan_ref="NS-0002")
    return workspace


# ---------------------------------------------------------------- how they ask


def test_nothing_is_drawn_anywhere(audits: Workspace) -> None:
    lines = ["?", "list", "1", "?", "list", "y", "s", "?", "report", "all", "facts", "back", "home"]
    lines += [
        "2",
        "report",
        "",
        "back",
        "back",
        "t",
        "?",
        "1",
        "p",
        "2",
        "back",
        "r",
        "1",
        "back",
        "check 1",
        "back",
        "q",
    ]
    code, transcript = converse(audits, lines)
    assert code == 0
    assert not drawn(transcript)
    assert "Goodbye." in transcript


def test_a_question_is_read_in_full_once_and_then_in_short(audits: Workspace) -> None:
    _, transcript = converse(audits, ["c", "j", "k", "", "q"])
    question = "Does the plan give this child's or young person's own views"
    assert transcript.count(question) == 2  # when it is come to, and at Enter alone
    assert transcript.count("Question 1. 0 of") == 3


def test_an_answer_that_keeps_the_question_in_view_does_not_read_it_again(
    audits: Workspace,
) -> None:
    _, transcript = converse(audits, ["c", "1", "q"])
    after = transcript.partition("Saved. Not met")[2]
    assert "Evidence is needed at this level" in after
    assert "Question" not in after


def test_what_is_not_understood_or_not_possible_is_a_sentence(audits: Workspace) -> None:
    _, transcript = converse(
        audits, ["blah", "99", "c", "9", "blah", "#0", "#99", "u", "e", "clear", "k", "q"]
    )
    told = [line for line in transcript.splitlines() if line.startswith("Not done:")]
    assert len(told) == 10
    assert "Not done: This rubric has 4 levels." in told
    assert "Not done: There is nothing to undo." in told
    assert "Not done: This is the first question." in told


def test_back_and_enter_leave_a_question_unanswered(audits: Workspace) -> None:
    with make_store(audits) as store:
        before = len(store.every_event())
    lines = ["c", "x", "", "n", "back", "w", "", "i", "", "", "", "s", "g", "back", "home"]
    converse(audits, [*lines, "2", "o", "", "a", "cancel", "back", "f", "", "q"])
    with make_store(audits) as store:
        assert len(store.every_event()) == before


def test_an_offered_reason_is_taken_by_its_number(audits: Workspace) -> None:
    converse(audits, ["c", "x", "2"])
    with make_store(audits) as store:
        state = store.audit(store.audits(AuditQuery(states=("draft",)))[0].id)
    assert [score.reason for score in state.scores.values()] == [
        "The review papers were not available"
    ]


def test_a_line_that_ends_in_a_backslash_goes_on(audits: Workspace) -> None:
    converse(audits, ["c", "i", "first\\", "second", "A", "2"])
    with make_store(audits) as store:
        state = store.audit(store.audits(AuditQuery(states=("draft",)))[0].id)
    assert state.evidence[0].text == "first\nsecond"


def test_who_is_auditing_is_asked_once(workspace: Workspace) -> None:
    person_file(os.environ).unlink()
    _, transcript = converse(workspace, ["n", "KL", "2", "cancel", "n", "cancel", "q"])
    assert transcript.count("Who is auditing?") == 1
    assert "Working as KL, health." in transcript


def test_a_plan_audited_before_is_told_and_can_be_audited_again(audits: Workspace) -> None:
    _, transcript = converse(audits, ["n", "ns-0147", "2", "done", "Z", "B", "q"])
    assert "NS-0147 was audited before." in transcript
    assert "Saved. The audit has begun." in transcript
    with make_store(audits) as store:
        latest = store.audits(AuditQuery(states=("draft",)))[0]
        assert latest.follows is not None


def test_somebody_elses_audit_can_be_read_and_not_changed(audits: Workspace) -> None:
    write_person(person_file(os.environ), Person(OTHER.id, OTHER.name, OTHER.agency))
    with make_store(audits) as store:
        before = len(store.every_event())
    lines = ["open NS-0002", "3", "n why", "i text", "clear", "u", "f", "s", "g", "home", "q"]
    _, transcript = converse(audits, lines)
    assert transcript.count("This audit is somebody else's.") >= 6
    with make_store(audits) as store:
        assert len(store.every_event()) == before


def test_evidence_typed_at_the_screens_is_offered_here(audits: Workspace) -> None:
    with make_store(audits) as store:
        audit_id = store.audits(AuditQuery(states=("draft",)))[0].id
        session = AuditSession(store, audit_id, ME)
        typed = NoteText("half a sent", "A", "3")
        session.save_draft(draft_field("voice.whose-view", None), typed.to_draft()).result()
    _, transcript = converse(audits, ["c", "y", "q"])
    assert "On Whose view it is: “half a sent”, section A, page 3" in transcript
    with make_store(audits) as store:
        assert store.audit(audit_id).evidence[0].text == "half a sent"
        assert not store.drafts(audit_id)


def test_a_change_made_elsewhere_refuses_the_answer_and_says_so(audits: Workspace) -> None:
    with make_store(audits) as store:
        audit_id = store.audits(AuditQuery(states=("draft",)))[0].id

    def lines():
        yield "c"
        with make_store(audits) as other:
            note(other, audit_id, "voice.own-views", "from another window")
        yield "3"
        yield "3"

    _, transcript = converse(audits, lines())
    assert "Not done:" in transcript
    assert "Saved. Meets" in transcript


def test_a_full_disk_keeps_the_typed_text_until_it_can_be_saved(
    audits: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit, refused = Store.submit, [DISK_FULL, DISK_FULL]

    def full(store: Store, work: Work) -> Future[Written]:
        if not work.events or not refused:
            return submit(store, work)
        future: Future[Written] = Future()
        future.set_exception(refused.pop())
        return future

    monkeypatch.setattr(Store, "submit", full)
    _, transcript = converse(audits, ["c", "i what I saw", "A", "2", "y", "y", "q"])
    assert transcript.count("Not done: The disk is full.") == 2
    assert "Saved. Evidence written." in transcript
    with make_store(audits) as store:
        state = store.audit(store.audits(AuditQuery(states=("draft",)))[0].id)
    assert [note.text for note in state.evidence] == ["what I saw"]
    for lines, saved in {
        ("c", "x the advice"): "Saved. Not evidenced",
        ("c", "!", "4", "look again"): "Saved. The flag is raised",
        ("list", "2", "y", "1", "we agree", "n"): "Saved. Kept: the answer",
        ("list", "2", "o a slip"): "Saved. Reopened.",
        ("c", "w", "begun twice"): "Saved. Withdrawn.",
    }.items():
        refused.append(DISK_FULL)
        _, said = converse(audits, [*lines, "y", "back", "q"])
        assert said.count("Not done: The disk is full.") == 1
        assert saved in said.partition("Try again?")[2]


# ---------------------------------------------------------------- hostile text


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_hostile_text_is_said_with_its_controls_in_pictures(text: str, audits: Workspace) -> None:
    line = text.replace("\r", " ").replace("\n", " ")
    lines = [
        "c",
        f"i {line}",
        line,
        line,
        f"n {line}",
        "list",
        "s",
        "report",
        "all",
        "back",
        "back",
    ]
    code, transcript = converse(audits, [*lines, f"/{line}", f"open {line}", line, "q"])
    assert code == 0
    controls = {each for each in transcript if ord(each) < 32 or 0x7F <= ord(each) <= 0x9F}
    assert controls <= {"\n"}


# ---------------------------------------------------------------- how they end


def test_the_end_of_the_input_is_the_end_in_good_order(workspace: Workspace) -> None:
    steps = [BEGIN, step("score", "voice.own-views", 3)]
    code, transcript = converse(workspace, steps_typed(steps))
    assert code == 0
    assert "End of input. Everything that was said to be saved is saved." in transcript
    with make_store(workspace) as store:
        assert not store.faults()


# Whoever runs the tests may have Ctrl+C switched off, as a shell does for what it runs behind.
PROGRAM = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from ehcp_audit.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL], ids=lambda n: n.name
)
def test_hang_up_terminate_kill_and_ctrl_c_lose_nothing_that_was_saved(
    audits: Workspace, number: signal.Signals
) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--plain", "--workspace", str(audits.folder)],
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        env={**os.environ, "TERM": "dumb"},
    )  # fmt: skip
    os.close(theirs)
    said = b""

    def until(wanted: bytes) -> None:
        nonlocal said
        last = time.monotonic() + 30
        while wanted not in said:
            assert time.monotonic() < last, said
            said += os.read(ours, 10_000)

    until(b"Home:")
    os.write(ours, b"c\n")
    until(b"answer:")
    os.write(ours, b"3\n")
    until(b"Saved. Meets")
    os.write(ours, b"i half a li")
    until(b"half a li")
    for _ in range(6):  # line editing takes note of one that comes between two keys at the next
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=5)
            break
    os.close(ours)
    assert process.returncode == (-number if number is signal.SIGKILL else 128 + number)
    with make_store(audits) as store:
        state = store.audit(store.audits(AuditQuery(states=("draft",)))[0].id)
        assert len(state.scores) == 1
        assert not store.faults()
