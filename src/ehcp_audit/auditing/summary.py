"""The end of an audit in one value: grade, what limits it, what would raise it, what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ehcp_audit.auditing.signing import Gap, gaps
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.grading import GradeResult, Levels, grade
from ehcp_audit.domain.rubric import NOT_EVIDENCED, Criterion, Rubric


@dataclass(frozen=True)
class Summary:
    """What the summary shows.

    `raisers` are the criteria each of which, put to the lowest meeting level, would alone raise
    the grade; where none would, `together` names a small set that would. Measured criteria are
    among neither, nor in `not_evidenced`, which tells what the grade leaves out.
    """

    result: GradeResult
    gaps: tuple[Gap, ...]
    raisers: tuple[str, ...]
    together: tuple[str, ...]
    not_evidenced: tuple[str, ...]


def summarise(rubric: Rubric, state: AuditState, on: date) -> Summary:
    """Return the summary of an audit as it stands; a signed one is summed up as it was signed."""
    signed = state.sign_off
    levels: Levels = signed.levels if signed else state.resolved_levels(rubric, on)
    result = grade(rubric, levels)
    if signed:
        result = replace(result, grade=signed.grade)
    raisers, together = would_raise(rubric, levels)
    return Summary(
        result=result,
        gaps=() if signed else gaps(rubric, state, on),
        raisers=raisers,
        together=together,
        not_evidenced=tuple(
            criterion.id
            for criterion in rubric.criteria
            if levels.get(criterion.id) == NOT_EVIDENCED and not criterion.measured
        ),
    )


def would_raise(rubric: Rubric, levels: Levels) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the criteria that would each raise the grade if met, or else a set that would."""
    now = grade(rubric, levels)
    if now.grade is None or now.grade == rubric.grades[0].id:
        return (), ()
    met = rubric.scale.met_from
    graded = [criterion for criterion in rubric.criteria if not criterion.measured]
    below = [c for c in graded if 0 < (levels.get(c.id) or 0) < met]
    singles = tuple(
        c.id for c in below if _rank(rubric, {**levels, c.id: met}) > _rank(rubric, levels)
    )
    if singles:
        return singles, ()
    return (), _together(rubric, levels, below)


def _rank(rubric: Rubric, levels: Levels) -> int:
    result = grade(rubric, levels)
    return 0 if result.grade is None else rubric.grade_rank(result.grade)


def _together(rubric: Rubric, levels: Levels, below: list[Criterion]) -> tuple[str, ...]:
    """Meet the criteria with the most to gain until the grade rises, then drop those not needed."""
    met = rubric.scale.met_from
    most_first = sorted(below, key=lambda c: (not c.limiting, -_gain(rubric, c, levels)))
    raised = dict(levels)
    chosen: list[str] = []
    for criterion in most_first:
        raised[criterion.id] = met
        chosen.append(criterion.id)
        if _rank(rubric, raised) > _rank(rubric, levels):
            break
    else:
        return ()
    for criterion_id in list(chosen):
        without = {**raised, criterion_id: levels[criterion_id]}
        if _rank(rubric, without) > _rank(rubric, levels):
            raised = without
            chosen.remove(criterion_id)
    return tuple(c.id for c in below if c.id in chosen)


def _gain(rubric: Rubric, criterion: Criterion, levels: Levels) -> float:
    number = levels[criterion.id] or 1
    scale = rubric.scale
    return float(
        criterion.weight * (scale.level(scale.met_from).points - scale.level(number).points)
    )
