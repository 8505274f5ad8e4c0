"""The limits of a rubric file: their form, what they name, and the sentences they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ehcp_audit.domain.text import one_line
from ehcp_audit.rubric_files.complaints import Complaint
from ehcp_audit.rubric_files.models import RubricTable, WhenTable
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
    limiting = sum(criterion.limiting for criterion in rubric.criteria)
    if when.limiting is not None and when.limiting > limiting:
        sentence = f"“limiting = true” stands in {limiting} of the criteria: this cannot happen."
        yield Complaint((*path, "limiting"), sentence)
