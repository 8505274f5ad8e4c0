"""The second check of a file whose shape is right: whether its parts agree with one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ehcp_audit.rubric_files.complaints import Complaint
from ehcp_audit.rubric_files.criterion_checks import check_criterion, check_each
from ehcp_audit.rubric_files.limit_checks import check_limits, check_placeholders
from ehcp_audit.rubric_files.models import RubricTable
from ehcp_audit.rubric_files.problems import KeyPath, unknown


def check_agreement(rubric: RubricTable) -> list[Complaint]:
    """Return every complaint about ids, references, scale, grades, limits and conditions."""
    return [
        *_check_unique(rubric),
        *_check_scale(rubric),
        *_check_grades(rubric),
        *check_limits(rubric),
        *check_placeholders(
            rubric.grading.ungraded_says,
            ("scored", "applicable", "share"),
            ("grading", "ungraded_says"),
        ),
        *_check_themes(rubric),
        *(
            complaint
            for index, criterion in enumerate(rubric.criteria)
            for complaint in check_criterion(rubric, criterion, ("criteria", index))
        ),
    ]


def _check_unique(rubric: RubricTable) -> Iterator[Complaint]:
    levels = rubric.scale.levels
    lists: tuple[tuple[str, KeyPath, str, Iterable[str]], ...] = (
        ("level", ("scale", "levels"), "id", (level.id for level in levels)),
        ("level", ("scale", "levels"), "label", (level.label for level in levels)),
        ("level", ("scale", "levels"), "symbol", (level.symbol for level in levels)),
        ("grade", ("grades",), "id", (grade.id for grade in rubric.grades)),
        ("grade", ("grades",), "label", (grade.label for grade in rubric.grades)),
        ("limit", ("limits",), "id", (limit.id for limit in rubric.limits)),
        ("theme", ("themes",), "id", (theme.id for theme in rubric.themes)),
        ("theme", ("themes",), "title", (theme.title for theme in rubric.themes)),
        ("criterion", ("criteria",), "id", (criterion.id for criterion in rubric.criteria)),
        ("criterion", ("criteria",), "title", (criterion.title for criterion in rubric.criteria)),
    )
    for what, path, key, values in lists:
        seen: set[str] = set()
        for index, value in enumerate(values):
            if value in seen:
                yield Complaint(
                    (*path, index, key), f"Another {what} above has the {key} “{value}” too."
                )
            seen.add(value)


def _check_scale(rubric: RubricTable) -> Iterator[Complaint]:
    levels = rubric.scale.levels
    for index, (lower, higher) in enumerate(pairwise(levels), start=1):
        if higher.points < lower.points:
            sentence = "Levels run from the worst to the best, so points may not fall."
            yield Complaint(("scale", "levels", index, "points"), sentence)
    if not any(level.points > 0 for level in levels):
        sentence = "At least one level must earn points."
        yield Complaint(("scale", "levels", len(levels) - 1, "points"), sentence)
    elif rubric.scale.met_from is None and levels[0].points == levels[-1].points:
        sentence = "All levels earn the same points, so “met_from” must name the level that meets."
        yield Complaint(("scale",), sentence)
    ids = [level.id for level in levels]
    met_from = rubric.scale.met_from
    if met_from is not None and met_from not in ids:
        yield Complaint(("scale", "met_from"), unknown("level", met_from, ids))
    elif met_from == ids[0]:
        sentence = "“met_from” cannot be the worst level: then nothing could be not met."
        yield Complaint(("scale", "met_from"), sentence)


def _check_grades(rubric: RubricTable) -> Iterator[Complaint]:
    ids = [level.id for level in rubric.scale.levels]
    for index, (better, worse) in enumerate(pairwise(rubric.grades), start=1):
        if worse.at_least >= better.at_least:
            sentence = "Grades run from the best to the worst, so “at_least” falls."
            yield Complaint(("grades", index, "at_least"), sentence)
    for index, grade in enumerate(rubric.grades):
        if grade.share_at and grade.share_at.level not in ids:
            sentence = unknown("level", grade.share_at.level, ids)
            yield Complaint(("grades", index, "share_at", "level"), sentence)
        yield from check_each(("grades", index, "nothing_at"), "level", grade.nothing_at, ids)
    last, place = rubric.grades[-1], len(rubric.grades) - 1
    if last.at_least != 0:
        sentence = "The last grade takes what is left: its “at_least” is 0."
        yield Complaint(("grades", place, "at_least"), sentence)
    for key in ("share_at", "nothing_at"):
        if getattr(last, key):
            sentence = f"The last grade takes what is left, so it has no “{key}”."
            yield Complaint(("grades", place, key), sentence, at_key=True)


def _check_themes(rubric: RubricTable) -> Iterator[Complaint]:
    used = {criterion.theme for criterion in rubric.criteria}
    if not used.issubset(theme.id for theme in rubric.themes):
        return  # a misspelt theme would be told twice
    for index, theme in enumerate(rubric.themes):
        if theme.id not in used:
            yield Complaint(("themes", index, "id"), f"No criterion has the theme “{theme.id}”.")
