"""A rubric file checked as a whole: its rubric, what is wrong with it, and what is doubtful."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.rubric_files.problems import Problem, RubricFileError
from ehcp_audit.rubric_files.toml_text import normal, parse_toml, read_text, toml_hash


@dataclass(frozen=True)
class Checked:
    """What a check found.

    Attributes:
        name: the file as the caller named it.
        text: the file as it was checked; empty where it could not be read.
        rubric: the rubric; None where there are errors.
        errors: what keeps the file from being used, in the order of the file.
        warnings: what is allowed and probably not meant, in the order of the file.
        left_out: how many more errors there are than `errors` holds.
    """

    name: str
    text: str
    rubric: Rubric | None
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    left_out: int = 0

    def needed(self) -> Rubric:
        """Return the rubric, or raise `RubricFileError` with the errors."""
        if self.rubric is None:
            raise RubricFileError(self.name, self.errors, self.left_out)
        return self.rubric


def check_rubric(source: Path | str, name: str = "rubric") -> Checked:
    """Check a file (a path) or a text and never raise for what it holds.

    `name` is what problems of a text are told under; a file is told under its path as given.
    """
    text = source if isinstance(source, str) else ""
    name = name if isinstance(source, str) else str(source)
    try:
        text = normal(text if isinstance(source, str) else read_text(source), name)
        return _checked(name, text, parse_toml(text, name))
    except RubricFileError as error:
        return Checked(name, text, None, error.problems, left_out=error.left_out)


def _checked(name: str, text: str, parsed: dict[str, Any]) -> Checked:
    # pydantic costs as much to import as the whole user interface.
    from ehcp_audit.rubric_files.building import build_rubric  # noqa: PLC0415
    from ehcp_audit.rubric_files.checks import check_agreement  # noqa: PLC0415
    from ehcp_audit.rubric_files.complaints import placed  # noqa: PLC0415
    from ehcp_audit.rubric_files.shape import ShapeError, check_shape  # noqa: PLC0415

    try:
        table = check_shape(parsed)
    except ShapeError as error:
        further = [] if error.table is None else check_agreement(error.table)
        wrong = [*error.complaints, *(each for each in further if not each.doubt)]
        problems = placed(text, parsed, wrong)
        left_out = error.left_out + len(wrong) - len(problems)
        return Checked(name, text, None, tuple(problems), left_out=left_out)
    complaints = check_agreement(table)
    wrong = [complaint for complaint in complaints if not complaint.doubt]
    errors = placed(text, parsed, wrong)
    warnings = placed(text, parsed, [complaint for complaint in complaints if complaint.doubt])
    rubric = None if errors else build_rubric(table, toml_hash(parsed, name))
    left_out = len(wrong) - len(errors)
    return Checked(name, text, rubric, tuple(errors), tuple(warnings), left_out)
