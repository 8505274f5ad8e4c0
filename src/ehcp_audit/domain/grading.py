"""The grade of one audit, in exact fractions.

score = Σ weight × points ÷ (Σ weight × highest points), over the criteria that have a level.
The grade is the best whose conditions all hold; then each limit that bites may lower it, and
the lowest cap wins. Nothing is ever rounded into a grade, and no measured criterion enters it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ehcp_audit.domain.rubric import (
    NOT_APPLICABLE,
    Criterion,
    CriterionAt,
    GradeRule,
    Limit,
    LimitingCount,
    Rubric,
    ThemeBelow,
)

BORDERLINE = Fraction(4, 100)  # one step on one weight-3 question moves a score by 3 to 5 points

Levels = Mapping[str, int | None]


@dataclass(frozen=True)
class LimitHit:
    """A limit that bit: the grade it allows at best and the sentence that says why."""

    limit: str
    no_better_than: str
    sentence: str


@dataclass(frozen=True)
class ThemeResult:
    """A theme of one audit; shares are fractions of 1, None where nothing was scored.

    `met` is whether at least the rubric's `theme_met_at` of the scored weight is at a meeting
    level.
    """

    theme: str
    applicable: int
    scored: int
    score: Fraction | None
    met_share: Fraction | None
    met: bool | None


@dataclass(frozen=True)
class GradeResult:
    """The outcome of grading; `grade` is None where there is none, and `ungraded` says why.

    `reached` is the grade before any limit. `borderline` is true within four points of a line.
    """

    grade: str | None
    reached: str | None
    score: Fraction | None
    top_share: Fraction | None
    hits: tuple[LimitHit, ...]
    themes: tuple[ThemeResult, ...]
    applicable: int
    scored: int
    scored_weight: int
    applicable_weight: int
    ungraded: str
    borderline: bool

    @property
    def limited(self) -> bool:
        """Whether a limit lowered the grade."""
        return self.grade != self.reached


def percent(share: Fraction, places: int = 1) -> str:
    """Return a share as a percentage, half-up, such as 89.4% (0 or 1 decimal places)."""
    factor = 10**places
    scaled = (share * 100 * factor * 2 + 1) // 2
    whole, rest = divmod(int(scaled), factor)
    return f"{whole}.{rest:0{places}}%" if places else f"{whole}%"


def grade(rubric: Rubric, levels: Levels) -> GradeResult:
    """Grade one audit from the level of every criterion (None: unscored, 0 and -1 as stored)."""
    applicable = _graded(rubric.criteria, levels)
    scored = [
        (c, number) for c in applicable if (number := levels.get(c.id)) is not None and number > 0
    ]
    applicable_weight = sum(c.weight for c in applicable)
    scored_weight = sum(c.weight for c, _ in scored)
    score = _score(rubric, scored)
    themes = tuple(_theme_result(rubric, theme.id, levels) for theme in rubric.themes)
    ungraded = _why_ungraded(rubric, applicable, [c for c, _ in scored])
    reached = final = None
    hits: tuple[LimitHit, ...] = ()
    if not ungraded and score is not None:
        reached = _reached(rubric, scored, score, scored_weight)
        at_most = rubric.grade_rank(reached)
        # A cap better than the grade the score reached limits nothing.
        hits = tuple(
            hit
            for hit in _hits(rubric, levels, themes)
            if rubric.grade_rank(hit.no_better_than) <= at_most
        )
        caps = [hit.no_better_than for hit in hits]
        final = min([reached, *caps], key=rubric.grade_rank)
    top = rubric.scale.levels[-1].number
    top_weight = sum(c.weight for c, number in scored if number == top)
    return GradeResult(
        grade=final,
        reached=reached,
        score=score,
        top_share=Fraction(top_weight, scored_weight) if scored_weight else None,
        hits=hits,
        themes=themes,
        applicable=len(applicable),
        scored=len(scored),
        scored_weight=scored_weight,
        applicable_weight=applicable_weight,
        ungraded=ungraded,
        borderline=not ungraded and score is not None and is_borderline(rubric, score),
    )


def _graded(criteria: tuple[Criterion, ...], levels: Levels) -> list[Criterion]:
    """Return the criteria that apply, without those that are measured and never graded."""
    return [c for c in criteria if not c.measured and levels.get(c.id) != NOT_APPLICABLE]


def _score(rubric: Rubric, scored: list[tuple[Criterion, int]]) -> Fraction | None:
    weight = sum(c.weight for c, _ in scored)
    if not weight:
        return None
    earned = sum(
        (c.weight * rubric.scale.level(number).points for c, number in scored), Fraction(0)
    )
    return earned / (weight * rubric.scale.highest_points)


def _theme_result(rubric: Rubric, theme_id: str, levels: Levels) -> ThemeResult:
    criteria = _graded(rubric.in_theme(theme_id), levels)
    scored = [
        (c, number) for c in criteria if (number := levels.get(c.id)) is not None and number > 0
    ]
    weight = sum(c.weight for c, _ in scored)
    if not weight:
        return ThemeResult(theme_id, len(criteria), 0, None, None, None)
    met_weight = sum(c.weight for c, number in scored if number >= rubric.scale.met_from)
    met_share = Fraction(met_weight, weight)
    return ThemeResult(
        theme_id,
        len(criteria),
        len(scored),
        _score(rubric, scored),
        met_share,
        met_share >= rubric.theme_met_at,
    )


def _why_ungraded(rubric: Rubric, applicable: list[Criterion], scored: list[Criterion]) -> str:
    applicable_weight = sum(c.weight for c in applicable)
    if not applicable_weight:
        return "Not graded: no question applies."
    share = Fraction(sum(c.weight for c in scored), applicable_weight)
    if share < rubric.needs_scored_weight or not share:
        values = {
            "scored": str(len(scored)),
            "applicable": str(len(applicable)),
            "share": percent(share),
        }
        return _fill(rubric.ungraded_says, values)
    if rubric.needs_limiting_scored:
        for criterion in applicable:
            if criterion.limiting and criterion not in scored:
                return (
                    f"Not graded: “{criterion.title}” is limiting and has no level, "
                    "so no grade would be safe."
                )
    return ""


def _reached(
    rubric: Rubric, scored: list[tuple[Criterion, int]], score: Fraction, scored_weight: int
) -> str:
    for rule in rubric.grades:
        if _holds(rule, scored, score, scored_weight):
            return rule.id
    return rubric.grades[-1].id


def _holds(
    rule: GradeRule, scored: list[tuple[Criterion, int]], score: Fraction, scored_weight: int
) -> bool:
    if score < rule.at_least:
        return False
    if any(number in rule.nothing_at for _, number in scored):
        return False
    if rule.share_at is None:
        return True
    level, share = rule.share_at
    at_level = sum(c.weight for c, number in scored if number >= level)
    return Fraction(at_level, scored_weight) >= share


def _hits(rubric: Rubric, levels: Levels, themes: tuple[ThemeResult, ...]) -> tuple[LimitHit, ...]:
    hits: list[tuple[Limit, LimitHit]] = []
    for limit in rubric.limits:
        hits.extend(
            (limit, LimitHit(limit.id, limit.no_better_than, _fill(limit.says, values)))
            for values in _bites(rubric, limit, levels, themes)
        )
    return tuple(
        hit
        for limit, hit in hits
        if not any(_says_it_all(rubric, other, limit) for other, _ in hits)
    )


def _says_it_all(rubric: Rubric, limit: Limit, smaller: Limit) -> bool:
    """Whether a limit counts more limiting criteria at the same level and caps at least as low."""
    when, less = limit.when, smaller.when
    return (
        isinstance(when, LimitingCount)
        and isinstance(less, LimitingCount)
        and when.level == less.level
        and when.count > less.count
        and rubric.grade_rank(limit.no_better_than) <= rubric.grade_rank(smaller.no_better_than)
    )


def _bites(
    rubric: Rubric, limit: Limit, levels: Levels, themes: tuple[ThemeResult, ...]
) -> list[dict[str, str]]:
    """Return, for each time a limit bites, what its sentence may name."""
    when = limit.when
    if isinstance(when, CriterionAt):
        criterion = rubric.criterion(when.criterion)
        hit = levels.get(when.criterion) == when.level and not criterion.measured
        return [{"criterion": criterion.title}] if hit else []
    if isinstance(when, LimitingCount):
        limiting = [c for c in _graded(rubric.criteria, levels) if c.limiting]
        titles = [c.title for c in limiting if levels.get(c.id) == when.level]
        named = " and ".join(filter(None, [", ".join(titles[:-1]), *titles[-1:]]))
        values = {"criterion": named, "criteria": named, "count": str(len(titles))}
        return [values] if len(titles) >= when.count else []
    return [
        {"theme": rubric.theme(theme.theme).title, "share": percent(theme.score)}
        for theme in themes
        if _theme_bites(when, theme) and theme.score is not None
    ]


def _theme_bites(when: ThemeBelow, theme: ThemeResult) -> bool:
    return (
        theme.score is not None
        and theme.scored >= when.scored_at_least
        and theme.score < when.share
    )


def is_borderline(rubric: Rubric, score: Fraction) -> bool:
    """Whether a score is within four points of a line between two grades, on either side."""
    lines = [rule.at_least for rule in rubric.grades if rule.at_least > 0]
    return any(abs(score - line) <= BORDERLINE for line in lines)


def _fill(sentence: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        sentence = sentence.replace("{" + name + "}", value)
    return sentence
