"""A published audit tool of each kind can be written as a rubric without touching code."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from ehcp_audit.domain.grading import grade
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.rubric_files import read_rubric

FOLDER = Path(__file__).parents[2] / "examples" / "rubrics"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))


@pytest.fixture(name="kind")
def _kind() -> Callable[[str], Rubric]:
    return lambda name: read_rubric(FOLDER / f"{name}.toml").rubric


def test_there_is_one_of_each_kind() -> None:
    assert NAMES == [
        "four-words",
        "one-to-ten",
        "red-amber-green",
        "weighted-sections",
        "yes-no-checklist",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_each_is_in_order_without_a_doubt(name: str) -> None:
    from ehcp_audit.rubric_files import check_rubric  # noqa: PLC0415

    checked = check_rubric(FOLDER / f"{name}.toml")
    assert checked.errors == ()
    assert [problem.sentence for problem in checked.warnings] == []


@pytest.mark.parametrize(
    ("name", "levels", "score", "expected"),
    [
        # five questions, one of them no: 4/5, and only all of them are complete
        ("yes-no-checklist", (2, 2, 2, 2, 1), Fraction(4, 5), "gaps"),
        ("yes-no-checklist", (2, 2, 2, 2, 2), Fraction(1), "complete"),
        # weights 2, 2, 3, 1: (2 + 1 + 3 + 0) of 8
        ("red-amber-green", (3, 2, 3, 1), Fraction(3, 4), "mixed"),
        ("red-amber-green", (3, 3, 3, 3), Fraction(1), "mostly_green"),
        # weights 1, 1, 2, 2: (0.8 + 0.5 + 1.6 + 2) of 6
        ("four-words", (3, 2, 3, 4), Fraction(49, 60), "good"),
        ("four-words", (4, 4, 4, 1), Fraction(2, 3), "requires_improvement"),
        # 9, 10 and 8 of 10: the average is 9
        ("one-to-ten", (9, 10, 8), Fraction(9, 10), "outstanding"),
        ("one-to-ten", (5, 5, 6), Fraction(16, 30), "requires_improvement"),
        # weights 3, 2, 3, 5, 1: (3 × ¾ + 2 × ¾ + 3 × 0 + 5 + ¾) of 14
        ("weighted-sections", (2, 2, 1, 3, 2), Fraction(19, 28), "not_good"),
        ("weighted-sections", (2, 2, 2, 2, 2), Fraction(3, 4), "good"),
    ],
)
def test_each_comes_to_the_grade_worked_by_hand(
    kind: Callable[[str], Rubric],
    name: str,
    levels: tuple[int, ...],
    score: Fraction,
    expected: str,
) -> None:
    rubric = kind(name)
    given = dict(zip((each.id for each in rubric.criteria), levels, strict=True))
    result = grade(rubric, given)
    assert result.score == score
    assert result.grade == expected


def test_ten_levels_have_ten_keys(kind: Callable[[str], Rubric]) -> None:
    assert [level.key for level in kind("one-to-ten").scale.levels] == list("1234567890")
