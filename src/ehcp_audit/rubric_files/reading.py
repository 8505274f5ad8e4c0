"""Rubric files read from disk or from text: bounded, checked, and hashed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.rubric_files.problems import Problem, RubricFileError
from ehcp_audit.rubric_files.toml_text import MOST_BYTES, decode, normal, parse_toml, toml_hash

Known = Callable[[str], Rubric | None]


@dataclass(frozen=True)
class RubricFile:
    """A rubric and the file it came from: `path` as given, `text` as it stands there."""

    path: Path
    text: str
    rubric: Rubric


@dataclass(frozen=True)
class RubricEntry:
    """One file of a folder: either its rubric or why it cannot be used."""

    path: Path
    file: RubricFile | None
    error: RubricFileError | None


def read_text(path: Path) -> str:
    """Return the text of a rubric file; raises `RubricFileError` where it cannot be read.

    Only a regular file is opened (a pipe would wait for ever), and at most 256 KB are read.
    """
    name = str(path)
    try:
        if path.exists() and not path.is_file():
            raise RubricFileError(name, [Problem(0, 0, "", "This is not a file.")])
        with path.open("rb") as file:
            return decode(file.read(MOST_BYTES + 1), name)
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        raise RubricFileError(name, [Problem(0, 0, "", f"It cannot be read: {why}.")]) from None


def rubric_hash(text: str, name: str = "rubric") -> str:
    """Return the hash that a rubric's versions are told apart by, without checking its content.

    Quick, so that a file whose hash is already stored need not be checked again. Raises
    `RubricFileError` where the text is not TOML.
    """
    return toml_hash(parse_toml(normal(text, name), name), name)


def parse_rubric(text: str, name: str) -> Rubric:
    """Return the rubric that a text describes; `name` is what errors call it.

    Raises `RubricFileError` with every problem of the first check that fails: TOML syntax, then
    keys and types, then whether the parts agree.
    """
    # pydantic costs as much to import as the whole user interface.
    from ehcp_audit.rubric_files.building import build_rubric  # noqa: PLC0415
    from ehcp_audit.rubric_files.checks import check_agreement  # noqa: PLC0415
    from ehcp_audit.rubric_files.complaints import as_error  # noqa: PLC0415
    from ehcp_audit.rubric_files.shape import ShapeError, check_shape  # noqa: PLC0415

    text = normal(text, name)
    parsed = parse_toml(text, name)
    try:
        table = check_shape(parsed)
    except ShapeError as error:
        raise as_error(name, text, parsed, error.complaints, error.left_out) from None
    if complaints := check_agreement(table):
        raise as_error(name, text, parsed, complaints)
    return build_rubric(table, toml_hash(parsed, name))


def read_rubric(path: Path, *, known: Known | None = None) -> RubricFile:
    """Return the rubric of a file, its text and its path as given.

    `known` may return the stored rubric of a hash, which saves checking the file again. Raises
    `RubricFileError` where the file cannot be used.
    """
    text = read_text(path)
    stored = known(rubric_hash(text, str(path))) if known else None
    return RubricFile(path, text, stored or parse_rubric(text, str(path)))


def list_rubrics(folder: Path, *, known: Known | None = None) -> tuple[RubricEntry, ...]:
    """Return every `*.toml` of a folder by name, each with its rubric or its error.

    A folder that is not there holds none; hidden files are left out.
    """
    paths = sorted(path for path in folder.glob("*.toml") if not path.name.startswith("."))
    return tuple(_entry(path, known) for path in paths)


def _entry(path: Path, known: Known | None) -> RubricEntry:
    try:
        return RubricEntry(path, read_rubric(path, known=known), None)
    except RubricFileError as error:
        return RubricEntry(path, None, error)
