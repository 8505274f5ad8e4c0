"""From Year 12 a plan is a young person's, and the words shown say so; nobody else's do."""

from __future__ import annotations

import pytest

from ehcp_audit.domain.child_words import of_young_person, person
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.rubric_files import read_rubric, shipped_rubrics


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Would someone know this child?", "Would someone know this young person?"),
        ("The child's own views", "The young person's own views"),
        ("Voice of the child", "Voice of the young person"),
        ("phrases that would fit any child", "phrases that would fit any young person"),
        ("about the right child", "about the right young person"),
        ("Views of child and parents", "Views of young person and parents"),
        ("Child and family asked", "Young person and family asked"),
        ("this child's or young person's own views", "this young person's own views"),
        ("The child or young person", "The young person"),
    ],
)
def test_the_child_of_the_plan_is_a_young_person(text: str, said: str) -> None:
    assert of_young_person(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Another child's details, or a mistake",
        "A child protection or child in need plan may be left out",
        "the child protection plan", "the child in need plan",
        "Section H1: under 18, for a disabled child",
        "as if for a child", "a child and family centre", "children's services", "young children",
        "the child and adolescent mental health service",
    ],
)  # fmt: skip
def test_what_means_somebody_or_something_else_stays(text: str) -> None:
    assert of_young_person(text) == text


@pytest.mark.parametrize(
    ("year_group", "word"),
    [("EY", "child"), ("11", "child"), ("12", "young person"), ("19-25", "young person"),
     (None, "child")],
)  # fmt: skip
def test_the_word_follows_the_year_group(year_group: str | None, word: str) -> None:
    assert person({"year_group": year_group}) == word


@pytest.fixture(scope="module")
def core() -> Rubric:
    return read_rubric(shipped_rubrics() / "peer-findings.toml").rubric


def test_a_rubric_is_shown_in_those_words_and_stays_the_same_rubric(core: Rubric) -> None:
    shown = core.said_of({"year_group": "13"})
    assert shown.theme("voice").title == "Voice of the young person"
    assert "this young person" in shown.criterion("voice.brought-to-life").question
    assert "Another child's details" in shown.criterion("checks.accurate").levels[0]
    assert (shown.hash, len(shown.criteria)) == (core.hash, len(core.criteria))
    for before, after in zip(core.criteria, shown.criteria, strict=True):
        assert (before.findings, before.law, before.applies_when, before.weight) == (
            after.findings, after.law, after.applies_when, after.weight,
        )  # fmt: skip
    assert core.said_of({"year_group": "11"}) is core
    assert core.said_of({}) is core
