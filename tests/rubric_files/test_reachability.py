"""What is said to hold never or always is so for every plan, and what is not can be either."""

from __future__ import annotations

from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from ehcp_audit.domain.conditions import Comparison, Condition, Every, Operator, Some, holds
from ehcp_audit.domain.facts import FACTS_BY_ID, Facts, is_asked
from ehcp_audit.rubric_files.reachability import Reach

_DAY = date(2026, 3, 2)
_VALUES: dict[str, tuple[str, ...]] = {
    "reviewed": ("yes", "no"),
    "change_reported": ("yes", "no", "cannot_tell"),
    "plan_kind": ("draft", "ordered", "amended"),
}
_AGES = ("2025-03-02", "2026-01-02")  # twelve months and two


def _plans() -> list[Facts]:
    """Return every plan that the facts named here can tell apart and that can be answered."""
    every: list[Facts] = []
    answers = product(*_VALUES.values(), _AGES)
    for (reviewed, change, kind, dated), ordered in product(answers, ((), ("F",))):
        facts: Facts = {
            "reviewed": reviewed,
            "change_reported": change,
            "plan_kind": kind,
            "plan_date": dated,
            "ordered_sections": ordered,
        }
        change_asked = is_asked(FACTS_BY_ID["change_reported"], facts, _DAY)
        sections_asked = is_asked(FACTS_BY_ID["ordered_sections"], facts, _DAY)
        if (change_asked or change == "no") and (sections_asked or not ordered):
            every.append(facts)
    return every


_PLANS = _plans()


@st.composite
def _comparison(draw: st.DrawFn) -> Comparison:
    fact = draw(st.sampled_from([*_VALUES, "plan_age_months", "ordered_sections"]))
    if fact == "plan_age_months":
        operator: Operator = draw(st.sampled_from(("at_least", "at_most")))
        # Bounds that the two ages above tell apart.
        return Comparison(fact, operator, (draw(st.sampled_from(("3", "11"))),))
    if fact == "ordered_sections":
        return Comparison(fact, "has", ("F",))
    one: Operator = draw(st.sampled_from(("is", "is_not")))
    return Comparison(fact, one, (draw(st.sampled_from(_VALUES[fact])),))


_CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    _comparison(),
    lambda parts: st.lists(parts, min_size=1, max_size=3).flatmap(
        lambda listed: st.sampled_from((Every(tuple(listed)), Some(tuple(listed))))
    ),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(_CONDITIONS)
def test_a_condition_has_no_case_only_where_no_plan_meets_it(condition: Condition) -> None:
    reach = Reach(FACTS_BY_ID)
    reach.about(condition)
    met = {holds(condition, facts, _DAY) for facts in _PLANS}
    can = bool(reach.both([{}], reach.cases(condition)))
    cannot = bool(reach.both([{}], reach.cases(condition, holds=False)))
    assert can or True not in met
    assert cannot or False not in met
