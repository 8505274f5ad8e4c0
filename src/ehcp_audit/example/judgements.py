"""Made-up judgements: levels drawn around patterns that a report should find again."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Final

from ehcp_audit.domain.audit import AuditState, Evidence, Score
from ehcp_audit.domain.facts import plan_age_months
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED, Criterion, Rubric
from ehcp_audit.example.phrases import NOT_ARISING, NOT_SEEN, STRONG, WEAK, phrases_for


@dataclass(frozen=True)
class Patterns:
    """What is planted, in steps of a logistic scale (a step of 1 is about 20 points of a share).

    `improving` is how much the improving theme gains, and `improves_between` when, from 0 in the
    first month to 1 in the last: as after a training, not bit by bit for ever. `weak_team` and
    `weak_agency` are taken off; `each_year_of_age` is taken off for every year of the plan.
    """

    improving_theme: str = "outcomes"
    improving: float = 3.2
    improves_between: tuple[float, float] = (0.35, 0.55)
    weak_team: str = "Team C"
    weak_team_by: float = 1.1
    weak_agency: str = "social_care"
    weak_agency_by: float = 1.3
    each_year_of_age: float = 0.35


PATTERNS: Final = Patterns()

_START: Final = 1.25
_LIMITING: Final = 0.9  # the critical things go wrong less often
_IMPROVING_START: Final = -1.2
_PLAN_SPREAD: Final = 0.5
_CUTS: Final = (-1.9, 0.0, 2.1)  # between the lowest level and the next, and so on upwards
_NOT_SEEN_SHARE: Final = 0.02
_NOT_ARISING_SHARE: Final = 0.004
_PAGES: Final = 16


def judged(
    random: Random, state: AuditState, rubric: Rubric, on: date, *, progress: float
) -> AuditState:
    """Return the audit with every question that applies decided, and the evidence asked for.

    `progress` runs from 0 in the first month of the example to 1 in the last.
    """
    plan_luck = random.gauss(0, _PLAN_SPREAD)
    scores: dict[str, Score] = {}
    notes: list[Evidence] = []
    for criterion in rubric.criteria:
        if state.applies(criterion, on) is False:
            continue
        score = _outside(random, criterion) or Score(
            _level(random, rubric, _leaning(state, criterion, on, progress) + plan_luck)
        )
        scores[criterion.id] = score
        if score.level in criterion.evidence_at:
            notes.append(evidence_for(random, criterion, score.level))
    return replace(state, scores=scores, evidence=tuple(notes))


def evidence_for(random: Random, criterion: Criterion, level: int) -> Evidence:
    """Return a made-up note for a question at a level, with a place in the plan."""
    bank = STRONG if level == len(criterion.levels) else WEAK
    text = random.choice(phrases_for(bank, criterion.theme))
    section = random.choice(criterion.sections) if criterion.sections else ""
    page = str(random.randint(1, _PAGES)) if section else ""
    return Evidence(f"{random.getrandbits(64):016x}", criterion.id, text, section, page)


def _outside(random: Random, criterion: Criterion) -> Score | None:
    """Return a score outside the levels, now and then, for what does not limit the grade."""
    drawn = random.random()
    if criterion.limiting or drawn > _NOT_SEEN_SHARE + _NOT_ARISING_SHARE:
        return None
    if drawn > _NOT_SEEN_SHARE:
        return Score(NOT_APPLICABLE, random.choice(NOT_ARISING))
    return Score(NOT_EVIDENCED, random.choice(NOT_SEEN))


def _leaning(state: AuditState, criterion: Criterion, on: date, progress: float) -> float:
    leaning = _START + (_LIMITING if criterion.limiting else 0)
    if criterion.theme == PATTERNS.improving_theme:
        leaning += _IMPROVING_START + PATTERNS.improving * _gained(progress)
    if state.facts.get("team") == PATTERNS.weak_team:
        leaning -= PATTERNS.weak_team_by
    if criterion.agency == PATTERNS.weak_agency:
        leaning -= PATTERNS.weak_agency_by
    return leaning - PATTERNS.each_year_of_age * (plan_age_months(state.facts, on) or 0) / 12


def _gained(progress: float) -> float:
    """Return how much of the improvement is there: none at first, all of it after the rise."""
    begins, ends = PATTERNS.improves_between
    return min(max((progress - begins) / (ends - begins), 0.0), 1.0)


def _level(random: Random, rubric: Rubric, leaning: float) -> int:
    """Return a level drawn around a leaning by an ordered logistic model."""
    share = random.uniform(1e-6, 1 - 1e-6)
    drawn = leaning + math.log(share / (1 - share))
    level = 1 + sum(drawn > cut for cut in _CUTS)
    return min(level, len(rubric.scale.levels))
