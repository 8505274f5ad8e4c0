"""The grades of a rubric file: whether they fall, and whether each can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ehcp_audit.rubric_files.complaints import Complaint
from ehcp_audit.rubric_files.criterion_checks import check_each
from ehcp_audit.rubric_files.models import GradeTable, RubricTable
from ehcp_audit.rubric_files.problems import unknown


def check_grades(rubric: RubricTable) -> Iterator[Complaint]:
    """Yield what is wrong with the grades: their order, their conditions, and which is last."""
    ids = [level.id for level in rubric.scale.levels]
    for index, (better, worse) in enumerate(pairwise(rubric.grades), start=1):
        if worse.at_least > better.at_least:
            sentence = "Grades run from the best to the worst, so “at_least” falls."
            yield Complaint(("grades", index, "at_least"), sentence)
        elif worse.at_least == better.at_least and not (better.share_at or better.nothing_at):
            sentence = (
                f"“{better.id}” above begins at {_number(worse.at_least)} too, and takes every "
                "plan that reaches it; give this grade a lower “at_least”."
            )
            yield Complaint(("grades", index, "at_least"), sentence)
    for index, grade in enumerate(rubric.grades):
        if grade.share_at and grade.share_at.level not in ids:
            sentence = unknown("level", grade.share_at.level, ids)
            yield Complaint(("grades", index, "share_at", "level"), sentence)
        yield from check_each(("grades", index, "nothing_at"), "level", grade.nothing_at, ids)
        yield from _check_reached(rubric, grade, index)
    last, place = rubric.grades[-1], len(rubric.grades) - 1
    if last.at_least != 0:
        sentence = "The last grade takes what is left: its “at_least” is 0."
        yield Complaint(("grades", place, "at_least"), sentence)
    for key in ("share_at", "nothing_at"):
        if getattr(last, key):
            sentence = f"The last grade takes what is left, so it has no “{key}”."
            yield Complaint(("grades", place, key), sentence, at_key=True)


def _check_reached(rubric: RubricTable, grade: GradeTable, index: int) -> Iterator[Complaint]:
    """Tell a grade that a plan wholly at the best level it allows does not reach."""
    ids = [level.id for level in rubric.scale.levels]
    allowed = [level for level in rubric.scale.levels if level.id not in grade.nothing_at]
    most = max(level.points for level in rubric.scale.levels)
    needs = ids.index(grade.share_at.level) if grade.share_at and grade.share_at.level in ids else 0
    wanted = needs if grade.share_at and grade.share_at.at_least else 0
    if not grade.nothing_at:
        return
    if not allowed or allowed[-1].points < grade.at_least * most:
        sentence = "“nothing_at” leaves no level that could earn this grade's “at_least”."
        yield Complaint(("grades", index, "nothing_at"), sentence, at_key=True)
    elif ids.index(allowed[-1].id) < wanted:
        sentence = "“nothing_at” leaves no level that “share_at” could count."
        yield Complaint(("grades", index, "nothing_at"), sentence, at_key=True)


def _number(share: float) -> str:
    return f"{share:g}"
