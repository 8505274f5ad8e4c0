"""Which groups there are, which days are compared, and what re-audits show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.small_rubric import signed
from tests.store.test_counted_audits import again as audit_again
from tests.trends.hand_made import RUBRIC
from tests.trends.test_measures import audit

from ehcp_audit.domain.errors import NotAllowedError, UsageError
from ehcp_audit.domain.questions import Question
from ehcp_audit.store import Store
from ehcp_audit.trends.again import again
from ehcp_audit.trends.comparing import comparing, dimension_named, dimensions
from ehcp_audit.trends.lines import periods_of
from ehcp_audit.trends.shares import Share
from ehcp_audit.trends.windows import Window, once_a_plan, recent_window, within

QUESTION = Question("small")


def test_a_dimension_is_named_as_people_write_it() -> None:
    known = dimensions()
    assert dimension_named("Setting-group", known).id == "setting_group"
    assert dimension_named("request source", known).id == "request_source"
    with pytest.raises(UsageError, match="did you mean team"):
        dimension_named("taem", known)


@pytest.mark.parametrize("people", ["writer", "auditor"])
def test_groups_are_never_people(people: str) -> None:
    with pytest.raises(NotAllowedError, match="figures about people"):
        dimension_named(people, dimensions())


def test_free_names_are_known_as_such() -> None:
    known = dimensions()
    assert known["team"].coded
    assert known["area"].coded
    assert not known["setting"].coded


def test_the_days_are_those_asked_for_else_twelve_months_to_the_newest_whole_period() -> None:
    audits = [audit("2026-01"), audit("2026-02")]
    periods = periods_of(QUESTION, audits, date(2026, 2, 9))
    assert recent_window(QUESTION, periods, date(2026, 2, 9)) == Window(
        date(2025, 2, 1), date(2026, 1, 31)
    )
    asked = replace(QUESTION, first=date(2025, 12, 5), last=date(2026, 1, 6))
    assert recent_window(asked, periods, date(2026, 2, 9)) == Window(
        date(2025, 12, 5), date(2026, 1, 6)
    )
    assert recent_window(QUESTION, (), date(2028, 2, 28)).first == date(2027, 2, 28)
    assert within(audits, Window(date(2026, 1, 5), date(2026, 1, 5)), "audit") == (audits[0],)


def test_a_plan_counts_once_in_the_days_compared() -> None:
    first, second = audit("2026-01"), audit("2026-02")
    assert once_a_plan([second, first], "audit") == (first,)
    assert once_a_plan([second, first], "plan") == (second, first)


def test_groups_are_compared_with_all_their_plans(store: Store) -> None:
    for number in range(4):
        signed(store, plan_ref=f"NS-01{number}0", team="A" if number else "B", level=3 + number % 2)
    found = comparing(store, QUESTION, "team", "inadequate", today=date(2026, 4, 1), fewest=2)
    assert [(g.name, g.share, g.too_few) for g in found.comparison.groups] == [
        ("A", Share(0, 3), False),
        ("B", Share(0, 1), True),
    ]
    assert found.comparison.overall == Share(0, 4)
    by_agency = comparing(store, QUESTION, "agency", "inadequate", today=date(2026, 4, 1), fewest=2)
    assert by_agency.measure is None


def test_a_measure_that_counts_criteria_is_not_set_against_chance(store: Store) -> None:
    signed(store, plan_ref="NS-0100", team="A", level=3)
    with pytest.raises(UsageError, match="counts criteria, not plans"):
        comparing(store, QUESTION, "team", "not-seen", today=date(2026, 4, 1), fewest=2)


def test_what_was_put_right_is_of_questions_below_the_meeting_level_before(store: Store) -> None:
    first = signed(store, level=3)
    audit_again(store, first, level=4, on=date(2026, 6, 2))
    found = again(store, QUESTION)
    assert len(found.pairs) == 1
    assert found.put_right == Share(0, 0)
    assert found.slipped == Share(0, 5)
    assert {each.measure.id for each in found.lines} == {
        "good-or-better", "theme:voice", "theme:outcomes",
    }  # fmt: skip
    assert RUBRIC.scale.met_from == 3
