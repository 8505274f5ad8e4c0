"""A page of docs/ that a script makes: written, or with --check only compared."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path


def made_page(path: Path, page: Callable[[], str]) -> int:
    """Write the page; with --check, return 1 where the file says something else."""
    if "--check" in sys.argv[1:]:
        return int(not path.is_file() or path.read_text(encoding="utf-8") != page())
    path.write_text(page(), encoding="utf-8")
    return 0
