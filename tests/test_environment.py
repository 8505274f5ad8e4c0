"""The environment is whole or absent, and made again only when what it is made from changed.

The Pythons here are shell scripts: each answers as the real one would, notes what it was asked
and installs nothing, so no test needs a network.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="the environment script is for POSIX shells"
)

SCRIPT = Path(__file__).parent.parent / "scripts" / "environment.sh"
COMMANDS = ("cat", "cp", "dirname", "mkdir", "mv", "rm", "sh")
HERE = "{}.{}.{}".format(*sys.version_info[:3])

# A fake runs one `case` for what it is told to get wrong, then answers like a working Python.
FAKE_PYTHON = """\
#!/bin/sh
echo "$*" >>"$ASKED"
case "$*" in
{wrong}
"-m ensurepip --version" | "-c import venv") exit 0 ;;
"-m venv .venv") mkdir -p .venv/bin && cp "$FAKE" .venv/bin/python ;;
"-m pip install "*) echo "user=$PIP_USER target=${{PIP_TARGET-unset}}" >>"$ASKED" ;;
*"version_info[:3])") echo {version} ;;
*) exec "{real}" "$@" ;;
esac
"""


class Project:
    """A copy of the environment script in a folder whose name has spaces."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a project with spaces"
        self.commands = folder / "commands"
        self.asked_file = folder / "asked"
        (self.root / "scripts").mkdir(parents=True)
        shutil.copy(SCRIPT, self.root / "scripts")
        (self.root / "pyproject.toml").write_text("[project]\n")
        (self.root / "constraints.txt").write_text("rich==15.0.0\n")
        self.commands.mkdir()
        for name in COMMANDS:
            found = shutil.which(name)
            if found:
                (self.commands / name).symlink_to(found)

    @property
    def environment(self) -> Path:
        return self.root / ".venv"

    def add_python(self, name: str = "python3", *, version: str = HERE, wrong: str = "") -> Path:
        fake = self.commands / name
        fake.write_text(FAKE_PYTHON.format(wrong=wrong, version=version, real=sys.executable))
        fake.chmod(0o755)
        return fake

    def make(self, **settings: str) -> subprocess.CompletedProcess[str]:
        self.asked_file.write_text("")
        return subprocess.run(
            ["sh", str(self.root / "scripts" / "environment.sh")],
            env={
                "PATH": str(self.commands),
                "ASKED": str(self.asked_file),
                "FAKE": str(self.commands / "python3"),
                **settings,
            },
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    def made_again(self) -> bool:
        return "-m venv .venv" in self.asked_file.read_text()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def sentence_of(refused: subprocess.CompletedProcess[str]) -> str:
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    return refused.stderr


def test_a_working_python_makes_an_environment_from_the_tested_versions(project):
    project.add_python()
    made = project.make()
    assert (made.returncode, made.stderr) == (0, "")
    assert (project.environment / ".ready").read_text().strip()
    asked = project.asked_file.read_text()
    assert "-m pip install --quiet -c constraints.txt --no-build-isolation -e .[dev]\n" in asked


def test_a_second_run_installs_nothing(project):
    project.add_python()
    project.make()
    again = project.make()
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert "-m" not in project.asked_file.read_text()


@pytest.mark.parametrize("module", ["ensurepip", "venv"])
def test_a_python_that_cannot_make_environments_is_told_what_to_install(project, module):
    asked = {"ensurepip": "-m ensurepip --version", "venv": "-c import venv"}[module]
    project.add_python(version="3.12.4", wrong=f'"{asked}") exit 1 ;;')
    sentence = sentence_of(project.make())
    assert "python3 (Python 3.12.4) cannot make an environment" in sentence
    assert "python3.12-venv" in sentence
    assert not project.environment.exists()
    assert not project.made_again()


@pytest.mark.parametrize("version", ["2.7.18", "3.9.2", "3.10.13"])
def test_a_python_that_is_too_old_is_named(project, version):
    project.add_python(version=version)
    sentence = sentence_of(project.make())
    assert "needs Python 3.11 or newer" in sentence
    assert f"What is here is Python {version}." in sentence
    assert not project.environment.exists()


@pytest.mark.parametrize("version", ["3.11.0", "3.14.2", "3.20.1"])
def test_a_python_that_is_new_enough_is_used(project, version):
    project.add_python(version=version)
    made = project.make()
    assert made.returncode == 0
    assert f"with Python {version}" in made.stdout


def test_no_python_at_all_is_a_sentence(project):
    assert "needs Python 3.11 or newer, and none was found" in sentence_of(project.make())


def test_a_python_that_does_not_run_is_passed_over(project):
    project.add_python(wrong="*) exit 127 ;;")
    assert "none was found" in sentence_of(project.make())


@pytest.mark.parametrize("wrong", ["", '"-m ensurepip --version") exit 1 ;;'])
def test_a_better_python_of_another_name_is_found(project, wrong):
    project.add_python("python3", version="3.11.2" if wrong else "3.9.2", wrong=wrong)
    project.add_python("python3.13", version="3.13.1")
    made = project.make()
    assert made.returncode == 0
    assert "with Python 3.13.1" in made.stdout


def test_the_python_that_is_asked_for_is_the_only_one_tried(project):
    project.add_python()
    project.add_python("old", version="3.10.1")
    sentence = sentence_of(project.make(PYTHON="old"))
    assert "PYTHON names old" in sentence
    assert "What is here is Python 3.10.1." in sentence
    assert not project.environment.exists()


def test_an_interrupted_environment_is_made_again(project):
    project.add_python()
    project.make()
    (project.environment / ".ready").unlink()
    left_over = project.environment / "left over"
    left_over.touch()
    assert project.make().returncode == 0
    assert project.made_again()
    assert not left_over.exists()


def test_an_environment_without_its_python_is_made_again(project):
    project.add_python()
    project.make()
    (project.environment / "bin" / "python").unlink()
    assert project.make(PYTHON="python3").returncode == 0
    assert project.made_again()


def test_an_install_killed_outright_is_not_taken_for_an_environment(project):
    project.add_python(wrong='"-m pip install "*"[dev]"*) kill -KILL $PPID ;;')
    assert project.make().returncode != 0
    assert project.environment.exists()
    project.add_python()
    assert project.make().returncode == 0
    assert project.made_again()


def test_a_stopped_install_leaves_nothing(project):
    project.add_python(wrong='"-m pip install "*"[dev]"*) kill -TERM $PPID ;;')
    assert project.make().returncode == 143  # 128 + SIGTERM
    assert not project.environment.exists()


@pytest.mark.parametrize("step", ["hatchling", "[dev]"])
def test_a_failed_install_leaves_nothing_and_says_so(project, step):
    project.add_python(wrong=f'"-m pip install "*"{step}"*) exit 1 ;;')
    sentence = sentence_of(project.make())
    assert "The packages could not be installed" in sentence
    assert "has been removed" in sentence
    assert not project.environment.exists()


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_change_in_what_it_is_made_from_makes_it_again(project, name):
    project.add_python()
    project.make()
    with (project.root / name).open("a") as file:
        file.write("# changed\n")
    assert project.make().returncode == 0
    assert project.made_again()


def test_a_moved_folder_makes_it_again(project):
    project.add_python()
    project.make()
    project.root = project.root.rename(project.root.with_name("moved"))
    assert project.make().returncode == 0
    assert project.made_again()


def test_another_python_on_the_path_changes_nothing(project):
    project.add_python()
    project.make()
    project.add_python(wrong="*) exit 1 ;;")
    assert project.make(VIRTUAL_ENV="/another", CONDA_PREFIX="/a third").returncode == 0
    assert not project.made_again()


def test_asking_for_another_version_makes_it_again(project):
    project.add_python()
    project.make()
    project.add_python("python3.13", version="3.13.1", wrong="*hashlib*) echo another ;;")
    assert project.make(PYTHON="python3.13").returncode == 0
    assert project.made_again()


def test_an_activated_unfinished_environment_does_not_make_itself(project):
    project.add_python(version="3.9.2")
    project.add_python("python3.13", version="3.13.1")
    activated = project.environment / "bin" / "python3"
    activated.parent.mkdir(parents=True)
    activated.write_text("#!/bin/sh\necho 3.14.1\n")
    activated.chmod(0o755)
    made = project.make(PATH=f"{activated.parent}:{project.commands}")
    assert made.returncode == 0
    assert "with Python 3.13.1" in made.stdout


def test_settings_of_other_environments_do_not_redirect_the_install(project):
    project.add_python()
    project.make(PIP_USER="1", PIP_TARGET="/elsewhere", PYTHONPATH="/elsewhere")
    asked = project.asked_file.read_text()
    assert "user=0 target=unset\n" in asked
    assert "user=1" not in asked
