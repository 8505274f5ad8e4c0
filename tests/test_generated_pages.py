"""Pages that are made from the code say what the code says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_keyboard_page_is_what_the_action_table_says() -> None:
    """`make pages` writes it anew."""
    script = ROOT / "scripts" / "keyboard_page.py"
    outcome = subprocess.run([sys.executable, str(script), "--check"], check=False)
    assert outcome.returncode == 0
