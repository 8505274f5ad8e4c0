"""The guard that keeps a spreadsheet from running a cell as a formula, and its exact reverse.

A text that begins with = + - @ (or their full-width forms), a tab or a line end is written with
an apostrophe before it (OWASP, CSV injection; ASVS 5.0, 1.2.10). So is one that begins with
apostrophes and then such a character: what was written thus is told from what was typed thus,
and reading gives back every text as it was.
"""

from __future__ import annotations

import re
from typing import Final

GUARD: Final = "'"
_RUNS = re.compile(r"'*[=+\-@\t\r\n\0＝＋－＠]")


def guarded(text: str) -> str:
    """Return the text as a cell that no spreadsheet takes for a formula."""
    return GUARD + text if _RUNS.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text that `guarded` made a cell of; any other cell is its own text."""
    return cell[1:] if cell.startswith(GUARD) and _RUNS.match(cell) else cell
