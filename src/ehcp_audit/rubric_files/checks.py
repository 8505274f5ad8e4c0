"""The second check of a file whose shape is right: whether its parts agree with one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ehcp_audit.rubric_files.complaints import Complaint
from ehcp_audit.rubric_files.condition_checks import build_condition
from ehcp_audit.rubric_files.condition_sense import check_sense
from ehcp_audit.rubric_files.criterion_checks import check_criterion, check_each
from ehcp_audit.rubric_files.doubts import doubts_about
from ehcp_audit.rubric_files.fact_checks import check_facts, known_facts
from ehcp_audit.rubric_files.grade_checks import check_grades
from ehcp_audit.rubric_files.limit_checks import check_limits, check_placeholders
from ehcp_audit.rubric_files.measured_checks import check_any_graded
from ehcp_audit.rubric_files.models import RubricTable
from ehcp_audit.rubric_files.problems import KeyPath, unknown
from ehcp_audit.rubric_files.reachability import Reach


def check_agreement(rubric: RubricTable) -> list[Complaint]:
    """Return every complaint about ids, references, scale, grades, limits and conditions.

    Among them are doubts, which are no errors.
    """
    known = known_facts(rubric)
    complaints = [
        *_check_unique(rubric),
        *check_facts(rubric),
        *_check_retired(rubric),
        *_check_scale(rubric),
        *check_grades(rubric),
        *check_limits(rubric),
        *check_placeholders(
            rubric.grading.ungraded_says,
            ("scored", "applicable", "share"),
            ("grading", "ungraded_says"),
        ),
        *_check_themes(rubric),
        *check_any_graded(rubric),
    ]
    for index, criterion in enumerate(rubric.criteria):
        complaints += check_criterion(rubric, criterion, ("criteria", index), known)
    unsound = {
        complaint.path[:3] for complaint in complaints if "applies_when" in complaint.path[:3]
    }
    conditions = {
        index: build_condition(criterion.applies_when, known)
        for index, criterion in enumerate(rubric.criteria)
        if criterion.applies_when and ("criteria", index, "applies_when") not in unsound
    }
    reach = Reach(known)
    for condition in conditions.values():
        reach.about(condition)
    for index, condition in conditions.items():
        complaints += check_sense(reach, condition, ("criteria", index, "applies_when"))
    return [*complaints, *doubts_about(rubric, conditions, reach)]


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
        ("retired criterion", ("retired",), "id", (each.id for each in rubric.retired)),
        ("fact", ("facts",), "id", (fact.id for fact in rubric.facts)),
        ("fact", ("facts",), "label", (fact.label for fact in rubric.facts)),
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


def _check_retired(rubric: RubricTable) -> Iterator[Complaint]:
    """Tell a retired id that is asked again, and replacements that are not there."""
    asked = [criterion.id for criterion in rubric.criteria]
    retired = {each.id: each for each in rubric.retired}
    for index, criterion_id in enumerate(asked):
        if before := retired.get(criterion_id):
            sentence = (
                f"“{criterion_id}” was retired in version {before.since}, and an id keeps its "
                "meaning for ever; give this criterion another id."
            )
            yield Complaint(("criteria", index, "id"), sentence)
    for index, each in enumerate(rubric.retired):
        path: KeyPath = ("retired", index, "replaced_by")
        later = [other for other in [*asked, *retired] if other != each.id]
        yield from check_each(path, "criterion", each.replaced_by, later)


def _check_themes(rubric: RubricTable) -> Iterator[Complaint]:
    used = {criterion.theme for criterion in rubric.criteria}
    if not used.issubset(theme.id for theme in rubric.themes):
        return  # a misspelt theme would be told twice
    for index, theme in enumerate(rubric.themes):
        if theme.id not in used:
            yield Complaint(("themes", index, "id"), f"No criterion has the theme “{theme.id}”.")
