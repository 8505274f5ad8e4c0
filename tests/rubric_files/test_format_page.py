"""The page on the rubric format is true: its examples are one good rubric that shows every key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from ehcp_audit.domain.conditions import comparisons
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.rubric_files import RubricFileError, parse_rubric
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
    assert (example.id, len(example.criteria), len(example.limits)) == ("views", 3, 3)


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
