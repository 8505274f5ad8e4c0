"""The page on the rubric format is true: its examples are one good rubric that shows every key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from ehcp_audit.domain.conditions import Comparison, comparisons
from ehcp_audit.domain.rubric import Retired, Rubric
from ehcp_audit.domain.time_limits import TimeLimit
from ehcp_audit.rubric_files import RubricFileError, check_rubric, parse_rubric
from ehcp_audit.rubric_files.models import RubricTable

_PAGE = (Path(__file__).parents[2] / "docs" / "rubric-format.md").read_text("utf-8")
_EXAMPLES = "\n".join(re.findall(r"```toml\n(.*?)```", _PAGE, re.DOTALL))


def _keys(annotation: Any, met: set[Any]) -> Iterator[str]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in met:
        met.add(annotation)
        for name, field in annotation.model_fields.items():
            yield field.alias or name
            yield from _keys(field.annotation, met)
    for argument in get_args(annotation):
        yield from _keys(argument, met)


@pytest.fixture(scope="module")
def example() -> Rubric:
    return parse_rubric(_EXAMPLES, "docs/rubric-format.md")


def test_the_examples_are_one_good_rubric(example: Rubric) -> None:
    assert (example.id, len(example.criteria), len(example.limits)) == ("views", 8, 3)


def test_nothing_is_doubted_of_the_examples() -> None:
    assert [problem.sentence for problem in check_rubric(_EXAMPLES).warnings] == []


@pytest.mark.parametrize("key", sorted(set(_keys(RubricTable, set()))))
def test_every_key_has_an_example(key: str) -> None:
    assert re.search(rf"(^|[\s{{\[.]){key}( =|\]|\.)", _EXAMPLES, re.MULTILINE)


def test_every_operator_has_an_example(example: Rubric) -> None:
    shown = {
        comparison.operator
        for criterion in example.criteria
        if criterion.applies_when
        for comparison in comparisons(criterion.applies_when)
    }
    assert shown == {"is", "is_not", "in", "not_in", "has", "at_least", "at_most"}


def test_facts_time_limits_and_retirements_arrive_as_they_are_shown(example: Rubric) -> None:
    route, visit = example.facts
    assert [choice.key for choice in route.choices] == ["u", "t"]
    assert (route.kind, route.ordered, route.needed, route.group) == ("choice", True, True, 6)
    assert (visit.id, visit.kind) == ("local.visit_date", "date")
    fast = Comparison("local.route", "at_least", ("fast",), ("usual", "fast"))
    assert example.criterion("voice.fast-route").applies_when == fast
    in_time = example.criterion("voice.decision-in-time")
    assert (in_time.measured, in_time.weight) == (True, 0)
    assert in_time.computed == TimeLimit(
        "review_meeting_date", "review_decision_date", 4, "weeks", met=3, not_met=1
    )
    assert (example.criterion("voice.pages").measured, example.criteria[0].measured) == (
        True,
        False,
    )
    replaced = ("voice.views", "voice.adult-life")
    assert example.retired == (
        Retired("voice.old-views", "1.0.0", "Asked in two parts now", replaced),
    )


def test_the_grading_that_is_shown_is_what_it_is_when_left_out(example: Rubric) -> None:
    start, end = _EXAMPLES.index("[grading]"), _EXAMPLES.index("[[limits]]")
    without = parse_rubric(_EXAMPLES[:start] + _EXAMPLES[end:], "without")
    for name in ("needs_scored_weight", "needs_limiting_scored", "theme_met_at", "ungraded_says"):
        assert getattr(without, name) == getattr(example, name)


def test_the_mistake_that_is_shown_is_told_in_those_words() -> None:
    shown = re.search(r"```\n(rubrics/mine.*?)```", _PAGE, re.DOTALL)
    assert shown is not None
    text = (Path(__file__).parents[1] / "fixtures/rubrics/key-misspelt.toml").read_text("utf-8")
    with pytest.raises(RubricFileError) as raised:
        parse_rubric(text, "rubrics/mine.toml")
    assert raised.value.what == shown[1].rstrip()
