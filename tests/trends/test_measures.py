"""Each measure counts what its definition says, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.trends.hand_made import GRADES, RUBRIC, criterion, reworded

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.questions import GRADE_ID, CountedAudit, Question
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.trends.lines import by_period, measure_line, periods_of
from ehcp_audit.trends.measures import measure_named, measures_of
from ehcp_audit.trends.shares import Share

QUESTION = Question("small")
TODAY = date(2026, 3, 9)
HEALTH = replace(
    RUBRIC,
    criteria=(
        *RUBRIC.criteria,
        replace(criterion("voice.health", "Health"), agency="health", ask_cause=True),
        replace(criterion("voice.not-known", "Not known"), agency="health", ask_cause=True),
        replace(criterion("voice.faithful", "As advised"), agency="health"),
    ),
)


def audit(period: str = "2026-01", rubric: str = "one", **levels: int) -> CountedAudit:
    """An audit whose levels are given with _ for the dot of an id."""
    named = {key.replace("_", ".", 1).replace("_", "-"): level for key, level in levels.items()}
    day = date(int(period[:4]), int(period[5:]), 5)
    return CountedAudit("a", "p", rubric, period, day, day, {}, named)


def share(measure: str, *audits: CountedAudit, rubric: Rubric = RUBRIC) -> Share:
    return measures_of([rubric])[measure].share(audits)


def test_good_or_better_is_of_graded_plans_only() -> None:
    graded = [audit(grade=rank) for rank in (4, 3, 3, 2, 1)]
    assert share("good-or-better", *graded, audit(grade=0)) == Share(3, 5)
    assert share("inadequate", *graded, audit(grade=0)) == Share(1, 5)


def test_without_a_good_the_better_half_of_the_grades_counts() -> None:
    rubric = replace(
        RUBRIC, grades=tuple(replace(rule, id=f"g{n}") for n, rule in enumerate(GRADES))
    )
    measure = measures_of([rubric])["good-or-better"]
    assert measure.share([audit(grade=rank) for rank in (4, 3, 2, 1)]) == Share(2, 4)
    assert measure.title == "Good or better"


def test_a_criterion_is_of_plans_with_a_level() -> None:
    audits = [audit(voice_views=level) for level in (4, 3, 2, 1, 0, -1)]
    assert share("criterion:voice.views", *audits, audit()) == Share(2, 4)


def test_a_theme_is_of_plans_with_the_theme_scored() -> None:
    audits = [replace(audit(), levels={"theme:voice": result}) for result in (2, 2, 1, 0, -1)]
    assert share("theme:voice", *audits) == Share(2, 3)


def test_an_agency_counts_a_plan_by_whichever_question_applied() -> None:
    audits = [
        audit(voice_health=3, voice_not_known=-1),
        audit(voice_health=-1, voice_not_known=3),
        audit(voice_health=-1, voice_not_known=2),
        audit(voice_health=0, voice_not_known=-1),  # could not be seen: outside
        audit(voice_faithful=1, voice_health=-1, voice_not_known=-1),
    ]
    assert share("agency:health", *audits, rubric=HEALTH) == Share(2, 3)
    assert "Not known" in measures_of([HEALTH])["agency:health"].definition


def test_what_could_not_be_seen_is_of_questions_that_applied_and_has_no_range() -> None:
    seen = audit(voice_views=3, voice_whose=0, provision_specific=-1)
    assert share("not-seen", seen, audit(voice_views=0)) == Share(2, 3)
    assert not measures_of([RUBRIC])["not-seen"].per_plan


def test_review_outcomes_are_of_plans_whose_outcome_is_known() -> None:
    outcomes = [replace(audit(), facts={"review_outcome": o}) for o in ("amend", "cease", None)]
    assert share("review:amend", *outcomes, audit()) == Share(1, 2)


def test_audits_of_a_version_in_which_it_meant_another_thing_are_outside() -> None:
    later = reworded(RUBRIC, "voice.views", version="2.0.0", key="two")
    measures = measures_of([RUBRIC, later])
    audits = [audit(voice_views=3), audit(rubric="two", voice_views=1)]
    assert measures["criterion:voice.views"].share(audits) == Share(0, 1)
    audits = [audit(voice_whose=3), audit(rubric="two", voice_whose=1)]
    assert measures["criterion:voice.whose"].share(audits) == Share(1, 2)
    line = measure_line(
        measures["criterion:voice.views"],
        periods_of(QUESTION, audits, TODAY),
        by_period([audit("2026-01", voice_views=3), audit("2026-02", "two", voice_views=3)]),
    )
    assert line.points[0].broken


def test_a_measure_is_named_by_its_id_and_a_criterion_by_its_own() -> None:
    measures = measures_of([RUBRIC])
    assert measure_named("voice.views", measures).id == "criterion:voice.views"
    assert measure_named(" Voice ", measures).id == "theme:voice"
    with pytest.raises(UsageError, match="did you mean good-or-better") as told:
        measure_named("god-or-better", measures)
    assert told.value.next_step is not None
    assert "inadequate" in told.value.next_step


def test_a_running_period_is_part_and_an_empty_one_a_gap() -> None:
    audits = [audit("2025-12", grade=3), audit("2026-02", grade=1), audit("2026-03", grade=4)]
    periods = periods_of(QUESTION, audits, TODAY)
    line = measure_line(measures_of([RUBRIC])["good-or-better"], periods, by_period(audits))
    assert [(p.share, p.period.part, p.whole) for p in line.points] == [
        (Share(1, 1), False, True),
        (Share(0, 0), False, False),
        (Share(0, 1), False, True),
        (Share(1, 1), True, False),
    ]
    assert line.now is line.points[2]
    assert line.last is line.points[0]


def test_what_was_brought_in_is_added_and_kept_apart() -> None:
    audits = [audit("2026-02", grade=3)]
    brought = {"2026-01": Share(6, 10)}
    periods = periods_of(QUESTION, audits, TODAY, brought)
    line = measure_line(
        measures_of([RUBRIC])["good-or-better"], periods, by_period(audits), brought
    )
    assert [(p.share, p.brought_in) for p in line.points] == [
        (Share(6, 10), Share(6, 10)),
        (Share(1, 1), Share(0, 0)),
    ]


@given(st.lists(st.dictionaries(st.sampled_from(["voice.views", GRADE_ID]), st.integers(-1, 4))))
def test_a_share_is_never_more_than_all(levels: list[dict[str, int]]) -> None:
    audits = [replace(audit(), levels=each) for each in levels]
    for measure in measures_of([RUBRIC]).values():
        found = measure.share(audits)
        assert 0 <= found.count <= found.total
        assert found.value is None or 0 <= found.value <= Fraction(1)
