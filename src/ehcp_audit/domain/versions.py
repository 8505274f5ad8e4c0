"""Versions of a rubric: which is newer, and what must be the same for their figures to be joined.

Trends apply these rules, and what publishing will do is told by the same ones.
`Rubric.comparison_key` is the rule for a criterion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ehcp_audit.domain.canonical import digest
from ehcp_audit.domain.rubric import Rubric

_PRE_RELEASE = re.compile(r"-(?=[a-z])")  # 1.0.0-draft is one, 2026-12 is not
_PART = re.compile(r"\d+|[a-z]+")

_Parts = tuple[tuple[int, int, str], ...]
VersionOrder = tuple[_Parts, bool, _Parts]


def version_order(version: str) -> VersionOrder:
    """Return what orders versions: 1.10 follows 1.9, 1.0.0-draft comes before 1.0.0.

    Numbers are compared as numbers, 1.0 is 1.0.0, and what follows a “+” does not count
    (semver.org 2.0.0, section 11).
    """
    release, *before_release = _PRE_RELEASE.split(version.lower().partition("+")[0], maxsplit=1)
    parts = list(_parts(release))
    while parts and parts[-1] == (1, 0, ""):
        del parts[-1]
    return tuple(parts), not before_release, _parts("".join(before_release))


def _parts(text: str) -> _Parts:
    return tuple(
        (1, int(part), "") if part.isdigit() else (0, 0, part) for part in _PART.findall(text)
    )


def is_newer(version: str, than: str) -> bool:
    """Whether a version comes after another; 1.0.0 does not come after 1.0."""
    return version_order(version) > version_order(than)


def in_order(rubrics: Iterable[Rubric]) -> tuple[Rubric, ...]:
    """Return versions oldest first."""
    return tuple(
        sorted(rubrics, key=lambda rubric: (version_order(rubric.version), rubric.version))
    )


def theme_key(rubric: Rubric, theme_id: str) -> str:
    """Return what must be the same for a theme's results to be joined across versions.

    Its criteria as they are compared, their weights, and the share at which a plan meets it:
    the result is a share of weight, which measured criteria have none of.
    """
    graded = [criterion for criterion in rubric.in_theme(theme_id) if not criterion.measured]
    keys = sorted((rubric.comparison_key(criterion.id), criterion.weight) for criterion in graded)
    return digest([theme_id, keys, rubric.theme_met_at])


def grade_key(rubric: Rubric) -> str:
    """Return what must be the same for grades to be joined: points, grades and limits.

    Wording is left out; which criteria are asked is left to the note on the change of version.
    """
    points = [level.points for level in rubric.scale.levels]
    grades = [
        [rule.id, rule.at_least, rule.share_at or (), rule.nothing_at] for rule in rubric.grades
    ]
    limits = sorted(f"{limit.when} {limit.no_better_than}" for limit in rubric.limits)
    needs = [rubric.needs_scored_weight, rubric.needs_limiting_scored]
    return digest([points, rubric.scale.met_from, grades, limits, needs])
