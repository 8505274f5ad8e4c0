"""Reading a workbook in a process of its own, which may neither grow nor go on without end."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ehcp_audit.rubric_sheets.errors import SheetError

_CHILD: Final = Path(__file__).with_name("workbook_child.py")
_SECONDS: Final = 20  # on the clock; where the system allows, the child stops itself far sooner
_TOO_MUCH: Final = "takes more time or memory than a sheet of criteria ever does"
_KEEP: Final = "Copy the criteria into a new workbook, without pictures, and use that."

_Sheets = list[tuple[str, Iterator[list[str]]]]


def read_workbook(path: Path, content: bytes) -> _Sheets:
    """Return each sheet's name and rows of texts; raises `SheetError` where it is refused."""
    try:
        child = subprocess.run(  # noqa: S603  (our own file, with this Python)
            [sys.executable, "-P", str(_CHILD)],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _refused(path, _TOO_MUCH) from None
    except OSError as error:
        why = f"cannot be read, because no second process could be started: {error.strerror}"
        raise _refused(path, why, "Save the sheet as CSV UTF-8 and use that.") from error
    try:
        told = json.loads(child.stdout)
    except ValueError:
        told = {"refused": _TOO_MUCH}
    if "refused" in told:
        raise _refused(path, told["refused"])
    return [(name, iter(rows)) for name, rows in told["sheets"]]


def _refused(path: Path, why: str, step: str = _KEEP) -> SheetError:
    what = f"{path} {why}."
    return SheetError(what, step)
