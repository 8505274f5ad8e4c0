"""Run as a process of its own: a workbook comes in on stdin, its texts go out as JSON.

It imports nothing of this project, starts nothing, and opens no file or socket.
"""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

_MEMORY: Final = 512 * 1024 * 1024
_PROCESSOR_SECONDS: Final = 2
_MOST_UNPACKED: Final = 20_000_000
_MOST_RATIO: Final = 100
_SMALL: Final = 100_000  # under this, a ratio says nothing: an empty sheet packs well
_MOST_PARTS: Final = 200
_MOST_SHEETS: Final = 40
_MOST_ROWS: Final = 2_000
_MOST_COLUMNS: Final = 60
_UNLIKE_A_SHEET: Final = "is packed unlike any sheet of criteria"
_OTHER_KINDS: Final = {
    "word/document.xml": "is a Word document, whatever its name says",
    "ppt/presentation.xml": "is a presentation, whatever its name says",
    "content.xml": "is an OpenDocument sheet, whatever its name says; save it as .xlsx",
    "xl/workbook.bin": "is a binary workbook (.xlsb); save it as .xlsx",
}


class RefusedError(Exception):
    """The workbook is refused; the message says why, after the name of the file."""


def bound() -> None:
    """Give this process 512 MB and two seconds of the processor, where the system can."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_SECONDS, _PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def check_directory(content: bytes) -> None:
    """Refuse by the directory of the archive alone what would unpack to too much.

    No part is ever unpacked further than the directory says it is long.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    names = [part.filename for part in parts]
    for name, why in _OTHER_KINDS.items():
        if name in names:
            raise RefusedError(why)
    if "xl/workbook.xml" not in names:
        why = "is not a workbook, whatever its name says"
        raise RefusedError(why)
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or unpacked > _MOST_UNPACKED or len(set(names)) < len(names):
        raise RefusedError(_UNLIKE_A_SHEET)
    for part in parts:
        if part.flag_bits & 1:
            why = "is protected by a password"
            raise RefusedError(why)
        if part.file_size > max(_SMALL, _MOST_RATIO * part.compress_size):
            raise RefusedError(_UNLIKE_A_SHEET)


def read(content: bytes) -> list[tuple[str, list[list[str]]]]:
    """Return every sheet's name and its rows of texts; formulas give the value last stored."""
    check_directory(content)
    os.environ["OPENPYXL_LXML"] = "False"
    sys.modules["numpy"] = None  # type: ignore[assignment]  # it would be loaded if it is there
    from openpyxl import load_workbook  # type: ignore[import-untyped]  # noqa: PLC0415

    book = load_workbook(
        io.BytesIO(content), read_only=True, data_only=True, keep_links=False, keep_vba=False
    )
    if len(book.worksheets) > _MOST_SHEETS:
        why = f"has more than {_MOST_SHEETS} sheets"
        raise RefusedError(why)
    return [(str(sheet.title), list(_rows(sheet))) for sheet in book.worksheets]


def _rows(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a file says of its own size is not to be trusted
    for number, row in enumerate(sheet.iter_rows(), start=1):
        texts = [_text(cell) for cell in row]
        while texts and not texts[-1]:
            texts.pop()
        if texts and number > _MOST_ROWS:
            why = f"holds more than {_MOST_ROWS:,} rows in the sheet {sheet.title}"
            raise RefusedError(why)
        if len(texts) > _MOST_COLUMNS:
            why = f"holds more than {_MOST_COLUMNS} columns in the sheet {sheet.title}"
            raise RefusedError(why)
        if number <= _MOST_ROWS:
            yield texts


def _text(cell: Any) -> str:
    value = cell.value
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return _number(value, "%" in str(cell.number_format))
    if isinstance(value, datetime):
        midnight = value.time() == datetime.min.time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _number(value: float, is_percentage: bool) -> str:
    if is_percentage:
        return f"{value * 100:.12g}%"
    whole = abs(value) < 1e15 and value == int(value)  # noqa: PLR2004
    return str(int(value)) if whole else repr(value)


def main() -> None:
    """Read stdin and print one line of JSON: the sheets, or why there are none."""
    bound()
    try:
        told: dict[str, Any] = {"sheets": read(sys.stdin.buffer.read())}
    except RefusedError as refusal:
        told = {"refused": str(refusal)}
    except MemoryError:
        told = {"refused": "takes more memory than a sheet of criteria ever does"}
    except Exception:  # noqa: BLE001  (a damaged workbook raises whatever its part raises)
        told = {"refused": "is damaged: its parts cannot be read"}
    sys.stdout.buffer.write(json.dumps(told).encode())


if __name__ == "__main__":
    main()
