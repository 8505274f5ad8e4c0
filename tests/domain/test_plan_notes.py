"""Who is easily overlooked: the sentence that covers them, where it matters."""

from __future__ import annotations

import pytest
from tests.small_rubric import criterion

from ehcp_audit.domain.facts import FACTS_BY_ID, Facts
from ehcp_audit.domain.plan_notes import (
    APPEAL_OPEN,
    PLAN_NOTES,
    notes_on_criterion,
    notes_on_fact,
    notes_on_facts,
)


@pytest.mark.parametrize(
    ("fact", "facts", "words"),
    [
        ("dispute", {"dispute": "appeal_open"}, "may have to be disclosed"),
        ("plan_kind", {"plan_kind": "adopted"}, "but not for our writers"),
        ("plan_kind", {"plan_kind": "ordered"}, "score it for the child all the same"),
        ("year_group", {"year_group": "EY"}, "views may come from observation"),
        ("year_group", {"year_group": "12"}, "a parent's view is not required"),
        ("year_group", {"year_group": "19-25"}, "adult social care counts"),
        ("setting", {"setting": "eotas"}, "an empty Section I is no fault"),
        ("setting", {"setting": "home_educated"}, "reg 21(7)"),
        ("known_to_health", {"known_to_health": "cannot_tell"}, "must be sought either way"),
        ("social_care", {"social_care": "early_help"}, "still stands"),
        ("review_outcome", {"review_outcome": "cease"}, "the question is the reasons"),
    ],
)
def test_a_sentence_stands_beside_its_fact(fact: str, facts: Facts, words: str) -> None:
    assert any(words in each for each in notes_on_fact(fact, facts))
    assert any(words in each for each in notes_on_facts(facts))


def test_an_ordinary_plan_has_nothing_to_bear_in_mind() -> None:
    ordinary: Facts = {
        "plan_kind": "amended", "year_group": "11", "setting": "special", "dispute": "none",
        "known_to_health": "yes", "social_care": "none", "ordered_sections": ("F",),
    }  # fmt: skip
    assert notes_on_facts(ordinary) == ()
    assert notes_on_facts({}) == ()


def test_a_question_tells_what_bears_on_its_sections_alone() -> None:
    eotas = {"setting": "eotas"}
    asked = criterion("c1", "t", sections=("F",))
    assert any("EOTAS" in each for each in notes_on_criterion(asked, eotas))
    assert notes_on_criterion(criterion("c2", "t", sections=("E",)), eotas) == ()
    everything = criterion("c3", "t", sections=tuple("ABCDEFGHI"))
    assert notes_on_criterion(everything, eotas) == ()


def test_the_tribunal_is_named_where_it_fixed_a_section_the_question_is_about() -> None:
    ordered: Facts = {"plan_kind": "ordered", "ordered_sections": ("F", "H")}
    (said,) = notes_on_criterion(criterion("c1", "t", sections=("F", "H1")), ordered)
    assert "wording of Sections F, H1" in said
    assert notes_on_criterion(criterion("c2", "t", sections=("E",)), ordered) == ()


def test_every_note_hangs_on_facts_that_exist() -> None:
    assert all(each in FACTS_BY_ID for note in PLAN_NOTES for each in note.facts)
    assert any(note.sentence == APPEAL_OPEN for note in PLAN_NOTES)
