"""What a new version does to the lines of a trend: joined, bridged, broken, begun or ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ehcp_audit.domain.questions import GRADE_ID, theme_criterion
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.domain.versions import grade_key, theme_key
from ehcp_audit.rubric_versions.changes import Comparison

Outcome = Literal["joined", "bridged", "broken", "ends", "begins"]


@dataclass(frozen=True)
class TrendLine:
    """One measure over time, and what the new version does to its line.

    joined: one line goes on through both versions. broken: two lines, each with its versions
    named, because the measure means something else. ends, begins: only one version has it.
    bridged: it ends, and the new version names the criteria, `carried_by`, that take its place.
    """

    id: str
    title: str
    outcome: Outcome
    carried_by: tuple[str, ...] = ()


def trend_lines(comparison: Comparison) -> tuple[TrendLine, ...]:
    """Return every line that either version has, by the rules that trends join lines by."""
    return tuple(_lines(comparison))


def _lines(comparison: Comparison) -> Iterator[TrendLine]:
    old, new = comparison.old, comparison.new
    same_rubric = old.id == new.id
    joined = same_rubric and grade_key(old) == grade_key(new)
    yield TrendLine(GRADE_ID, "The grade", "joined" if joined else "broken")
    old_themes, new_themes = _themes(old), _themes(new)
    for theme_id, title in {**old_themes, **new_themes}.items():
        in_both = theme_id in old_themes and theme_id in new_themes
        joined = same_rubric and in_both and theme_key(old, theme_id) == theme_key(new, theme_id)
        yield TrendLine(
            theme_criterion(theme_id),
            title,
            _outcome(theme_id in old_themes, theme_id in new_themes, joined=joined),
        )
    for criterion in new.criteria:
        was_there = old.has_criterion(criterion.id)
        joined = (
            same_rubric
            and was_there
            and old.comparison_key(criterion.id) == new.comparison_key(criterion.id)
        )
        yield TrendLine(criterion.id, criterion.title, _outcome(was_there, True, joined=joined))
    for criterion_id in comparison.removed:
        carried_by = comparison.replaced_by.get(criterion_id, ())
        title = old.criterion(criterion_id).title
        yield TrendLine(criterion_id, title, "bridged" if carried_by else "ends", carried_by)


def _themes(rubric: Rubric) -> dict[str, str]:
    return {theme.id: theme.title for theme in rubric.themes}


def _outcome(was_there: bool, is_there: bool, *, joined: bool) -> Outcome:
    if was_there and is_there:
        return "joined" if joined else "broken"
    return "begins" if is_there else "ends"
