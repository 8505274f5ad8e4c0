"""What would raise the grade, held against trying every set of questions."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.small_rubric import CRITERIA, RUBRIC, criterion

from ehcp_audit.auditing import would_raise
from ehcp_audit.domain.grading import grade
from ehcp_audit.domain.rubric import GradeRule, Rubric

WIDER = replace(
    RUBRIC,
    criteria=(*(replace(each, applies_when=None) for each in CRITERIA), criterion("x", "voice")),
)
BY_SHARE = replace(
    WIDER,
    grades=(
        GradeRule("good", "Good", Fraction(1, 2), share_at=(3, Fraction(4, 5))),
        *WIDER.grades[1:],
    ),
)


def rank(rubric: Rubric, levels: dict[str, int]) -> int:
    result = grade(rubric, levels)
    return 0 if result.grade is None else rubric.grade_rank(result.grade)


def raises(rubric: Rubric, levels: dict[str, int], chosen: tuple[str, ...]) -> bool:
    met = {**levels, **dict.fromkeys(chosen, rubric.scale.met_from)}
    return rank(rubric, met) > rank(rubric, levels)


@example(
    rubric=WIDER, given_levels=[2, 1, 4, 1, -1, 2, -1]
)  # the first that is tried is not needed
@settings(max_examples=400, deadline=None)
@given(
    rubric=st.sampled_from([WIDER, BY_SHARE]),
    given_levels=st.lists(st.integers(-1, 4), min_size=7, max_size=7),
)
def test_singles_are_exactly_those_that_raise_it_alone_and_a_set_needs_each_of_its_members(
    rubric: Rubric, given_levels: list[int]
) -> None:
    levels = {each.id: level for each, level in zip(rubric.criteria, given_levels, strict=True)}
    singles, together = would_raise(rubric, levels)
    below = tuple(key for key, level in levels.items() if 0 < level < rubric.scale.met_from)
    if grade(rubric, levels).grade is None:
        assert (singles, together) == ((), ())
        return
    assert singles == tuple(key for key in below if raises(rubric, levels, (key,)))
    if singles:
        assert together == ()
        return
    sets = [
        chosen
        for size in range(2, len(below) + 1)
        for chosen in combinations(below, size)
        if raises(rubric, levels, chosen)
    ]
    if not sets:
        assert together == ()
        return
    assert together in sets
    for left_out in together:
        fewer = tuple(each for each in together if each != left_out)
        assert not raises(rubric, levels, fewer), f"{left_out} is not needed"


def test_one_limiting_question_is_named_alone() -> None:
    levels = {"views": 1, "distinct": 4, "smart": 4, "linked": 4, "adulthood": 4, "health": 4}
    assert would_raise(RUBRIC, levels) == (("views",), ())


def test_two_limits_that_hold_each_other_are_named_together() -> None:
    levels = {"views": 1, "distinct": 4, "smart": 2, "linked": 4, "adulthood": 4, "health": 4}
    assert grade(RUBRIC, levels).grade == "fair"
    assert would_raise(RUBRIC, levels) == ((), ("views", "smart"))


def test_nothing_raises_the_best_grade() -> None:
    levels = dict.fromkeys((each.id for each in CRITERIA), 3) | {"linked": 2}
    assert would_raise(RUBRIC, levels) == ((), ())
