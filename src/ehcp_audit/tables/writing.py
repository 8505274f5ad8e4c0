"""Writing CSV: UTF-8 with a byte order mark (which Excel needs), CRLF line ends, guarded cells."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ehcp_audit.domain.text import storable
from ehcp_audit.files import whole_file
from ehcp_audit.tables.guarding import guarded

_BYTE_ORDER_MARK = "\ufeff"


def write_table(
    path: Path,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, str]],
    *,
    overwrite: bool = False,
) -> int:
    """Write rows under `columns` and return how many; an absent column is an empty cell.

    The file appears only when it is complete. Raises `UsageError` if it is there already and
    `overwrite` is false.
    """
    count = 0
    with whole_file(path, overwrite=overwrite) as stream:
        stream.write(_BYTE_ORDER_MARK)
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([guarded(storable(row.get(column, ""))) for column in columns])
            count += 1
    return count
