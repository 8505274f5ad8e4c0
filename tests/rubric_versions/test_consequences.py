"""What a new version would do is told in numbers beforehand, and is what then happens."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rubric_versions.changed_rubrics import (
    ASKED_OTHERWISE,
    RESCALED,
    RETIRED,
    REWEIGHTED,
    REWORDED,
    SPLIT,
    SPLIT_INTO,
    criteria_with,
    frozen,
    later,
    without,
)
from tests.small_rubric import CRITERIA, ME, OTHER, RUBRIC, TODAY, give, opened, rubric_of, signed

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.questions import GRADE_ID, Question, theme_criterion
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.domain.versions import grade_key, theme_key
from ehcp_audit.rubric_versions import compare, consequences, move, tell, trend_lines
from ehcp_audit.store import Store
from ehcp_audit.trends.asking import ask
from ehcp_audit.trends.versions import join


def outcomes(new: Rubric, **mapping: tuple[str, ...]) -> dict[str, str]:
    """What becomes of each line that does not simply go on."""
    lines = trend_lines(compare(RUBRIC, new, replaced_by=mapping))
    return {line.id: line.outcome for line in lines if line.outcome != "joined"}


# ------------------------------------------------------------ trends


def test_wording_joins_every_line() -> None:
    assert outcomes(REWORDED) == {}


def test_a_weight_breaks_its_theme_and_nothing_else() -> None:
    assert outcomes(REWEIGHTED) == {"theme:voice": "broken"}


def test_a_scale_breaks_every_line() -> None:
    assert set(outcomes(RESCALED).values()) == {"broken"}
    assert len(outcomes(RESCALED)) == len(CRITERIA) + 2 + 1


def test_a_question_breaks_its_criterion_and_its_theme() -> None:
    assert outcomes(ASKED_OTHERWISE) == {"theme:voice": "broken", "views": "broken"}


def test_a_criterion_that_is_gone_ends_and_one_that_is_split_is_bridged() -> None:
    assert outcomes(RETIRED) == {"theme:outcomes": "broken", "linked": "ends"}
    assert outcomes(SPLIT, **SPLIT_INTO) == {
        "theme:outcomes": "broken",
        "linked_up": "begins",
        "linked_down": "begins",
        "linked": "bridged",
    }


def test_another_id_ends_one_line_and_begins_another() -> None:
    assert outcomes(later(*criteria_with("linked", id="joined_up"))) == {
        "theme:outcomes": "broken",
        "joined_up": "begins",
        "linked": "ends",
    }


def test_nothing_is_joined_across_two_rubrics() -> None:
    lines = trend_lines(compare(RUBRIC, rubric_of(*CRITERIA, id="other")))
    assert {line.outcome for line in lines} == {"broken"}


CHANGES = st.lists(
    st.sampled_from(
        [
            ("views", {"question": "Other?"}),
            ("views", {"weight": 5}),
            ("smart", {"levels": ("a", "b", "c", "d")}),
            ("smart", {"title": "Other"}),
            ("linked", {"theme": "voice"}),
            ("linked", {"id": "joined_up"}),
            ("health", {"limiting": True}),
        ]
    ),
    max_size=4,
)
WHOLE = st.sampled_from([{}, {"limits": ()}, {"theme_met_at": RUBRIC.needs_scored_weight * 3 / 2}])


@given(CHANGES, WHOLE)
def test_every_line_that_is_said_to_go_on_is_one_line_in_trends_and_every_other_is_not(
    changes: list, whole: dict
) -> None:
    criteria = {each.id: each for each in CRITERIA}
    for criterion_id, changed in changes:
        criteria[criterion_id] = criteria_with(criterion_id, **changed)[
            [each.id for each in CRITERIA].index(criterion_id)
        ]
    new = later(*criteria.values(), **whole)
    lines = trend_lines(compare(RUBRIC, new))
    foretold = {line.id for line in lines if line.outcome == "joined"}
    both = (RUBRIC, new)
    joined = [
        *join(both, lambda _: [GRADE_ID], lambda rubric, _: grade_key(rubric)),
        *join(both, lambda rubric: [each.id for each in rubric.criteria], Rubric.comparison_key),
    ]
    themes = join(both, lambda rubric: [each.id for each in rubric.themes], theme_key)
    found = {line.id for line in joined if len(line.rubrics) == 2}
    found |= {theme_criterion(line.id) for line in themes if len(line.rubrics) == 2}
    assert foretold == found


@pytest.mark.parametrize(
    "new", [REWORDED, REWEIGHTED, ASKED_OTHERWISE, RETIRED], ids=lambda each: each.criteria[0].title
)
def test_the_trend_shows_the_lines_that_were_foretold(store: Store, new: Rubric) -> None:
    signed(store, on=date(2026, 1, 12))
    foretold = {line.id: line.outcome for line in trend_lines(compare(RUBRIC, new))}
    signed(store, rubric=new, on=date(2026, 2, 12), plan_ref="NS-0200")
    found = ask(store, Question("small"), today=TODAY)
    for shown in found.themes:
        broken = foretold[theme_criterion(shown.id)] == "broken"
        assert len(shown.lines) == 1 + broken
    lines = [line for theme in found.themes for line in theme.criteria]
    for criterion_id in {line.id for line in lines}:
        broken = foretold[criterion_id] == "broken"
        assert len([line for line in lines if line.id == criterion_id]) == 1 + broken
    assert len(found.grades) == 1 + (foretold[GRADE_ID] == "broken")


# ------------------------------------------------------------ drafts and past audits


def test_drafts_are_told_with_whose_they_are_and_what_would_be_kept(store: Store) -> None:
    signed(store)
    mine = opened(store, plan_ref="NS-0200")
    give(mine, "views", 2)
    give(mine, "smart", 3)
    theirs = opened(store, OTHER, plan_ref="NS-0300")
    give(theirs, "smart", 1)
    told = consequences(store, compare(RUBRIC, ASKED_OTHERWISE), today=TODAY)
    by_plan = {draft.plan_ref: draft for draft in told.drafts}
    assert set(by_plan) == {"NS-0200", "NS-0300"}
    first, second = by_plan["NS-0200"], by_plan["NS-0300"]
    assert (first.auditor, first.scored, first.kept) == ("KL", 2, 1)
    assert len(first.reasons) == 1
    assert (second.auditor, second.scored, second.kept, second.reasons) == ("Élan", 1, 1, ())


def test_a_draft_that_can_move_moves_and_one_that_cannot_does_not(store: Store) -> None:
    session = opened(store)
    give(session, "smart", 3)
    told = consequences(store, compare(RUBRIC, ASKED_OTHERWISE), today=TODAY)
    assert told.drafts[0].reasons == ()
    move(store, session.audit_id, frozen(store, ASKED_OTHERWISE), ME, today=TODAY)
    assert consequences(store, compare(RUBRIC, ASKED_OTHERWISE), today=TODAY).drafts == ()


def test_signed_audits_are_counted_of_the_last_version_and_of_all(store: Store) -> None:
    signed(store)
    signed(store, rubric=frozen(store, REWEIGHTED), plan_ref="NS-0200")
    signed(store, rubric=REWEIGHTED, plan_ref="NS-0300")
    signed(store, rubric=rubric_of(*CRITERIA, id="other"), plan_ref="NS-0400")
    new = later(*without("linked"), version="1.2")
    told = consequences(store, compare(REWEIGHTED, new), today=TODAY)
    assert (told.signed, told.signed_ever, told.drafts) == (2, 3, ())


def test_asking_for_the_consequences_writes_nothing(store: Store) -> None:
    opened(store)
    before = store.every_event(), store.rubric_versions()
    consequences(store, compare(RUBRIC, RESCALED), today=TODAY)
    assert (store.every_event(), store.rubric_versions()) == before


def test_two_rubrics_have_no_consequences_for_each_other(store: Store) -> None:
    other = rubric_of(*CRITERIA, id="other")
    with pytest.raises(UsageError, match="two rubrics"):
        consequences(store, compare(RUBRIC, other), today=TODAY)


def test_the_consequences_are_told_in_words(store: Store) -> None:
    signed(store)
    mine = opened(store, plan_ref="NS-0200")
    give(mine, "views", 2)
    give(mine, "linked", 2)
    opened(store, OTHER, plan_ref="NS-0300")
    told = tell(consequences(store, compare(RUBRIC, SPLIT, replaced_by=SPLIT_INTO), today=TODAY))
    assert told == (
        "Past audits: nothing changes. 1 signed audit keeps its grade (1 of version 1.0).",
        (
            "Drafts: 2 drafts on version 1.0, 1 by KL, 1 by Élan. They stay on it; 1 could move to "
            "1.1 with nothing lost."
        ),
        "  NS-0300, Élan: 0 of 0 scores would be kept.",
        (
            "  NS-0200, KL: 1 of 2 scores would be kept. Stays: “Title of linked” is scored, and "
            "version 1.1 does not have it."
        ),
        "Trends: 7 of 11 lines go on through both versions.",
        "  Outcomes breaks: a line for each version.",
        "  Linked up begins.",
        "  Linked down begins.",
        "  Title of linked ends; “Linked up”, “Linked down” carry on.",
        "  The grade goes on as one line, though what it adds up is not the same.",
    )


def test_where_nothing_is_in_progress_that_is_told_too(store: Store) -> None:
    frozen(store, RUBRIC)
    told = tell(consequences(store, compare(RUBRIC, REWORDED), today=TODAY))
    assert told == (
        "Past audits: nothing changes. 0 signed audits keep their grade (0 of version 1.0).",
        "Drafts: none on version 1.0.",
        "Trends: 9 of 9 lines go on through both versions.",
    )
