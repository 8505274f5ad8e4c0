"""The trend page says what it counts, what it cannot say, and nothing it does not know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from tests.reports.pages import QUESTION, SMALL, report
from tests.trends.hand_made import RUBRIC, grades, levels, reworded, tallies, theme

from ehcp_audit.domain.questions import Question, Tallies
from ehcp_audit.reports.terminal import render_terminal

GOLDEN = """\
EHC plan audits: trend
Example area
Rubric: Small rubric, version 1.0.0
By date of audit, month by month: Mar 2025 to Jun 2025

▌ Synthetic example data
▌ Contains small numbers, not for publication.

Which audits count ─────────────────────────────────────────────────────────────
Counted: 27 audits (one for each plan in each month, the first signed off;
routine sample only).
Left out: 7 audits made for another reason (5 after a complaint, 2 for a theme);
3 audits of a plan already counted in its month; 1 audit without a known date.
These are this area's own audit grades, not Ofsted's.

Grades ─────────────────────────────────────────────────────────────────────────
26 of 27 plans have a grade. In the other one too little could be judged.

Grade                                     Over time  Share (95% range)     Plans
────────────────────────────────────────────────────────────────────────────────
Outstanding                               ▁·▂▁             12% (4–29%)   3 of 26
Good                                      ▃·▅▇            50% (32–68%)  13 of 26
Requires improvement                      ▄·▂▃            31% (17–50%)   8 of 26
Inadequate                                ▂·▁▁              8% (2–24%)   2 of 26
"""


def words(page: object) -> str:
    """Return a page as one line, so that a sentence is found wherever it wraps."""
    return " ".join(render_terminal(page).split())  # type: ignore[arg-type]


def test_the_head_of_the_page_reads_like_this() -> None:
    page = render_terminal(report(area="Example area", banner="Synthetic example data"))
    assert page.startswith(GOLDEN)


def test_a_gap_is_a_dot_and_the_running_month_has_a_star() -> None:
    page = render_terminal(report()).splitlines()
    (march, april, june) = (
        next(line.split() for line in page if line.startswith(label))
        for label in ("Mar 2025    ", "Apr 2025    ", "Jun 2025*")
    )
    assert march == ["Mar", "2025", "8%", "1", "33%", "4", "42%", "5", "17%", "2", "12", "1"]
    assert april == ["Apr", "2025", *"······"]
    assert june == ["Jun", "2025*", "0%", "0", "75%", "3", "25%", "1", "0%", "0", "4†", "0"]
    assert "Part of a month: still running" in words(report())


def test_a_share_of_few_plans_is_shown_and_said_to_be_too_few() -> None:
    page = words(report())
    assert "Whose view it is ▃··· 33% (6–79%) 1 of 3" in page
    assert "10 n/a too few to say" in page
    assert "100% in Jun 2025 (4 of 4, part of the month; too few to say)" in page


@pytest.mark.parametrize(("under", "marked"), [(4, True), (3, False)])
def test_how_few_is_too_few_is_set_by_the_caller(under: int, marked: bool) -> None:
    given = tallies(levels("2025-03", "voice.views", {3: 3}), audits={"2025-03": 3})
    table = report(given, few=under).sections[3].blocks[-1]
    assert ("too few to say" in str(table)) is marked


def test_a_theme_is_told_in_words_from_its_first_period_to_its_last() -> None:
    assert (
        "Met by 63% of plans (17 of 27; 95% range 44–78%). It was 38% in Mar 2025 (5 of 13) and "
        "100% in Jun 2025 (4 of 4, part of the month; too few to say)."
    ) in words(report())


def test_what_could_not_be_seen_or_did_not_apply_stands_beside_the_share() -> None:
    page = words(report())
    assert "In 1 plan it could not be seen and in 1 plan it did not apply." in page
    assert "3 not seen" in page


def test_nothing_is_called_a_signal() -> None:
    page = words(report()).lower()
    assert not {word for word in ("improving", "worsening", "↑", "↓", "▲", "▼") if word in page}


def test_no_routine_audit_means_chosen_and_not_sampled() -> None:
    page = words(report(tallies(audits={}, left_out={"thematic": 2, "complaint": 1})))
    assert (
        "No plan from a routine sample counts here. There are 3 audits of plans that were chosen, "
        "not sampled (2 for a theme, 1 after a complaint). They show what was found in them. "
        "They do not show how good plans are in this area."
    ) in page
    assert "Grades ──" not in page


def test_nothing_at_all_is_said_plainly() -> None:
    assert "No audit counts here: none is signed off" in words(report(tallies(audits={})))


def test_plans_asked_for_by_another_reason_are_said_to_be_chosen() -> None:
    page = words(report(question=replace(QUESTION, reasons=("complaint", "thematic"))))
    assert "after a complaint and for a theme" in page
    assert "These 27 audits are of plans that were chosen, not sampled." in page


@pytest.mark.parametrize("reasons", [(), ("routine", "thematic")])
def test_sampled_and_chosen_plans_together_carry_a_warning(reasons: tuple[str, ...]) -> None:
    page = words(report(question=replace(QUESTION, reasons=reasons)))
    assert "counted together with sampled ones. These figures do not show how good" in page


def test_a_routine_sample_carries_no_warning() -> None:
    assert "do not show how good" not in words(report())


def test_the_plan_axis_says_which_audit_of_a_version_counts_and_that_months_still_grow() -> None:
    page = words(report(question=replace(QUESTION, axis="plan")))
    assert "one for each version of a plan, the latest; routine sample only" in page
    assert "3 audits of a version that counts by a later audit" in page
    assert "1 audit without a known date on the plan" in page
    assert "a month that is over can still grow" in page
    assert "a plan with two versions counts with each" in page


def test_filters_are_given_in_words() -> None:
    asked = Question(
        "small",
        filters={"primary_need": ("SEMH", "ASD"), "seen": ("advice",), "area": ("North",)},
        first=date(2025, 3, 1),
    )
    assert (
        "Main need is Social, emotional and mental health or Autistic spectrum disorder; "
        "Open besides the plan includes Advice; Locality is North; from 1 Mar 2025"
    ) in words(report(question=asked))


def test_a_change_of_version_is_told_and_its_lines_are_labelled() -> None:
    changed = reworded(RUBRIC, "voice.views", version="1.1.0", key="two")
    given = tallies(
        levels("2025-03", "voice.views", {3: 12}),
        levels("2025-05", "voice.views", {1: 11}, "two"),
        theme("2025-03", "voice", {2: 12}),
        theme("2025-05", "voice", {1: 11}, "two"),
        grades("2025-03", {3: 12}),
        grades("2025-05", {2: 11}, "two"),
        audits={"2025-03": 12, "2025-05": 11},
    )
    page = words(report(given, rubrics={"one": RUBRIC, "two": changed}))
    assert (
        "The questions changed in May 2025 (version 1.0.0 to 1.1.0). 2 of 3 are the same and their "
        "lines carry on. Changed: The child's own views. Their lines stop and start again, and the "
        "two sides are not compared. Themes not compared across the change: Voice of the child."
    ) in page
    assert "Voice of the child (version 1.0.0) █·· 100% (76–100%) 12 of 12" in page
    assert "Voice of the child (version 1.1.0) ··▁ 0% (0–26%) 0 of 11" in page
    assert "Version 1.1.0: met by 0% of plans (0 of 11" in page


def test_a_measured_criterion_is_marked_in_its_themes_table_and_explained() -> None:
    measured = replace(RUBRIC.criteria[0], measured=True, weight=0)
    page = words(
        report(rubrics={"one": replace(RUBRIC, criteria=(measured, *RUBRIC.criteria[1:]))})
    )
    assert "The child's own views (measured)" in page
    assert "Whose view it is (measured)" not in page
    assert "(measured) Counted and shown, and part of no theme's result and no grade." in page
    assert "(measured)" not in words(report())


def test_a_single_period_is_one_page_without_lines_over_time() -> None:
    given = tallies(grades("2025-03", {3: 12}), audits={"2025-03": 12})
    page = words(report(given))
    assert "Over time" not in page
    assert "month by month ──" not in page
    assert "By date of audit, month by month: Mar 2025 Counted" not in page
    assert "Good 100% (76–100%) 12 of 12" in page


def test_the_foot_says_how_the_page_was_made() -> None:
    foot = dict(report(SMALL, log_head="abc 123").foot)
    assert foot == {
        "Dates": "by date of audit, month by month",
        "Audits": "routine sample only",
        "Filters": "none",
        "Rubric": "Small rubric, version 1.0.0",
        "Made": "10 Jun 2025",
        "Log": "abc 123",
    }


def over(months: int, met: Callable[[int], int]) -> Tallies:
    """Return months of ten graded plans each, `met` of which meet the theme of voice."""
    keys = [f"{2023 + number // 12}-{number % 12 + 1:02}" for number in range(months)]
    rows = [theme(key, "voice", {2: met(n), 1: 10 - met(n)}) for n, key in enumerate(keys)]
    rows += [grades(key, {3: 5, 2: 5}) for key in keys]
    return tallies(*rows, audits=dict.fromkeys(keys, 10))


def test_a_rule_that_fires_is_worth_a_look_and_called_nothing_more() -> None:
    risen = report(over(16, lambda month: 3 if month < 8 else 8))
    page = words(risen)
    assert page.count("Worth a look: 8 months in a row above the average, since Sep 2023.") == 2
    assert "▲ worth a look: Jan 2023 to Apr 2024." in page
    assert "improving" not in page.lower()
    assert "Worth a look A rule of the control chart fires" in page


def test_a_page_of_charts_says_how_many_signal_by_chance() -> None:
    page = words(report(over(16, lambda _: 5)))
    assert "Worth a look" not in page
    assert "Of 2 lines like these, about 0.2 would show a signal somewhere by chance" in page


def test_too_few_months_call_for_no_look_and_no_chance() -> None:
    page = words(report(over(12, lambda month: 1 if month < 6 else 9)))
    assert "ook" not in page.replace("looked", "")
    assert "by chance if" not in page
    assert "usual range" not in page


def test_good_or_better_is_a_line_of_its_own() -> None:
    page = report()
    (measure,) = [each for each in page.measures if each.id == "good-or-better"]
    assert [(figure.x, figure.n) for figure in measure.figures] == [
        (5, 12), (0, 0), (8, 10), (3, 4), (16, 26),
    ]  # fmt: skip
    assert "Good or better: 62% of plans (16 of 26; 95% range 43–78%)." in words(page)
