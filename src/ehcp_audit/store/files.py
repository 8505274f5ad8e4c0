"""Making a whole file or none: written under another name, flushed, then given its own."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ehcp_audit.domain.errors import DatabaseError


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Yield an empty private file (mode 0600) that becomes `path` when the block ends well.

    Raises `DatabaseError` where `path` exists (before or meanwhile) or its folder does not.
    """
    if not path.parent.is_dir():
        what = f"There is no folder {path.parent}."
        raise DatabaseError(what, "Make it first, or choose another.")
    exists = DatabaseError(
        f"{path} exists already.", "It is never overwritten; choose another name."
    )
    if path.exists():
        raise exists
    partial = path.with_name(f".{path.name}.{secrets.token_hex(6)}.partial")
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield partial
        flush(partial)
        try:
            os.link(partial, path)  # fails where the name was taken meanwhile
        except FileExistsError:
            raise exists from None
        except OSError:  # a file system without links
            if path.exists():
                raise exists from None
            partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)
    flush(path.parent)


def flush(path: Path) -> None:
    """Make sure that a file, or the names in a folder, have reached the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows has no way to flush a folder
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
