"""A stored rubric is read back equal to the one that was compiled."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from ehcp_audit.domain.conditions import Comparison, Every, Some
from ehcp_audit.domain.facts import Choice, Fact
from ehcp_audit.domain.grading import grade
from ehcp_audit.domain.rubric import (
    Cause,
    CriterionAt,
    Finding,
    GradeRule,
    Limit,
    LimitingCount,
    Retired,
    Rubric,
    Source,
    ThemeBelow,
)
from ehcp_audit.domain.rubric_json import compile_rubric, read_compiled
from ehcp_audit.domain.time_limits import TimeLimit
from ehcp_audit.rubric_files import read_rubric

_FIXTURES = Path(__file__).parents[1] / "fixtures"

# What the first release did not write.
LATER_KEYS = {
    "rubric": ["effective_to", "facts", "retired"],
    "criterion": ["examples", "measured", "computed"],
}


def test_the_shipped_rubric_is_read_back_equal(core: Rubric) -> None:
    assert read_compiled(compile_rubric(core)) == core


def test_every_kind_of_part_is_read_back_equal(small: Callable[..., Rubric]) -> None:
    rubric = small(
        3,
        limits=(
            Limit("a", LimitingCount(1, 1), "inadequate", "é “{criterion}”"),
            Limit("b", CriterionAt("c1", 2), "inadequate", ""),
            Limit("c", ThemeBelow(Fraction(1, 3), 2), "inadequate", ""),
        ),
        grades=(
            GradeRule("good", "Good", Fraction(4, 5), (4, Fraction(1, 7)), (1, 2)),
            GradeRule("inadequate", "Inadequate", Fraction(0)),
        ),
    )
    condition = Every(
        (
            Comparison("seen", "has", ("advice",)),
            Comparison("local.route", "at_least", ("fast",), ("usual", "fast")),
            Some((Comparison("reviewed", "is", ("yes",)),)),
        )
    )
    first = replace(
        rubric.criteria[0],
        applies_when=condition,
        findings=(Finding("s", "p. 1", "is"),),
        evidence_at=(1, 2),
        examples=("“As I say”",),
        measured=True,
        computed=TimeLimit("request_date", "draft_date", 16, "weeks", met=3, not_met=1),
    )
    full = replace(
        rubric,
        criteria=(first, *rubric.criteria[1:]),
        effective_from=date(2026, 12, 1),
        effective_to=date(2027, 11, 30),
        causes=(Cause("late", "Late"),),
        facts=(Fact("local.a", "A", "choice", 6, (Choice("b", "B", "b"),), ordered=True),),
        retired=(Retired("old", "1.1.0", "Split", ("c1", "c2")),),
        sources=(Source("s", "Title", "by", "2020"),),
    )
    assert read_compiled(compile_rubric(full)) == full


def test_a_rubric_compiled_before_there_were_further_keys_is_read(core: Rubric) -> None:
    compiled = json.loads(compile_rubric(core))
    for later in LATER_KEYS["rubric"]:
        del compiled[later]
    for criterion in compiled["criteria"]:
        for later in LATER_KEYS["criterion"]:
            del criterion[later]
    assert read_compiled(json.dumps(compiled)) == core


def test_a_rubric_that_the_first_release_kept_is_read_compared_and_graded_as_then() -> None:
    kept = read_compiled((_FIXTURES / "compiled" / "first-release.json").read_text("utf-8"))
    assert kept == read_rubric(_FIXTURES / "rubrics" / "good.toml").rubric
    assert kept.comparison_key("voice.views") == (
        "d9c726bb3d338636b52da764b8709507c40a5ea37fd15a6b885191c392095b91"
    )
    limited = grade(kept, {"voice.views": 1})
    assert (limited.grade, limited.score) == ("poor", Fraction(0))
    assert [hit.sentence for hit in limited.hits] == ["Views is missing."]
    assert grade(kept, {"voice.views": 2}).grade == "good"


def test_a_key_that_was_always_there_may_not_be_missing(core: Rubric) -> None:
    compiled = json.loads(compile_rubric(core))
    del compiled["scale"]
    with pytest.raises(KeyError):
        read_compiled(json.dumps(compiled))


def test_the_compiled_form_is_plain_json(core: Rubric) -> None:
    compiled = json.loads(compile_rubric(core))
    assert compiled["id"] == "peer-findings"
    assert compiled["scale"]["levels"][1]["points"] == "1/2"


def test_figures_are_joined_while_question_levels_and_points_stay_the_same(core: Rubric) -> None:
    criterion = core.criteria[0]
    key = core.comparison_key(criterion.id)

    def changed(**change: object) -> str:
        first = replace(criterion, **change)  # type: ignore[arg-type]
        return replace(core, criteria=(first, *core.criteria[1:])).comparison_key(criterion.id)

    assert changed(weight=1, title="Another", guidance="More", law="") == key
    assert changed(question="Another?") != key
    assert changed(levels=("a", "b", "c", "d")) != key
    assert replace(core, version="2.0.0").comparison_key(criterion.id) == key
    stricter = replace(core, scale=replace(core.scale, met_from=4))
    assert stricter.comparison_key(criterion.id) != key
