"""A small rubric and tallies made by hand, shared by the tests of trends and of reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from ehcp_audit.domain.questions import GRADE_ID, Tallies, Tally, theme_criterion
from ehcp_audit.domain.rubric import (
    Criterion,
    GradeRule,
    Level,
    Limit,
    LimitingCount,
    Rubric,
    Scale,
    Theme,
)

SCALE = Scale(
    levels=(
        Level(1, "not_met", "Not met", "✗", Fraction(0), "Missing or wrong"),
        Level(2, "partly", "Partly", "◔", Fraction(1, 2), "Some of it is there"),
        Level(3, "meets", "Meets", "◑", Fraction(1), "Content for it to be seen"),
        Level(4, "strong", "Strong", "●", Fraction(1), "A good example"),
    ),
    met_from=3,
    not_applicable="The question does not arise",
    not_evidenced="You could not look",
)
GRADES = (
    GradeRule("outstanding", "Outstanding", Fraction(9, 10), (4, Fraction(1, 2)), (1,)),
    GradeRule("good", "Good", Fraction(8, 10)),
    GradeRule("requires_improvement", "Requires improvement", Fraction(1, 2)),
    GradeRule("inadequate", "Inadequate", Fraction(0)),
)


def criterion(criterion_id: str, title: str, *, limiting: bool = False) -> Criterion:
    return Criterion(
        id=criterion_id,
        theme=criterion_id.partition(".")[0],
        title=title,
        question=f"Is this so: {title}?",
        guidance="",
        levels=("It is missing", "It is there in part", "It is there", "It is a good example"),
        sections=("A",),
        agency="education",
        scored_by=("education",),
        weight=1,
        limiting=limiting,
        evidence_at=(),
        ask_cause=False,
        law="",
        on_lowest="",
        applies_when=None,
        findings=(),
    )


RUBRIC = Rubric(
    id="small",
    version="1.0.0",
    title="Small rubric",
    summary="",
    owner="",
    hash="one",
    effective_from=None,
    law_as_at=None,
    scale=SCALE,
    themes=(Theme("voice", "Voice of the child"), Theme("provision", "Provision")),
    criteria=(
        criterion("voice.views", "The child's own views"),
        criterion("voice.whose", "Whose view it is"),
        criterion("provision.specific", "Specific provision", limiting=True),
    ),
    grades=GRADES,
    limits=(Limit("critical", LimitingCount(1, 1), "requires_improvement", "{criteria} not met."),),
    needs_scored_weight=Fraction(3, 4),
    needs_limiting_scored=True,
    ungraded_says="Not graded: {scored} of {applicable} questions were scored.",
    theme_met_at=Fraction(8, 10),
)


def reworded(rubric: Rubric, criterion_id: str, *, version: str, key: str) -> Rubric:
    """Return a later version in which one criterion asks something else."""
    criteria = tuple(
        replace(each, question="Something else?") if each.id == criterion_id else each
        for each in rubric.criteria
    )
    return replace(rubric, version=version, hash=key, criteria=criteria)


def levels(
    period: str, measure: str, counts: Mapping[int, int], rubric: str = "one"
) -> list[Tally]:
    """Return one measure's tallies in one period: how many audits gave each level."""
    return [Tally(period, rubric, measure, level, count) for level, count in counts.items()]


def grades(period: str, counts: Mapping[int, int], rubric: str = "one") -> list[Tally]:
    """Return one period's grades by rank: 4 is Outstanding, 1 Inadequate, 0 ungraded."""
    return levels(period, GRADE_ID, counts, rubric)


def theme(
    period: str, theme_id: str, counts: Mapping[int, int], rubric: str = "one"
) -> list[Tally]:
    """Return one theme's results in one period: 2 is met, 1 not met."""
    return levels(period, theme_criterion(theme_id), counts, rubric)


def tallies(
    *rows: list[Tally],
    audits: Mapping[str, int],
    undated: int = 0,
    left_out: Mapping[str, int] | None = None,
    repeated: int = 0,
) -> Tallies:
    return Tallies(
        tuple(row for group in rows for row in group), audits, undated, left_out or {}, repeated
    )
