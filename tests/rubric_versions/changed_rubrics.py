"""Later versions of the small rubric, each with something changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from tests.small_rubric import CRITERIA, RUBRIC, TEXT, rubric_of

from ehcp_audit.auditing.begin import freezing
from ehcp_audit.domain.facts import Choice, Fact
from ehcp_audit.domain.rubric import Criterion, Rubric, Scale
from ehcp_audit.store import Store, Work


def criteria_with(criterion_id: str, **changed: Any) -> tuple[Criterion, ...]:
    """The small rubric's criteria, one of them changed."""
    return tuple(replace(each, **changed) if each.id == criterion_id else each for each in CRITERIA)


def without(*gone: str) -> tuple[Criterion, ...]:
    return tuple(each for each in CRITERIA if each.id not in gone)


def later(*criteria: Criterion, version: str = "1.1", **changed: Any) -> Rubric:
    """A later version of the small rubric."""
    return rubric_of(*(criteria or CRITERIA), version=version, **changed)


def scale_with(number: int, **changed: Any) -> Scale:
    """The small rubric's scale, one of its levels changed."""
    levels = tuple(
        replace(each, **changed) if each.number == number else each for each in RUBRIC.scale.levels
    )
    return replace(RUBRIC.scale, levels=levels)


def frozen(store: Store, rubric: Rubric, actor: str = "a" * 12) -> Rubric:
    """Freeze a version, as its first audit would."""
    store.do(Work(events=tuple(freezing(store, rubric, actor)), rubrics=((rubric, TEXT),)))
    return rubric


# One rubric for each class of change, as a rubric editor would make it.
REWORDED = later(
    *criteria_with("views", title="Own views", guidance="Look in section A.", law="reg 12")
)
REWEIGHTED = later(*criteria_with("views", weight=4))
RESCALED = later(scale=scale_with(2, points=Fraction(1, 2)))
ASKED_OTHERWISE = later(*criteria_with("views", question="Whose views are there?"))
RETIRED = later(*without("linked"))
SPLIT_INTO: Mapping[str, tuple[str, ...]] = {"linked": ("linked_up", "linked_down")}
SPLIT = later(
    *without("linked"),
    replace(CRITERIA[3], id="linked_up", title="Linked up"),
    replace(CRITERIA[3], id="linked_down", title="Linked down"),
)

# A fact that only this rubric asks.
NORTH, SOUTH = Choice("a", "North", "n"), Choice("b", "South", "s")
PANEL = (Fact("panel", "Panel", "choice", 4, choices=(NORTH, SOUTH)),)
