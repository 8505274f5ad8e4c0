"""Writing files whole: what is there is the old file, the new one or none, never half of one."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from ehcp_audit.domain.errors import AuditToolError, UsageError

_NOT_WRITTEN = "The file was not written"
_PRIVATE = 0o600
_SHARED = 0o666  # less what the umask takes away
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))  # Windows has no EDQUOT


class NameTakenError(UsageError):
    """Something of that name is there already, and nothing is overwritten unasked."""

    title = _NOT_WRITTEN

    def __init__(self, path: Path, or_else: str = "") -> None:
        self.path = path
        super().__init__(f"{path} is there already.", f"Choose another name{or_else}.")


def refuse_existing(path: Path) -> None:
    """Raise `NameTakenError` if something of that name is there (a dangling link counts)."""
    if os.path.lexists(path):
        raise NameTakenError(path)


@contextlib.contextmanager
def whole_path(path: Path, *, overwrite: bool = False, private: bool = True) -> Iterator[Path]:
    """Yield an empty file that gets its name only once it is complete and on the disk.

    For programs that open files themselves. Only its owner may read it, unless it is not
    `private`. Raises `NameTakenError` if the name is taken (before or meanwhile) and `overwrite` is
    false, and `AuditToolError` if the disk or folder refuses.
    """
    if not overwrite:
        refuse_existing(path)
    if path.is_dir():
        what = f"{path} is a folder."
        raise UsageError(what, "Name a file in it.", title=_NOT_WRITTEN)
    waiting = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
    try:
        mode = _PRIVATE if private else _SHARED
        os.close(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
        try:
            yield waiting
            _flush(waiting)
            _put_in_place(waiting, path, overwrite=overwrite)
        finally:
            waiting.unlink(missing_ok=True)
        _flush(path.parent)
    except OSError as error:
        raise _refusal(path, error) from error


@contextlib.contextmanager
def whole_file(path: Path, *, overwrite: bool = False, private: bool = True) -> Iterator[TextIO]:
    """Open a UTF-8 text file that appears under its name only once it is complete.

    Line ends are written as given. Otherwise as `whole_path`.
    """
    with (
        whole_path(path, overwrite=overwrite, private=private) as waiting,
        waiting.open("w", encoding="utf-8", newline="") as stream,
    ):
        yield stream


def write_whole(path: Path, text: str, *, overwrite: bool = False, private: bool = True) -> None:
    """Write one text to a file; see `whole_file`."""
    with whole_file(path, overwrite=overwrite, private=private) as stream:
        stream.write(text)


def write_whole_bytes(
    path: Path, content: bytes, *, overwrite: bool = False, private: bool = True
) -> None:
    """Write bytes to a file; see `whole_path`."""
    with whole_path(path, overwrite=overwrite, private=private) as waiting:
        waiting.write_bytes(content)


def _put_in_place(waiting: Path, path: Path, *, overwrite: bool) -> None:
    if overwrite:
        waiting.replace(path)
        return
    try:
        os.link(waiting, path)  # unlike a rename, never replaces a file made in the meantime
    except FileExistsError:
        refuse_existing(path)
    except OSError:  # a file system without links, such as FAT
        refuse_existing(path)
        waiting.rename(path)


def _flush(path: Path) -> None:
    """Make sure that a file, or the names in a folder, have reached the disk."""
    if os.name != "posix" and path.is_dir():
        return  # Windows has no way to flush a folder
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refusal(path: Path, error: OSError) -> AuditToolError:
    if error.errno == errno.ENOENT:
        what, step = f"The folder {path.parent} does not exist.", "Make it, or choose another."
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        what, step = f"{path.parent} cannot be written to.", "Choose another folder."
    elif error.errno in _FULL:
        what, step = (
            f"There is no room left for {path}.",
            "Free some space, or choose another disk.",
        )
    else:
        what, step = f"{path}: {error.strerror or error}.", "Choose another place."
    return AuditToolError(what, step, title=_NOT_WRITTEN)


def copy_new(files: Iterable[Path], folder: Path) -> tuple[Path, ...]:
    """Copy text files into a folder, made if need be, and return the copies.

    None is overwritten, and everybody who may use the folder may read them.
    """
    copied = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for source in files:
            target = folder / source.name
            if not os.path.lexists(target):
                write_whole(target, source.read_bytes().decode("utf-8"), private=False)
                copied.append(target)
    except OSError as error:
        raise _refusal(folder, error) from error
    return tuple(copied)
