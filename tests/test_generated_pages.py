"""Pages that are made from the code say what the code says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("page", ["keyboard_page", "plain_page", "time_limits_page"])
def test_a_page_made_from_a_table_is_what_the_table_says(page: str) -> None:
    """`make pages` writes it anew."""
    script = ROOT / "scripts" / f"{page}.py"
    outcome = subprocess.run([sys.executable, str(script), "--check"], check=False)
    assert outcome.returncode == 0
