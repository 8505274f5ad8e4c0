"""Making a database: a whole one or none, private, and never over another."""

import contextlib
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import NoReturn

import pytest

from ehcp_audit import files
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.files import whole_path
from ehcp_audit.store import Store, database

CREATE = """
import sys
from pathlib import Path
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.store import Store
import sqlite_utils
print("ready", flush=True)
sys.stdin.readline()
try:
    Store.create(Path(sys.argv[1])).close()
    print("made")
except AuditToolError as error:
    print(error)
"""


def creating(path: Path) -> "subprocess.Popen[str]":
    """Start a process that makes a database at `path` when it reads a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", CREATE, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(files.__file__).parents[1],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_a_new_database_is_private_and_nothing_else_is_left(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        Store.create(tmp_path / "audits.db").close()
    finally:
        os.umask(umask)
    (made,) = tmp_path.iterdir()
    assert made.name == "audits.db"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_two_copies_of_a_workspace_are_told_apart(tmp_path: Path) -> None:
    with Store.create(tmp_path / "one.db") as one, Store.create(tmp_path / "two.db") as two:
        assert one.origin != two.origin


def test_what_is_there_already_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "audits.db").write_text("somebody's")
    with pytest.raises(AuditToolError, match="is there already"):
        Store.create(tmp_path / "audits.db")
    assert (tmp_path / "audits.db").read_text() == "somebody's"
    assert len(list(tmp_path.iterdir())) == 1


def test_what_a_link_points_to_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "audits.db").symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(AuditToolError, match="is there already"):
        Store.create(tmp_path / "audits.db")
    assert not (tmp_path / "elsewhere.db").exists()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(AuditToolError, match="does not exist"):
        Store.create(tmp_path / "none" / "audits.db")


def test_a_database_that_could_not_be_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(database, "_make", full)
    with pytest.raises(AuditToolError, match="no room left"):
        Store.create(tmp_path / "audits.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("links", [True, False])
def test_a_name_taken_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def no_links(*_: object) -> NoReturn:
        raise OSError(38, "Function not implemented")

    if not links:
        monkeypatch.setattr("os.link", no_links)
    path = tmp_path / "new"

    def make() -> None:
        with whole_path(path) as partial:
            partial.write_text("ours")
            path.write_text("quicker")

    with pytest.raises(AuditToolError, match="is there already"):
        make()
    assert path.read_text() == "quicker"
    assert len(list(tmp_path.iterdir())) == 1


def test_without_links_a_file_gets_its_name_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> NoReturn:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr("os.link", no_links)
    with whole_path(tmp_path / "new") as partial:
        partial.write_text("ours")
    assert [each.name for each in tmp_path.iterdir()] == ["new"]


def test_of_two_programs_making_it_at_once_one_wins_and_the_other_is_told(tmp_path: Path) -> None:
    path = tmp_path / "audits.db"
    processes = [creating(path) for _ in range(4)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60)[0].strip() for process in processes]
    assert said.count("made") == 1
    assert all("is there already" in each for each in said if each != "made")
    with Store.open(path) as store:
        assert store.faults() == []
    assert [each.name for each in tmp_path.iterdir()] == ["audits.db"]


def test_two_threads_making_it_at_once_do_not_meet_half_way(tmp_path: Path) -> None:
    path = tmp_path / "audits.db"
    said: list[str] = []

    def make() -> None:
        try:
            Store.create(path).close()
            said.append("made")
        except AuditToolError as error:
            said.append(error.what)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.count("made") == 1
    assert all("is there already" in each for each in said if each != "made")


@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")  # the child only ends
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_kill_while_making_it_never_stands_in_the_way_of_the_next_start(tmp_path: Path) -> None:
    left_half_made = 0
    for number in range(25):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / "audits.db"
        child = os.fork()
        if child == 0:
            with contextlib.suppress(BaseException):
                Store.create(path)
            os._exit(0)
        time.sleep(number * 0.0015)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        left_half_made += any(each.name.endswith(".part") for each in folder.iterdir())
        if not path.exists():
            Store.create(path).close()
        with Store.open(path) as store:
            assert store.faults() == []
    assert left_half_made, "no kill came in the middle: the test says nothing"
