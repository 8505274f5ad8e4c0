"""The limits of a rubric file: their form, what they name, and the sentences they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from ehcp_audit.domain.text import one_line
from ehcp_audit.rubric_files.complaints import Complaint
from ehcp_audit.rubric_files.measured_checks import is_measured
from ehcp_audit.rubric_files.models import LimitTable, RubricTable, WhenTable
from ehcp_audit.rubric_files.problems import KeyPath, listed, nearest, unknown

_NAMED: Final = re.compile(r"\{([^{}]*)\}")
# The keys of each form of `when`, the first of them required, and what its sentence may name.
_FORMS: Final = (
    (("limiting", "at"), ("limiting", "at"), ("criterion", "criteria", "count")),
    (("criterion", "at"), ("criterion", "at"), ("criterion",)),
    (("theme_below",), ("theme_below", "theme_scored_at_least"), ("theme", "share")),
)
_FORMS_TOLD: Final = (
    '“when” has one of three forms: { limiting = 1, at = "…" }, { criterion = "…", at = "…" } '
    "or { theme_below = 0.5, theme_scored_at_least = 2 }."
)


def check_limits(rubric: RubricTable) -> Iterator[Complaint]:
    """Yield what is wrong with the limits."""
    grades = [grade.id for grade in rubric.grades]
    for index, limit in enumerate(rubric.limits):
        path: KeyPath = ("limits", index)
        if limit.no_better_than not in grades:
            sentence = unknown("grade", limit.no_better_than, grades)
            yield Complaint((*path, "no_better_than"), sentence)
        names = _names_of(limit.when)
        if names is None:
            yield Complaint((*path, "when"), _FORMS_TOLD)
            continue
        yield from _check_when(rubric, limit.when, (*path, "when"))
        yield from check_placeholders(limit.says, names, (*path, "says"))
        yield from _check_bite(rubric, limit, path)
    yield from _check_shadowed(rubric)


def check_placeholders(sentence: str, known: Sequence[str], path: KeyPath) -> Iterator[Complaint]:
    """Yield a complaint for each {name} in a sentence that will not be filled in."""
    for name in _NAMED.findall(sentence):
        if name not in known:
            told = f"“{{{one_line(name, 40)}}}” is not filled in here.{nearest(name, known)}"
            yield Complaint(path, f"{told} Use {listed(['{' + each + '}' for each in known])}.")


def _names_of(when: WhenTable) -> tuple[str, ...] | None:
    """Return what the sentence of this form of `when` may name; None for no known form."""
    given = {key for key, value in when.model_dump().items() if value is not None}
    for required, allowed, names in _FORMS:
        if given.issuperset(required) and given.issubset(allowed):
            return names
    return None


def _check_when(rubric: RubricTable, when: WhenTable, path: KeyPath) -> Iterator[Complaint]:
    levels = [level.id for level in rubric.scale.levels]
    if when.at is not None and when.at not in levels:
        yield Complaint((*path, "at"), unknown("level", when.at, levels))
    criteria = [criterion.id for criterion in rubric.criteria]
    if when.criterion is not None and when.criterion not in criteria:
        yield Complaint((*path, "criterion"), unknown("criterion", when.criterion, criteria))
    if when.criterion is not None and any(
        criterion.id == when.criterion and is_measured(criterion) for criterion in rubric.criteria
    ):
        sentence = f"“{when.criterion}” is measured, and no measured criterion limits a grade."
        yield Complaint((*path, "criterion"), sentence)
    limiting = sum(criterion.limiting for criterion in rubric.criteria)
    if when.limiting is not None and when.limiting > limiting:
        sentence = f"“limiting = true” stands in {limiting} of the criteria: this cannot happen."
        yield Complaint((*path, "limiting"), sentence)
    if when.theme_below == 0:
        sentence = "No theme scores under 0: this cannot happen."
        yield Complaint((*path, "theme_below"), sentence)
    graded = [criterion for criterion in rubric.criteria if not is_measured(criterion)]
    most = max(Counter(criterion.theme for criterion in graded).values(), default=0)
    if when.theme_scored_at_least is not None and when.theme_scored_at_least > most:
        sentence = (
            f"No theme has {when.theme_scored_at_least} criteria to grade: this cannot happen."
        )
        yield Complaint((*path, "theme_scored_at_least"), sentence)


def _check_bite(rubric: RubricTable, limit: LimitTable, path: KeyPath) -> Iterator[Complaint]:
    """Tell a limit that lowers nothing, and doubt one that bites where a question is met."""
    if limit.no_better_than == rubric.grades[0].id:
        sentence = "This is the best grade, so the limit lowers nothing; name a lower one."
        yield Complaint((*path, "no_better_than"), sentence)
    most = max(level.points for level in rubric.scale.levels)
    if any(level.id == limit.when.at and level.points == most for level in rubric.scale.levels):
        sentence = f"“{limit.when.at}” earns the most points; is it meant to lower the grade?"
        yield Complaint((*path, "when", "at"), sentence, doubt=True)


def _check_shadowed(rubric: RubricTable) -> Iterator[Complaint]:
    """Tell each limit that never lowers a grade further than another one has by then."""
    grades = [grade.id for grade in rubric.grades]
    limits = [limit for limit in rubric.limits if limit.no_better_than in grades]
    for index, limit in enumerate(rubric.limits):
        for other in limits:
            if other is limit or limit not in limits or not _covers(other.when, limit.when):
                continue
            ranks = grades.index(other.no_better_than), grades.index(limit.no_better_than)
            same = _covers(limit.when, other.when) and ranks[0] == ranks[1]
            if ranks[0] > ranks[1] or (
                ranks[0] == ranks[1] and (not same or limits.index(other) < limits.index(limit))
            ):
                sentence = f"Wherever this holds, the limit “{other.id}” lowers the grade as far."
                yield Complaint(("limits", index, "when"), sentence)
                break


def _covers(wider: WhenTable, narrower: WhenTable) -> bool:
    """Whether the first form holds wherever the second does."""
    if wider.at != narrower.at or wider.criterion != narrower.criterion:
        return False
    if wider.limiting and narrower.limiting:
        return wider.limiting <= narrower.limiting
    if wider.theme_below is not None and narrower.theme_below is not None:
        at_least = wider.theme_scored_at_least or 1, narrower.theme_scored_at_least or 1
        return wider.theme_below >= narrower.theme_below and at_least[0] <= at_least[1]
    return wider.criterion is not None and (wider.limiting, narrower.limiting) == (None, None)
