import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from ehcp_audit.cli.main import main
from ehcp_audit.example import make_example

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Ran:
    """What a command left behind: its exit code and what it printed."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _nobody_and_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in os.environ if each.startswith("EHCP_AUDIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("EHCP_AUDIT_CONFIG", str(tmp_path / "own"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run_command(*arguments: object, **options: object) -> Ran:
        capsys.readouterr()
        code = main([str(each) for each in arguments], today=lambda: TODAY, **options)  # type: ignore[arg-type]
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run_command


@pytest.fixture
def workspace(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with KL at the keyboard and no audit yet, as the current folder."""
    folder = tmp_path / "team"
    assert run("init", folder).code == 0
    assert run("me", "--name", "KL", "--agency", "education").code == 0
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "example"
    make_example(folder, today=TODAY)
    return folder


@pytest.fixture
def example(made_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example workspace, as the current folder."""
    folder = tmp_path / "example"
    shutil.copytree(made_once, folder)
    monkeypatch.chdir(folder)
    return folder
