"""Rubric files read from disk or from text: bounded, checked, and hashed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.rubric_files.checking import check_rubric
from ehcp_audit.rubric_files.problems import Problem, RubricFileError
from ehcp_audit.rubric_files.toml_text import normal, parse_toml, read_text, toml_hash

Known = Callable[[str], Rubric | None]


@dataclass(frozen=True)
class RubricFile:
    """A rubric and the file it came from: `path` as given, `text` as it stands there.

    `warnings` are what is allowed there and probably not meant.
    """

    path: Path
    text: str
    rubric: Rubric
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class RubricEntry:
    """One file of a folder: either its rubric or why it cannot be used."""

    path: Path
    file: RubricFile | None
    error: RubricFileError | None


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
    return check_rubric(text, name).needed()


def read_rubric(path: Path, *, known: Known | None = None) -> RubricFile:
    """Return the rubric of a file, its text, its path as given, and its warnings.

    `known` may return the stored rubric of a hash, which saves checking the file again, so that
    there are no warnings then. Raises `RubricFileError` where the file cannot be used.
    """
    text = read_text(path)
    stored = known(rubric_hash(text, str(path))) if known else None
    if stored is not None:
        return RubricFile(path, text, stored)
    checked = check_rubric(text, str(path))
    return RubricFile(path, text, checked.needed(), checked.warnings)


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
