"""Where the rubrics that come with the tool are kept."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def shipped_rubrics() -> Path:
    """Return the folder of the shipped rubrics.

    In an installed wheel that is `shipped/rubrics` inside the package; in a source checkout
    there is no such folder, and it is `rubrics` beside `src`.
    """
    installed = _PACKAGE / "shipped" / "rubrics"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "rubrics"
