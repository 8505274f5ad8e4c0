import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

import ehcp_audit.__main__ as entry
from ehcp_audit.cli.invocation import Invocation


class FakeStream(io.StringIO):
    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def settled(monkeypatch, *, term: str, **terminals: bool) -> None:
    monkeypatch.setenv("TERM", term)
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, FakeStream(terminals.get(name, True)))


def test_the_screens_open_only_where_all_three_streams_are_a_terminal(monkeypatch) -> None:
    settled(monkeypatch, term="xterm")
    assert entry.at_a_terminal()
    for name in ("stdin", "stdout", "stderr"):
        settled(monkeypatch, term="xterm", **{name: False})
        assert not entry.at_a_terminal()
    settled(monkeypatch, term="xterm")
    monkeypatch.setattr(sys, "stdin", None)
    assert not entry.at_a_terminal()


def front_of(monkeypatch, *, term: str, **terminals: bool) -> str:
    """Which front end a bare command is given, with those streams at a terminal."""
    given = {}

    def run_command(**options: object) -> int:
        given.update(options)
        return 0

    monkeypatch.setattr(entry, "run_command", run_command)
    settled(monkeypatch, term=term, **terminals)
    assert entry.main() == 0
    if given["dumb_terminal"]:
        return "prompts"
    return "screens" if given["open_screens"] else "overview"


def test_a_terminal_that_only_prints_gets_prompts_and_a_pipe_the_overview(monkeypatch) -> None:
    assert front_of(monkeypatch, term="xterm") == "screens"
    assert front_of(monkeypatch, term="dumb") == "prompts"
    assert front_of(monkeypatch, term="dumb", stdin=False) == "overview"
    assert front_of(monkeypatch, term="xterm", stdout=False) == "overview"


def never_opened(*_: object) -> int:
    raise AssertionError


PROMPTS = "? says all commands."


def test_plain_opens_prompts_at_a_terminal_and_from_a_pipe(run, workspace: Path, monkeypatch):
    for screens in (None, never_opened):
        monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
        ran = run("--plain", open_screens=screens)
        assert (ran.code, ran.err) == (0, "")
        assert PROMPTS in ran.out
        assert "Goodbye." in ran.out


def test_ones_own_choice_opens_prompts_at_a_terminal_only(run, workspace: Path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    monkeypatch.setenv("EHCP_AUDIT_PLAIN", "1")
    assert PROMPTS in run(open_screens=never_opened).out
    assert "Next: " in run().out  # a script that inherits the choice is asked nothing
    monkeypatch.delenv("EHCP_AUDIT_PLAIN")
    assert "Line prompts open" in run("me", "--plain").out
    assert PROMPTS in run(open_screens=never_opened).out
    monkeypatch.setenv("EHCP_AUDIT_PLAIN", "0")
    assert run(open_screens=lambda *_: 7).code == 7
    monkeypatch.delenv("EHCP_AUDIT_PLAIN")
    assert "Working as KL" in run("me", "--screens").out
    assert run(open_screens=lambda *_: 7).code == 7


def test_prompts_open_in_a_terminal_without_unicode(example: Path) -> None:
    ran = in_a_process(example, "--plain", PYTHONIOENCODING="ascii")
    assert ran.returncode == 0
    assert b"SYNTHETIC" in ran.stdout
    assert ran.stderr == b""


def test_a_bare_command_opens_the_screens_in_the_workspace(run, workspace: Path) -> None:
    opened = []

    def screens(found, chosen, debug) -> int:
        opened.append((found.folder, chosen, debug))
        return 7

    assert run("--debug", open_screens=screens).code == 7
    assert opened == [(workspace.resolve(), None, True)]


def test_the_auditor_named_is_settled_before_the_screens_open(run, example: Path) -> None:
    opened = []

    def screens(found, chosen, debug) -> int:
        opened.append(chosen)
        return 0

    assert run("--auditor", "tb", open_screens=screens).code == 0
    assert (opened[0].name, opened[0].agency) == ("TB", "health")
    assert run("--auditor", "ZZ", open_screens=screens).code == 2


def test_outside_a_workspace_the_screens_do_not_open_and_init_is_offered(run) -> None:
    def screens(*_: object) -> int:
        raise AssertionError

    ran = run(open_screens=screens)
    assert ran.code == 2
    assert "ehcp-audit init DIR" in ran.err


def test_a_terminal_that_is_not_utf8_gets_a_sentence(run, workspace: Path, monkeypatch) -> None:
    latin = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    monkeypatch.setattr(sys, "stdout", latin)
    ran = run(open_screens=lambda *_: 0)
    assert ran.code == 2
    assert "need UTF-8" in ran.err


def test_without_a_terminal_an_overview_is_printed_and_nothing_made(run, workspace: Path) -> None:
    ran = run()
    assert ran.code == 0
    assert "No audit has been made here yet." in ran.out
    assert sorted(each.name for each in workspace.iterdir()) == ["rubrics", "settings.toml"]


def test_the_overview_counts_audits_by_state_and_names_the_last(run, example: Path) -> None:
    out = run().out
    assert "Example area (made up)" in out
    assert "SYNTHETIC EXAMPLE DATA" in out
    assert "Audits: 3 in progress, 293 signed off, 1 withdrawn" in out
    assert out.count("\n  EX-") == 5


def test_an_error_is_three_parts_without_a_traceback(run) -> None:
    ran = run("report", "trends")
    first, second = ran.err.splitlines()
    assert first.startswith("No workspace: ")
    assert "ehcp-audit init DIR" in second
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" in run("--debug", "report", "trends").err


def test_a_fault_of_ours_is_one_sentence_without_what_was_in_memory(run, monkeypatch) -> None:
    def fail(self: Invocation) -> None:
        name_of_child = "Alex Example"
        raise ZeroDivisionError(name_of_child)

    monkeypatch.setattr(Invocation, "workspace", fail)
    ran = run("report", "trends")
    assert ran.code == 1
    assert "This is a fault in ehcp-audit" in ran.err
    assert "Traceback" not in ran.err
    assert "Alex" not in ran.err
    assert "Traceback" in run("--debug", "report", "trends").err


def test_an_unknown_command_is_told_the_nearest(run) -> None:
    ran = run("reprot")
    assert ran.code == 2
    assert "Did you mean `ehcp-audit report`?" in ran.err


def test_a_stopped_command_says_so(run, monkeypatch) -> None:
    def stop(self: Invocation) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Invocation, "workspace", stop)
    ran = run("report", "trends")
    assert (ran.code, ran.err.strip()) == (130, "Stopped.")


def test_a_damaged_database_is_named_and_left_as_it_is(run, example: Path) -> None:
    Path("audits.db").write_bytes(b"not a database at all" * 100)
    before = Path("audits.db").read_bytes()
    for command in (["report", "trends"], [], ["export", "audits", "a.csv"], ["backup", "b.db"]):
        ran = run(*command)
        assert ran.code == 2
        assert "audits.db" in ran.err
    assert Path("audits.db").read_bytes() == before
    assert not Path("a.csv").exists()


def test_controls_in_a_file_name_never_reach_the_terminal(run, workspace: Path) -> None:
    ran = run("import", "audits", "bad\x1b]0;title\x07.csv")
    assert ran.code == 2
    assert "\x1b" not in ran.err
    assert "\x07" not in ran.err


# ---------------------------------------------------------------- as a process of its own


def in_a_process(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "ehcp_audit", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_a_terminal_without_unicode_gets_plain_characters(example: Path) -> None:
    ran = in_a_process(example, "report", "trends", PYTHONIOENCODING="ascii")
    assert ran.returncode == 0
    assert b"?" not in ran.stdout
    assert b"| SYNTHETIC" in ran.stdout


def test_a_reader_that_goes_away_is_no_error(example: Path) -> None:
    command = [sys.executable, "-m", "ehcp_audit", "report", "trends", "--format", "json"]
    process = subprocess.Popen(command, cwd=example, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 141


LOADED = """
import sys
from ehcp_audit.cli.main import main
code = main(sys.argv[1:])
loaded = {name.partition(".")[0] for name in sys.modules}
late = {name for name in sys.modules if name.startswith("ehcp_audit.")}
heavy = {"textual", "pydantic", "rich", "sqlite_utils", "tree_sitter"} & loaded
print("LOADED", code, *sorted(heavy), *sorted(late & {"ehcp_audit.store", "ehcp_audit.tui"}))
"""


def loaded_by(folder: Path, *arguments: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    name, code, *loaded = ran.stdout.splitlines()[-1].split()
    assert (name, code) == ("LOADED", "0")
    return set(loaded)


def test_help_and_version_load_nothing_heavy(tmp_path: Path) -> None:
    assert loaded_by(tmp_path, "--version") == set()
    assert loaded_by(tmp_path, "--help") == set()


@pytest.mark.parametrize("command", [["report", "trends"], [], ["export", "audits", "a.csv"]])
def test_no_command_loads_textual_and_reading_needs_no_pydantic(
    example: Path, command: list[str]
) -> None:
    (example / "settings.toml").unlink()
    assert not {"textual", "pydantic", "ehcp_audit.tui"} & loaded_by(example, *command)
