"""A condition is one line of words, and the line is read back as the same condition."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rubric_sheets.random_rubrics import conditions

from ehcp_audit.domain.conditions import Comparison, Every, Some
from ehcp_audit.rubric_sheets import ConditionTextError, condition_text, read_condition

_YES = Comparison("known_to_health", "is", ("yes",))
_SEEN = Comparison("seen", "has", ("advice",))
_OLD = Comparison("year_group", "at_least", ("9",))


@given(conditions())
def test_a_condition_is_read_back_as_it_was(condition):
    assert read_condition(condition_text(condition)) == condition


@given(conditions(), conditions())
def test_two_conditions_never_have_one_text(first, second):
    assert (condition_text(first) == condition_text(second)) == (first == second)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("known_to_health is yes", _YES),
        (
            "known_to_health is yes or cannot_tell; seen has advice",
            Every((Comparison("known_to_health", "in", ("yes", "cannot_tell")), _SEEN)),
        ),
        ("plan_kind is not draft", Comparison("plan_kind", "is_not", ("draft",))),
        ("plan_kind is one of draft", Comparison("plan_kind", "in", ("draft",))),
        (
            "plan_kind is none of draft, adopted",
            Comparison("plan_kind", "not_in", ("draft", "adopted")),
        ),
        ("year_group at least 9", _OLD),
        ("year_group at most 9", Comparison("year_group", "at_most", ("9",))),
        ("any of (known_to_health is yes; year_group at least 9)", Some((_YES, _OLD))),
        (
            (
                "seen has advice; any of (known_to_health is yes; "
                "all of (seen has advice; year_group at least 9))"
            ),
            Every((_SEEN, Some((_YES, Every((_SEEN, _OLD)))))),
        ),
        ("all of (known_to_health is yes)", Every((_YES,))),
        ("dispute is none", Comparison("dispute", "is", ("none",))),
        ('team is "North, or ""Hill"""', Comparison("team", "is", ('North, or "Hill"',))),
    ],
)
def test_each_form_is_written_and_read(text, condition):
    assert read_condition(text) == condition
    assert condition_text(condition) == text


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("  Seen HAS advice ;", "seen has advice"),
        ("known_to_health is yes AND seen has advice", "known_to_health is yes; seen has advice"),
        ("year_group is at least 9", "year_group at least 9"),
        ("plan_kind is one of draft, adopted", "plan_kind is draft or adopted"),
        ("plan_kind is draft,adopted", "plan_kind is draft or adopted"),
    ],
)
def test_what_people_type_otherwise_is_understood(typed, same):
    assert condition_text(read_condition(typed)).lower() == same


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "a fact, such as year_group is expected, the condition ends"),
        ("seen", "“is not”, “has”"),
        ("seen has", "a value is expected, the condition ends"),
        ("year_group is at 9", "“least” or “most”"),
        ("seen has advice seen", "before the next condition, or the end"),
        ("any of seen has advice", r"“\(” is expected"),
        ("any of (seen has advice", r"“\)” is expected"),
        ('team is "North', "not closed"),
        ("any of (" * 5_000, "nested deeper than 16"),
    ],
)
def test_what_is_no_condition_is_told_in_a_sentence(typed, sentence):
    with pytest.raises(ConditionTextError, match=sentence):
        read_condition(typed)


@given(st.text(max_size=60))
def test_any_text_is_read_or_told(text):
    with contextlib.suppress(ConditionTextError):
        condition = read_condition(text)
        assert read_condition(condition_text(condition)) == condition
