"""What is imported when: the core never loads Textual, the screens pydantic only for a file."""

import subprocess
import sys

import pytest

CORE = ("domain", "store", "auditing", "reports", "trends", "statistics", "exchange", "cli.main")


def loaded_by(code: str, *packages: str) -> set[str]:
    """Run code in a fresh Python and return which of some packages it has loaded."""
    report = f"import sys\n{code}\nprint(*({packages!r} & sys.modules.keys()))".replace(
        repr(packages), repr(set(packages))
    )
    ran = subprocess.run(
        [sys.executable, "-c", report], capture_output=True, text=True, check=True, timeout=60
    )
    return set(ran.stdout.split())


@pytest.mark.parametrize("package", CORE)
def test_the_core_never_loads_textual(package: str) -> None:
    assert loaded_by(f"import ehcp_audit.{package}", "textual") == set()


def test_the_screens_load_pydantic_only_for_a_rubric_to_be_read() -> None:
    screens = "home walk facts summary trends help question"
    imports = "\n".join(f"import ehcp_audit.tui.screens.{each}" for each in screens.split())
    quick = f"import ehcp_audit.tui.app\n{imports}"
    assert loaded_by(quick, "pydantic", "textual", "click") == {"textual"}
    reading = (
        "from ehcp_audit.rubric_files import read_rubric, shipped_rubrics\n"
        "read_rubric(shipped_rubrics() / 'peer-findings.toml')"
    )
    assert loaded_by(f"{quick}\n{reading}", "pydantic") == {"pydantic"}, "the test can see it"
