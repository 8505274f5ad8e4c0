"""Lines join across versions of a rubric only where they mean the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from tests.trends.hand_made import RUBRIC, criterion, grades, levels, reworded, tallies, theme

from ehcp_audit.domain.questions import Question
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.domain.versions import in_order, theme_key
from ehcp_audit.trends.shares import Share
from ehcp_audit.trends.trend import MetLine, Trend, trend

CHANGED = reworded(RUBRIC, "voice.views", version="1.10.0", key="two")


def answer(later: Rubric) -> Trend:
    """Return a trend of two audits by the first version and three by the later one."""
    rows = []
    for period, key, count in (("2025-03", "one", 2), ("2025-04", "two", 3)):
        rows += [
            levels(period, "voice.views", {3: count}, key),
            levels(period, "voice.whose", {1: count}, key),
            theme(period, "voice", {2: count}, key),
            theme(period, "provision", {2: count}, key),
            grades(period, {3: count}, key),
        ]
    given = tallies(*rows, audits={"2025-03": 2, "2025-04": 3})
    return trend(Question("small"), given, {"one": RUBRIC, "two": later}, today=date(2026, 1, 1))


def criterion_lines(found: Trend, criterion_id: str) -> list[MetLine]:
    return [line for each in found.themes for line in each.criteria if line.id == criterion_id]


def test_an_unchanged_criterion_is_one_line_through_both_versions() -> None:
    (line,) = criterion_lines(answer(CHANGED), "voice.whose")
    assert line.label == ""
    assert [point.met for point in line.points] == [Share(0, 2), Share(0, 3)]


def test_a_reworded_criterion_is_two_labelled_lines_that_are_never_added() -> None:
    earlier, later = criterion_lines(answer(CHANGED), "voice.views")
    assert (earlier.name, later.name) == (
        "The child's own views (version 1.0.0)",
        "The child's own views (version 1.10.0)",
    )
    assert [point.met for point in earlier.points] == [Share(2, 2), Share(0, 0)]
    assert [point.met for point in later.points] == [Share(0, 0), Share(3, 3)]
    assert (earlier.pooled.met, later.pooled.met) == (Share(2, 2), Share(3, 3))


def test_a_theme_breaks_where_one_of_its_criteria_changed_and_no_other_does() -> None:
    voice, provision = answer(CHANGED).themes
    assert [line.label for line in voice.lines] == ["(version 1.0.0)", "(version 1.10.0)"]
    assert [line.label for line in provision.lines] == [""]
    assert provision.lines[0].pooled.met == Share(5, 5)


def test_a_theme_breaks_where_weights_or_the_share_that_meets_it_change() -> None:
    heavier = replace(
        RUBRIC,
        version="1.10.0",
        hash="two",
        criteria=(*RUBRIC.criteria[:2], replace(RUBRIC.criteria[2], weight=3)),
    )
    assert [len(each.lines) for each in answer(heavier).themes] == [1, 2]
    stricter = replace(RUBRIC, version="1.10.0", hash="two", theme_met_at=Fraction(9, 10))
    assert [len(each.lines) for each in answer(stricter).themes] == [2, 2]


def test_a_measured_criterion_that_is_added_or_reworded_does_not_break_its_theme() -> None:
    measured = replace(criterion("voice.pages", "Short"), measured=True, weight=0)
    later = replace(RUBRIC, version="1.10.0", hash="two", criteria=(*RUBRIC.criteria, measured))
    found = answer(later)
    assert [len(each.lines) for each in found.themes] == [1, 1]
    assert found.changes[0].themes_changed == ()
    assert [line.name for line in criterion_lines(found, "voice.pages")] == [
        "Short (measured) (version 1.10.0)"
    ]
    asked_otherwise = reworded(later, "voice.pages", version="1.11.0", key="three")
    assert theme_key(later, "voice") == theme_key(asked_otherwise, "voice")


def test_a_theme_breaks_where_a_graded_criterion_becomes_measured() -> None:
    first = replace(RUBRIC.criteria[0], measured=True, weight=0)
    later = replace(RUBRIC, version="1.10.0", hash="two", criteria=(first, *RUBRIC.criteria[1:]))
    assert [len(each.lines) for each in answer(later).themes] == [2, 1]


def test_the_grade_goes_on_while_scale_grades_and_limits_are_the_same() -> None:
    (line,) = answer(CHANGED).grades
    assert line.pooled.shares[1] == Share(5, 5)


@pytest.mark.parametrize(
    "change",
    [
        {"limits": ()},
        {"needs_scored_weight": Fraction(1, 2)},
        {"grades": (*RUBRIC.grades[:1], replace(RUBRIC.grades[1], at_least=Fraction(3, 4)))},
        {"scale": replace(RUBRIC.scale, met_from=2)},
    ],
    ids=["limits", "needs", "grades", "scale"],
)
def test_the_grade_breaks_where_its_rules_change(change: dict[str, object]) -> None:
    found = answer(replace(RUBRIC, version="1.10.0", hash="two", **change))  # type: ignore[arg-type]
    assert [line.versions for line in found.grades] == [("1.0.0",), ("1.10.0",)]
    assert found.changes[0].grade_changed


def test_a_limit_said_in_other_words_does_not_break_the_grade() -> None:
    limit = replace(RUBRIC.limits[0], says="Put otherwise.")
    found = answer(replace(RUBRIC, version="1.10.0", hash="two", limits=(limit,)))
    assert len(found.grades) == 1


def test_the_change_of_version_is_noted_with_what_changed_and_when() -> None:
    later = replace(
        CHANGED,
        criteria=(*CHANGED.criteria[:2], criterion("provision.timed", "Timed provision")),
    )
    (change,) = answer(later).changes
    assert (change.earlier, change.later, change.since) == ("1.0.0", "1.10.0", "2025-04")
    assert (change.carried, change.criteria) == (1, 3)
    assert change.changed == ("The child's own views",)
    assert change.added == ("Timed provision",)
    assert change.dropped == ("Specific provision",)
    assert change.themes_changed == ("Voice of the child", "Provision")
    assert not change.grade_changed


def test_a_criterion_of_one_version_only_is_labelled_with_it() -> None:
    later = replace(CHANGED, criteria=CHANGED.criteria[:2])
    (line,) = criterion_lines(answer(later), "provision.specific")
    assert line.label == "(version 1.0.0)"


def test_two_versions_with_one_meaning_join_around_one_with_another() -> None:
    third = replace(RUBRIC, version="2.0.0", hash="three")
    given = tallies(
        levels("2025-01", "voice.views", {3: 1}, "one"),
        levels("2025-02", "voice.views", {3: 2}, "two"),
        levels("2025-03", "voice.views", {3: 3}, "three"),
        audits={"2025-01": 1, "2025-02": 2, "2025-03": 3},
    )
    rubrics = {"one": RUBRIC, "two": CHANGED, "three": third}
    found = trend(Question("small"), given, rubrics, today=date(2026, 1, 1))
    joined, alone = criterion_lines(found, "voice.views")
    assert joined.label == "(versions 1.0.0 and 2.0.0)"
    assert joined.pooled.met == Share(4, 4)
    assert alone.pooled.met == Share(2, 2)


def test_a_version_nobody_audited_by_leaves_no_label_and_no_change() -> None:
    given = tallies(levels("2025-03", "voice.views", {3: 1}), audits={"2025-03": 1})
    found = trend(Question("small"), given, {"one": RUBRIC, "two": CHANGED}, today=date(2026, 1, 1))
    assert found.changes == ()
    assert [line.label for line in criterion_lines(found, "voice.views")] == [""]


def test_versions_are_ordered_as_numbers() -> None:
    versions = [replace(RUBRIC, version=version) for version in ("1.10.0", "1.9.0", "2", "1.9")]
    assert [rubric.version for rubric in in_order(versions)] == ["1.9", "1.9.0", "1.10.0", "2"]
