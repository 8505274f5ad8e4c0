"""Every change between two versions is found, classified and told; nothing else is."""

from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rubric_versions.changed_rubrics import (
    ASKED_OTHERWISE,
    PANEL,
    RESCALED,
    RETIRED,
    REWEIGHTED,
    REWORDED,
    SPLIT,
    SPLIT_INTO,
    criteria_with,
    later,
    scale_with,
    without,
)
from tests.small_rubric import CRITERIA, RUBRIC, criterion, rubric_of

from ehcp_audit.domain.conditions import Comparison as Compared
from ehcp_audit.domain.rubric import (
    Cause,
    Criterion,
    Finding,
    GradeRule,
    Limit,
    LimitingCount,
    Retired,
    Rubric,
    Source,
    Theme,
)
from ehcp_audit.domain.versions import grade_key, theme_key
from ehcp_audit.rubric_files import parse_rubric, shipped_rubrics
from ehcp_audit.rubric_versions import compare, describe
from ehcp_audit.rubric_versions.changes import KIND_LABELS

NINE = Compared("year_group", "at_least", ("9",))


def kinds(new: Rubric, **given_: Any) -> set[str]:
    return set(compare(RUBRIC, new, **given_).counts)


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"title": "Own views"}, "wording"),
        ({"guidance": "Look in A."}, "wording"),
        ({"law": "reg 12"}, "wording"),
        ({"findings": (Finding("s", "p. 1", "Views are missing"),)}, "wording"),
        ({"on_lowest": "Ask the child."}, "wording"),
        ({"sections": ("A",)}, "wording"),
        ({"agency": "health"}, "agency"),
        ({"scored_by": ("health",)}, "agency"),
        ({"evidence_at": (1,)}, "evidence"),
        ({"theme": "outcomes"}, "moved"),
        ({"applies_when": NINE}, "conditions"),
        ({"weight": 3}, "reweighted"),
        ({"limiting": False}, "grading"),
        ({"question": "Whose views?"}, "meaning"),
        ({"levels": ("none", "a few", "most", "all")}, "meaning"),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, dict) else value,
)
def test_a_key_of_a_criterion_makes_one_change_of_its_kind(
    changed: dict[str, Any], kind: str
) -> None:
    (change,) = compare(RUBRIC, later(*criteria_with("views", **changed))).changes
    assert (change.kind, change.part, change.id) == (kind, "criteria", "views")
    assert change.old != change.new


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"title": "Another title"}, "wording"),
        ({"ungraded_says": "No grade."}, "wording"),
        ({"causes": (Cause("late", "Late"),)}, "wording"),
        ({"sources": (Source("s", "Report", "Us", "2020"),)}, "wording"),
        ({"needs_scored_weight": Fraction(3, 4)}, "grading"),
        ({"needs_limiting_scored": False}, "grading"),
        ({"theme_met_at": Fraction(3, 4)}, "grading"),
        ({"limits": ()}, "grading"),
        ({"limits": (replace(RUBRIC.limits[0], says="x"), *RUBRIC.limits[1:])}, "wording"),
        ({"grades": (replace(RUBRIC.grades[0], label="Fine"), *RUBRIC.grades[1:])}, "wording"),
        ({"grades": (replace(RUBRIC.grades[0], nothing_at=()), *RUBRIC.grades[1:])}, "grading"),
        ({"grades": (GradeRule("top", "Top", Fraction(9, 10)), *RUBRIC.grades)}, "grading"),
        ({"scale": scale_with(2, label="In part")}, "wording"),
        ({"scale": scale_with(2, meaning="Some")}, "wording"),
        ({"scale": scale_with(2, id="in_part")}, "wording"),
        ({"scale": scale_with(2, points=Fraction(1, 2))}, "scale"),
        ({"scale": replace(RUBRIC.scale, met_from=2)}, "scale"),
        ({"scale": replace(RUBRIC.scale, not_evidenced="No paper")}, "wording"),
        ({"themes": (*RUBRIC.themes, Theme("more", "More"))}, "added"),
        ({"facts": PANEL}, "conditions"),
        ({"retired": (Retired("older", "0.9", "Nobody could tell.", ()),)}, "wording"),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, dict) else value,
)
def test_a_key_outside_the_criteria_makes_changes_of_its_kind(
    changed: dict[str, Any], kind: str
) -> None:
    assert kinds(later(**changed)) == {kind}


def test_a_level_put_in_between_is_a_changed_scale_and_shifts_nothing_else() -> None:
    bottom, partly, *rest = RUBRIC.scale.levels
    between = replace(partly, number=3, id="nearly", label="Nearly", points=Fraction(1, 2))
    shifted = [replace(level, number=level.number + 1) for level in rest]
    scale = replace(RUBRIC.scale, levels=(bottom, partly, between, *shifted), met_from=4)
    criteria = tuple(
        replace(each, levels=(*each.levels[:2], "nearly", *each.levels[2:]), evidence_at=(1, 5))
        for each in CRITERIA
    )
    old = rubric_of(*(replace(each, evidence_at=(1, 4)) for each in CRITERIA))
    found = compare(old, later(*criteria, scale=scale))
    assert set(found.counts) == {"scale"}
    assert "Gone" not in "\n".join(describe(found))


def test_criteria_come_and_go() -> None:
    new = later(*without("linked", "smart"), criterion("timed", "outcomes"))
    found = compare(RUBRIC, new)
    assert (found.added, found.removed) == (("timed",), ("smart", "linked"))
    assert found.counts["added"] == 1
    assert found.counts["retired"] == 2


def test_one_criterion_in_the_place_of_another_replaces_it() -> None:
    new = later(*without("linked"), criterion("timed", "outcomes"))
    (change,) = compare(RUBRIC, new, replaced_by={"linked": ("timed",)}).changes
    assert (change.kind, change.id) == ("replaced", "linked")


def test_several_criteria_in_the_place_of_one_split_it() -> None:
    (change,) = compare(RUBRIC, SPLIT, replaced_by=SPLIT_INTO).changes
    assert (change.kind, change.id) == ("split", "linked")
    assert change.new == "“Linked up” (linked_up), “Linked down” (linked_down)"


def test_one_criterion_in_the_place_of_several_merges_them() -> None:
    new = later(*without("linked", "smart"), criterion("both", "outcomes"))
    mapping = {"linked": ("both",), "smart": ("both",)}
    (change,) = compare(RUBRIC, new, replaced_by=mapping).changes
    assert (change.kind, change.id) == ("merged", "both")
    assert change.old == "“Title of smart” (smart), “Title of linked” (linked)"


def test_a_criterion_taken_up_by_one_that_stays_is_merged_into_it() -> None:
    (change,) = compare(RUBRIC, RETIRED, replaced_by={"linked": ("smart",)}).changes
    assert (change.kind, change.id) == ("merged", "smart")


def test_a_mapping_to_what_is_not_there_or_from_what_is_still_there_counts_for_nothing() -> None:
    mapping = {"linked": ("nowhere",), "views": ("smart",)}
    found = compare(RUBRIC, RETIRED, replaced_by=mapping)
    assert set(found.counts) == {"retired"}
    assert found.replaced_by == {}


def test_another_order_of_criteria_is_wording_and_of_grades_is_grading() -> None:
    assert kinds(later(*reversed(CRITERIA))) == {"wording"}
    assert kinds(later(grades=tuple(reversed(RUBRIC.grades)))) == {"grading"}


# ------------------------------------------------------------ in words


def test_a_comparison_is_told_section_by_section_from_old_to_new() -> None:
    new = later(
        *criteria_with("views", weight=3, title="Own views", evidence_at=(1,))[:3],
        *CRITERIA[4:],
        criterion("timed", "outcomes"),
        scale=scale_with(2, points=Fraction(1, 2)),
        limits=(*RUBRIC.limits[:3], Limit("more", LimitingCount(3, 2), "poor", "More.")),
    )
    assert describe(compare(RUBRIC, new)) == (
        (
            "Small rubric 1.0 → 1.1: 1 added, 1 retired, 1 changed scale, 1 reweighted, "
            "2 changed grading, 1 evidence asked, 1 wording."
        ),
        "",
        "Scale",
        "  Partly (level2)",
        "    points: 1/3 → 0.5",
        "",
        "Limits",
        (
            "  Gone: smart_partly: when smart at “Partly”, no better than “fair”, "
            "says “{criterion} is partly met.”"
        ),
        "  New: more: when 3 limiting at “Partly”, no better than “poor”, says “More.”",
        "",
        "Criteria",
        "  Gone: Title of linked (linked): “Is linked there?”",
        "  New: Title of timed (timed): “Is timed there?”",
        "  Own views (views)",
        "    title: “Title of views” → “Own views”",
        "    weight: 2 → 3",
        "    evidence at: nothing → “Not met”",
    )


def test_a_condition_and_a_level_text_are_told_in_words() -> None:
    changed = criteria_with("views", applies_when=NINE, levels=("none", "a few", "most", "all"))
    told = "\n".join(describe(compare(RUBRIC, later(*changed))))
    assert "applies when: always → “Year group” is at least Year 9" in told
    assert "level “Partly”: “some” → “a few”" in told


def test_what_is_replaced_is_told_with_what_replaced_it() -> None:
    told = describe(compare(RUBRIC, SPLIT, replaced_by=SPLIT_INTO))
    assert told[-1] == (
        "  Split: “Title of linked” (linked) → “Linked up” (linked_up), “Linked down” (linked_down)"
    )


def test_nothing_is_told_of_two_versions_that_differ_in_their_number_alone() -> None:
    assert describe(compare(RUBRIC, later())) == (
        "Small rubric 1.0 → 1.1: nothing but the version differs.",
    )


def test_a_change_of_spaces_alone_is_named_as_such() -> None:
    told = describe(compare(RUBRIC, later(*criteria_with("views", question="Is views  there?"))))
    assert told[-1] == "    question: only spaces, line ends or an order differ"


# ------------------------------------------------------------ for any two versions

IDS = [each.id for each in CRITERIA]
CRITERION_CHANGES: list[dict[str, Any]] = [
    {"title": "Other"},
    {"guidance": "Other"},
    {"weight": 5},
    {"theme": "voice"},
    {"theme": "outcomes"},
    {"limiting": True},
    {"limiting": False},
    {"question": "Other?"},
    {"levels": ("a", "b", "c", "d")},
    {"evidence_at": (1, 4)},
    {"applies_when": NINE},
    {"applies_when": None},
    {"agency": "health"},
]
RUBRIC_CHANGES: list[dict[str, Any]] = [
    {},
    {"scale": scale_with(2, points=Fraction(1, 2))},
    {"scale": scale_with(2, label="Some")},
    {"scale": replace(RUBRIC.scale, met_from=2)},
    {"limits": RUBRIC.limits[:2]},
    {"theme_met_at": Fraction(3, 4)},
    {"summary": "Other"},
]


@st.composite
def versions(draw: st.DrawFn) -> Rubric:
    """A version with criteria changed, gone, new and in another order."""
    criteria: list[Criterion] = []
    for each in CRITERIA:
        if draw(st.integers(0, 5)) == 0:
            continue
        changed = draw(st.sampled_from([{}, {}, *CRITERION_CHANGES]))
        criteria.append(replace(each, **changed))
    new_ids = draw(st.lists(st.sampled_from(["n1", "n2", "n3"]), unique=True))
    criteria += [criterion(key, "voice") for key in new_ids]
    if not criteria:
        criteria = list(CRITERIA[:1])
    return later(*draw(st.permutations(criteria)), **draw(st.sampled_from(RUBRIC_CHANGES)))


@given(versions())
def test_a_version_compared_with_itself_has_no_change(rubric: Rubric) -> None:
    assert compare(rubric, rubric).changes == ()


@given(versions(), versions())
def test_what_one_way_is_added_is_removed_the_other_way(one: Rubric, other: Rubric) -> None:
    there, back = compare(one, other), compare(other, one)
    assert (there.added, there.removed) == (back.removed, back.added)
    assert {c.id for c in there.of_kind("added")} == {c.id for c in back.of_kind("retired")}


@given(versions(), versions())
def test_no_difference_goes_unseen(one: Rubric, other: Rubric) -> None:
    same = replace(one, hash="") == replace(other, hash="")
    assert (compare(one, other).changes == ()) is same


@given(versions(), versions())
def test_a_criterion_that_is_compared_apart_has_a_change_of_meaning_or_scale(
    one: Rubric, other: Rubric
) -> None:
    found = compare(one, other)
    grave = {change.id for change in found.of_kind("meaning")}
    rescaled = any(change.part == "scale" for change in found.of_kind("scale"))
    for each in other.criteria:
        if one.has_criterion(each.id):
            joined = one.comparison_key(each.id) == other.comparison_key(each.id)
            assert joined is not (each.id in grave or rescaled)


@given(versions(), versions())
def test_themes_and_the_grade_are_joined_where_only_words_and_papers_change(
    one: Rubric, other: Rubric
) -> None:
    if set(compare(one, other).counts) <= {"wording", "agency", "evidence", "conditions"}:
        assert grade_key(one) == grade_key(other)
        assert all(theme_key(one, each.id) == theme_key(other, each.id) for each in one.themes)


@pytest.mark.parametrize("field", [field.name for field in fields(Criterion)])
def test_no_key_of_a_criterion_is_left_out(field: str) -> None:
    """A key the format gains is compared and told without anything being written for it here."""
    changed = replace(CRITERIA[0])
    value = ("x", "y", "z", "w") if field == "levels" else (2,) if field == "evidence_at" else "x"
    object.__setattr__(changed, field, NINE if field == "applies_when" else value)
    new = later(*CRITERIA[1:])
    object.__setattr__(new, "criteria", (changed, *CRITERIA[1:]))
    found = compare(RUBRIC, new)
    assert found.changes
    assert len(describe(found)) > 2


def test_every_kind_has_a_label_and_a_version_that_shows_it() -> None:
    shown = set().union(
        kinds(REWORDED), kinds(REWEIGHTED), kinds(RESCALED), kinds(ASKED_OTHERWISE),
        kinds(RETIRED), kinds(SPLIT, replaced_by=SPLIT_INTO),
    )  # fmt: skip
    assert shown == {"wording", "reweighted", "scale", "meaning", "retired", "split"}
    assert shown <= KIND_LABELS.keys()


@pytest.mark.parametrize("kind", KIND_LABELS)
def test_the_page_says_what_every_kind_of_change_does(kind: str) -> None:
    page = Path(__file__).parents[2] / "docs" / "rubric-versions.md"
    assert f"**{kind}" in page.read_text(encoding="utf-8").lower().replace("changed ", "")


def test_the_condition_on_a_fact_of_the_rubric_s_own_is_told_by_its_label() -> None:
    new = later(*criteria_with("views", applies_when=Compared("panel", "is", ("a",))), facts=PANEL)
    told = describe(compare(RUBRIC, new))
    assert "    applies when: always → “Panel” is North" in told
    assert kinds(new) == {"conditions"}


def test_what_the_new_version_says_of_its_retired_criteria_is_used() -> None:
    retired = (Retired("linked", "1.1", "Asked in two.", ("linked_up", "linked_down")),)
    new = replace(SPLIT, retired=retired)
    assert compare(RUBRIC, new) == replace(compare(RUBRIC, SPLIT, replaced_by=SPLIT_INTO), new=new)


def test_why_a_criterion_was_retired_is_told_with_it() -> None:
    new = replace(RETIRED, retired=(Retired("linked", "1.1", "Nobody could tell.", ()),))
    assert describe(compare(RUBRIC, new))[-1] == (
        "  Gone: Title of linked (linked): “Is linked there?” Why: “Nobody could tell.”"
    )


def test_the_same_is_found_between_two_files() -> None:
    text = (shipped_rubrics() / "peer-findings.toml").read_text(encoding="utf-8")
    old = parse_rubric(text, "old.toml")
    theme = old.themes[0].title
    version = f'version = "{old.version}"'
    changed = text.replace(version, 'version = "99.0"', 1)
    changed = changed.replace(f'title = "{theme}"', 'title = "Another title"', 1)
    assert compare(old, parse_rubric(text, "same.toml")).changes == ()
    (change,) = compare(old, parse_rubric(changed, "new.toml")).changes
    assert (change.kind, change.part, change.old) == ("wording", "themes", f"“{theme}”")
